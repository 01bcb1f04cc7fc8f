import { notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { mayPay, maySeeTotals, seenVillages } from '../policy.ts';
import type { Scheme } from '../rules/schemes.ts';
import { schemeOf } from '../schemes.ts';
import type { PayoutDeps } from '../types.ts';
import { findRun, type StoredRun } from './store.ts';

/** @throws notFound `payout.run_not_found` also for who may see neither sums nor people of it */
export async function requireSeen(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
): Promise<{ run: StoredRun; scheme: Scheme; villages: readonly string[] | 'all' }> {
  const run = await findRun(deps.db.read, deps.vault, id);
  if (!run) throw notFound('payout.run_not_found');
  const scheme = schemeOf(run.scheme);
  const villages = mayPay(who, deps.orgs, scheme) ? 'all' : seenVillages(who, deps.orgs, scheme);
  if (villages.length === 0 && !maySeeTotals(who, deps.orgs, scheme)) throw notFound('payout.run_not_found');
  return { run, scheme, villages };
}
