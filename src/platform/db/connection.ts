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
  /** Connections of their own that refuse to write: a transaction may read beside itself and never waits for itself. */
  read: Knex;
}

/** The time-out first: switching to WAL already waits for other programs. */
const WRITER = [
  'PRAGMA busy_timeout = 5000',
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  // Without it `insert or replace` deletes a row and no delete trigger hears of it.
  'PRAGMA recursive_triggers = ON',
];
const READER = ['PRAGMA busy_timeout = 5000', 'PRAGMA query_only = ON'];

/** Readers next to the one writer: WAL lets them work while it writes. */
const SQLITE_READERS = 3;
/** Each for writing and for reading. */
const POSTGRES_CONNECTIONS = 10;

/** Values stay out of error messages: those are logged and kept in the outbox. */
const SHARED = { acquireConnectionTimeout: 30_000, compileSqlOnError: false };

type Done = (error: Error | null, connection: unknown) => void;

/** SQLite in one file, made when it is not there. */
export function openSqlite(filename: string): Engines {
  mkdirSync(dirname(filename), { recursive: true });
  const pool = (max: number, pragmas: string[]) =>
    knex({
      ...SHARED,
      client: 'sqlite3',
      connection: { filename },
      useNullAsDefault: true,
      pool: {
        min: 1,
        max,
        afterCreate: (connection: SqliteConnection, done: Done) =>
          connection.exec(pragmas.join(';'), (error) => done(error, connection)),
      },
    });
  const write = pool(1, WRITER);
  beginImmediately(write);
  return { dialect: 'sqlite', write, read: pool(SQLITE_READERS, READER) };
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

/** PostgreSQL types of `count(*)`, `sum` and `avg`: text unless told otherwise; ours fit a number. */
const INT8 = 20;
const NUMERIC = 1700;

/** PostgreSQL by its address `postgres://user:password@host:port/database`. */
export function openPostgres(connectionString: string): Engines {
  const pool = (options: string) =>
    knex({
      ...SHARED,
      client: 'pg',
      connection: { connectionString, options },
      pool: {
        min: 0,
        max: POSTGRES_CONNECTIONS,
        afterCreate: (connection: ClientBase, done: Done) => {
          connection.setTypeParser(INT8, Number);
          connection.setTypeParser(NUMERIC, Number);
          done(null, connection);
        },
      },
    });
  return { dialect: 'postgres', write: pool(''), read: pool('-c default_transaction_read_only=on') };
}

/** Failures another try may overcome: a deadlock or a lost race, never a fault of the statement. */
export const isPassing = (error: unknown): boolean =>
  ['40001', '40P01', 'SQLITE_BUSY'].includes((error as { code?: string }).code ?? '');

/** One connection to a SQLite file that is there already. */
const plainSqlite = (filename: string, pragma: string): Knex =>
  knex({
    ...SHARED,
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: Done) =>
        connection.exec(pragma, (error) => done(error, connection)),
    },
  });

/** A consistent copy of a SQLite file, made while others read and write it; one file, without a log beside it. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const source = plainSqlite(from, 'PRAGMA busy_timeout = 5000');
  try {
    await source.raw('vacuum into ?', [to]);
  } finally {
    await source.destroy();
  }
}

/** A SQLite file that nobody else has open, for looking only; the caller closes it. */
export const lookIntoSqlite = (file: string): Knex => plainSqlite(file, 'PRAGMA query_only = ON');
