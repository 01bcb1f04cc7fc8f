/** Lines that are handed out in the village: the bags and the counter belong to station/cash. */
import type { Knex } from 'knex';
import { localDate } from '../../../kernel/time.ts';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { debtsAfterPaid, owePassed } from '../debts/found.ts';
import { post } from '../ledger/index.ts';
import { isRow } from '../rules/claims.ts';
import type { Line, LineState, PayoutDeps, PayoutPorts, Posting } from '../types.ts';
import { endLines, holdEnded } from './endings-store.ts';
import { isBatchDone, listLines, openLine, type PlainLine } from './lines-store.ts';
import { findRun } from './store.ts';

export interface CashQuery {
  villageId?: string;
  runId?: string;
  ids?: readonly string[];
  states?: readonly LineState[];
}

/** A line for the counter, with what its receipt says. */
export type CashLine = Line & Pick<PlainLine, 'caseId' | 'accountTail'>;

/** Lines to be handed out, or that were, in the order of runs and numbers. */
export async function listCashLines(
  db: Trx | Knex,
  deps: Pick<PayoutDeps, 'vault'>,
  { villageId, ...query }: CashQuery,
): Promise<CashLine[]> {
  const lines = await listLines(db, {
    way: 'cash',
    ...query,
    ...(villageId !== undefined && { villages: [villageId] }),
  });
  return lines.map((line) => openLine(deps.vault, line));
}

/** How a line ended at the counter. */
export interface CashResult {
  result: 'paid' | 'unclaimed';
  at: Instant;
  /** Why it was not claimed. */
  reason?: string;
}

/**
 * A line was handed out, or came back unclaimed: then its periods are due again. Cash moves in the ledger, out of the
 * village's bag.
 * @returns false when the line does not wait to be handed out any more: nothing is done twice
 */
export async function settleCashLine(
  trx: Trx,
  deps: PayoutDeps,
  { cases }: Pick<PayoutPorts, 'cases'>,
  lineId: string,
  { result, at, reason }: CashResult,
): Promise<boolean> {
  const [line] = await listLines(trx, { ids: [lineId], way: 'cash', states: ['cash'] });
  const taken = line && (await claimLine(trx, lineId, result));
  if (!taken) return false;
  await endLines(trx, [lineId], {
    state: result,
    settledAt: at,
    ...(reason !== undefined && { reason }),
  });
  const run = await findRun(trx, deps.vault, line.runId);
  if (!run) throw new Error(`line ${lineId} belongs to no run`);
  await post(trx, deps, postingOf(line, run, result, at));
  if (result === 'unclaimed') await owePassed(trx, deps, [lineId], at);
  else if (line.offset > 0 || (await holdEnded(trx, [line.entitlementId])).size > 0)
    await debtsAfterPaid(trx, deps, line, at);
  const isSettled = isRow(line) ? await isBatchDone(trx, line) : line.lineKey === '' && result === 'paid';
  if (isSettled && (await cases.ready(trx, 'SETTLE', [line.caseId])).size > 0)
    await cases.act(trx, line.caseId, 'SETTLE', { arrivedOn: localDate(at) });
  return true;
}

/** Compare and set: two clerks hand out one line once. */
const claimLine = async (trx: Trx, id: string, state: LineState): Promise<boolean> =>
  (await trx('payout_lines').where({ id, state: 'cash' }).update({ state })) === 1;

const postingOf = (
  { id, net, villageId, seq }: PlainLine,
  run: { id: string; number: string; scheme: string },
  result: CashResult['result'],
  at: Instant,
): Posting => ({
  scheme: run.scheme,
  memo: `${run.number} 第 ${seq} 笔${result === 'paid' ? '现金发放' : '现金未领，缴回'}`,
  at,
  runId: run.id,
  lineId: id,
  entries: [
    { account: 'cash', fen: -net, villageId },
    result === 'paid' ? { account: 'paid', fen: net, villageId } : { account: 'fund', fen: net },
  ],
});
