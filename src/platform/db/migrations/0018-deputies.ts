import type { Knex } from 'knex';

/** Who stands in for whom during leave; what became of accounts, grants and organisations, and by whom. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('deputies', (t) => {
    t.text('id').primary();
    t.text('absent_id').notNullable().references('id').inTable('accounts');
    t.text('deputy_id').notNullable().references('id').inTable('accounts');
    /** One post of the absent; both null: all of them. */
    t.text('role');
    t.text('org_id').references('id').inTable('orgs');
    t.text('valid_from').notNullable();
    t.text('valid_to').notNullable();
    t.text('reason').notNullable();
    t.text('entered_by').notNullable();
    t.text('entered_at').notNullable();
    t.text('ended_by');
    t.text('ended_at');
    t.index(['deputy_id', 'valid_to']);
    t.index(['absent_id', 'valid_to']);
  });
  await trx.schema.alterTable('case_events', (t) => {
    /** Account that the actor stood in for. */
    t.text('actor_for');
  });
  await trx.schema.alterTable('accounts', (t) => {
    t.integer('must_change').notNullable().defaultTo(0);
    t.text('signed_in_at');
    t.text('disabled_by');
    t.text('disabled_reason');
  });
  await trx.schema.alterTable('grants', (t) => {
    t.text('given_by');
    t.text('given_at');
    t.text('ended_by');
    t.text('ended_at');
    /** 1: counts for nothing until a second security administrator has agreed. */
    t.integer('pending').notNullable().defaultTo(0);
    t.text('agreed_by');
    t.text('agreed_at');
    t.index(['org_id']);
  });
  await trx.schema.alterTable('sign_in_failures', (t) => {
    /** Whose login it is; null when nobody's. */
    t.text('account_id');
  });
  await trx.schema.alterTable('orgs', (t) => {
    t.text('closed_on');
  });
  await trx.schema.alterTable('audit', (t) => {
    t.index(['act', 'id']);
    t.index(['actor_id', 'id']);
    t.index(['subject', 'id']);
  });
}
