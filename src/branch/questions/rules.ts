/** The numbers of the consultation, made of days. */
import { addMonths, daysBetween, localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';

export interface Dates {
  state: string;
  createdAt: string;
  answeredOn: LocalDate | null;
  answerDue: LocalDate | null;
}

export interface QuestionNumbers {
  received: number;
  answered: number;
  inTime: number;
  published: number;
  withheld: number;
  declined: number;
  merged: number;
  /** Natural days from the question to the answer; null when nothing was answered. */
  medianDays: number | null;
  /** Without an answer for more than three months. */
  unansweredLong: number;
}

function median(sorted: readonly number[]): number | null {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function numbersOf(rows: readonly Dates[], today: LocalDate): QuestionNumbers {
  const inState = (state: string) => rows.filter((r) => r.state === state).length;
  const answered = rows.filter((r) => r.answeredOn !== null);
  const days = answered.map((r) => daysBetween(localDate(r.createdAt), r.answeredOn ?? today));
  const open = rows.filter((r) => r.state === 'received' || r.state === 'assigned');
  return {
    received: rows.length,
    answered: answered.length,
    inTime: answered.filter((r) => (r.answeredOn ?? '') <= (r.answerDue ?? '')).length,
    published: inState('published'),
    withheld: inState('withheld'),
    declined: inState('declined'),
    merged: inState('merged'),
    medianDays: median(days.sort((a, b) => a - b)),
    unansweredLong: open.filter((r) => addMonths(localDate(r.createdAt), 3) < today).length,
  };
}
