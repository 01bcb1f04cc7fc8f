/** How a list stands before somebody: filters of the address, of a view, or as he left it; columns; place in the list. */

import { notFound } from '../../errors.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import type { CaseDeps, ListFilters } from '../cases/index.ts';
import { type ColumnId, USUAL } from './columns.ts';
import { filtersOf, isNarrowed, type ListId } from './filters.ts';
import { findSettings, findView, listViews, type SavedView } from './store.ts';

export type { SavedView };

/** Somebody's own views of a list. */
export const viewsOf = (deps: CaseDeps, who: SignedIn, list: ListId): Promise<SavedView[]> =>
  listViews(deps.db.read, who.accountId, list);

export interface ListState {
  list: ListId;
  filters: ListFilters;
  columns: readonly ColumnId[];
  views: SavedView[];
  /** The view looked at. */
  view: SavedView | null;
  /** The filters are those of last time, not of the address. */
  isRemembered: boolean;
  after?: string;
  before?: string;
  /** Which line of the list the page begins with, as far as it was counted on the way. */
  from: number;
}

/** The address of the whole list, without view and filters. */
export const NO_VIEW = 'none';

const one = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * Filters in the address count first, then the view it names, then the view the list opens with, then what was left.
 * @throws notFound `view.not_found`
 */
export async function stateOf(
  deps: CaseDeps,
  who: SignedIn,
  list: ListId,
  query: Record<string, unknown>,
): Promise<ListState> {
  const { read } = deps.db;
  const [settings, views] = await Promise.all([
    findSettings(read, who.accountId, list),
    listViews(read, who.accountId, list),
  ]);
  const said = filtersOf(query);
  const isSaid = isNarrowed(said) || said.sort !== undefined;
  const named = one(query.view);
  const after = one(query.after);
  const before = one(query.before);
  const from = Number(one(query.from) ?? 1);
  const shared = {
    list,
    views,
    columns: settings.columns ?? USUAL[list],
    from: Number.isSafeInteger(from) && from > 0 ? from : 1,
    ...(after && { after }),
    ...(before && { before }),
    view: null,
    isRemembered: false,
  };
  if (isSaid || named === NO_VIEW) return { ...shared, filters: said };
  const view = named ? await findView(read, who.accountId, named) : views.find((v) => v.isDefault);
  if (view) return { ...shared, view, filters: view.filters, columns: view.columns };
  if (named) throw notFound('view.not_found');
  return { ...shared, filters: settings.filters, isRemembered: isNarrowed(settings.filters) };
}
