import { conflict } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { oweBack } from '../debts/found.ts';
import { comparePeriods, nextPeriod, periodOf, periodsBetween } from '../rules/periods.ts';
import { schemeOf } from '../schemes.ts';
import type { Entitlement, PayoutDeps, Period } from '../types.ts';
import { listLive, saveEntitlement } from './store.ts';

type Deps = Pick<PayoutDeps, 'vault' | 'random'>;

export type Change = Partial<
  Pick<Entitlement, 'state' | 'from' | 'until' | 'reason' | 'way' | 'payee' | 'accountFault'>
>;

/** @throws conflict `claim.stale` when another was faster */
export async function change(
  trx: Trx,
  { vault }: Deps,
  e: Entitlement,
  what: Change,
  at: Instant,
): Promise<void> {
  const next = { ...e, ...what, updatedAt: at };
  if (!(await saveEntitlement(trx, vault, next, { payee: what.payee !== undefined })))
    throw conflict('claim.stale');
}

/** Are periods that pass while it is suspended lost? */
const isLost = (e: Entitlement): boolean => e.rhythm !== 'once' && !schemeOf(e.scheme).backPay;

/**
 * Suspend a claim. Where what passes meanwhile is not paid later, it begins anew when it goes on, and what is still
 * open from before is owed as a single sum.
 */
export async function suspended(
  trx: Trx,
  deps: Deps,
  e: Entitlement,
  reason: string,
  at: Instant,
): Promise<void> {
  if (!isLost(e)) return change(trx, deps, e, { state: 'suspended', reason }, at);
  const from = later(e.from, periodOf(e.rhythm, localDate(at)));
  const live = new Set((await listLive(trx, [e.id])).map((p) => p.period));
  const open = periodsBetween(e.from, nextPeriod(from, -1)).filter((p) => !live.has(p));
  await change(trx, deps, e, { state: 'suspended', reason, from }, at);
  if (open.length > 0)
    await oweBack(trx, deps, e, { what: 'arrears', which: from, amount: open.length * e.amount, at });
}

/** A suspended claim goes on. */
export function resumed(trx: Trx, deps: Deps, e: Entitlement, at: Instant): Promise<void> {
  const from = isLost(e) ? later(e.from, periodOf(e.rhythm, localDate(at))) : e.from;
  return change(trx, deps, e, { state: 'active', reason: null, from }, at);
}

const later = (a: Period, b: Period): Period => (comparePeriods(a, b) < 0 ? b : a);
