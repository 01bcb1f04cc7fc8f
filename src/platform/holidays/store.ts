import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../db/index.ts';
import type { ImportedTable } from './files.ts';

/** Who did something, and when. */
export interface Moment {
  by: string;
  name: string;
  at: Instant;
}

/** An imported table as stored; withdrawn ones are kept. */
export interface StoredTable extends ImportedTable {
  id: string;
  /** Number and title of the notice. */
  source: string;
  imported: Moment;
  withdrawn: (Moment & { reason: string }) | null;
}

type Raw = Record<string, string | number | null>;

const toTable = (r: Raw): StoredTable => ({
  id: r.id as string,
  scope: r.scope as string,
  year: r.year as number,
  csv: r.csv as string,
  source: r.source as string,
  imported: { by: r.imported_by as string, name: r.imported_name as string, at: r.imported_at as string },
  withdrawn:
    r.withdrawn_at === null
      ? null
      : {
          by: r.withdrawn_by as string,
          name: r.withdrawn_name as string,
          at: r.withdrawn_at as string,
          reason: r.reason as string,
        },
});

/** Every table ever imported, newest year first. */
export async function listTables(db: Trx | Knex): Promise<StoredTable[]> {
  const rows: Raw[] = await db('holiday_tables').orderBy([
    { column: 'year', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
  return rows.map(toTable);
}

/** Those that count: imported and not withdrawn. */
export const tablesInForce = async (db: Trx | Knex): Promise<StoredTable[]> =>
  (await listTables(db)).filter((t) => t.withdrawn === null);

export async function insertTable(trx: Trx, table: Omit<StoredTable, 'withdrawn'>): Promise<void> {
  const { id, scope, year, csv, source, imported } = table;
  await trx('holiday_tables').insert({
    id,
    scope,
    year,
    csv,
    source,
    imported_by: imported.by,
    imported_name: imported.name,
    imported_at: imported.at,
  });
}

/** False when it does not stand, or no longer. */
export async function withdrawTable(trx: Trx, id: string, by: Moment, reason: string): Promise<boolean> {
  const changed = await trx('holiday_tables')
    .where({ id, withdrawn_at: null })
    .update({ withdrawn_by: by.by, withdrawn_name: by.name, withdrawn_at: by.at, reason });
  return changed === 1;
}
