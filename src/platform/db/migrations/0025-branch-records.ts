import type { Knex } from 'knex';
import { appendOnly, indexBeginnings } from '../dialect.ts';

/** What every module of the party-branch wing stands on: a record with its state, and the log of its acts. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('branch_records', (t) => {
    t.text('id').primary();
    /** Id of its chart under workflows/branch. */
    t.text('module').notNullable();
    t.text('org_id').notNullable().references('id').inTable('orgs');
    /** Where the organisation stood when the record was opened: "as it was then". */
    t.text('org_path').notNullable();
    /** Null where the author is not to be known, and for what the house opens itself. */
    t.text('author_id').references('id').inTable('accounts');
    t.text('visibility').notNullable();
    t.text('state').notNullable();
    t.integer('version').notNullable();
    t.text('due_on');
    t.integer('due_provisional').notNullable();
    t.integer('legal_hold').notNullable();
    t.text('created_at').notNullable();
    t.text('changed_at').notNullable();
    t.index(['module', 'org_id', 'state']);
    t.index(['module', 'state', 'due_on']);
  });
  await indexBeginnings(trx, 'branch_records', 'org_path', ['module', 'state']);
  await trx.schema.createTable('branch_events', (t) => {
    t.text('record_id').notNullable().references('id').inTable('branch_records');
    t.integer('seq').notNullable();
    t.text('at').notNullable();
    t.text('event').notNullable();
    t.text('from_state');
    t.text('to_state').notNullable();
    t.text('actor_id').references('id').inTable('accounts');
    t.text('reason_sealed');
    /** Of the content after the act; the row before holds the one before. */
    t.text('content_hash');
    t.text('hash').notNullable();
    t.primary(['record_id', 'seq']);
  });
  await appendOnly(trx, 'branch_events');
}
