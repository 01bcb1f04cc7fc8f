/** Whose account it is to keep: the security administrator's of every place where it holds anything. */
import { notAllowed, notFound } from '../../../errors.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { type KeptGrant, listKeptGrants } from '../grants-store.ts';
import { type Grant, type Holder, mayManageAccounts } from '../policy.ts';
import { holdersOf } from '../seats.ts';
import { type Account, holdAccount } from '../store.ts';
import { type AccountDeps, todayOf } from './deps.ts';
import type { SignedIn } from './session.ts';

export type ManageDeps = AccountDeps & { orgs: OrgMap };

/** A security administrator, or whoever has the server's console (the first account comes from there). */
export type AccountManager = SignedIn | 'console';

/** How the audit names him. */
export const managerId = (by: AccountManager): string => (by === 'console' ? by : by.accountId);

const isOver = (g: KeptGrant, today: LocalDate): boolean => g.to !== null && g.to < today;

/** The grants that decide who keeps an account: those that are not over; when all are, whatever it held. */
function decisive(grants: readonly KeptGrant[], today: LocalDate): readonly KeptGrant[] {
  const standing = grants.filter((g) => !isOver(g, today));
  return standing.length > 0 ? standing : grants;
}

/** Is the account within this administrator's reach at all? Others do not learn that it exists. */
export const mayKnow = (who: Holder, orgs: OrgMap, grants: readonly KeptGrant[]): boolean =>
  grants.some((g) => mayManageAccounts(who, orgs, g.org));

/**
 * The account, for an act on the whole of it.
 * @throws AppError 404 account.not_found; 403 account.oneself, not_allowed when another administrator keeps a part
 */
export async function requireKeeper(
  trx: Trx,
  deps: ManageDeps,
  by: AccountManager,
  accountId: string,
  today: LocalDate,
): Promise<Account> {
  const account = await holdAccount(trx, accountId);
  if (!account) throw notFound('account.not_found');
  if (by === 'console') return account;
  const grants = await listKeptGrants(trx, [accountId]);
  if (!mayKnow(by, deps.orgs, grants)) throw notFound('account.not_found');
  if (by.accountId === accountId) throw notAllowed('account.oneself');
  if (!decisive(grants, today).every((g) => mayManageAccounts(by, deps.orgs, g.org))) throw notAllowed();
  return account;
}

/**
 * Does an administrator's role wait for another security administrator of the place? Only where there is one besides
 * the giver and the receiver, on leave or not: a leave can be entered by the giver. The console is its own witness.
 */
export async function needsSecond(
  trx: Trx,
  deps: ManageDeps,
  by: AccountManager,
  grant: Pick<Grant, 'org'>,
  receiver: string | null,
): Promise<boolean> {
  if (by === 'console') return false;
  const seat = { role: 'security-admin', org: grant.org };
  const all = await holdersOf(trx, deps.orgs, seat, todayOf(deps));
  return all.some((id) => id !== by.accountId && id !== receiver);
}
