import type { Knex } from 'knex';

/** Drafts handed to a colleague, pages of a material in their order, citizens by the initials of their names. */
export async function up(_trx: Knex.Transaction): Promise<void> {}
