import type { Knex } from 'knex';

export async function up(_trx: Knex.Transaction): Promise<void> {}
