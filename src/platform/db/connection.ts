/**
 * Opening the two databases. The only file that knows their drivers, so that another SQLite driver
 * is a one-line change.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';
import type { ClientBase } from 'pg';
import type { Database as SqliteConnection } from 'sqlite3';

/** The two engines, and how a write transaction begins on each. */
export interface Engines {
  dialect: 'sqlite' | 'postgres';
  /** Every write goes through here; on SQLite one connection, so writers wait in line. */
  write: Knex;
  read: Knex;
}

const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  'PRAGMA busy_timeout = 5000',
];

/** Readers next to the one writer: WAL lets them work while it writes. */
const SQLITE_READERS = 3;
const POSTGRES_CONNECTIONS = 10;

type Done = (error: Error | null, connection: unknown) => void;

const afterSqlite = (connection: SqliteConnection, done: Done) =>
  connection.exec(PRAGMAS.join(';'), (error) => done(error, connection));

/** SQLite in one file, made when it is not there. */
export function openSqlite(filename: string): Engines {
  mkdirSync(dirname(filename), { recursive: true });
  const pool = (max: number) =>
    knex({
      client: 'sqlite3',
      connection: { filename },
      useNullAsDefault: true,
      pool: { min: 1, max, afterCreate: afterSqlite },
      acquireConnectionTimeout: 30_000,
    });
  const write = pool(1);
  beginImmediately(write);
  return { dialect: 'sqlite', write, read: pool(SQLITE_READERS) };
}

/**
 * Transactions of the writer take the write lock when they begin: a deferred one that reads first fails at
 * its first write when another process wrote meanwhile.
 */
function beginImmediately(write: Knex): void {
  const client = write.client as {
    transaction: (...args: unknown[]) => { begin: (conn: unknown) => unknown };
  };
  const plain = client.transaction;
  client.transaction = function (...args) {
    const transaction = plain.apply(this, args) as { begin: (conn: unknown) => unknown } & {
      query: (conn: unknown, sql: string) => unknown;
    };
    transaction.begin = (conn) => transaction.query(conn, 'BEGIN IMMEDIATE;');
    return transaction;
  };
}

/** PostgreSQL type of `count(*)`: comes back as text unless told otherwise; our counts fit a number. */
const INT8 = 20;

export function openPostgres(connectionString: string): Engines {
  const write = knex({
    client: 'pg',
    connection: { connectionString },
    pool: {
      min: 0,
      max: POSTGRES_CONNECTIONS,
      afterCreate: (connection: ClientBase, done: Done) => {
        connection.setTypeParser(INT8, Number);
        done(null, connection);
      },
    },
    acquireConnectionTimeout: 30_000,
  });
  return { dialect: 'postgres', write, read: write };
}

/** Failures another try may overcome: a deadlock or a lost race, never a fault of the statement. */
export const isPassing = (error: unknown): boolean =>
  ['40001', '40P01', 'SQLITE_BUSY'].includes((error as { code?: string }).code ?? '');

/** A row with this key is there already. */
export const isDuplicate = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string };
  return code === '23505' || (code === 'SQLITE_CONSTRAINT' && (message ?? '').includes('UNIQUE'));
};
