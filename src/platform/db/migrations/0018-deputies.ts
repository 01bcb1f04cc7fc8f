import type { Knex } from 'knex';

/** Who stands in for whom during leave, and since when an organisation is closed. */
export async function up(_trx: Knex.Transaction): Promise<void> {}
