/** The arithmetic of terms: which day an act leads to. */
import { addWorkdays, type Calendar, countWorkdays } from '../../kernel/calendar.ts';
import { addDays } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Letter, Mode } from './types.ts';

/** Working days by which an answer may be put off, once. */
const MORE = 15;

/** Natural days a letter is kept after it is closed: three years, an anonymous one (§7.11). */
const KEPT: Record<Mode, number> = {
  named_public: 1095,
  named_confidential: 1095,
  anonymous: 365,
};

/** States in which the office is at work, and may be late. */
export const AT_WORK = [
  'received',
  'assigned',
  'in_progress',
  'extended',
  'reopened',
  'reopened_again',
  'review_requested',
] as const;

const CLOSES: ReadonlySet<string> = new Set([
  'SATISFIED',
  'CLOSE',
  'REVIEWED',
  'DECLINE',
  'TRANSFER_OUT',
  'WITHDRAW',
]);
/** Acts that change nothing about the last day: one clock runs from the acceptance to the answer. */
const SAME_DAY: ReadonlySet<string> = new Set(['START', 'PROPOSE', 'PUBLISH', 'TURN_BACK', 'WITHHOLD']);

export interface Clock {
  /** Undefined: as the chart counts. */
  dueOn?: LocalDate;
  daysLeft: number | null;
}

/** The last day after an act (Shanghai dates), and what is left of a clock that stops. */
export function clockAfter(event: string, letter: Letter, today: LocalDate, calendar: Calendar): Clock {
  const { record, mode, daysLeft } = letter;
  const due = record.dueOn ?? today;
  if (CLOSES.has(event)) return { dueOn: addDays(today, KEPT[mode]), daysLeft: null };
  if (SAME_DAY.has(event)) return { dueOn: due, daysLeft };
  if (event === 'EXTEND') return { dueOn: addWorkdays(calendar, due, MORE), daysLeft: null };
  if (event === 'ASK') return { daysLeft: due > today ? countWorkdays(calendar, today, due) : 0 };
  if (event === 'SUPPLY' || event === 'GO_ON')
    return { dueOn: addWorkdays(calendar, today, daysLeft ?? 0), daysLeft: null };
  return { daysLeft: null };
}
