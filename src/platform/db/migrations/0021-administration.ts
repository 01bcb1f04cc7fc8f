import type { Knex } from 'knex';

/** Holiday tables that were imported, parameters entered in the running house, backups that were made. */
export async function up(_trx: Knex.Transaction): Promise<void> {}
