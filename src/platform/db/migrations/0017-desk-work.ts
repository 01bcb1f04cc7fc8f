import type { Knex } from 'knex';
import { indexBeginnings } from '../dialect.ts';

/** Where nothing is due and nothing was received: behind everything that is. */
const NEVER = '9999-12-31';
/** What lists are narrowed by stands in each of their indexes, so that they are read without the wide rows. */
const NARROWING = ['item_code', 'phase', 'received'];

/** What lists sort and narrow by, on the case and on each desk it lies on; claims of cases; views of lists somebody saved. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await keys(trx);
  await trx.schema.createTable('case_claims', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    /** The desk it was claimed at: another office asked together claims for itself. */
    t.text('org').notNullable();
    t.text('role').notNullable();
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('at').notNullable();
    /** Who handed it over, and with which words; null: taken by oneself. */
    t.text('from_name');
    t.text('note_sealed');
    t.primary(['case_id', 'org', 'role']);
    t.index(['account_id', 'case_id']);
  });
  await trx.schema.createTable('list_views', (t) => {
    t.text('id').primary();
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('list').notNullable();
    t.text('name').notNullable();
    t.text('filters').notNullable();
    t.text('columns').notNullable();
    t.integer('is_default').notNullable();
    t.text('deleted_at');
    t.index(['account_id', 'list']);
  });
  await trx.schema.createTable('list_settings', (t) => {
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('list').notNullable();
    t.text('filters').notNullable();
    t.text('columns').notNullable();
    t.primary(['account_id', 'list']);
  });
}

async function keys(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('cases', (t) => {
    t.text('due').notNullable().defaultTo(NEVER);
    t.text('received').notNullable().defaultTo(NEVER);
    t.dropIndex(['desk_org', 'desk_role', 'next_due', 'id']);
    t.dropIndex(['village_id', 'id']);
    t.dropIndex(['department', 'id']);
  });
  await trx('cases').update({
    due: trx.raw('coalesce(next_due, ?)', [NEVER]),
    received: trx.raw('coalesce(received_at, ?)', [NEVER]),
  });
  await trx.schema.alterTable('cases', (t) => {
    t.index(['village_id', 'due', 'id', 'department', ...NARROWING], 'cases_of_village');
    t.index(['department', 'due', 'id', 'village_id', ...NARROWING], 'cases_of_department');
    t.index(['due', 'id', 'village_id', 'department', ...NARROWING], 'cases_by_due');
    t.index(['received', 'id', 'village_id', 'department', 'item_code', 'phase', 'due'], 'cases_by_received');
  });
  for (const column of ['applicant_name', 'number'])
    await indexBeginnings(trx, 'cases', column, ['due', 'id', 'village_id', 'department', ...NARROWING]);
  await trx.schema.alterTable('case_desks', (t) => {
    for (const name of ['due', 'received', 'village_id', 'item_code', 'phase'])
      t.text(name).notNullable().defaultTo('');
    t.dropIndex(['org', 'role', 'case_id']);
  });
  await trx.raw(
    `update case_desks set (due, received, village_id, item_code, phase) =
       (select due, received, village_id, item_code, phase from cases where id = case_id)`,
  );
  await trx.schema.alterTable('case_desks', (t) => {
    t.index(['org', 'role', 'due', 'case_id', 'village_id', ...NARROWING], 'case_desks_of_desk');
    t.index(['role', 'due', 'case_id', 'org', 'village_id', ...NARROWING], 'case_desks_of_role');
  });
}
