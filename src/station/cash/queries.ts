import { notAllowed, notFound } from '../../errors.ts';
import type { Fen, LocalDate } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { transact } from '../../platform/db/index.ts';
import { bagSeen, packable } from './commands/bags.ts';
import { audited, today } from './commands/common.ts';
import { handOutSeen } from './commands/hand-out.ts';
import { listUnclaimed, returnSeen, unclaimedDays } from './commands/returns.ts';
import { mayBook, mayConfirm, maySeeBox, maySend, villagesOf, villagesServed } from './policy.ts';
import {
  type BagView,
  bagView,
  type HandOutView,
  handOutView,
  type LineView,
  lineView,
  type ReturnView,
  returnView,
} from './present.ts';
import { claimUntil, type DaySums, daySums } from './rules.ts';
import * as bags from './store/bags.ts';
import * as days from './store/days.ts';
import { listHandOuts } from './store/hand-outs.ts';
import * as lines from './store/lines.ts';
import * as returns from './store/returns.ts';
import type {
  CashDeps,
  CashLine,
  CashMoney,
  Day,
  Difference,
  HandOutDetails,
  Move,
  WaitingLine,
} from './types.ts';

const PAGE = 30;

const officesOf = (who: SignedIn): string[] =>
  who.grants.filter((g) => g.role === 'officer' || g.role === 'leader').map((g) => g.org);

/** The village whose box somebody keeps: the one named, or the only one. @throws notAllowed, notFound */
export function villageFor(deps: Pick<CashDeps, 'orgs'>, who: SignedIn, wanted?: string): string {
  const own = villagesOf(who, deps.orgs);
  if (wanted !== undefined && !own.includes(wanted)) throw notFound('cash.not_found');
  const village = wanted ?? own[0];
  if (village === undefined) throw notAllowed();
  return village;
}

/** Villages with money that waits to be packed by this account. */
export async function waitingVillages(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
): Promise<{ id: string; name: string; count: number; total: Fen }[]> {
  const found = [];
  for (const id of villagesServed(who, deps.orgs)) {
    const { free } = await packable(deps.db.read, deps, money, who, { village: id });
    if (free.length > 0)
      found.push({
        id,
        name: deps.orgs.get(id).name,
        count: free.length,
        total: free.reduce((sum, l) => sum + l.net, 0),
      });
  }
  return found;
}

/** Lines that this account could pack for a village now. @throws notAllowed */
export async function waitingLines(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  village: string,
): Promise<LineView<WaitingLine>[]> {
  if (deps.orgs.find(village)?.kind !== 'village') throw notFound('org.not_found');
  const { free } = await packable(deps.db.read, deps, money, who, { village });
  return free.map(lineView);
}

