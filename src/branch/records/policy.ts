/** Who plays which part for a record, and who may look: pure answers from grants and the tree. */
import { type Holder, holds } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { BranchRecord, Who } from './types.ts';

/** Roles of the party tree are called `party-secretary`; a chart calls the same part `secretary`. */
const PREFIX = 'party-';

/** The parts that somebody plays at an organisation by the posts held there or, with subtree, above it. */
export function partsAt(who: Holder, orgId: string, orgs: OrgMap): Set<string> {
  const roles = new Set(who.grants.map((g) => g.role).filter((role) => role.startsWith(PREFIX)));
  return new Set(
    [...roles].filter((role) => holds(who, role, orgId, orgs)).map((role) => role.slice(PREFIX.length)),
  );
}

/** The same for a record, with `author` for whoever wrote it. */
export function partsFor(who: Who, record: BranchRecord, orgs: OrgMap): Set<string> {
  const parts = partsAt(who, record.orgId, orgs);
  if (record.authorId === who.accountId) parts.add('author');
  return parts;
}

/** Places whose records somebody may see beyond the public ones, as beginnings of paths. */
export interface Sight {
  accountId: string | null;
  /** Holds anything in the party tree. */
  isMember: boolean;
  /** Organisations, with everything beneath them where the post reaches down. */
  places: { path: string; subtree: boolean }[];
  /** Organisations that the own ones lie under: what they say to those beneath them is for the reader too. */
  above: string[];
}

/** What somebody sees; null: a stranger. */
export function sightOf(who: Who | null, orgs: OrgMap): Sight {
  const grants = (who?.grants ?? []).filter((g) => g.role.startsWith(PREFIX));
  const places = grants.flatMap((g) => {
    const org = orgs.find(g.org);
    return org ? [{ path: org.path, subtree: g.subtree }] : [];
  });
  return {
    accountId: who?.accountId ?? null,
    isMember: places.length > 0,
    places,
    above: [...new Set(places.flatMap(({ path }) => path.split('/').filter(Boolean)))],
  };
}

/** May it be looked at, as far as its visibility says? What is `named` the module itself answers; its author sees it. */
export function maySeeRecord(sight: Sight, record: BranchRecord): boolean {
  if (record.visibility === 'public') return true;
  if (record.authorId !== null && record.authorId === sight.accountId) return true;
  if (record.visibility === 'members') return sight.isMember;
  if (record.visibility === 'named') return false;
  return (
    sight.above.includes(record.orgId) ||
    sight.places.some(({ path, subtree }) => subtree && record.orgPath.startsWith(path))
  );
}
