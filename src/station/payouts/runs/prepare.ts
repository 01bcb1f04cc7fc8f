import { conflict, invalid } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { nextNumber, type Trx, writeOnce } from '../../../platform/db/index.ts';
import { comparePeriods, isPeriod, periodOf } from '../rules/periods.ts';
import type { Scheme } from '../rules/schemes.ts';
import type { Held, PayoutDeps, Period } from '../types.ts';
import { composeRun } from './composed.ts';
import { insertLines } from './lines-store.ts';
import type { Planned } from './rules.ts';
import { findDraft, insertRun } from './store.ts';
import { requireScheme } from './writing.ts';

export interface RunInput {
  scheme: string;
  /** Everything due up to it. */
  period: Period;
  /** Only what this case granted, e.g. one batch. */
  caseId?: string;
}

/**
 * Prepare a run: every claim of a scheme that is due up to a period and was not paid, one line each; what is held
 * back is told with its reason. Nothing goes out before another person approves it.
 * @returns its id
 * @throws notAllowed, 422 for a period that is none or has not begun, conflict `payout.draft_open`,
 *   `payout.nothing_due`
 */
export async function prepareRun(
  deps: PayoutDeps,
  who: SignedIn,
  input: RunInput,
  requestId?: string,
): Promise<string> {
  const scheme = requireScheme(deps, who, input.scheme);
  requireBegun(scheme, input.period, localDate(deps.clock.now()));
  const { id } = await writeOnce(deps, who, requestId, { prepare: input }, (trx) =>
    prepareIn(trx, deps, who, scheme, input),
  );
  return id;
}

function requireBegun({ rhythm }: Scheme, period: Period, today: string): void {
  const told = (message: string) => invalid([{ pointer: '/period', message, code: 'period' }]);
  if (!isPeriod(rhythm, period)) throw told(`这个项目的期应写成 ${periodOf(rhythm, today)} 这样`);
  if (comparePeriods(period, periodOf(rhythm, today)) > 0) throw told('这一期还没有开始');
}

async function prepareIn(
  trx: Trx,
  deps: PayoutDeps,
  who: SignedIn,
  scheme: Scheme,
  input: RunInput,
): Promise<{ id: string }> {
  const { period } = input;
  const caseId = input.caseId ?? null;
  const now = deps.clock.now();
  const id = newId(now, deps.random);
  const number = await numberOf(trx, scheme, period);
  const { lines, held } = await composeRun(trx, deps, { number, scheme, period, caseId, runId: null }, now);
  const placed = await insertRun(trx, deps.vault, {
    id,
    number,
    scheme: scheme.code,
    kind: 'regular',
    period,
    caseId,
    state: 'draft',
    count: lines.length,
    total: lines.reduce((sum, l) => sum + l.net, 0),
    prepared: { by: who.accountId, name: who.name, at: now },
    exportedAt: null,
    held,
  });
  if (!placed)
    throw conflict('payout.draft_open', {
      number: (await findDraft(trx, deps.vault, scheme.code))?.number ?? null,
    });
  if (lines.length === 0) throw conflict('payout.nothing_due', { held: countHeld(held) });
  if (
    !(await insertLines(
      trx,
      lines.map((line, i) => newLine(deps, now, id, line, i + 1)),
    ))
  )
    throw conflict('payout.moved');
  await auditBy(trx, deps, who, 'payout.prepare', id, { number, lines: lines.length, held: held.length });
  return { id };
}

/** `DIBAO-2026-10-1`: scheme, period, ordinal without gaps. */
export async function numberOf(trx: Trx, { code }: Scheme, period: Period): Promise<string> {
  const series = `${code.toUpperCase()}-${period}`;
  return `${series}-${await nextNumber(trx, `payout/${series}`, Number(period.slice(0, 4)))}`;
}

/** How many are held, by reason: who they are is no matter of an error message. */
function countHeld(held: readonly Held[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of held) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

const newLine = (
  { random }: PayoutDeps,
  now: string,
  runId: string,
  { claim, periods, gross, offset, net }: Planned,
  seq: number,
) => ({
  id: newId(now, random),
  runId,
  seq,
  entitlementId: claim.id,
  villageId: claim.villageId,
  name: claim.name,
  payeeSealed: claim.payeeSealed,
  accountTail: claim.accountTail,
  way: claim.way,
  periods,
  gross,
  offset,
  net,
  state: 'planned' as const,
});
