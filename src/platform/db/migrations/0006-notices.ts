import type { Knex } from 'knex';

/** Public notices of cases, and the objections to them. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('notices', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.integer('event_seq').notNullable();
    t.text('step').notNullable();
    t.text('board_id').notNullable().references('id').inTable('orgs');
    t.text('board_name').notNullable();
    t.text('title').notNullable();
    t.text('shown').notNullable();
    t.text('basis').notNullable();
    t.text('opened_at').notNullable();
    t.text('until').notNullable();
    t.text('closed_at');
    t.text('state').notNullable();
    t.text('result');
    t.unique(['case_id', 'event_seq']);
    t.index(['board_id', 'opened_at']);
  });
  await trx.schema.createTable('objections', (t) => {
    t.text('id').primary();
    t.text('notice_id').notNullable().references('id').inTable('notices');
    t.text('case_id').notNullable();
    t.text('receipt_code').notNullable().unique();
    t.text('at').notNullable();
    t.text('text_sealed').notNullable();
    t.text('name_sealed');
    t.text('contact_sealed');
    t.text('state').notNullable();
    t.text('reply');
    t.index('case_id');
  });
}
