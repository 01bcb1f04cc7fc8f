/** What the parts of a list's page are drawn from. */
import { notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import type { CaseDeps } from '../../cases/index.ts';
import { departmentName } from '../../departments.ts';
import { LIST_IDS, type ListId, wordsOf } from '../filters.ts';
import type { ListState } from '../state.ts';

export const TITLES: Record<ListId, string> = { inbox: '待办', cases: '办件' };
export const PATHS: Record<ListId, string> = { inbox: '/inbox', cases: '/cases' };

export interface Scene {
  ctx: RouteContext;
  deps: CaseDeps;
  who: SignedIn;
  state: ListState;
}

/** The list an address names. @throws notFound */
export function listOf(ctx: RouteContext): ListId {
  const list = LIST_IDS.find((id) => id === ctx.params.list);
  if (!list) throw notFound();
  return list;
}

/** The filters in words. */
export const filterWords = (deps: CaseDeps, state: ListState): string[] =>
  wordsOf(state.filters, {
    item: (code) => deps.definitions.list().find((d) => d.code === code)?.title ?? code,
    village: (id) => deps.orgs.find(id)?.name ?? id,
    department: departmentName,
  });
