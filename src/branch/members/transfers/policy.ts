/** Who plays which part in a transfer: pure answers from posts and the tree. */
import type { OrgMap } from '../../../people/orgs/index.ts';
import { partsAt } from '../../records/index.ts';
import type { Member, Who } from '../types.ts';

/** The committee above a branch. */
function committeeOf(orgId: string, orgs: OrgMap): string {
  const org = orgs.get(orgId);
  if (org.kind === 'party-committee') return org.id;
  if (org.parentId === null) throw new Error(`${orgId} lies under no committee`);
  return committeeOf(org.parentId, orgs);
}

export function partsOf(
  who: Who,
  { fromOrg, toOrg }: { fromOrg: string; toOrg: string },
  member: Pick<Member, 'accountId'>,
  orgs: OrgMap,
): Set<string> {
  const parts = new Set<string>();
  if (member.accountId === who.accountId) parts.add('member');
  for (const [side, orgId] of [
    ['out', fromOrg],
    ['in', toOrg],
  ] as const) {
    if (partsAt(who, orgId, orgs).has('secretary')) parts.add(`${side}_branch`);
    const above = partsAt(who, committeeOf(orgId, orgs), orgs);
    if (above.has('secretary') || above.has('approver')) parts.add(`${side}_committee`);
  }
  return parts;
}
