/** Periods of the calendar and terms, as days. */
import { addWorkdays, type Calendar, rollToWorkday } from '../../../kernel/calendar.ts';
import { addDays, addMonths } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { Days, Every } from '../types.ts';

const MONTHS: Readonly<Record<Every, number>> = { month: 1, quarter: 3, half: 6, year: 12 };
const LETTERS: Readonly<Record<Every, string>> = { month: 'M', quarter: 'Q', half: 'H', year: 'Y' };

/** The period that a Shanghai day lies in: `2026-Q3`, and its last day. */
export function periodOf(every: Every, day: LocalDate): { id: string; end: LocalDate } {
  const length = MONTHS[every];
  const index = Math.floor((Number(day.slice(5, 7)) - 1) / length);
  const first = `${day.slice(0, 4)}-${String(index * length + 1).padStart(2, '0')}-01` as LocalDate;
  const id = every === 'year' ? `${day.slice(0, 4)}-Y` : `${day.slice(0, 4)}-${LETTERS[every]}${index + 1}`;
  return { id, end: addDays(addMonths(first, length), -1) };
}

/** In words; what is no period of the calendar is said as it stands. */
export function periodTitle(id: string): string {
  const [, year, letter, number] = /^(\d{4})-([MQHY])(\d*)$/.exec(id) ?? [];
  if (letter === 'M') return `${year}年${number}月`;
  if (letter === 'Q') return `${year}年第${'一二三四'[Number(number) - 1]}季度`;
  if (letter === 'H') return `${year}年${number === '1' ? '上' : '下'}半年`;
  return letter === 'Y' ? `${year}年` : '';
}

/** Last day of a term that begins on a Shanghai day, which itself does not count; a day off rolls on (B1). */
export function lastDay(
  calendar: Calendar,
  from: LocalDate,
  { days, unit }: Pick<Days, 'days' | 'unit'>,
): { due: LocalDate; provisional: boolean } {
  const due =
    unit === 'workday' ? addWorkdays(calendar, from, days) : rollToWorkday(calendar, addDays(from, days));
  return { due, provisional: calendar.isProvisional(due) };
}
