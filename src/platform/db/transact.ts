import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { isPassing } from './connection.ts';
import type { Database } from './index.ts';

export type Trx = Knex.Transaction;

const inside = new AsyncLocalStorage<Database>();
const TRIES = 4;

/**
 * The one door to writing: everything in `work` is committed together or not at all. A deadlock or a lost
 * race is tried again, so `work` must do nothing outside the transaction.
 * @throws Error when called inside another transaction of the same database: with one writer it would wait
 *   for itself
 */
export async function transact<T>(db: Database, work: (trx: Trx) => Promise<T>): Promise<T> {
  if (inside.getStore() === db) throw new Error('transact inside transact: pass the transaction on instead');
  for (let attempt = 1; ; attempt++) {
    try {
      return await inside.run(db, () => db.write.transaction(work));
    } catch (error) {
      if (attempt === TRIES || !isPassing(error)) throw error;
    }
  }
}
