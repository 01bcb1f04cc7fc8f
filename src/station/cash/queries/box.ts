/** The box of a village, and what the books say of it. */
import type { Fen, LocalDate } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { today, unclaimedDays } from '../commands/common.ts';
import { listUnclaimed } from '../commands/returns.ts';
import { mayBook, mayConfirm } from '../policy.ts';
import { type BagView, type LineView, lineView, type ReturnView, returnView } from '../present.ts';
import { claimUntil } from '../rules.ts';
import * as days from '../store/days.ts';
import * as lines from '../store/lines.ts';
import * as returns from '../store/returns.ts';
import { sumsOf } from '../store/sums.ts';
import type { CashDeps, CashLine, Day } from '../types.ts';
import { listIncomingBags } from './bags.ts';
import { villageFor } from './scope.ts';

/** A line of the box and until when it may be called for. */
export type BoxLine = CashLine & { until: LocalDate | null };

/** Lines that lie in a village's box, of one person or all. For the counter: with what is sealed. */
export async function linesInBox(
  deps: CashDeps,
  villageId: string,
  { person }: { person?: string } = {},
): Promise<BoxLine[]> {
  const found = await lines.listLines(deps.db.read, deps.vault, {
    villages: [villageId],
    states: ['box'],
    ...(person !== undefined && { person }),
  });
  const term = unclaimedDays(deps);
  return found.map((line) => ({ ...line, until: line.boxedOn && claimUntil(line.boxedOn, term) }));
}

/** How a village's box stands now. */
export interface BoxView {
  village: { id: string; name: string };
  today: LocalDate;
  /** Money in it. */
  balance: Fen;
  lines: (LineView<CashLine> & { until: LocalDate | null })[];
  /** A day before today that is not closed and confirmed: nothing can be booked until it is. */
  unclosed: Day | null;
  /** Lines whose time is over. */
  unclaimed: LineView<CashLine>[];
  incoming: BagView[];
  returns: ReturnView[];
  mayBook: boolean;
  mayConfirm: boolean;
}

/** @throws notFound, notAllowed */
export async function boxView(deps: CashDeps, who: SignedIn, wanted?: string): Promise<BoxView> {
  const villageId = villageFor(deps, who, wanted);
  const db = deps.db.read;
  const on = today(deps);
  const unclosed = await days.findUnclosed(db, villageId, on);
  const inBox = await linesInBox(deps, villageId);
  return {
    village: { id: villageId, name: deps.orgs.get(villageId).name },
    today: on,
    balance: await days.boxBefore(db, villageId),
    lines: inBox.map(lineView),
    unclosed: unclosed && unclosed.day < on ? unclosed : null,
    unclaimed: (await listUnclaimed(db, deps, villageId)).map(lineView),
    incoming: await listIncomingBags(deps, villageId),
    returns: (
      await returns.listReturns(db, { villages: [villageId], states: ['prepared', 'sent'], limit: 100 })
    ).map((r) => returnView(deps.orgs, r)),
    mayBook: mayBook(who, deps.orgs, villageId),
    mayConfirm: mayConfirm(who, deps.orgs, villageId),
  };
}

/** What the books say of a village's cash against where it lies: the difference must be nought. */
export interface Reconciliation {
  ledger: Fen;
  onTheWay: Fen;
  box: Fen;
  /** Handed out on days that are not confirmed yet. */
  handed: Fen;
  goingBack: Fen;
  difference: Fen;
}

/** @throws notFound, notAllowed */
export async function reconcile(deps: CashDeps, who: SignedIn, wanted?: string): Promise<Reconciliation> {
  const villageId = villageFor(deps, who, wanted);
  const sums = await sumsOf(deps.db.read, villageId);
  const box = await days.boxBefore(deps.db.read, villageId);
  const { ledger, onTheWay, handed, goingBack } = sums;
  return { ...sums, box, difference: ledger - onTheWay - box - handed - goingBack };
}
