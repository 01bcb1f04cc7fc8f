/** An instant: ISO-8601 in UTC with milliseconds, `2026-09-28T01:40:00.000Z`. */
export type Instant = string;

/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export type LocalDate = string;

/** Money in integer fen (1/100 yuan). */
export type Fen = number;

/** What a term counts: working days by the State Council table, or natural days. */
export type DayUnit = 'workday' | 'natural';

/** What a term of hours counts: every hour, or only those the county's offices are open. */
export type HourUnit = 'natural' | 'office';
