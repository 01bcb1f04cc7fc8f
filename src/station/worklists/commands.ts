/** Views of lists: saved, renamed, made the one a list opens with, deleted and brought back; each person's own. */
import { conflict, invalid, notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { maskNumbers } from '../../kernel/mask.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { type Trx, transact, writeOnce } from '../../platform/db/index.ts';
import type { CaseDeps, ListFilters } from '../cases/index.ts';
import type { ColumnId } from './columns.ts';
import type { ListId } from './filters.ts';
import * as store from './store.ts';

/** What was looked for by name is not kept: it is about one citizen and about now. */
const lasting = ({ text: _, ...filters }: ListFilters): ListFilters => filters;

/** How somebody leaves a list is how he finds it. */
export const rememberFilters = (
  deps: CaseDeps,
  who: SignedIn,
  list: ListId,
  filters: ListFilters,
): Promise<void> =>
  transact(deps.db, async (trx) => {
    const settings = await store.findSettings(trx, who.accountId, list);
    await store.saveSettings(trx, who.accountId, list, { ...settings, filters: lasting(filters) });
  });

/** @param columns null: the usual ones again */
export const chooseColumns = (
  deps: CaseDeps,
  who: SignedIn,
  list: ListId,
  columns: ColumnId[] | null,
): Promise<void> =>
  transact(deps.db, async (trx) => {
    const settings = await store.findSettings(trx, who.accountId, list);
    await store.saveSettings(trx, who.accountId, list, { ...settings, columns });
  });

const MOST_VIEWS = 20;
const LONGEST = 20;

/** Numbers of persons in it are masked. */
function requireName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length > 0 && trimmed.length <= LONGEST) return maskNumbers(trimmed);
  throw invalid([{ pointer: '/name', message: `请给视图起一个名字，${LONGEST} 个字以内` }]);
}

/** @throws invalid at `/name`, conflict `view.too_many` */
export const saveView = (
  deps: CaseDeps,
  who: SignedIn,
  input: { list: ListId; name: string; filters: ListFilters; columns: ColumnId[] },
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { saveView: input }, async (trx) => {
    const name = requireName(input.name);
    const views = await store.listViews(trx, who.accountId, input.list);
    if (views.length >= MOST_VIEWS) throw conflict('view.too_many');
    const id = newId(deps.clock.now(), deps.random);
    await store.insertView(trx, who.accountId, {
      ...input,
      id,
      name,
      filters: lasting(input.filters),
      isDefault: false,
    });
    return { id };
  });

/** @throws notFound `view.not_found` for another person's view too */
async function requireView(trx: Trx, who: SignedIn, id: string, deleted = false): Promise<store.SavedView> {
  const view = await store.findView(trx, who.accountId, id, deleted);
  if (!view) throw notFound('view.not_found');
  return view;
}

export const renameView = (deps: CaseDeps, who: SignedIn, id: string, name: string): Promise<void> =>
  transact(deps.db, async (trx) => {
    await requireView(trx, who, id);
    await store.renameView(trx, id, requireName(name));
  });

/** The list opens with this view from now on; with `on` false, with none. */
export const makeDefault = (deps: CaseDeps, who: SignedIn, id: string, on: boolean): Promise<void> =>
  transact(deps.db, async (trx) => {
    const view = await requireView(trx, who, id);
    await store.saveDefault(trx, who.accountId, view.list, on ? id : null);
  });

/** So long a deleted view can be brought back. */
const UNDO_MS = 24 * 3_600_000;

/** A view is put aside, and those that were a day ago are removed for good. */
export const deleteView = (deps: CaseDeps, who: SignedIn, id: string): Promise<store.SavedView> =>
  transact(deps.db, async (trx) => {
    const view = await requireView(trx, who, id, true);
    const now = deps.clock.now();
    await store.removeDeleted(trx, new Date(Date.parse(now) - UNDO_MS).toISOString());
    await store.saveDeleted(trx, id, now);
    return view;
  });

export const restoreView = (deps: CaseDeps, who: SignedIn, id: string): Promise<store.SavedView> =>
  transact(deps.db, async (trx) => {
    const view = await requireView(trx, who, id, true);
    await store.saveDeleted(trx, id, null);
    return view;
  });
