import { conflict, notAllowed } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { yuan } from '../../../kernel/money.ts';
import { addDays, chineseDate, localDate } from '../../../kernel/time.ts';
import type { Fen, LocalDate } from '../../../kernel/types.ts';
import { type Holder, personsActing, type SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import * as days from '../store/days.ts';
import type { CashDeps, Done, Move } from '../types.ts';

export const today = (deps: Pick<CashDeps, 'clock'>): LocalDate => localDate(deps.clock.now());

export const doneBy = (deps: Pick<CashDeps, 'clock'>, who: SignedIn): Done => ({
  by: who.accountId,
  name: who.name,
  at: deps.clock.now(),
});

/**
 * @param may lets somebody do this
 * @throws notAllowed `cash.second_person` when one of those who acted before, or his deputy in that place, does this too
 */
export function requireAnother(
  who: SignedIn,
  may: (holder: Holder) => boolean,
  ...before: (Done | null)[]
): void {
  const persons = personsActing(who, may);
  if (before.some((d) => d !== null && persons.includes(d.by))) throw notAllowed('cash.second_person');
}

export const audited = (
  trx: Trx,
  deps: Pick<CashDeps, 'clock'>,
  who: SignedIn,
  act: string,
  subject: string,
  detail: Record<string, unknown> = {},
): Promise<void> => auditBy(trx, deps, who, `cash.${act}`, subject, detail);

/**
 * Hold today's page of the box until the transaction ends.
 * @throws conflict `cash.day_open` while an earlier day is not closed, `cash.day_closed`
 */
export async function holdToday(trx: Trx, deps: CashDeps, villageId: string): Promise<LocalDate> {
  const on = today(deps);
  const before = await days.findUnclosed(trx, villageId, addDays(on, -1));
  if (before)
    throw conflict('cash.day_open', {
      day: before.day,
      says:
        before.state === 'counted'
          ? `${chineseDate(before.day)}的日清还等村委会确认。`
          : `${chineseDate(before.day)}还没有日清，请先清点、日清。`,
    });
  await days.beginDay(trx, villageId, on);
  if (!(await days.holdOpenDay(trx, villageId, on))) throw conflict('cash.day_closed', { day: on });
  return on;
}

/** Write down that money went into the box or out of it, on a day that is held. */
export const book = (
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  move: Pick<Move, 'villageId' | 'day' | 'kind' | 'fen' | 'about' | 'memo'>,
): Promise<void> =>
  days.insertMove(trx, {
    ...move,
    id: newId(deps.clock.now(), deps.random),
    at: deps.clock.now(),
    by: { id: who.accountId, name: who.name },
  });

/** @throws conflict `cash.not_possible` when somebody else moved it first */
export function requireMoved(moved: boolean, { state }: { state: string }): void {
  if (!moved) throw conflict('cash.not_possible', { state });
}

/** 少 0.01 元 */
export const outBy = (difference: Fen): string =>
  `${difference < 0 ? '少' : '多'} ${yuan(Math.abs(difference))} 元`;

/** How many days money lies in the village's box (parameter `cashUnclaimedDays`). */
export const unclaimedDays = (deps: Pick<CashDeps, 'definitions' | 'clock'>): number =>
  deps.definitions.params(today(deps)).cashUnclaimedDays as number;
