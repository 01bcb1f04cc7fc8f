/** Paid by hand through another channel: the desk says so in the case, and money writes it down all the same. */
import { newId } from '../../../kernel/ids.ts';
import { fenOf } from '../../../kernel/money.ts';
import { localDate } from '../../../kernel/time.ts';
import type { Fen } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { debtsAfterPaid, owePassed } from '../debts/found.ts';
import { listLive, listOfCase, sealedPayees, tailOf } from '../entitlements/store.ts';
import { paidByVillage, post } from '../ledger/index.ts';
import { comparePeriods, nextPeriod, ONCE, periodOf } from '../rules/periods.ts';
import { schemeOf } from '../schemes.ts';
import type { Account, Entitlement, GrantedCase, PayoutDeps, Period, Posting } from '../types.ts';
import { clearFaults, endLines, faultAccounts, holdEnded } from './endings-store.ts';
import { insertLines, listLines, type NewLine } from './lines-store.ts';
import { numberOf } from './prepare.ts';
import { insertRun, listOutside, moveRun, type StoredRun, shrinkRun } from './store.ts';

/**
 * Write down what a desk did by hand: PAY makes a run of its own, with a line for the first period of each claim that
 * was not paid; SETTLE and BOUNCE settle it. Acts of the house itself belong to runs already. Once for an event.
 */
export async function recordOutside(trx: Trx, deps: PayoutDeps, given: GrantedCase): Promise<void> {
  const { event, caseId } = given;
  const payment = given.payments.find((p) => p.step === event.step);
  if (event.by.kind !== 'account' || !payment) return;
  const before = await listOutside(trx, deps.vault, { caseId, scheme: payment.scheme });
  if (event.type === 'PAY') {
    if (!before.some((run) => run.prepared.at === event.at)) await paidByHand(trx, deps, given, payment);
    return;
  }
  const open = before.find((run) => run.state === 'exported');
  if (open && event.type === 'SETTLE') await arrived(trx, deps, open, event.at);
  if (open && event.type === 'BOUNCE') await bounced(trx, deps, open, event.at, String(event.data.reason));
}

type Payment = GrantedCase['payments'][number];

async function paidByHand(
  trx: Trx,
  deps: PayoutDeps,
  { caseId, event }: GrantedCase,
  { step, scheme: code, rows }: Payment,
): Promise<void> {
  const isMine = (e: Entitlement) =>
    e.scheme === code && (rows === null ? e.lineKey === '' : e.lineKey.startsWith(`${step}:`));
  const claims = (await listOfCase(trx, deps.vault, caseId)).filter(isMine);
  if (claims.length === 0) return;
  await takeOut(trx, caseId, event.at);
  const live = await livePeriodsOf(trx, claims);
  const sealed = await sealedPayees(
    trx,
    claims.map((c) => c.id),
  );
  const runId = newId(event.at, deps.random);
  const lines = claims.flatMap((claim, i): NewLine[] => {
    const period = firstOpen(claim, live.get(claim.id) ?? new Set());
    const amount = rows === null ? fenOf(event.data.amount as number) : claim.amount;
    if (period === null) return [];
    const payeeSealed = sealed.get(claim.id) as string;
    return [{ ...lineOf(deps, event.at, runId, i + 1, claim, period, amount), payeeSealed }];
  });
  if (lines.length === 0) throw new Error(`case ${caseId} was paid by hand for what was paid already`);
  await writeRun(trx, deps, { caseId, event }, runId, code, lines);
}

async function writeRun(
  trx: Trx,
  deps: PayoutDeps,
  { caseId, event }: Pick<GrantedCase, 'caseId' | 'event'>,
  id: string,
  code: string,
  lines: NewLine[],
): Promise<void> {
  const scheme = schemeOf(code);
  const period = periodOf(scheme.rhythm, localDate(event.at));
  const number = await numberOf(trx, scheme, period);
  const total = lines.reduce((sum, l) => sum + l.net, 0);
  const prepared = { by: event.by.id, name: event.by.name, at: event.at };
  const run = { id, number, scheme: code, kind: 'outside', period, caseId, state: 'exported' } as const;
  await insertRun(trx, deps.vault, {
    ...run,
    count: lines.length,
    total,
    prepared,
    exportedAt: event.at,
    held: [],
  });
  if (!(await insertLines(trx, lines))) throw new Error(`case ${caseId} is being paid by a run`);
  const memo = `${number} 手工发放，批次 ${String(event.data.batch)}`;
  await move(trx, deps, { ...run, memo, at: event.at }, total, 'fund', [{ account: 'bank', fen: total }]);
}

