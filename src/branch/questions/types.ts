import type { LocalDate } from '../../kernel/types.ts';
import type { BranchRecord } from '../records/index.ts';

export type QuestionClass = 'simple' | 'usual' | 'hard';

/** Working days until the answer, from the day it was given to somebody. */
export const ANSWER_DAYS: Record<QuestionClass, number> = { simple: 5, usual: 10, hard: 15 };

export interface Question {
  record: BranchRecord;
  toOrg: string;
  class: QuestionClass | null;
  text: string;
  phone: string | null;
  answer: string | null;
  answeredOn: LocalDate | null;
  answerDue: LocalDate | null;
  answererId: string | null;
  mergedInto: string | null;
  publicQuestion: string | null;
  publicAnswer: string | null;
  publishedOn: LocalDate | null;
}
