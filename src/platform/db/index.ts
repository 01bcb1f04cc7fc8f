/** The database: SQLite in a file or PostgreSQL by address; one door for writing, plain knex for reading. */
import type { Knex } from 'knex';
import { type Engines, openPostgres, openSqlite } from './connection.ts';

export { inChunks, insertInChunks, ROWS } from './chunks.ts';
export { beginsWith } from './dialect.ts';
export { claimKey, claimMode, DatabaseNewerError, migrate } from './migrate.ts';
export { nextNumber } from './numbers.ts';
export { findAnswer, keyOf, type RequestKey, writeAndView, writeOnce } from './requests.ts';
export { type Trx, transact } from './transact.ts';

export interface Database {
  dialect: Engines['dialect'];
  /** For `transact` alone. */
  write: Knex;
  /** For queries outside a transaction; refuses to write. */
  read: Knex;
  close(): Promise<void>;
}

/**
 * Open the database; PostgreSQL when an address is given, else SQLite in `file` (made with its folder).
 * @throws whatever the driver says when it cannot be reached
 */
export async function openDatabase(at: { databaseUrl: string | null; file: string }): Promise<Database> {
  const engines = at.databaseUrl === null ? openSqlite(at.file) : openPostgres(at.databaseUrl);
  await engines.write.raw('select 1');
  return {
    ...engines,
    async close() {
      await engines.write.destroy();
      await engines.read.destroy();
    },
  };
}
