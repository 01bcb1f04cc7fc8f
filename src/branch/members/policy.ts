/** Who keeps whose entry: pure answers from posts and the tree. */
import type { OrgMap } from '../../people/orgs/index.ts';
import { partsAt } from '../records/index.ts';
import type { Listed, Who } from './types.ts';

/** The officer of a branch, or of an organisation above that sees down to it, keeps its list. */
export const mayKeep = (who: Who, orgId: string, orgs: OrgMap): boolean =>
  orgs.find(orgId) !== undefined && partsAt(who, orgId, orgs).has('secretary');

export const mayKeepMember = (who: Who, { orgId }: Pick<Listed, 'orgId'>, orgs: OrgMap): boolean =>
  orgId !== null && mayKeep(who, orgId, orgs);

/** Whoever witnesses for a member besides the officer: another officer, or a member of the branch. */
export const mayWitness = (who: Who, orgId: string, orgs: OrgMap): boolean => {
  const parts = partsAt(who, orgId, orgs);
  return parts.has('secretary') || parts.has('approver') || parts.has('member');
};

/** Somebody who searches by a number at all: what he finds still lies in his own reach. */
export const maySearch = (who: Who): boolean => who.grants.some((g) => g.role === 'party-secretary');
