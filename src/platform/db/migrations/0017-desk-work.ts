import type { Knex } from 'knex';

/** Claims of cases, views of lists that somebody saved, comments and mentions, own phrases for opinions. */
export async function up(_trx: Knex.Transaction): Promise<void> {}
