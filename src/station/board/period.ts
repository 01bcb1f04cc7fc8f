/** The time a board looks at, and the one before it. Pure. */
import { addDays, addMonths, daysBetween, isLocalDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';

export const KINDS = ['month', 'quarter', 'year'] as const;
/** `days`: whatever days were asked for. */
export type PeriodKind = (typeof KINDS)[number] | 'days';

export interface Days {
  from: LocalDate;
  to: LocalDate;
}

export interface Period extends Days {
  kind: PeriodKind;
  title: string;
  before: Days & { title: string };
  /** As the address says it. */
  query: Record<string, string>;
}

const MONTHS = { month: 1, quarter: 3, year: 12 };
const TITLES = {
  month: ['本月', '上月'],
  quarter: ['本季度', '上季度'],
  year: ['今年', '去年'],
} as const;
/** Five years: further back nobody compares. */
const MOST_DAYS = 1_827;

/** Whole months up to now's, quarter or year; the last day is that of the calendar. */
function running(kind: keyof typeof MONTHS, today: LocalDate): Period {
  const months = MONTHS[kind];
  const month = Number(today.slice(5, 7));
  const first = month - ((month - 1) % months);
  const from = `${today.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
  const earlier = addMonths(from, -months);
  const [title, before] = TITLES[kind];
  return {
    kind,
    title,
    from,
    to: addDays(addMonths(from, months), -1),
    before: { from: earlier, to: addDays(from, -1), title: before },
    query: { period: kind },
  };
}

/** What an address asks for; null: days that are none, or too many. */
export function periodOf(query: Record<string, unknown>, today: LocalDate): Period | null {
  const asksDays = query.period === undefined && (query.from !== undefined || query.to !== undefined);
  const kind = asksDays ? 'days' : (KINDS.find((k) => k === query.period) ?? 'month');
  if (kind !== 'days') return running(kind, today);
  const { from, to } = query;
  if (!isLocalDate(from) || !isLocalDate(to) || from > to) return null;
  const length = daysBetween(from, to) + 1;
  if (length > MOST_DAYS) return null;
  return {
    kind,
    title: '这段时间',
    from,
    to,
    before: { from: addDays(from, -length), to: addDays(from, -1), title: `之前 ${length} 天` },
    query: { from, to },
  };
}

/** As the filters of lists say days. */
export const rangeText = ({ from, to }: Days): string => `${from}~${to}`;
