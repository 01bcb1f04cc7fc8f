/** What every kind of clock can tell: the one shape in which days and hours meet. */
import type { Instant, LocalDate } from './types.ts';

/** How a clock stands at a moment. */
export interface View {
  /** The Shanghai date looked at. */
  day: LocalDate;
  /** Working days in (day, due] that will count. */
  remaining: number;
  /** Hours in [moment, due instant) that will count, to one decimal; null unless the clock counts hours. */
  hoursLeft: number | null;
  light: 'green' | 'yellow' | 'red';
}

export interface Ending {
  due: LocalDate;
  /** Late from here on; a clock of hours only after this very instant. */
  dueAt: Instant;
  /** The first instant of the yellow light. */
  yellowAt(): Instant;
  /** A clock of hours takes a date as its last instant, any other an instant as its Shanghai date. */
  view(moment: LocalDate | Instant): View;
}

/** A clock laid out on a calendar. */
export interface Course {
  /** The whole budget, extension included: in hours for a clock of hours, otherwise in days of its unit. */
  counted: number;
  /** `due` rests on a presumed calendar, so it may move when a notice comes in. */
  provisional: boolean;
  /** null while an open pause holds the clock. */
  ending: Ending | null;
}
