/** The one way into a branch and out of one: list and rights change in the same transaction. */
import { conflict, invalid } from '../../../errors.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { type EndedGrant, endPartyGrants, grantInCourse } from '../../../people/accounts/index.ts';
import { getStanding } from '../../../people/orgs/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { BranchDeps } from '../../records/index.ts';
import * as store from '../store.ts';
import type { Listed, MembershipKind } from '../types.ts';

export interface Placing {
  orgId: string;
  /** First day in the branch (Shanghai date). */
  on: LocalDate;
  kind: MembershipKind;
  reason: string;
}

/** The right that goes with being in a branch. */
export const membersGrant = (org: string, from: LocalDate) => ({
  role: 'party-member',
  org,
  subtree: false,
  from,
  to: null,
});

/**
 * Puts a member, held by the transaction, into a branch; the branch that listed him until now lists him no more, and what
 * he held there ends with it and is returned.
 * @throws AppError 409 org.closed; 422 for an organisation that is no branch
 */
export async function placeMember(
  trx: Trx,
  deps: BranchDeps,
  member: Pick<Listed, 'id' | 'orgId' | 'accountId'>,
  { orgId, on, kind, reason }: Placing,
  by: string | null,
): Promise<EndedGrant[]> {
  if ((await getStanding(trx, orgId)).kind !== 'branch')
    throw invalid([{ pointer: '/org', message: '党员只能编入党支部', code: 'kind' }]);
  const ended = member.orgId === null ? [] : await leaveBranch(trx, deps, member, on, by);
  const activated = member.accountId !== null;
  await store.insertMembership(
    trx,
    deps,
    { memberId: member.id, orgId, from: on, kind, reason, activated },
    by,
  );
  if (member.accountId !== null)
    await grantInCourse(trx, deps, member.accountId, membersGrant(orgId, on), by);
  return ended;
}

/** The list ends with a day; what the account held at the branch ends too. @throws AppError 409 member.not_here */
export async function leaveBranch(
  trx: Trx,
  deps: BranchDeps,
  member: Pick<Listed, 'id' | 'orgId' | 'accountId'>,
  on: LocalDate,
  by: string | null,
): Promise<EndedGrant[]> {
  if (member.orgId === null) throw conflict('member.not_here');
  await store.endMembership(trx, member.id, on);
  if (member.accountId === null) return [];
  return endPartyGrants(trx, deps, { orgIds: [member.orgId], accountId: member.accountId, on, by });
}
