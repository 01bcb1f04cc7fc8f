/** Who sees the board, and what of it: pure answers from grants and the organisations. */
import { type CaseScope, type Holder, visibleScopes } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';

const READERS = ['inspector', 'leader', 'reviewer'];

export const maySeeBoard = (who: Holder): boolean => who.grants.some((g) => READERS.includes(g.role));

/** Where a reader's counts come from. The same for two people of one office. */
export const scopesOf = (who: Holder, orgs: OrgMap): CaseScope[] => visibleScopes(who, orgs);

/** A figure's place: a village, or null where only the whole county is told; and the department it belongs to. */
export interface Filed {
  villageId: string | null;
  department: string;
}

/** What of the county lies within scopes. */
export function seenIn(scopes: readonly CaseScope[], orgs: OrgMap): (filed: Filed) => boolean {
  const paths = new Map<string, string>();
  const pathOf = (id: string): string => {
    const known = paths.get(id) ?? orgs.find(id)?.path ?? '';
    paths.set(id, known);
    return known;
  };
  const isWhole = ({ pathPrefix }: CaseScope): boolean => {
    const kind = orgs.find(pathPrefix.split('/').at(-2) ?? '')?.kind;
    return kind === 'county' || kind === 'prefecture';
  };
  return ({ villageId, department }) =>
    scopes.some(
      (scope) =>
        (villageId === null ? isWhole(scope) : pathOf(villageId).startsWith(scope.pathPrefix)) &&
        (scope.departments?.includes(department) ?? true),
    );
}
