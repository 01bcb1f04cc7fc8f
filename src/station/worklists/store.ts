import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { ListFilters } from '../cases/index.ts';
import type { ColumnId } from './columns.ts';
import type { ListId } from './filters.ts';

/** How somebody left a list. */
export interface Settings {
  filters: ListFilters;
  /** null: the usual ones. */
  columns: ColumnId[] | null;
}

/** A list as somebody wants to see it again; nobody else sees it. */
export interface SavedView {
  id: string;
  list: ListId;
  name: string;
  filters: ListFilters;
  columns: ColumnId[];
  isDefault: boolean;
}

interface Row {
  id: string;
  list: ListId;
  name: string;
  filters: string;
  columns: string;
  is_default: number;
}

const toView = (r: Row): SavedView => ({
  id: r.id,
  list: r.list,
  name: r.name,
  filters: JSON.parse(r.filters),
  columns: JSON.parse(r.columns),
  isDefault: r.is_default === 1,
});

export async function findSettings(db: Knex, accountId: string, list: ListId): Promise<Settings> {
  const row = await db('list_settings').where({ account_id: accountId, list }).first();
  return { filters: row ? JSON.parse(row.filters) : {}, columns: row ? JSON.parse(row.columns) : null };
}

export async function saveSettings(
  trx: Trx,
  accountId: string,
  list: ListId,
  { filters, columns }: Settings,
): Promise<void> {
  await trx('list_settings')
    .insert({
      account_id: accountId,
      list,
      filters: JSON.stringify(filters),
      columns: JSON.stringify(columns),
    })
    .onConflict(['account_id', 'list'])
    .merge();
}

const own = (db: Knex, accountId: string) => db('list_views').where({ account_id: accountId });

/** Somebody's views of a list, in the order they were saved. */
export async function listViews(db: Knex, accountId: string, list: ListId): Promise<SavedView[]> {
  const rows: Row[] = await own(db, accountId).where({ list, deleted_at: null }).orderBy('id');
  return rows.map(toView);
}

/** @param deleted also one that was deleted, to be brought back */
export async function findView(
  db: Knex,
  accountId: string,
  id: string,
  deleted = false,
): Promise<SavedView | undefined> {
  const rows = own(db, accountId).where({ id });
  const row: Row | undefined = await (deleted ? rows : rows.whereNull('deleted_at')).first();
  return row && toView(row);
}

export async function insertView(trx: Trx, accountId: string, view: SavedView): Promise<void> {
  await trx('list_views').insert({
    id: view.id,
    account_id: accountId,
    list: view.list,
    name: view.name,
    filters: JSON.stringify(view.filters),
    columns: JSON.stringify(view.columns),
    is_default: 0,
    deleted_at: null,
  });
}

export async function renameView(trx: Trx, id: string, name: string): Promise<void> {
  await trx('list_views').where({ id }).update({ name });
}

/** One view of a list opens it, or none. */
export async function saveDefault(
  trx: Trx,
  accountId: string,
  list: ListId,
  id: string | null,
): Promise<void> {
  await own(trx, accountId).where({ list }).update({ is_default: 0 });
  if (id !== null) await own(trx, accountId).where({ id }).update({ is_default: 1 });
}

export async function saveDeleted(trx: Trx, id: string, at: Instant | null): Promise<void> {
  await trx('list_views').where({ id }).update({ deleted_at: at, is_default: 0 });
}

/** Whatever was deleted before a moment, whoever's it was. */
export async function removeDeleted(trx: Trx, before: Instant): Promise<void> {
  await trx('list_views').where('deleted_at', '<', before).delete();
}
