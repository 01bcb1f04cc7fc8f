import type { Knex } from 'knex';

/** Limited quotas of an organisation and year, and the ledger of what cases claim, take and give back. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('quotas', (t) => {
    t.text('quota').notNullable();
    t.text('org').notNullable().references('id').inTable('orgs');
    t.integer('year').notNullable();
    t.text('total').notNullable();
    t.text('updated_at').notNullable();
    t.primary(['quota', 'org', 'year']);
  });
  await trx.schema.createTable('quota_claims', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('step').notNullable();
    t.text('quota').notNullable();
    t.text('org').notNullable();
    t.integer('year').notNullable();
    t.text('amount').notNullable();
    t.text('score');
    t.text('accepted_on').notNullable();
    t.text('state').notNullable();
    t.text('claimed_at').notNullable();
    t.text('taken_at');
    t.text('released_at');
    t.primary(['case_id', 'step']);
    t.index(['quota', 'org', 'year', 'state']);
  });
}
