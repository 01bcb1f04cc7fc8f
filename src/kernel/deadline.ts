/**
 * A clock of a case: a budget of days and a ledger of what happened to it. Due date, traffic light and
 * "overdue" are always derived (catalogue B.2 时钟算法), never stored.
 */
import { type Calendar, countWorkdays } from './calendar.ts';
import { countsInTerm, endOfTerm, requireDays, type Suspension, type Term } from './term.ts';
import { addDays, isLocalDate, startOfDay } from './time.ts';
import type { DayUnit, Instant, LocalDate } from './types.ts';

export interface Budget {
  days: number;
  unit: DayUnit;
}

export type LedgerEntry =
  | { kind: 'pause'; on: LocalDate; reason: string; basis?: string; by: string }
  | { kind: 'resume'; on: LocalDate; by: string }
  | { kind: 'extend'; on: LocalDate; days: number; reason: string; basis?: string; by: string };

type Pause = Omit<Extract<LedgerEntry, { kind: 'pause' }>, 'kind'>;
type Resume = Omit<Extract<LedgerEntry, { kind: 'resume' }>, 'kind'>;
type Extension = Omit<Extract<LedgerEntry, { kind: 'extend' }>, 'kind'>;

export interface Ledger {
  name: string;
  budget: Budget;
  /** Day of the trigger; not counted. */
  start: LocalDate;
  /** In order of date. */
  entries: LedgerEntry[];
  /** The fact reported when the due date has passed. */
  onDue?: string;
  /** The day the clock was stopped for good. */
  endedOn?: LocalDate;
}

export type Light = 'green' | 'yellow' | 'red' | 'paused' | 'done';

export interface Standing {
  /** null while paused. */
  due: LocalDate | null;
  provisional: boolean;
  /** Working days in (today, due] that will count; null while paused. */
  remaining: number | null;
  /** Working days in (due, today]. */
  overdue: number;
  light: Light;
  paused: boolean;
}

function requireDate(d: LocalDate): void {
  if (!isLocalDate(d)) throw new RangeError(`not a calendar date: ${JSON.stringify(d)}`);
}

/** A new clock. RangeError when the days are not a positive whole number or the date is impossible. */
export function startLedger(name: string, budget: Budget, start: LocalDate, onDue?: string): Ledger {
  requireDays(budget.days);
  requireDate(start);
  const ledger: Ledger = { name, budget: { ...budget }, start, entries: [] };
  return onDue === undefined ? ledger : { ...ledger, onDue };
}

/** RangeError when the clock has ended, or `on` lies before its start or its last entry. */
function requireNext(ledger: Ledger, on: LocalDate): void {
  requireDate(on);
  if (ledger.endedOn !== undefined) throw new RangeError(`clock "${ledger.name}" ended on ${ledger.endedOn}`);
  const last = ledger.entries.at(-1)?.on ?? ledger.start;
  if (on < last) throw new RangeError(`clock "${ledger.name}": ${on} lies before ${last}, the last entry`);
}

function append(ledger: Ledger, entry: LedgerEntry): Ledger {
  requireNext(ledger, entry.on);
  return { ...ledger, entries: [...ledger.entries, entry] };
}

/** The times left out so far. Two pauses may overlap; each resume closes the one that began first. */
function suspensionsOf(ledger: Ledger): Suspension[] {
  const suspensions: Suspension[] = [];
  for (const entry of ledger.entries) {
    if (entry.kind === 'pause') suspensions.push({ from: entry.on, to: null });
    if (entry.kind === 'resume') {
      const open = suspensions.find((s) => s.to === null);
      if (open) open.to = entry.on;
    }
  }
  return suspensions;
}

/** Is the clock held by a pause that no resume has closed yet? Never, once it has ended. */
export function isPaused(ledger: Ledger): boolean {
  return ledger.endedOn === undefined && suspensionsOf(ledger).some((s) => s.to === null);
}

/**
 * Stops the clock (B2-6); the day itself still counts as used. Pausing a paused clock is a second,
 * overlapping suspension. RangeError when the clock has ended or the date goes backwards.
 */
export function pause(ledger: Ledger, pause: Pause): Ledger {
  return append(ledger, { kind: 'pause', ...pause });
}

/** Lets the clock run again from the day after. RangeError when it is not paused. */
export function resume(ledger: Ledger, resume: Resume): Ledger {
  if (!isPaused(ledger)) throw new RangeError(`clock "${ledger.name}" is not paused`);
  return append(ledger, { kind: 'resume', ...resume });
}

