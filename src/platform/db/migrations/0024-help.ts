import type { Knex } from 'knex';

/** Who has been shown round, or did not want to be. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('tours', (t) => {
    t.text('account_id').primary().references('id').inTable('accounts');
    t.text('end').notNullable();
    t.text('at').notNullable();
  });
}
