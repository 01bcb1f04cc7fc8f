import { conflict, notAllowed, notFound } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { type Trx, transact, writeOnce } from '../../../platform/db/index.ts';
import { mayBook, mayConfirm, maySeeBox } from '../policy.ts';
import { daySums, sumOfPieces } from '../rules.ts';
import * as store from '../store/days.ts';
import { listHandOuts } from '../store/hand-outs.ts';
import { moveLine } from '../store/lines.ts';
import type { CashDeps, CashMoney, Day, Pieces } from '../types.ts';
import { audited, doneBy, outBy, requireAnother } from './common.ts';

/** A day of a village's box. */
export interface DayRef {
  villageId: string;
  day: LocalDate;
}

async function dayFor(
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  { villageId, day }: DayRef,
  may: typeof mayBook,
): Promise<Day> {
  if (!maySeeBox(who, deps.orgs, villageId)) throw notFound('cash.not_found');
  if (!may(who, deps.orgs, villageId)) throw notAllowed();
  const found = await store.findDay(trx, villageId, day);
  if (!found) throw conflict('cash.not_possible', { says: '这一天没有现金收付，不用日清。' });
  return found;
}

/**
 * Close a day: what was counted must be what the books say, to the fen. A count that is out is written down and
 * refused.
 * @throws conflict `cash.unbalanced` with the difference, `cash.not_possible`, `cash.day_closed`
 */
export async function closeDay(deps: CashDeps, who: SignedIn, ref: DayRef, pieces: Pieces): Promise<Day> {
  const result = await transact(deps.db, async (trx) => {
    const day = await dayFor(trx, deps, who, ref, mayBook);
    if (!(await store.holdOpenDay(trx, ref.villageId, ref.day)))
      throw conflict('cash.day_closed', { day: ref.day });
    const handOuts = await listHandOuts(trx, deps.vault, ref.villageId, ref.day);
    if (handOuts.some((h) => h.state === 'undoing'))
      throw conflict('cash.not_possible', { says: '有一笔撤回还等村委会确认，处理以后再日清。' });
    const opening = await store.boxBefore(trx, ref.villageId, ref.day);
    const { expected } = daySums(opening, await store.listMoves(trx, ref.villageId, ref.day));
    const counted = sumOfPieces(pieces);
    if (counted !== expected) {
      await audited(trx, deps, who, 'unbalanced', aboutDay(ref), { expected, counted });
      return { day, out: { expected, counted } };
    }
    const closed = doneBy(deps, who);
    await store.moveDay(trx, ref, 'open', { state: 'counted', pieces, counted, closed, reason: null });
    await audited(trx, deps, who, 'day.close', aboutDay(ref), { counted });
    return { day: { ...day, state: 'counted' as const, pieces, counted, closed, reason: null }, out: null };
  });
  if (result.out) refuseUnbalanced(result.out);
  return result.day;
}

const aboutDay = ({ villageId, day }: DayRef): string => `${villageId}:${day}`;

function refuseUnbalanced({ expected, counted }: { expected: number; counted: number }): never {
  throw conflict('cash.unbalanced', {
    expected,
    counted,
    difference: counted - expected,
    says:
      `账面应有 ${yuan(expected)} 元，清点 ${yuan(counted)} 元，${outBy(counted - expected)}。` +
      '请重新清点各种面额的张数；再核对今天的收据存根与登记是否一一对应、有没有发了没有登记或者登记了没有发的、款袋和退款是否登记。',
  });
}

/**
 * Another person, of the committee, confirms the day: it is final, what was handed out on it is paid.
 * @throws notAllowed `cash.second_person`, conflict `cash.not_possible`
 */
export async function confirmDay(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  ref: DayRef,
  requestId?: string,
): Promise<Day> {
  return writeOnce(deps, who, requestId, { confirm: ref }, async (trx) => {
    const day = await dayFor(trx, deps, who, ref, mayConfirm);
    requireAnother(who, (h) => mayConfirm(h, deps.orgs, ref.villageId), day.closed);
    const confirmed = doneBy(deps, who);
    if (!(await store.moveDay(trx, ref, 'counted', { state: 'closed', confirmed })))
      throw conflict('cash.not_possible', { state: day.state });
    for (const handOut of await listHandOuts(trx, deps.vault, ref.villageId, ref.day)) {
      if (handOut.state !== 'done') continue;
      await moveLine(trx, handOut.lineId, 'handed', 'paid');
      await money.settle(trx, handOut.lineId, 'paid', handOut.handed);
    }
    await audited(trx, deps, who, 'day.confirm', aboutDay(ref), { counted: day.counted });
    return { ...day, state: 'closed', confirmed };
  });
}

/** The committee sends the day back to the clerk: it is open again. */
export async function reopenDay(deps: CashDeps, who: SignedIn, ref: DayRef, reason: string): Promise<Day> {
  return transact(deps.db, async (trx) => {
    const day = await dayFor(trx, deps, who, ref, mayConfirm);
    const none = { pieces: null, counted: null, closed: null };
    if (!(await store.moveDay(trx, ref, 'counted', { state: 'open', ...none, reason })))
      throw conflict('cash.not_possible', { state: day.state });
    await audited(trx, deps, who, 'day.reopen', aboutDay(ref), { reason });
    return { ...day, state: 'open', ...none, reason };
  });
}
