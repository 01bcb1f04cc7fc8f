import type { Knex } from 'knex';

/**
 * Every desk a case lies on (a joint review has several), every person a case is about, papers that may follow
 * later, notices on several
 * boards, certificates that keep their number when they are replaced, and bans after false statements.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('case_desks', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('org').notNullable();
    t.text('role').notNullable();
    t.primary(['case_id', 'org', 'role']);
    t.index(['org', 'role', 'case_id']);
  });
  await trx.raw(
    'insert into case_desks (case_id, org, role) select id, desk_org, desk_role from cases where desk_org is not null',
  );
  await trx.schema.createTable('case_persons', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('person').notNullable();
    t.text('part').notNullable();
    t.primary(['case_id', 'person']);
    t.index(['person', 'part', 'case_id']);
  });
  await trx.schema.alterTable('cases', (t) => {
    t.text('gaps').notNullable().defaultTo('[]');
  });
  await trx.schema.alterTable('case_events', (t) => {
    t.text('findings');
  });
  await trx.schema.alterTable('notices', (t) => {
    t.dropUnique(['case_id', 'event_seq']);
    t.unique(['case_id', 'event_seq', 'board_id']);
  });
  await trx.schema.alterTable('certificates', (t) => {
    t.dropUnique(['spec_id', 'number']);
    t.index(['item_code', 'spec_id', 'number']);
  });
  await trx.schema.createTable('bans', (t) => {
    t.text('case_id').primary().references('id').inTable('cases');
    t.text('item_code').notNullable();
    t.text('person').notNullable();
    t.text('until').notNullable();
    t.index(['person', 'item_code']);
  });
}
