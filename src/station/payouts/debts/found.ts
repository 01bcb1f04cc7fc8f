/** What the house itself finds: money paid for a time after the end, kept back from later lines, or no debt after all. */
import { newId } from '../../../kernel/ids.ts';
import type { Fen, Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { findEntitlement, insertEntitlements, listLive, listPassed } from '../entitlements/store.ts';
import { post } from '../ledger/index.ts';
import { paidBeyond } from '../rules/claims.ts';
import { comparePeriods, ONCE, periodsTitle } from '../rules/periods.ts';
import type { Debt, Entitlement, PayoutDeps } from '../types.ts';
import { restOf, spread, sumOf } from './rules.ts';
import { insertDebt, listOfEntitlement, listOpen, pendingOffset, saveDebt } from './store.ts';

type Deps = Pick<PayoutDeps, 'vault' | 'random'>;

/** A debt that the house found is numbered after its claim, so that it cannot be opened twice. */
const foundId = ({ id }: Entitlement, n: number): string => `${id}-${n}`;
const isFound = (debt: Debt, { id }: Entitlement): boolean => debt.id.startsWith(`${id}-`);

/**
 * Open a debt for what arrived for periods after the end of a claim, as far as there is none for it yet.
 * @param e as it stands now
 */
export async function findOverpaid(trx: Trx, deps: Deps, e: Entitlement, at: Instant): Promise<void> {
  const live = await listLive(trx, [e.id]);
  const paid = live.filter((p) => p.paid);
  const found = (await listOfEntitlement(trx, e.id)).filter((d) => isFound(d, e));
  const known = sumOf(found.filter((d) => d.state !== 'cancelled').map((d) => d.amount));
  const amount = paidBeyond(e.until, paid) - known;
  if (amount <= 0) return;
  const beyond = paid.map((p) => p.period).filter((p) => e.until !== null && comparePeriods(p, e.until) > 0);
  await openFound(trx, deps, e, {
    id: foundId(e, found.length + 1),
    amount,
    reason: `${periodsTitle(beyond)}不应再发：${e.reason ?? '待遇已终止'}`,
    at,
  });
}

/** Write a debt down and claim it in the ledger. */
export async function openFound(
  trx: Trx,
  deps: Deps,
  e: Entitlement,
  { id, amount, reason, at }: { id: string; amount: Fen; reason: string; at: Instant },
): Promise<void> {
  await insertDebt(trx, {
    id,
    entitlementId: e.id,
    scheme: e.scheme,
    person: e.person,
    amount,
    recovered: 0,
    state: 'open',
    reason,
    createdAt: at,
    updatedAt: at,
  });
  await post(trx, deps, found(e, amount, at));
}

/** Paid too much: it is no expense any more but a claim of the house. Negative: it was right after all. */
const found = ({ scheme, villageId }: Entitlement, fen: Fen, at: Instant) => ({
  scheme,
  memo: fen > 0 ? '发现多发' : '撤销多发',
  at,
  entries: [
    { account: 'paid' as const, fen: -fen, villageId },
    { account: 'receivable' as const, fen },
  ],
});

/** A line that arrived: what it kept back, and whether it was for a time that should not have been paid. */
export interface PaidLine {
  id: string;
  runId: string;
  entitlementId: string;
  offset: Fen;
}

/** After a line was paid: its offset pays off debts, and what it paid too much becomes one. */
export async function debtsAfterPaid(trx: Trx, deps: Deps, line: PaidLine, at: Instant): Promise<void> {
  const e = await findEntitlement(trx, deps.vault, line.entitlementId);
  if (!e) throw new Error(`line ${line.id} pays no claim`);
  if (line.offset > 0) await payOff(trx, deps, e, line, at);
  await findOverpaid(trx, deps, e, at);
}

/** @throws Error when more was kept back than is owed: nobody may repay what lines on their way keep back */
async function payOff(trx: Trx, deps: Deps, e: Entitlement, line: PaidLine, at: Instant): Promise<void> {
  const parts = spread(await listOpen(trx, e), line.offset).filter(({ part }) => part > 0);
  if (sumOf(parts.map(({ part }) => part)) !== line.offset)
    throw new Error(`line ${line.id} keeps back more than is owed`);
  for (const { debt, part } of parts) await reduce(trx, debt, part, at);
  await post(trx, deps, {
    scheme: e.scheme,
    memo: '从发放中抵扣多发',
    at,
    runId: line.runId,
    lineId: line.id,
    entries: [
      { account: 'receivable', fen: -line.offset },
      { account: 'paid', fen: line.offset, villageId: e.villageId },
    ],
  });
}

/** A debt with a part of it paid off. @throws Error when another was faster: the transaction is undone */
export async function reduce(trx: Trx, debt: Debt, part: Fen, at: Instant): Promise<Debt> {
  const recovered = debt.recovered + part;
  const state = recovered === debt.amount ? ('recovered' as const) : debt.state;
  const next = { ...debt, recovered, state, updatedAt: at };
  if (!(await saveDebt(trx, next, debt))) throw new Error(`debt ${debt.id} was changed meanwhile`);
  return next;
}

/**
 * A claim was ended wrongly and goes on: what the house claimed back is cancelled, and what came back of it already
 * is owed to the person as a single sum. So is what lines on their way keep back; they pay off a debt of their own.
 */
export async function cancelFound(trx: Trx, deps: Deps, e: Entitlement, at: Instant): Promise<void> {
  const pending = spread(await listOpen(trx, e), await pendingOffset(trx, e));
  const debts = (await listOfEntitlement(trx, e.id)).filter(
    (d) => isFound(d, e) && (d.state === 'open' || d.state === 'recovered'),
  );
  for (const debt of debts) {
    if (!(await saveDebt(trx, { ...debt, state: 'cancelled', updatedAt: at }, debt)))
      throw new Error(`debt ${debt.id} was changed meanwhile`);
    if (restOf(debt) > 0) await post(trx, deps, found(e, -restOf(debt), at));
    const kept = pending.find((p) => p.debt.id === debt.id)?.part ?? 0;
    if (kept > 0) {
      const reason = '已列入在途发放的抵扣，随后退还';
      await openFound(trx, deps, e, { id: newId(at, deps.random), amount: kept, reason, at });
    }
    const back = debt.recovered + kept;
    if (back > 0) await oweBack(trx, deps, e, { what: 'refund', which: debt.id, amount: back, at });
  }
}

/**
 * Lines that failed for periods their claim has left behind (it was halted meanwhile, where what passes then is not
 * paid): they would never be due again, so they are owed as single sums.
 */
export async function owePassed(
  trx: Trx,
  deps: Deps,
  lineIds: readonly string[],
  at: Instant,
): Promise<void> {
  for (const { lineId, entitlementId, amount } of await listPassed(trx, lineIds)) {
    const e = await findEntitlement(trx, deps.vault, entitlementId);
    if (!e) throw new Error(`line ${lineId} pays no claim`);
    await oweBack(trx, deps, e, { what: 'arrears', which: lineId, amount, at });
  }
}

/** A single sum that a claim leaves behind: it is paid with the next run. */
export async function oweBack(
  trx: Trx,
  deps: Deps,
  e: Entitlement,
  { what, which, amount, at }: { what: 'refund' | 'arrears'; which: string; amount: Fen; at: Instant },
): Promise<void> {
  await insertEntitlements(trx, deps.vault, [
    {
      ...e,
      id: newId(at, deps.random),
      lineKey: `+${what}:${which}`,
      amount,
      rhythm: 'once',
      from: ONCE,
      until: null,
      state: 'active',
      reason: null,
      createdAt: at,
      updatedAt: at,
      version: 1,
    },
  ]);
}
