/** The few places where SQLite and PostgreSQL differ. */
import type { Knex } from 'knex';

const isPostgres = (db: Knex): boolean => db.client.config.client === 'pg';

/** Take rows nobody else holds; SQLite has one writer, so there is nobody else. */
export const skipLocked = <T extends Knex.QueryBuilder>(db: Knex, rows: T): T =>
  isPostgres(db) ? (rows.forUpdate().skipLocked() as T) : rows;

/** Two programs starting at once migrate one after the other; SQLite's write lock does this by itself. */
export async function lockMigrations(trx: Knex.Transaction): Promise<void> {
  if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(5326280001)');
}

/** Forbid changing or deleting rows of a table, in the database itself. */
export async function appendOnly(trx: Knex.Transaction, table: string): Promise<void> {
  const message = `${table} is append-only`;
  if (!isPostgres(trx)) {
    for (const verb of ['update', 'delete'])
      await trx.raw(
        `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${message}'); end`,
      );
    return;
  }
  await trx.raw(
    `create function ${table}_keep() returns trigger language plpgsql as $$ begin raise exception '${message}'; end $$`,
  );
  await trx.raw(
    `create trigger ${table}_keep before update or delete or truncate on ${table} execute function ${table}_keep()`,
  );
}

/** An index by which `beginsWith` finds rows; `more` columns stand behind and are read without the row. */
export async function indexBeginnings(
  trx: Knex.Transaction,
  table: string,
  column: string,
  more: readonly string[],
): Promise<void> {
  const order = isPostgres(trx) ? ' text_pattern_ops' : '';
  await trx.raw(
    `create index ${table}_${column}_begins on ${table} (${[column + order, ...more].join(', ')})`,
  );
}

/** Behind every text that begins the same. */
const LAST = '\u{10ffff}';

/** The condition that a column begins with a text, as an index of `indexBeginnings` answers it. */
export const beginsWith = (db: Knex, column: string, text: string): Knex.Raw =>
  isPostgres(db)
    ? db.raw('?? like ?', [column, `${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`])
    : db.raw('?? >= ? and ?? < ?', [column, text, column, text + LAST]);

/** Bytes the database takes on the disk. */
export async function databaseSize(db: Knex): Promise<number> {
  if (isPostgres(db)) {
    const { rows } = await db.raw('select pg_database_size(current_database()) as bytes');
    return Number(rows[0].bytes);
  }
  const [pages] = await db.raw('pragma page_count');
  const [size] = await db.raw('pragma page_size');
  return pages.page_count * size.page_size;
}

/**
 * A table whose rows keep no order of their coming: its first two columns are the key, and on SQLite there is no rowid
 * beside it. PostgreSQL puts rows where there is room; who must not be told by it writes them in random order.
 */
export async function tableWithoutOrder(
  trx: Knex.Transaction,
  table: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const lines = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  const key = Object.keys(columns).slice(0, 2).join(', ');
  await trx.raw(
    `create table ${table} (${[...lines, `primary key (${key})`].join(', ')})${isPostgres(trx) ? '' : ' without rowid'}`,
  );
}
