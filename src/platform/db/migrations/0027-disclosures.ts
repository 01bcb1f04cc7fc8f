import type { Knex } from 'knex';

/** What organisations owe the public by the catalogue, what they disclosed, and what readers said to it. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('disclosure_dues', (t) => {
    t.text('id').primary();
    t.text('org_id').notNullable().references('id').inTable('orgs');
    /** Where the organisation stood then. */
    t.text('org_path').notNullable();
    t.text('item').notNullable();
    /** `2026-Q3`, `standing`, or the day of what happened. */
    t.text('period').notNullable();
    t.text('occasion').notNullable();
    /** First day on which it can be met. */
    t.text('opens_on').notNullable();
    t.text('due_on').notNullable();
    t.integer('due_provisional').notNullable();
    /** Day of the first publication that met it. */
    t.text('met_on');
    t.unique(['org_id', 'item', 'period', 'occasion']);
    t.index(['item', 'period']);
    t.index(['org_id', 'due_on']);
  });
  await trx.schema.createTable('disclosures', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    t.text('due_id').notNullable().references('id').inTable('disclosure_dues');
    t.text('item').notNullable();
    /** Who shall see it once it is published. */
    t.text('audience').notNullable();
    t.text('content_sealed').notNullable();
    t.text('answers_sealed');
    t.text('reviewed_by').references('id').inTable('accounts');
    t.text('deferred_by').references('id').inTable('accounts');
    /** Kind of reason for which it is withheld. */
    t.text('ground');
    t.text('published_on');
    t.text('expires_on');
    t.index(['due_id']);
    t.index(['expires_on']);
  });
  await trx.schema.createTable('disclosure_objections', (t) => {
    t.text('id').primary();
    t.text('disclosure_id').notNullable().references('id').inTable('disclosures');
    t.text('receipt_blind').notNullable().unique();
    t.text('text_sealed').notNullable();
    t.text('contact_sealed');
    t.text('raised_on').notNullable();
    t.text('due_on').notNullable();
    t.integer('due_provisional').notNullable();
    t.text('answer_sealed');
    t.text('answered_on');
    /** 1: what was said is shown beside the answer. */
    t.integer('shown').notNullable();
    t.index(['disclosure_id', 'answered_on']);
  });
}
