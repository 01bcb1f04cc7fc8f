/** Days of the box. */
import type { LocalDate } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { mayBook, mayConfirm } from '../policy.ts';
import { type HandOutView, handOutView } from '../present.ts';
import { type DaySums, daySums } from '../rules.ts';
import * as days from '../store/days.ts';
import { listHandOuts } from '../store/hand-outs.ts';
import type { CashDeps, Day, Move } from '../types.ts';
import { PAGE, villageFor } from './scope.ts';

/** A day of the box with everything that moved. */
export interface DayView {
  village: { id: string; name: string };
  day: LocalDate;
  /** null: nothing moved, nothing to close. */
  state: Day | null;
  sums: DaySums;
  moves: Move[];
  handOuts: HandOutView[];
  possible: { close: boolean; confirm: boolean };
}

/** @throws notFound, notAllowed */
export async function dayView(
  deps: CashDeps,
  who: SignedIn,
  { village, day }: { village?: string; day: LocalDate },
): Promise<DayView> {
  const villageId = villageFor(deps, who, village);
  const db = deps.db.read;
  const state = (await days.findDay(db, villageId, day)) ?? null;
  const moves = await days.listMoves(db, villageId, day);
  return {
    village: { id: villageId, name: deps.orgs.get(villageId).name },
    day,
    state,
    sums: daySums(await days.boxBefore(db, villageId, day), moves),
    moves,
    handOuts: (await listHandOuts(db, deps.vault, villageId, day)).map(handOutView),
    possible: {
      close: state?.state === 'open' && mayBook(who, deps.orgs, villageId),
      confirm:
        state?.state === 'counted' &&
        mayConfirm(who, deps.orgs, villageId) &&
        state.closed?.by !== who.accountId,
    },
  };
}

/** Days on which something moved, the latest first. */
export async function listDays(
  deps: CashDeps,
  who: SignedIn,
  { village, before }: { village?: string; before?: LocalDate },
): Promise<{ days: Day[]; next: LocalDate | null }> {
  const rows = await days.listDays(deps.db.read, villageFor(deps, who, village), {
    ...(before !== undefined && { before }),
    limit: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  return { days: page, next: rows.length > PAGE ? (page.at(-1)?.day ?? null) : null };
}
