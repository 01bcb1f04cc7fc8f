import type { Trx } from './transact.ts';

/** Rows of one statement: SQLite puts at most 500 together. */
export const ROWS = 400;
/** Values asked for in one statement: databases bound them. */
const VALUES = 1_000;

/** New rows of a table, however many. */
export async function insertInChunks(trx: Trx, table: string, rows: readonly object[]): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS) await trx(table).insert(rows.slice(i, i + ROWS));
}

/** The same work for some of the values at a time, one after the other: what each came to. */
export async function inChunks<V, T>(
  values: readonly V[],
  work: (some: V[]) => Promise<T>,
  size = VALUES,
): Promise<T[]> {
  const done: T[] = [];
  for (let i = 0; i < values.length; i += size) done.push(await work(values.slice(i, i + size)));
  return done;
}
