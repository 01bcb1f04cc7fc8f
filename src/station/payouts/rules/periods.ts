/** Periods that money is paid for: their order, their days and how people call them. Pure. */
import { addDays, addMonths, isLocalDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { Period, Rhythm } from '../types.ts';

type Recurring = Exclude<Rhythm, 'once'>;

/** A single sum has one period, without days. */
export const ONCE: Period = 'once';

interface Kind {
  /** `2026-10`, `2026-Q4` … */
  shape: RegExp;
  /** Periods of a year. */
  perYear: number;
  /** Month (from 0, counted from January of its year) in which each begins. */
  starts: number[];
  /** What follows the year, by number from 0. */
  mark(index: number): string;
  title(year: number, index: number): string;
}

const HALVES = ['上半年', '下半年'] as const;
const TERMS = ['春季学期', '秋季学期'] as const;

/** The spring term runs from February to July, the autumn term from August to January (教育部 school year: 1 September). */
const KINDS: Record<Recurring, Kind> = {
  month: {
    shape: /^\d{4}-(0[1-9]|1[0-2])$/,
    perYear: 12,
    starts: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    mark: (i) => `-${String(i + 1).padStart(2, '0')}`,
    title: (year, i) => `${year}年${i + 1}月`,
  },
  quarter: {
    shape: /^\d{4}-Q[1-4]$/,
    perYear: 4,
    starts: [0, 3, 6, 9],
    mark: (i) => `-Q${i + 1}`,
    title: (year, i) => `${year}年第${i + 1}季度`,
  },
  half: {
    shape: /^\d{4}-H[12]$/,
    perYear: 2,
    starts: [0, 6],
    mark: (i) => `-H${i + 1}`,
    title: (year, i) => `${year}年${HALVES[i]}`,
  },
  term: {
    shape: /^\d{4}-T[12]$/,
    perYear: 2,
    starts: [1, 7],
    mark: (i) => `-T${i + 1}`,
    title: (year, i) => `${year}年${TERMS[i]}`,
  },
  year: {
    shape: /^\d{4}$/,
    perYear: 1,
    starts: [0],
    mark: () => '',
    title: (year) => `${year}年`,
  },
};

/** Is this a period of the rhythm? */
export const isPeriod = (rhythm: Rhythm, text: unknown): text is Period =>
  typeof text === 'string' && (rhythm === 'once' ? text === ONCE : KINDS[rhythm].shape.test(text));

/** The rhythm a period belongs to. @throws RangeError when it is none */
export function rhythmOf(period: Period): Rhythm {
  if (period === ONCE) return 'once';
  const found = (Object.keys(KINDS) as Recurring[]).find((r) => KINDS[r].shape.test(period));
  if (!found) throw new RangeError(`not a period: ${JSON.stringify(period)}`);
  return found;
}

/** Periods numbered through from the year 0, so that they can be counted. */
function numberOf(period: Period): { rhythm: Recurring; number: number } {
  const rhythm = rhythmOf(period);
  if (rhythm === 'once') throw new RangeError('a single sum has no next period');
  const { perYear } = KINDS[rhythm];
  const mark = /(\d+)$/.exec(period.slice(4))?.[1];
  return {
    rhythm,
    number: Number(period.slice(0, 4)) * perYear + (mark === undefined ? 0 : Number(mark) - 1),
  };
}

function periodAt(rhythm: Recurring, number: number): Period {
  const { perYear, mark } = KINDS[rhythm];
  const year = Math.floor(number / perYear);
  return `${String(year).padStart(4, '0')}${mark(number - year * perYear)}`;
}

/** The period a Shanghai date lies in. */
export function periodOf(rhythm: Rhythm, date: LocalDate): Period {
  if (!isLocalDate(date)) throw new RangeError(`not a calendar date: ${JSON.stringify(date)}`);
  if (rhythm === 'once') return ONCE;
  const { perYear, starts } = KINDS[rhythm];
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1;
  const index = starts.findLastIndex((start) => start <= month);
  return periodAt(rhythm, year * perYear + index);
}

/** The period after this one, or `by` later (before, when negative). @throws RangeError for `once` */
export function nextPeriod(period: Period, by = 1): Period {
  const { rhythm, number } = numberOf(period);
  return periodAt(rhythm, number + by);
}

/** Negative when `a` comes first. @throws RangeError when the two belong to different rhythms */
export function comparePeriods(a: Period, b: Period): number {
  if (a === ONCE && b === ONCE) return 0;
  const [one, other] = [numberOf(a), numberOf(b)];
  if (one.rhythm !== other.rhythm) throw new RangeError(`${a} and ${b} cannot be compared`);
  return one.number - other.number;
}

/** From the first to the last, both included; none when the last comes before the first. */
export function periodsBetween(first: Period, last: Period): Period[] {
  if (first === ONCE && last === ONCE) return [ONCE];
  const count = comparePeriods(last, first) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => nextPeriod(first, i));
}

/** The earlier of two ends; null is no end. */
export const earlierEnd = (a: Period | null, b: Period | null): Period | null =>
  a === null || b === null ? (a ?? b) : comparePeriods(a, b) <= 0 ? a : b;

/** The first day of a period. @throws RangeError for `once` */
export function firstDay(period: Period): LocalDate {
  const { rhythm, number } = numberOf(period);
  const { perYear, starts } = KINDS[rhythm];
  const year = Math.floor(number / perYear);
  const january = `${String(year).padStart(4, '0')}-01-01`;
  return addMonths(january, starts[number - year * perYear] as number);
}

/** The last day of a period. @throws RangeError for `once` */
export const lastDay = (period: Period): LocalDate => addDays(firstDay(nextPeriod(period)), -1);

/** `2026年10月`, `2026年第4季度`, `2026年下半年`, `2026年春季学期`, `2026年`, `一次性`. */
export function periodTitle(period: Period): string {
  if (period === ONCE) return '一次性';
  const { rhythm, number } = numberOf(period);
  const { perYear, title } = KINDS[rhythm];
  const year = Math.floor(number / perYear);
  return title(year, number - year * perYear);
}

/** Several periods as people call them: the first and the last when they follow each other. */
export function periodsTitle(periods: readonly Period[]): string {
  const sorted = [...periods].sort(comparePeriods);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return '';
  const run = periodsBetween(first, last).length === sorted.length;
  if (sorted.length > 2 && run) return `${periodTitle(first)}至${periodTitle(last)}`;
  return sorted.map(periodTitle).join('、');
}
