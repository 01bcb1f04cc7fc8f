/** The hours the county's offices are open, and the day an application has arrived on (B1-9). */
import { addWorkdays, type Calendar, type OfficeHours, rollToWorkday } from './calendar.ts';
import { localDate, startOfDay } from './time.ts';
import type { Instant, LocalDate } from './types.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const MINUTE_MS = 60_000;

/**
 * Reads the office-hours file: `{ "source", "verified", "hours": [["08:30", "11:30"], …] }`, Shanghai time.
 * RangeError names the first field that is missing or malformed: no span, an impossible time, a span that
 * ends before it begins or begins before the one ahead of it has ended.
 */
export function parseOfficeHours(json: string): OfficeHours {
  const value: unknown = JSON.parse(json);
  const wrong = (field: string) => new RangeError(`office hours: "${field}" is missing or malformed`);
  if (typeof value !== 'object' || value === null) throw wrong('(root)');
  const { source, verified, hours } = value as Record<string, unknown>;
  if (typeof source !== 'string' || source === '') throw wrong('source');
  if (typeof verified !== 'boolean') throw wrong('verified');
  if (!Array.isArray(hours) || hours.length === 0) throw wrong('hours');
  let before = '';
  for (const [index, span] of hours.entries()) {
    const [opens, closes, ...rest] = Array.isArray(span) ? span : [];
    const isTime = (t: unknown) => typeof t === 'string' && TIME.test(t);
    if (!isTime(opens) || !isTime(closes) || rest.length > 0 || opens < before || closes <= opens) {
      throw wrong(`hours[${index}]`);
    }
    before = closes;
  }
  return hours as unknown as OfficeHours;
}

/** RangeError when the calendar has no office hours: none are ever presumed. */
function requireOfficeHours(calendar: Calendar): OfficeHours {
  if (!calendar.officeHours || calendar.officeHours.length === 0) {
    throw new RangeError(
      'this calendar has no office hours, so hours of office time cannot be counted on it',
    );
  }
  return calendar.officeHours;
}

function clockTime(d: LocalDate, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return Date.parse(startOfDay(d)) + (hours * 60 + minutes) * MINUTE_MS;
}

/**
 * The spans [opens, closes) in which offices are open on `d`, in ms since 1970; none on a day off.
 * RangeError when the calendar has no office hours.
 */
export function openSpans(calendar: Calendar, d: LocalDate): [from: number, to: number][] {
  const hours = requireOfficeHours(calendar);
  if (!calendar.isWorkday(d)) return [];
  return hours.map(([opens, closes]) => [clockTime(d, opens), clockTime(d, closes)]);
}

/**
 * The Shanghai date an application has arrived on (B1-9): at the counter that very day, be it a day off;
 * online, after closing time or on a day off, the next working day; the instant of closing itself is still in
 * time. RangeError when `at` is not an instant, or for the online channel on a calendar without office hours.
 */
export function receiptDay(at: Instant, channel: 'counter' | 'online', calendar: Calendar): LocalDate {
  const day = localDate(at);
  if (channel === 'counter') return day;
  const closing = requireOfficeHours(calendar).at(-1)?.[1] ?? '';
  return Date.parse(at) > clockTime(day, closing)
    ? addWorkdays(calendar, day, 1)
    : rollToWorkday(calendar, day);
}
