import type { Knex } from 'knex';

/** Kinds that decide something; a termination does when it ends what was granted. */
const DECISIONS = ['refusal', 'approval', 'rejection', 'cancellation'];

/**
 * Papers are made once for each occasion, which need not be an event; every print is written down; a paper is
 * served once, after any number of attempts, with the pictures that prove it.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('papers', (t) => {
    t.dropUnique(['case_id', 'event_seq', 'kind']);
    // The stores always name an occasion; the empty word is only for the rows there are until the next line.
    t.text('occasion').notNullable().defaultTo('');
    t.integer('decides').notNullable().defaultTo(0);
  });
  await trx('papers').update({ occasion: trx.raw("'event:' || event_seq") });
  await trx('papers')
    .where((q) => q.whereIn('kind', DECISIONS).orWhere({ kind: 'termination', title: '批准失效告知书' }))
    // What was collected against signature before services were written down is not waited for.
    .whereNotIn('case_id', trx('papers as collected').where({ kind: 'delivery' }).select('case_id'))
    .update({ decides: 1 });
  await trx.schema.alterTable('papers', (t) => t.unique(['case_id', 'occasion', 'kind']));
  await trx.schema.createTable('paper_prints', (t) => {
    t.text('print_id').notNullable();
    t.integer('ordinal').notNullable();
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('at').notNullable();
    t.primary(['print_id', 'ordinal']);
  });
  await trx.schema.createTable('paper_services', (t) => {
    t.text('id').primary();
    t.text('paper_id').notNullable().references('id').inTable('papers').index();
    t.text('way').notNullable();
    t.text('outcome').notNullable();
    t.text('tried_on').notNullable();
    t.text('served_on');
    t.text('review_until');
    t.text('sue_until');
    t.text('record_id').references('id').inTable('papers');
    t.text('by_account').notNullable();
    t.text('by_name').notNullable();
    t.text('recorded_at').notNullable();
    t.text('details_sealed').notNullable();
  });
  await trx.raw(
    "create unique index paper_services_served on paper_services (paper_id) where outcome = 'served'",
  );
  await trx.schema.createTable('paper_evidence', (t) => {
    t.text('id').primary();
    t.text('paper_id').notNullable().references('id').inTable('papers').index();
    t.text('service_id').references('id').inTable('paper_services');
    t.text('file_hash').notNullable();
    t.text('name').notNullable();
    t.text('mime').notNullable();
    t.integer('size').notNullable();
    t.text('added_by').notNullable();
    t.text('added_at').notNullable();
  });
}
