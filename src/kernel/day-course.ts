/**
 * Clocks that count whole Shanghai dates: working days and natural days; months, which are the natural days up to
 * the corresponding day (民法典 art. 202); and a fixed last day (B2-12), which nothing moves.
 */
import type { Calendar } from './calendar.ts';
import type { Course, View } from './course.ts';
import { type Ledger, pausesOf } from './ledger.ts';
import { countsInTerm, endOfTerm, type Term } from './term.ts';
import { addDays, addMonths, daysBetween, endOfDay, isLocalDate, localDate, startOfDay } from './time.ts';
import type { Instant, LocalDate } from './types.ts';

/** The term of a ledger. RangeError for a clock of hours. */
export function termOf(ledger: Ledger): Term {
  const { budget, start } = ledger;
  const suspensions = pausesOf(ledger).map((p) => ({ from: p.pause.on, to: p.resume?.on ?? null }));
  if ('until' in budget) {
    return { start, days: daysBetween(start, budget.until), unit: 'natural', rolls: false, suspensions: [] };
  }
  if ('months' in budget) {
    const days = daysBetween(start, addMonths(start, budget.months));
    return { start, days, unit: 'natural', rolls: false, suspensions };
  }
  if ('hours' in budget) throw new RangeError(`clock "${ledger.name}" counts hours, not days`);
  const added = ledger.entries.reduce((sum, e) => (e.kind === 'extend' ? sum + e.days : sum), 0);
  return { start, days: budget.days + added, unit: budget.unit, suspensions };
}

/** Days in (after, upTo] that use up the term. */
export function daysThatCount(term: Term, after: LocalDate, upTo: LocalDate, calendar: Calendar): number {
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

function viewOf(term: Term, due: LocalDate, moment: LocalDate | Instant, calendar: Calendar): View {
  const day = isLocalDate(moment) ? moment : localDate(moment);
  const remaining = daysThatCount({ ...term, unit: 'workday' }, day, due, calendar);
  const left = daysThatCount(term, day, due, calendar);
  const light = day > due ? 'red' : isYellow(term, left, remaining) ? 'yellow' : 'green';
  return { day, remaining, hoursLeft: null, light };
}

/** A clock of days, months or a fixed end on the calendar. RangeError for a clock of hours. */
export function dayCourse(ledger: Ledger, calendar: Calendar): Course {
  const term = termOf(ledger);
  const { due, provisional } =
    'until' in ledger.budget ? { due: ledger.budget.until, provisional: false } : endOfTerm(term, calendar);
  if (due === null) return { counted: term.days, provisional, ending: null };
  const ending = {
    due,
    dueAt: endOfDay(due),
    yellowAt: () => startOfDay(firstYellowDay(term, due, calendar)),
    view: (moment: LocalDate | Instant) => viewOf(term, due, moment, calendar),
  };
  return { counted: term.days, provisional, ending };
}
