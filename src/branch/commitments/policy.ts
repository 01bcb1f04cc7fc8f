/** Who plays which part for a commitment, and who sees it: pure. */
import type { OrgMap } from '../../people/orgs/index.ts';
import { partsAt, partsFor, type Who } from '../records/index.ts';
import type { Commitment, HolderKind } from './types.ts';

/** States in which it is known beyond its author and the secretary. */
const KNOWN = ['published', 'reported_done', 'reviewed', 'answered', 'reviewed_again', 'closed'];

/** Belongs to the organisation itself, by a post or as a member: not by one above it. */
const isIn = (who: Who, orgId: string): boolean =>
  who.grants.some((g) => g.org === orgId && g.role.startsWith('party-'));

/**
 * A member's commitment is the affair of the own branch: only its own secretary acts, never one above. Of a secretary's
 * or the organisation's own the one above is the second person.
 */
export function partsIn(who: Who, { record, of }: Commitment, orgs: OrgMap): Set<string> {
  const parts = partsFor(who, record, orgs);
  const isOwn = who.grants.some((g) => g.org === record.orgId && g.role === 'party-secretary');
  if (of === 'member' && !isOwn) parts.delete('secretary');
  return parts;
}

export function mayLook(who: Who | null, commitment: Commitment, orgs: OrgMap): boolean {
  const { record, of } = commitment;
  if (of !== 'member' && KNOWN.includes(record.state)) return true;
  if (who === null) return false;
  const parts = partsIn(who, commitment, orgs);
  if (parts.has('author')) return true;
  if (record.state === 'draft') return false;
  return parts.has('secretary') || (isIn(who, record.orgId) && KNOWN.includes(record.state));
}

/** Whose a new commitment of this account at this organisation is; undefined: it may make none there. */
export function holderOf(who: Who, orgId: string, isForOrg: boolean, orgs: OrgMap): HolderKind | undefined {
  if (!orgs.find(orgId) || !isIn(who, orgId)) return undefined;
  const isSecretary = partsAt({ grants: who.grants.filter((g) => g.org === orgId) }, orgId, orgs).has(
    'secretary',
  );
  if (isForOrg) return isSecretary ? 'organisation' : undefined;
  return isSecretary ? 'leader' : 'member';
}
