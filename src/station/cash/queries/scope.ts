/** Whose box, whose office. */
import { notAllowed, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { villagesOf } from '../policy.ts';
import type { CashDeps } from '../types.ts';

/** Rows of a list at once. */
export const PAGE = 30;

/** Offices that send bags and take returns back. */
export const officesOf = (who: SignedIn): string[] =>
  who.grants.filter((g) => g.role === 'officer' || g.role === 'leader').map((g) => g.org);

/** The village whose box somebody keeps: the one named, or the only one. @throws notAllowed, notFound */
export function villageFor(deps: Pick<CashDeps, 'orgs'>, who: SignedIn, wanted?: string): string {
  const own = villagesOf(who, deps.orgs);
  if (wanted !== undefined && !own.includes(wanted)) throw notFound('cash.not_found');
  const village = wanted ?? own[0];
  if (village === undefined) throw notAllowed();
  return village;
}
