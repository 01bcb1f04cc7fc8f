/** 好差评 (国办发〔2019〕51 号): five levels, and the days in which a bad one is answered. Pure. */
import { addWorkdays, type Calendar, countWorkdays } from '../../kernel/calendar.ts';
import { addDays } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { FollowStep, Followup, Level } from './types.ts';
import { STEPS } from './types.ts';

export const LEVEL_WORDS: Record<Level, string> = {
  1: '非常满意',
  2: '满意',
  3: '基本满意',
  4: '不满意',
  5: '非常不满意',
};
export const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];

/** 差评: the last two levels. */
export const BAD = 4;
export const isBad = (level: Level): boolean => level >= BAD;

export const levelOf = (sent: string | undefined): Level | undefined =>
  LEVELS.find((level) => String(level) === sent);

export const STEP_WORDS: Record<FollowStep, string> = {
  contact: '联系核实',
  remedy: '整改反馈',
  visit: '回访',
};

/** Working days after the day of the rating; nothing is set for asking again, it is done for all. */
const DAYS: Record<'contact' | 'remedy', number> = { contact: 1, remedy: 15 };

/** The step to be done next; null when all are. */
export const nextStep = (done: readonly Pick<Followup, 'step'>[]): FollowStep | null =>
  STEPS.find((step) => !done.some((f) => f.step === step)) ?? null;

/** Until when a step must be done; null where no day is set. */
const dueOf = (step: FollowStep, day: LocalDate, calendar: Calendar): LocalDate | null =>
  step === 'visit' ? null : addWorkdays(calendar, day, DAYS[step]);

export interface Standing {
  step: FollowStep | null;
  due: LocalDate | null;
  light: 'green' | 'yellow' | 'red' | 'done';
  /** In words, beside the light. */
  text: string;
}

/** How a bad rating stands today: what is to be done next, and until when. */
export function standingOf(
  day: LocalDate,
  done: readonly Pick<Followup, 'step'>[],
  today: LocalDate,
  calendar: Calendar,
): Standing {
  const step = nextStep(done);
  if (step === null) return { step, due: null, light: 'done', text: '已回访' };
  const due = dueOf(step, day, calendar);
  if (due === null) return { step, due, light: 'green', text: `等${STEP_WORDS[step]}` };
  const left = countWorkdays(calendar, today, due);
  if (today > due)
    return {
      step,
      due,
      light: 'red',
      text: `${STEP_WORDS[step]}超过 ${countWorkdays(calendar, due, today)} 个工作日`,
    };
  const text = left === 0 ? `今天要${STEP_WORDS[step]}` : `${STEP_WORDS[step]}还有 ${left} 个工作日`;
  return { step, due, light: left <= 2 ? 'yellow' : 'green', text };
}

/** Ratings of this day and before are late today when the step is not done. */
export function lateSince(step: 'contact' | 'remedy', today: LocalDate, calendar: Calendar): LocalDate {
  let day = today;
  while (addWorkdays(calendar, day, DAYS[step]) >= today) day = addDays(day, -1);
  return day;
}
