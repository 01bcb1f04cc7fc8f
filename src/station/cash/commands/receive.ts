/** A bag comes to the village: counted by one, confirmed by another. */
import { conflict } from '../../../errors.ts';
import { addDays } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { mayBook, mayConfirm } from '../policy.ts';
import * as store from '../store/bags.ts';
import * as lines from '../store/lines.ts';
import type { Bag, CashDeps, CashMoney } from '../types.ts';
import { acted } from './bags.ts';
import { audited, book, doneBy, holdToday, requireAnother, requireMoved, unclaimedDays } from './common.ts';
import { type CountInput, countMoney } from './counting.ts';

/**
 * The clerk counts what is in the bag.
 * @throws as `countMoney`; notAllowed, conflict `cash.not_possible`
 */
export const countBag = (deps: CashDeps, who: SignedIn, id: string, count: CountInput): Promise<Bag> =>
  countMoney(deps, who, count, async (trx) => {
    const bag = await acted(trx, deps, who, id, 'book');
    requireAnother(who, (h) => mayBook(h, deps.orgs, bag.villageId), bag.packed, bag.sent);
    if (bag.state !== 'sent') throw conflict('cash.not_possible', { state: bag.state });
    return { about: id, total: bag.total, take: () => counted(trx, deps, who, bag) };
  });

async function counted(trx: Trx, deps: CashDeps, who: SignedIn, bag: Bag): Promise<Bag> {
  const done = doneBy(deps, who);
  requireMoved(await store.moveBag(trx, bag.id, 'sent', 'counted', { act: 'counted', done }), bag);
  await audited(trx, deps, who, 'count', bag.id, { total: bag.total });
  return { ...bag, state: 'counted', counted: done };
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
    requireAnother(who, (h) => mayConfirm(h, deps.orgs, bag.villageId), bag.packed, bag.sent, bag.counted);
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