/** Bags from and to this account's desks, the latest first. */
export async function listBags(
  deps: CashDeps,
  who: SignedIn,
  { after }: { after?: string } = {},
): Promise<{ bags: BagView[]; next: string | null }> {
  const rows = await bags.listBags(deps.db.read, {
    villages: villagesOf(who, deps.orgs),
    offices: officesOf(who),
    ...(after !== undefined && { after }),
    limit: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  return {
    bags: page.map((b) => bagView(deps.orgs, b)),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

export interface BagDetail extends BagView {
  lines: LineView<CashLine>[];
  differences: Difference[];
  possible: { send: boolean; cancel: boolean; count: boolean; receive: boolean };
}

/** @throws notFound `cash.bag_not_found` */
export async function bagDetail(deps: CashDeps, who: SignedIn, id: string): Promise<BagDetail> {
  const db = deps.db.read;
  const bag = await bagSeen(db, deps, who, id);
  const sends = maySend(who, deps.orgs, bag.fromOrg);
  return {
    ...bagView(deps.orgs, bag),
    lines: (await lines.listLines(db, deps.vault, { bagId: id })).map(lineView),
    differences: await bags.listDifferences(db, id),
    possible: {
      send: sends && bag.state === 'packed',
      cancel: sends && bag.state === 'packed',
      count: bag.state === 'sent' && mayBook(who, deps.orgs, bag.villageId),
      receive:
        bag.state === 'counted' &&
        mayConfirm(who, deps.orgs, bag.villageId) &&
        bag.counted?.by !== who.accountId,
    },
  };
}

/** Bags on their way to a village. */
export const listIncomingBags = async (deps: CashDeps, villageId: string): Promise<BagView[]> =>
  (await bags.listBags(deps.db.read, { villages: [villageId], states: ['sent', 'counted'], limit: 100 })).map(
    (b) => bagView(deps.orgs, b),
  );

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

export interface ReturnDetail extends ReturnView {
  lines: LineView<CashLine>[];
  differences: Difference[];
  possible: { send: boolean; cancel: boolean; receive: boolean };
}

/** @throws notFound `cash.return_not_found` */
export async function returnDetail(deps: CashDeps, who: SignedIn, id: string): Promise<ReturnDetail> {
  const db = deps.db.read;
  const found = await returnSeen(db, deps, who, id);
  const books = mayBook(who, deps.orgs, found.villageId);
  const confirms = mayConfirm(who, deps.orgs, found.villageId);
  return {
    ...returnView(deps.orgs, found),
    lines: (await lines.listLines(db, deps.vault, { returnId: id })).map(lineView),
    differences: await bags.listDifferences(db, id),
    possible: {
      send: found.state === 'prepared' && confirms && found.prepared.by !== who.accountId,
      cancel: found.state === 'prepared' && (books || confirms),
      receive: found.state === 'sent' && maySend(who, deps.orgs, found.toOrg),
    },
  };
}

/** Returns from and to this account's desks, the latest first. */
export const listReturnsOf = async (deps: CashDeps, who: SignedIn): Promise<ReturnView[]> =>
  (
    await returns.listReturns(deps.db.read, {
      villages: villagesOf(who, deps.orgs),
      offices: officesOf(who),
      limit: PAGE,
    })
  ).map((r) => returnView(deps.orgs, r));

/** What a village handed out on a day, with names and sums, for the list of the day. */
export async function handedOutOn(
  deps: CashDeps,
  villageId: string,
  day: LocalDate,
): Promise<{ handOut: HandOutView; line: LineView<CashLine>; person: string }[]> {
  const db = deps.db.read;
  const done = (await listHandOuts(db, deps.vault, villageId, day)).filter((h) => h.state !== 'undone');
  const known = await lines.listLines(db, deps.vault, { ids: done.map((h) => h.lineId) });
  const byId = new Map(known.map((l) => [l.lineId, l]));
  return done.map((h) => {
    const line = byId.get(h.lineId) as CashLine;
    return { handOut: handOutView(h), line: lineView(line), person: line.person };
  });
}

/** One hand-out, whose money it was, and what can be done with it now. @throws notFound `cash.not_found` */
export async function handOutDetail(
  deps: CashDeps,
  who: SignedIn,
  id: string,
): Promise<{
  handOut: HandOutView;
  line: LineView<CashLine>;
  possible: { undo: boolean; confirm: boolean };
}> {
  const db = deps.db.read;
  const found = await handOutSeen(db, deps, who, id);
  const day = await days.findDay(db, found.villageId, found.day);
  const isOpen = found.day === today(deps) && day?.state === 'open';
  return {
    handOut: handOutView(found),
    line: lineView((await lines.findLine(db, deps.vault, found.lineId)) as CashLine),
    possible: {
      undo: isOpen && found.state === 'done' && mayBook(who, deps.orgs, found.villageId),
      confirm:
        isOpen &&
        found.state === 'undoing' &&
        mayConfirm(who, deps.orgs, found.villageId) &&
        found.undoAsked?.by !== who.accountId,
    },
  };
}

/**
 * Everything that was written down of a hand-out, identity number and pictures in full: the view itself is audited.
 * @throws notFound `cash.not_found`
 */
export async function revealHandOut(
  deps: CashDeps,
  who: SignedIn,
  id: string,
): Promise<HandOutView & { details: HandOutDetails; photo: string | null }> {
  const found = await handOutSeen(deps.db.read, deps, who, id);
  await transact(deps.db, (trx) => audited(trx, deps, who, 'reveal', id));
  const photo = found.photoHash === null ? null : await deps.files.get(found.photoHash);
  return {
    ...handOutView(found),
    details: found.details,
    photo: photo && `data:image/${photo[0] === 0xff ? 'jpeg' : 'png'};base64,${photo.toString('base64')}`,
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
  return reconcileVillage(deps, villageId);
}

export async function reconcileVillage(
  deps: Pick<CashDeps, 'db' | 'vault'>,
  villageId: string,
): Promise<Reconciliation> {
  const db = deps.db.read;
  const sumOf = async (rows: Promise<{ fen: number }[]>) => (await rows).reduce((sum, r) => sum + r.fen, 0);
  const ledger = await sumOf(
    db('payout_entries').where({ account: 'cash', village_id: villageId }).select('fen'),
  );
  const onTheWay = await sumOf(
    db('cash_bags')
      .where({ village_id: villageId })
      .whereIn('state', ['sent', 'counted'])
      .select('total as fen'),
  );
  const handed = await sumOf(
    db('cash_lines').where({ village_id: villageId, state: 'handed' }).select('net as fen'),
  );
  const goingBack = await sumOf(
    db('cash_returns').where({ village_id: villageId, state: 'sent' }).select('total as fen'),
  );
  const box = await days.boxBefore(db, villageId);
  return {
    ledger,
    onTheWay,
    box,
    handed,
    goingBack,
    difference: ledger - onTheWay - box - handed - goingBack,
  };
}

/** Is this account at home in a village's box? */
export const keepsBox = (deps: Pick<CashDeps, 'orgs'>, who: SignedIn, villageId: string): boolean =>
  maySeeBox(who, deps.orgs, villageId);
