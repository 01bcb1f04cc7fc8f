import type { Knex } from 'knex';

/** Papers of cases, frozen when made, and certificates. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('papers', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.integer('event_seq').notNullable();
    t.text('kind').notNullable();
    t.text('title').notNullable();
    t.text('number').notNullable();
    t.text('verify_code').notNullable().unique();
    t.text('print_sealed').notNullable();
    t.text('verdict_sealed').notNullable();
    t.text('created_at').notNullable();
    t.text('file_hash');
    t.unique(['case_id', 'event_seq', 'kind']);
    t.unique(['kind', 'number']);
  });
  await trx.schema.createTable('certificates', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('spec_id').notNullable();
    t.text('item_code').notNullable();
    t.text('title').notNullable();
    t.text('number').notNullable();
    t.text('holder_name').notNullable();
    t.text('organ_id').notNullable();
    t.text('organ_name').notNullable();
    t.text('fields_sealed').notNullable();
    t.text('issued_on');
    t.text('expires_on');
    t.text('renew_by');
    t.text('state').notNullable();
    t.text('verify_code').notNullable().unique();
    t.text('reserved_at').notNullable();
    t.text('collected_at');
    t.text('collection_sealed');
    t.text('file_hash');
    t.unique(['case_id', 'spec_id']);
    t.unique(['spec_id', 'number']);
  });
}
