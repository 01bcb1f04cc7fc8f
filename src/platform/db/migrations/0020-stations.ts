import type { Knex } from 'knex';

/** Hours and telephones of a station, tickets of its queue, what its kiosk shows. */
export async function up(_trx: Knex.Transaction): Promise<void> {}
