/** The arithmetic of one term: from a start, a number of days and the times left out, to the last day. */
import { type Calendar, rollToWorkday } from './calendar.ts';
import { addDays } from './time.ts';
import type { DayUnit, LocalDate } from './types.ts';

/** Longest term accepted, in days: keeps a mistyped figure from walking the calendar for centuries. */
const MAX_DAYS = 36_500;

/** Time left out (B2-6): the days in (from, to]. `from` still counts as used; counting goes on the day after `to`. */
export interface Suspension {
  from: LocalDate;
  /** null: still going on. */
  to: LocalDate | null;
}

export interface Term {
  start: LocalDate;
  /** The whole budget, extension included. */
  days: number;
  unit: DayUnit;
  /** false: the last day stands even on a day of rest, as a period of validity does; otherwise it rolls. */
  rolls?: boolean;
  /** May overlap: what is left out is their union. */
  suspensions: readonly Suspension[];
}

export interface TermEnd {
  /** null while an open suspension holds the term. */
  due: LocalDate | null;
  /** The day that used up the budget; earlier than `due` when the end was moved off a day of rest. */
  usedUpOn: LocalDate | null;
  /** Some date in (start, due] rests on a presumption, so the end may move when a notice comes in. */
  provisional: boolean;
}

/** RangeError unless `n` is a whole number from 1 to `max`; `what` names it. */
export function requireWhole(what: string, n: number, max: number): void {
  if (!Number.isInteger(n) || n < 1 || n > max) {
    throw new RangeError(`${what} must be a whole number from 1 to ${max}, got ${n}`);
  }
}

/** RangeError unless `days` is a whole number from 1 to 36500. */
export function requireDays(days: number): void {
  requireWhole('days', days, MAX_DAYS);
}

function isSuspended(suspensions: readonly Suspension[], d: LocalDate): boolean {
  return suspensions.some((s) => s.from < d && (s.to === null || d <= s.to));
}

/** Does this day use up one day of the term? */
export function countsInTerm(term: Term, d: LocalDate, calendar: Calendar): boolean {
  return (term.unit === 'natural' || calendar.isWorkday(d)) && !isSuspended(term.suspensions, d);
}

/** Does some date in (after, upTo] rest on a presumption? */
export function anyProvisional(calendar: Calendar, after: LocalDate, upTo: LocalDate): boolean {
  for (let day = after; day < upTo; ) {
    day = addDays(day, 1);
    if (calendar.isProvisional(day)) return true;
  }
  return false;
}

/** The day that uses up the budget, or null when the term is still held before that. */
function usedUp(term: Term, heldFrom: LocalDate | undefined, calendar: Calendar): LocalDate | null {
  let day = term.start;
  for (let left = term.days; left > 0; ) {
    if (heldFrom !== undefined && day >= heldFrom) return null;
    day = addDays(day, 1);
    if (countsInTerm(term, day, calendar)) left -= 1;
  }
  return day;
}

/**
 * The end of a term (catalogue B.2 时钟算法; B2-3, B2-6, B2-10). The start day is not counted.
 * A natural-day term that ends on a day off rolls to the next working day (民法典 art. 203), unless `rolls` is
 * false: then no table of holidays can move it, and it is never provisional.
 * A suspension that begins no later than the last day keeps the term alive until it ends; one that begins
 * after the term has run out changes nothing. RangeError for an impossible number of days or date.
 */
export function endOfTerm(term: Term, calendar: Calendar): TermEnd {
  requireDays(term.days);
  const roll = (d: LocalDate) => (term.rolls === false ? d : rollToWorkday(calendar, d));
  const heldFrom = term.suspensions
    .filter((s) => s.to === null)
    .map((s) => s.from)
    .sort()[0];
  const usedUpOn = usedUp(term, heldFrom, calendar);
  let due = usedUpOn && roll(usedUpOn);
  for (;;) {
    const last = due;
    if (last === null) break;
    const holding = term.suspensions.find((s) => s.from <= last && (s.to === null || last < s.to));
    if (!holding) break;
    due = holding.to && roll(holding.to);
  }
  const known = due ?? heldFrom ?? term.start;
  const byTable = term.unit === 'workday' || term.rolls !== false;
  return { due, usedUpOn, provisional: byTable && anyProvisional(calendar, term.start, known) };
}

/** The days between start and due that did not count or could not be the last, and why: a day off's name, or 暂停. */
export function skippedDays(term: Term, calendar: Calendar): { date: LocalDate; reason: string }[] {
  const { due, usedUpOn } = endOfTerm(term, calendar);
  if (due === null || usedUpOn === null) return [];
  const skipped: { date: LocalDate; reason: string }[] = [];
  for (let day = addDays(term.start, 1); day < due; day = addDays(day, 1)) {
    if (day < usedUpOn && countsInTerm(term, day, calendar)) continue;
    const off = term.unit === 'workday' || day >= usedUpOn ? calendar.reason(day) : null;
    const reason = off ?? (isSuspended(term.suspensions, day) ? '暂停' : null);
    if (reason !== null) skipped.push({ date: day, reason });
  }
  return skipped;
}
