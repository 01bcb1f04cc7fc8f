import type { Knex } from 'knex';

/** Short messages waiting for the sending channel. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('messages', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.integer('event_seq').notNullable();
    t.text('template').notNullable();
    t.text('to_sealed');
    t.text('text_sealed').notNullable();
    t.text('state').notNullable();
    t.text('at').notNullable();
    t.unique(['case_id', 'event_seq', 'template']);
  });
}
