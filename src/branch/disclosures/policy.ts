/** Who may propose, look and decide: pure answers from grants and the tree. */
import type { OrgMap } from '../../people/orgs/index.ts';
import { partsAt, partsFor, type Sight, type Who } from '../records/index.ts';
import type { Disclosure } from './types.ts';

/** Those who write for an organisation: its secretary, its editor. */
export const mayPropose = (who: Who, orgId: string, orgs: OrgMap): boolean => {
  const parts = partsAt(who, orgId, orgs);
  return parts.has('secretary') || parts.has('editor');
};

const DESKS = ['author', 'secretary', 'editor', 'reviewer', 'approver'];

/** The parts somebody plays for a disclosure; who reported it upwards does not decide it. */
export function partsOf(who: Who, { record, deferredBy }: Disclosure, orgs: OrgMap): Set<string> {
  const parts = partsFor(who, record, orgs);
  if (deferredBy === who.accountId) parts.add('deferrer');
  return parts;
}

/** May it be looked at while it is in hand, with everything about it? */
export const mayWork = (who: Who, disclosure: Disclosure, orgs: OrgMap): boolean => {
  const parts = partsOf(who, disclosure, orgs);
  return DESKS.some((desk) => parts.has(desk));
};

/** Where somebody plays a part, as places of the tree. */
export const placesOf = (who: Who, roles: readonly string[], orgs: OrgMap): Sight['places'] =>
  who.grants
    .filter((g) => roles.includes(g.role))
    .flatMap((g) => {
      const org = orgs.find(g.org);
      return org ? [{ path: org.path, subtree: g.subtree }] : [];
    });

/** Roles that read what their organisations owe. */
export const READERS = [
  'party-secretary',
  'party-editor',
  'party-reviewer',
  'party-approver',
  'party-inspector',
];
