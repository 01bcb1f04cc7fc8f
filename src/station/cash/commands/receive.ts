/** A bag comes to the village: counted by one, confirmed by another. */
import { conflict, invalid } from '../../../errors.ts';
import { addDays } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { type Trx, transact, writeOnce } from '../../../platform/db/index.ts';
import { fenOf } from '../rules.ts';
import * as store from '../store/bags.ts';
import * as lines from '../store/lines.ts';
import type { Bag, CashDeps, CashMoney } from '../types.ts';
import { acted, requireMoved } from './bags.ts';
import {
  audited,
  book,
  doneBy,
  holdToday,
  refuseDifference,
  reportDifference,
  requireAnother,
  unclaimedDays,
} from './common.ts';

/** What was counted, in yuan. */
export interface CountInput {
  amount: number;
  explanation?: string;
}

/**
 * The clerk counted what is in the bag: to the fen what the list says, else the difference is reported and the bag
 * stays as it is. After a difference it must be told how it was cleared.
 * @throws conflict `cash.difference` / `cash.not_possible`, invalid without an explanation
 */
export async function countBag(
  deps: CashDeps,
  who: SignedIn,
  id: string,
  { amount, explanation }: CountInput,
): Promise<Bag> {
  const done = await transact(deps.db, async (trx) => {
    const bag = await acted(trx, deps, who, id, 'book');
    requireAnother(who, bag.packed, bag.sent);
    if (bag.state !== 'sent') throw conflict('cash.not_possible', { state: bag.state });
    const result = { about: id, expected: bag.total, counted: fenOf(amount) };
    if (result.counted !== result.expected) {
      await reportDifference(trx, deps, who, result);
      return { bag, wrong: result };
    }
    await clear(trx, deps, who, id, explanation);
    const counted = doneBy(deps, who);
    requireMoved(await store.moveBag(trx, id, 'sent', 'counted', { act: 'counted', done: counted }), bag);
    await audited(trx, deps, who, 'count', id, { total: bag.total });
    return { bag: { ...bag, state: 'counted' as const, counted }, wrong: null };
  });
  if (done.wrong) refuseDifference(done.wrong);
  return done.bag;
}

/** @throws invalid while a difference is open and nothing explains it */
export async function clear(
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  about: string,
  explanation: string | undefined,
): Promise<void> {
  const open = (await store.listDifferences(trx, about)).filter((d) => d.cleared === null);
  if (open.length === 0) return;
  if (explanation === undefined)
    throw invalid([
      { pointer: '/explanation', message: '上次清点有差额，请写明怎样查清的', code: 'required' },
    ]);
  await store.clearDifferences(trx, about, doneBy(deps, who), explanation);
}

/** Another person, of the village committee, confirms: the money lies in the box from now on. */
export async function receiveBag(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<Bag> {
  return writeOnce(deps, who, requestId, { receive: id }, async (trx) => {
    const bag = await acted(trx, deps, who, id, 'confirm');
    requireAnother(who, bag.packed, bag.sent, bag.counted);
    const day = await holdToday(trx, deps, bag.villageId);
    const received = doneBy(deps, who);
    requireMoved(
      await store.moveBag(trx, id, 'counted', 'received', { act: 'received', done: received }),
      bag,
    );
    await lines.moveLines(trx, { bag_id: id }, 'bagged', { state: 'box', boxed_on: day });
    await book(trx, deps, who, {
      villageId: bag.villageId,
      day,
      kind: 'receive',
      fen: bag.total,
      about: id,
      memo: `收到${bag.number}`,
    });
    const inside = await lines.listLines(trx, deps.vault, { bagId: id });
    await money.tellReady(
      trx,
      inside.map((l) => l.lineId),
      addDays(day, unclaimedDays(deps)),
    );
    await audited(trx, deps, who, 'receive', id, { total: bag.total });
    return { ...bag, state: 'received', received };
  });
}
