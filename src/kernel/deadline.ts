/**
 * A clock of a case: a budget of time and a ledger of what happened to it. Due date, traffic light and
 * "overdue" are always derived (catalogue B.2 时钟算法), never stored.
 */
import { type Calendar, countWorkdays } from './calendar.ts';
import type { Course } from './course.ts';
import { dayCourse, daysThatCount, termOf } from './day-course.ts';
import { hourCourse } from './hour-course.ts';
import { isPaused, type Ledger } from './ledger.ts';
import type { Instant, LocalDate } from './types.ts';

export {
  type Budget,
  end,
  extend,
  isPaused,
  type Ledger,
  type LedgerEntry,
  pause,
  resume,
  startLedger,
} from './ledger.ts';

export type Light = 'green' | 'yellow' | 'red' | 'paused' | 'done';

export interface Standing {
  /** null while paused. */
  due: LocalDate | null;
  provisional: boolean;
  /** Working days in (today, due] that will count; null while paused. */
  remaining: number | null;
  /** Hours that will still count, to one decimal; null while paused, and for a clock that does not count hours. */
  hoursLeft: number | null;
  /** Working days in (due, today]. */
  overdue: number;
  light: Light;
  paused: boolean;
}

const courseOf = (ledger: Ledger, calendar: Calendar): Course =>
  'hours' in ledger.budget ? hourCourse(ledger, calendar) : dayCourse(ledger, calendar);

/**
 * The due date and the instant after which it is late (both null while paused): the exact one of a clock of hours,
 * for any other 00:00 Shanghai time of the day after `due`. Whether they rest on a presumed calendar, and the size of
 * the whole budget, extension included (hours, or days; months and a fixed end in natural days).
 * A clock paused only after its term ran out keeps its due date: pausing hides no delay.
 * RangeError for a clock of office hours on a calendar without them.
 */
export function deriveDue(
  ledger: Ledger,
  calendar: Calendar,
): { due: LocalDate | null; dueAt: Instant | null; provisional: boolean; counted: number } {
  const { ending, provisional, counted } = courseOf(ledger, calendar);
  return { due: ending?.due ?? null, dueAt: ending?.dueAt ?? null, provisional, counted };
}

/**
 * How the clock stands at a moment; for an ended clock, how it stood at its end. A clock of hours takes a bare
 * Shanghai date as that day's last instant, any other clock an instant as its Shanghai date. RangeError as for `deriveDue`.
 */
export function standingOf(ledger: Ledger, moment: LocalDate | Instant, calendar: Calendar): Standing {
  const { ending, provisional } = courseOf(ledger, calendar);
  const paused = isPaused(ledger);
  const done = ledger.endedOn !== undefined;
  if (ending === null) {
    const light = done ? 'done' : 'paused';
    return { due: null, provisional, remaining: null, hoursLeft: null, overdue: 0, light, paused };
  }
  const { day, remaining, hoursLeft, light } = ending.view(ledger.endedAt ?? ledger.endedOn ?? moment);
  const overdue = countWorkdays(calendar, ending.due, day);
  return {
    due: ending.due,
    provisional,
    remaining,
    hoursLeft,
    overdue,
    light: done ? 'done' : light,
    paused,
  };
}

/**
 * When the clock next speaks. A clock of hours: `yellow` when 30 % of them are left, `due` at the exact instant. Any
 * other: `yellow` at 00:00 (Shanghai) of the first yellow day, `due` at 00:00 of the day after the due date.
 * Nothing while a pause holds the term, or once it has ended. RangeError as for `deriveDue`.
 */
export function rungsOf(ledger: Ledger, calendar: Calendar): { rung: 'yellow' | 'due'; firesAt: Instant }[] {
  const { ending } = courseOf(ledger, calendar);
  if (ending === null || ledger.endedOn !== undefined) return [];
  return [
    { rung: 'yellow', firesAt: ending.yellowAt() },
    { rung: 'due', firesAt: ending.dueAt },
  ];
}

/**
 * Working days in (after, upTo] less those on which the clock stood still. RangeError for a clock of hours, which
 * does not stand still by days.
 */
export function workdaysCounted(
  ledger: Ledger,
  after: LocalDate,
  upTo: LocalDate,
  calendar: Calendar,
): number {
  const term = { ...termOf(ledger), unit: 'workday' } as const;
  return daysThatCount(term, after, upTo, calendar);
}
