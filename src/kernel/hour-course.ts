/**
 * Clocks of hours, for urgent items: natural hours run day and night (MZ-02), office hours only while the county's
 * offices are open on a working day (XM-03). Times are ms since 1970; what is left out for a pause is
 * [pause.at, resume.at), overlapping pauses as their union.
 */
import { type Calendar, countWorkdays } from './calendar.ts';
import type { Course, View } from './course.ts';
import { keptTime, type Ledger, pausesOf } from './ledger.ts';
import { openSpans } from './office-hours.ts';
import { anyProvisional } from './term.ts';
import { addDays, isLocalDate, localDate, startOfDay } from './time.ts';
import type { HourUnit, Instant, LocalDate } from './types.ts';

const HOUR_MS = 3_600_000;
/** The end of a pause that nobody has ended. */
const OPEN = Number.POSITIVE_INFINITY;

/** Half-open: [from, to). */
type Span = [from: number, to: number];

interface HourTerm {
  start: number;
  /** The whole budget in ms. */
  budget: number;
  unit: HourUnit;
  /** The pauses, any order; an open one lasts for ever. */
  pauses: readonly Span[];
}

const instantOf = (ms: number): Instant => new Date(ms).toISOString();
const dayOf = (ms: number): LocalDate => localDate(instantOf(ms));
const startMs = (d: LocalDate): number => Date.parse(startOfDay(d));

function termOf(ledger: Ledger): HourTerm {
  const { budget } = ledger;
  if (!('hours' in budget)) throw new RangeError(`clock "${ledger.name}" does not count hours`);
  const ms = (at: Instant | undefined) => Date.parse(keptTime(ledger, at));
  const pauses = pausesOf(ledger).map(
    ({ pause, resume }): Span => [ms(pause.at), resume ? ms(resume.at) : OPEN],
  );
  return { start: ms(ledger.startAt), budget: budget.hours * HOUR_MS, unit: budget.unit, pauses };
}

/** When the first pause still open began; Infinity without one. */
const heldFrom = ({ pauses }: HourTerm): number =>
  Math.min(...pauses.filter(([, to]) => to === OPEN).map(([from]) => from));

/** What is left of a span once the pauses are cut out of it. */
function withoutPauses(span: Span, pauses: readonly Span[]): Span[] {
  let parts = [span];
  for (const [from, to] of pauses) {
    parts = parts
      .flatMap(([a, b]): Span[] => [
        [a, Math.min(b, from)],
        [Math.max(a, to), b],
      ])
      .filter(([a, b]) => a < b);
  }
  return parts;
}

/** The spans that count from `from` on, in order: without end, unless an open pause ends them. */
function* spansThatCount(term: HourTerm, from: number, calendar: Calendar): Generator<Span> {
  const held = heldFrom(term);
  for (let day = dayOf(from); startMs(day) < held; day = addDays(day, 1)) {
    const whole: Span = [startMs(day), startMs(addDays(day, 1))];
    for (const [a, b] of term.unit === 'natural' ? [whole] : openSpans(calendar, day)) {
      if (b > from) yield* withoutPauses([Math.max(a, from), b], term.pauses);
    }
  }
}

/** The first instant by which `amount` (ms) has been counted; null when an open pause comes before. */
function reach(term: HourTerm, amount: number, calendar: Calendar): number | null {
  let left = amount;
  for (const [from, to] of spansThatCount(term, term.start, calendar)) {
    if (to - from >= left) return from + left;
    left -= to - from;
  }
  return null;
}

/** Time (ms) in [from, to) that counts. */
function timeThatCounts(term: HourTerm, from: number, to: number, calendar: Calendar): number {
  let sum = 0;
  for (const [a, b] of spansThatCount(term, from, calendar)) {
    if (a >= to) break;
    sum += Math.min(b, to) - a;
  }
  return sum;
}

/** Yellow: at most 30 % of the hours left. Red: the instant has passed. */
function viewOf(term: HourTerm, dueMs: number, moment: LocalDate | Instant, calendar: Calendar): View {
  const now = isLocalDate(moment) ? startMs(addDays(moment, 1)) - 1 : Date.parse(moment);
  const day = dayOf(now);
  const left = timeThatCounts(term, Math.max(now, term.start), dueMs, calendar);
  return {
    day,
    remaining: countWorkdays(calendar, day, dayOf(dueMs)),
    hoursLeft: Math.round((left / HOUR_MS) * 10) / 10,
    light: now > dueMs ? 'red' : left * 10 <= term.budget * 3 ? 'yellow' : 'green',
  };
}

/**
 * A clock of hours on the calendar. Natural hours ask nothing of it; office hours are provisional as soon as a date
 * from the start to the due date is. A clock paused only at or after its due instant keeps it: pausing hides no
 * delay. RangeError when office hours are to be counted and the calendar has none.
 */
export function hourCourse(ledger: Ledger, calendar: Calendar): Course {
  const term = termOf(ledger);
  const dueMs = reach(term, term.budget, calendar);
  const known = dueMs ?? heldFrom(term);
  const provisional =
    term.unit === 'office' && anyProvisional(calendar, addDays(dayOf(term.start), -1), dayOf(known));
  const counted = term.budget / HOUR_MS;
  if (dueMs === null) return { counted, provisional, ending: null };
  const ending = {
    due: dayOf(dueMs),
    dueAt: instantOf(dueMs),
    // Less than the whole budget, so it is reached as well.
    yellowAt: () => instantOf(reach(term, (term.budget * 7) / 10, calendar) ?? dueMs),
    view: (moment: LocalDate | Instant) => viewOf(term, dueMs, moment, calendar),
  };
  return { counted, provisional, ending };
}