/** What a run not yet sent off would pay to the case is taken out of it: the desk was faster. */
async function takeOut(trx: Trx, caseId: string, at: string): Promise<void> {
  const planned = await listLines(trx, { caseId, states: ['planned'] });
  await endLines(
    trx,
    planned.map((l) => l.id),
    { state: 'void', reason: '已手工发放', settledAt: at },
  );
  for (const { runId, net } of planned) await shrinkRun(trx, runId, 1, net);
}

async function livePeriodsOf(trx: Trx, claims: readonly Entitlement[]): Promise<Map<string, Set<Period>>> {
  const live = new Map<string, Set<Period>>();
  for (const { entitlementId, period } of await listLive(
    trx,
    claims.map((c) => c.id),
  ))
    live.set(entitlementId, (live.get(entitlementId) ?? new Set()).add(period));
  return live;
}

/** The first period of a claim that is not paid and not on its way; null: there is none left. */
function firstOpen({ rhythm, from, until }: Entitlement, live: ReadonlySet<Period>): Period | null {
  if (rhythm === ONCE) return live.has(ONCE) ? null : ONCE;
  let period = from;
  while (live.has(period)) period = nextPeriod(period);
  return until !== null && comparePeriods(period, until) > 0 ? null : period;
}

const lineOf = (
  { random }: PayoutDeps,
  at: string,
  runId: string,
  seq: number,
  claim: Entitlement,
  period: Period,
  amount: Fen,
): Omit<NewLine, 'payeeSealed'> => ({
  id: newId(at, random),
  runId,
  seq,
  entitlementId: claim.id,
  villageId: claim.villageId,
  name: claim.name,
  accountTail: tailOf(claim.payee.account),
  way: 'bank',
  gross: amount,
  offset: 0,
  net: amount,
  periods: [{ period, amount }],
  state: 'sent',
});

async function arrived(trx: Trx, deps: PayoutDeps, run: StoredRun, at: string): Promise<void> {
  const lines = await listLines(trx, { runId: run.id, states: ['sent'] });
  await endLines(
    trx,
    lines.map((l) => l.id),
    { state: 'paid', settledAt: at },
  );
  await clearFaults(
    trx,
    lines.map((l) => l.entitlementId),
    at,
  );
  await move(
    trx,
    deps,
    { ...run, memo: `${run.number} 手工登记到账`, at },
    run.total,
    'bank',
    paidByVillage(lines),
  );
  const ended = await holdEnded(
    trx,
    lines.map((l) => l.entitlementId),
  );
  for (const line of lines) if (ended.has(line.entitlementId)) await debtsAfterPaid(trx, deps, line, at);
  await moveRun(trx, run, 'exported', 'settled', { settled_at: at });
}

async function bounced(
  trx: Trx,
  deps: PayoutDeps,
  run: StoredRun,
  at: string,
  reason: string,
): Promise<void> {
  const lines = await listLines(trx, { runId: run.id, states: ['sent'] });
  await endLines(
    trx,
    lines.map((l) => l.id),
    { state: 'refused', reason, settledAt: at },
  );
  await owePassed(
    trx,
    deps,
    lines.map((l) => l.id),
    at,
  );
  const persons = lines.filter((l) => l.lineKey === '');
  await faultAccounts(trx, persons, reason, at);
  const back = [{ account: 'fund' as const, fen: run.total }];
  await move(trx, deps, { ...run, memo: `${run.number} 手工登记退票`, at }, run.total, 'bank', back);
  await moveRun(trx, run, 'exported', 'settled', { settled_at: at });
}

const move = (
  trx: Trx,
  deps: PayoutDeps,
  { id, scheme, memo, at }: { id: string; scheme: string; memo: string; at: string },
  fen: Fen,
  from: Account,
  to: Posting['entries'],
): Promise<void> =>
  post(trx, deps, {
    scheme,
    memo,
    at,
    runId: id,
    entries: [{ account: from, fen: -fen }, ...to],
  });
