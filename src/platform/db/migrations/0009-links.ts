import type { Knex } from 'knex';

/** What one case did to others (a death ends a pension), and answers that nothing needs to be filed. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('case_links', (t) => {
    t.text('from_case').notNullable().references('id').inTable('cases');
    t.text('to_case').notNullable().references('id').inTable('cases');
    t.text('act').notNullable();
    t.text('result').notNullable();
    t.text('says').notNullable();
    t.text('at').notNullable();
    t.primary(['from_case', 'to_case', 'act']);
    t.index('to_case');
  });
  await trx.schema.createTable('answers', (t) => {
    t.text('id').primary();
    t.text('item_code').notNullable();
    t.text('item_title').notNullable();
    t.text('department').notNullable();
    t.text('village_id').notNullable().references('id').inTable('orgs');
    t.text('rule').notNullable();
    t.text('says').notNullable();
    t.text('basis');
    t.text('applicant_name').notNullable();
    t.text('person').notNullable();
    t.text('given_by').notNullable();
    t.text('given_on').notNullable();
    t.text('given_at').notNullable();
    t.unique(['item_code', 'rule', 'village_id', 'person', 'given_on']);
    t.index(['village_id', 'given_at']);
  });
}
