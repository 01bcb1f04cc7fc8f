import type { Knex } from 'knex';

/** Drafts handed to a colleague, pages of a material in their order, citizens by the initials of their names. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('case_materials', (t) => {
    t.integer('position').notNullable().defaultTo(0);
    t.integer('turn').notNullable().defaultTo(0);
  });
}