/** Adds days in the ledger's unit, once only (B2-3). RangeError the second time, or for an impossible number. */
export function extend(ledger: Ledger, extension: Extension): Ledger {
  requireDays(extension.days);
  if (ledger.entries.some((entry) => entry.kind === 'extend')) {
    throw new RangeError(`clock "${ledger.name}" was extended before; a term is extended once only`);
  }
  return append(ledger, { kind: 'extend', ...extension });
}

/** Stops the clock for good, paused or not. RangeError when it has ended or the date goes backwards. */
export function end(ledger: Ledger, on: LocalDate): Ledger {
  requireNext(ledger, on);
  return { ...ledger, endedOn: on };
}

function termOf(ledger: Ledger): Term {
  let days = ledger.budget.days;
  for (const entry of ledger.entries) if (entry.kind === 'extend') days += entry.days;
  return { start: ledger.start, days, unit: ledger.budget.unit, suspensions: suspensionsOf(ledger) };
}

/**
 * The due date (null while paused), whether it rests on a presumed calendar, and the days of the whole budget,
 * extension included. A clock paused only after its term ran out keeps its due date: pausing hides no delay.
 */
export function deriveDue(
  ledger: Ledger,
  calendar: Calendar,
): { due: LocalDate | null; provisional: boolean; counted: number } {
  const term = termOf(ledger);
  const { due, provisional } = endOfTerm(term, calendar);
  return { due, provisional, counted: term.days };
}

function daysThatCount(term: Term, after: LocalDate, upTo: LocalDate, calendar: Calendar): number {
  let count = 0;
  for (let day = after; day < upTo; ) {
    day = addDays(day, 1);
    if (countsInTerm(term, day, calendar)) count += 1;
  }
  return count;
}

/** Yellow: at most 30 % of the budget left, in the term's own unit, or at most two working days. */
function isYellow(term: Term, left: number, workdaysLeft: number): boolean {
  return left * 10 <= term.days * 3 || workdaysLeft <= 2;
}

/** How the clock stands on `today` (Shanghai date); for an ended clock, how it stood on its last day. */
export function standingOf(ledger: Ledger, today: LocalDate, calendar: Calendar): Standing {
  const term = termOf(ledger);
  const { due, provisional } = endOfTerm(term, calendar);
  const paused = isPaused(ledger);
  const done = ledger.endedOn !== undefined;
  if (due === null) {
    return { due, provisional, remaining: null, overdue: 0, light: done ? 'done' : 'paused', paused };
  }
  const asOf = ledger.endedOn ?? today;
  const remaining = daysThatCount({ ...term, unit: 'workday' }, asOf, due, calendar);
  const left = daysThatCount(term, asOf, due, calendar);
  const overdue = countWorkdays(calendar, due, asOf);
  const running = asOf > due ? 'red' : isYellow(term, left, remaining) ? 'yellow' : 'green';
  return { due, provisional, remaining, overdue, light: done ? 'done' : running, paused };
}

/** The first day, from the start on, on which the clock is yellow: found by walking back from the due date. */
function firstYellowDay(term: Term, due: LocalDate, calendar: Calendar): LocalDate {
  const workdays: Term = { ...term, unit: 'workday' };
  let day = due;
  for (let left = 0, workdaysLeft = 0; day > term.start; day = addDays(day, -1)) {
    if (countsInTerm(term, day, calendar)) left += 1;
    if (countsInTerm(workdays, day, calendar)) workdaysLeft += 1;
    if (!isYellow(term, left, workdaysLeft)) break;
  }
  return day;
}

/**
 * When the clock next speaks: `yellow` at 00:00 (Shanghai) of the first yellow day, `due` at 00:00 of the day
 * after the due date. Nothing while a pause holds the term, or once it has ended.
 */
export function rungsOf(ledger: Ledger, calendar: Calendar): { rung: 'yellow' | 'due'; firesAt: Instant }[] {
  const term = termOf(ledger);
  const { due } = endOfTerm(term, calendar);
  if (due === null || ledger.endedOn !== undefined) return [];
  return [
    { rung: 'yellow', firesAt: startOfDay(firstYellowDay(term, due, calendar)) },
    { rung: 'due', firesAt: startOfDay(addDays(due, 1)) },
  ];
}
