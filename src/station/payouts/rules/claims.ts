/** What somebody may claim, and up to when. Pure. */
import type { Fen, LocalDate } from '../../../kernel/types.ts';
import type { Entitlement, Period, Rhythm } from '../types.ts';
import { comparePeriods, earlierEnd, nextPeriod, ONCE, periodOf, periodsBetween } from './periods.ts';

/** Is the period in which something stops still paid (`next-period`), or is it not (`this-period`)? */
export type StopsFrom = 'next-period' | 'this-period';

/** A single sum that a claim left behind is owed whatever becomes of the case. */
export const isLeftBehind = ({ lineKey }: Pick<Entitlement, 'lineKey'>): boolean => lineKey.startsWith('+');

/** Is it a row of a batch? */
export const isRow = ({ lineKey }: Pick<Entitlement, 'lineKey'>): boolean =>
  lineKey !== '' && !isLeftBehind({ lineKey });

/** The last period that is paid when something stops on a day. */
export function lastPeriod(rhythm: Rhythm, stopsFrom: StopsFrom, stoppedOn: LocalDate): Period {
  const period = periodOf(rhythm, stoppedOn);
  return rhythm === 'once' || stopsFrom === 'next-period' ? period : nextPeriod(period, -1);
}

/**
 * Periods that may be paid up to the period of a day, and were not yet. A claim that is suspended has none; a
 * single sum that was ended is not paid any more.
 * @param live periods that are, may be or were paid
 */
export function duePeriods(
  { state, rhythm, from, until }: Pick<Entitlement, 'state' | 'rhythm' | 'from' | 'until'>,
  upTo: LocalDate,
  live: ReadonlySet<Period>,
): Period[] {
  if (state === 'suspended') return [];
  if (rhythm === 'once') return state === 'active' && !live.has(ONCE) ? [ONCE] : [];
  const last = earlierEnd(until, periodOf(rhythm, upTo)) as Period;
  return periodsBetween(from, last).filter((p) => !live.has(p));
}

/** Sum of what was paid for periods after the last one. */
export const paidBeyond = (until: Period | null, paid: readonly { period: Period; amount: Fen }[]): Fen =>
  until === null
    ? 0
    : paid.filter((p) => comparePeriods(p.period, until) > 0).reduce((sum, p) => sum + p.amount, 0);
