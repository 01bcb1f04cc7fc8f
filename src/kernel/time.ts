/**
 * Dates and instants. Every date is a calendar date in Asia/Shanghai, taken as a fixed +08:00;
 * every instant is UTC text with milliseconds. Nothing here reads the clock.
 */
import type { Instant, LocalDate } from './types.ts';

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Midnight of `d` as if in UTC, in ms; NaN when `d` is not a real date (e.g. 2026-02-30). */
function utcOf(d: string): number {
  if (typeof d !== 'string' || !DATE.test(d)) return Number.NaN;
  const year = Number(d.slice(0, 4));
  const month = Number(d.slice(5, 7));
  const day = Number(d.slice(8, 10));
  if (year < 100 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN;
  return Date.UTC(year, month - 1, day);
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function requireDate(d: LocalDate): number {
  const ms = utcOf(d);
  if (Number.isNaN(ms)) throw new RangeError(`not a calendar date: ${JSON.stringify(d)}`);
  return ms;
}

function requireInstant(at: Instant): number {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${JSON.stringify(at)}`);
  return ms;
}

function inFourDigitYears(ms: number): number {
  const year = new Date(ms).getUTCFullYear();
  if (!(year >= 100 && year <= 9999)) throw new RangeError('date outside the years 0100–9999');
  return ms;
}

/** Is `s` a real calendar date written `YYYY-MM-DD` (years 0100–9999)? */
export function isLocalDate(s: unknown): s is LocalDate {
  return typeof s === 'string' && !Number.isNaN(utcOf(s));
}

/** The Shanghai date of an instant. RangeError when `at` is not an instant. */
export function localDate(at: Instant): LocalDate {
  return dateOf(inFourDigitYears(requireInstant(at) + SHANGHAI_MS));
}

/** The Shanghai wall-clock time of an instant, `HH:mm`. RangeError when `at` is not an instant. */
export function localTime(at: Instant): string {
  return new Date(requireInstant(at) + SHANGHAI_MS).toISOString().slice(11, 16);
}

/** 00:00 Shanghai time of `d`, as an instant. RangeError when `d` is not a date. */
export function startOfDay(d: LocalDate): Instant {
  return new Date(requireDate(d) - SHANGHAI_MS).toISOString();
}

/** The moment `d` is over: 00:00 Shanghai time of the day that follows. RangeError when `d` is not a date. */
export function endOfDay(d: LocalDate): Instant {
  return new Date(requireDate(d) + DAY_MS - SHANGHAI_MS).toISOString();
}

/** `n` natural days after `d` (before, when negative). RangeError when `d` or `n` is not usable. */
export function addDays(d: LocalDate, n: number): LocalDate {
  if (!Number.isInteger(n)) throw new RangeError(`days must be a whole number, got ${n}`);
  return dateOf(inFourDigitYears(requireDate(d) + n * DAY_MS));
}

/** Natural days from `a` to `b`: positive when `b` is later. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return (requireDate(b) - requireDate(a)) / DAY_MS;
}

/** Day of the week, 0 = Sunday … 6 = Saturday. */
export function weekday(d: LocalDate): number {
  // 1970-01-01 was a Thursday; the sum stays positive back to the year 100.
  return (requireDate(d) / DAY_MS + 4 + 7 * 100_000) % 7;
}

/**
 * The same day `n` months later. Where that month has no such day, its last day
 * (民法典 art. 202: a term in months ends on the corresponding day, or the month's last).
 */
export function addMonths(d: LocalDate, n: number): LocalDate {
  if (!Number.isInteger(n)) throw new RangeError(`months must be a whole number, got ${n}`);
  const from = new Date(requireDate(d));
  const months = from.getUTCFullYear() * 12 + from.getUTCMonth() + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  if (!(year >= 100 && year <= 9999)) throw new RangeError('date outside the years 0100–9999');
  return dateOf(Date.UTC(year, month, Math.min(from.getUTCDate(), daysIn(year, month + 1))));
}

/** The same day `n` years later; 29 February becomes 28 February in a common year. */
export function addYears(d: LocalDate, n: number): LocalDate {
  if (!Number.isInteger(n)) throw new RangeError(`years must be a whole number, got ${n}`);
  return addMonths(d, n * 12);
}

/**
 * Any ISO-8601 date-time with an offset (`Z` or `±HH:mm`) → UTC with milliseconds.
 * RangeError for a missing offset, an impossible date (30 February) or time.
 */
export function parseInstant(s: string): Instant {
  const match = typeof s === 'string' ? INSTANT.exec(s) : null;
  if (!match || !isLocalDate(match[1])) {
    throw new RangeError(`not an ISO date-time with an offset: ${JSON.stringify(s)}`);
  }
  return new Date(inFourDigitYears(Date.parse(s))).toISOString();
}

/** `2026年9月28日`: Arabic figures without padding zeros (GB/T 9704-2012). */
export function chineseDate(d: LocalDate): string {
  requireDate(d);
  return `${Number(d.slice(0, 4))}年${Number(d.slice(5, 7))}月${Number(d.slice(8, 10))}日`;
}

/** The last day of a term: `2026年9月28日（暂定）` where it rests on holidays that are not published yet. */
export const chineseDue = (due: LocalDate, isProvisional: boolean): string =>
  chineseDate(due) + (isProvisional ? '（暂定）' : '');

/** `2026年9月28日 09:40`, Shanghai time. */
export function chineseDateTime(at: Instant): string {
  return `${chineseDate(localDate(at))} ${localTime(at)}`;
}
