/** Money under way is counted against what its list says: a bag that comes, a return that goes back. */
import { conflict, invalid } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { yuan } from '../../../kernel/money.ts';
import type { Fen } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import { fenOf } from '../rules.ts';
import * as store from '../store/bags.ts';
import type { CashDeps } from '../types.ts';
import { audited, doneBy, outBy } from './common.ts';

/** What was counted, in yuan. */
export interface CountInput {
  amount: number;
  explanation?: string;
}

/** What is counted, how much it should be, and what follows when it is. */
interface Countable<T> {
  about: string;
  total: Fen;
  take(): Promise<T>;
}

interface Counted {
  about: string;
  expected: Fen;
  counted: Fen;
}

/**
 * Count: to the fen what the list says, else the difference is reported and everything stays as it is. After a
 * difference it must be told how it was cleared.
 * @param open refuses whoever may not count, and whatever is not to be counted now
 * @throws conflict `cash.difference`, invalid without an explanation
 */
export async function countMoney<T>(
  deps: CashDeps,
  who: SignedIn,
  { amount, explanation }: CountInput,
  open: (trx: Trx) => Promise<Countable<T>>,
): Promise<T> {
  const done = await transact(deps.db, async (trx) => {
    const { about, total, take } = await open(trx);
    const result = { about, expected: total, counted: fenOf(amount) };
    if (result.counted !== result.expected) {
      await report(trx, deps, who, result);
      return { wrong: result, taken: null };
    }
    await clear(trx, deps, who, about, explanation);
    return { wrong: null, taken: await take() };
  });
  // The report is kept: it was written down before the count is refused.
  if (done.wrong) throw refusal(done.wrong);
  return done.taken;
}

/** Somebody counted something else: the report stays until it is cleared. */
async function report(
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  { about, expected, counted }: Counted,
): Promise<void> {
  const id = newId(deps.clock.now(), deps.random);
  await store.insertDifference(trx, { id, about, expected, counted, found: doneBy(deps, who) });
  await audited(trx, deps, who, 'difference', about, { expected, counted });
}

const refusal = ({ expected, counted }: Counted) =>
  conflict('cash.difference', {
    expected,
    counted,
    difference: counted - expected,
    says: `应有 ${yuan(expected)} 元，清点 ${yuan(counted)} 元，${outBy(counted - expected)}。请两人重新清点；仍然不符的，与装袋的一方核对。`,
  });

async function clear(
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
