/**
 * Working days (B2-10: terms are counted in working days, statutory holidays left out).
 * Sources are tables: the State Council's annual notices, the statutory days for years whose notice
 * is not in yet, and local overlays. Where a table is missing the answer is marked provisional.
 */
import { addDays, isLocalDate, weekday } from './time.ts';
import type { LocalDate } from './types.ts';

/** `off` and `work` come from an annual notice; `statutory` from 放假办法 itself, for years without a notice. */
export type DayKind = 'off' | 'work' | 'statutory';

export interface HolidayTable {
  days: ReadonlyMap<LocalDate, { kind: DayKind; name: string }>;
}

/** Local holidays on top of the national table, e.g. the anniversary of an autonomous prefecture. */
export interface Overlay {
  /** Division code the overlay is valid for. */
  scope: string;
  name: string;
  /** Whether a local holiday is left out of terms (行政许可法 art. 82 says only "statutory holidays"). */
  countsAsHoliday: boolean;
  /** `MM-DD`: days presumed off in years without a notice; these are provisional. */
  anniversary: readonly string[];
  /** Days off by the notice of that year. */
  years: Readonly<Record<string, readonly LocalDate[]>>;
  source: string;
}

/** Spans of a working day, `HH:mm` Shanghai time, in order: `[['08:30', '11:30'], ['14:30', '17:30']]`. */
export type OfficeHours = readonly (readonly [opens: string, closes: string])[];

export interface Calendar {
  isWorkday(d: LocalDate): boolean;
  /** The day belongs to a year without a table, or is an overlay anniversary without its notice. */
  isProvisional(d: LocalDate): boolean;
  /** Why the day is off: the holiday's name or '周末'; null on a working day. */
  reason(d: LocalDate): string | null;
  /** Last day before the first year without a table. */
  coveredUntil: LocalDate;
  /** When offices are open on a working day; without it, terms of office hours cannot be counted. */
  officeHours?: OfficeHours;
}

const KINDS: readonly string[] = ['off', 'work', 'statutory'] satisfies DayKind[];

/**
 * Reads `date,kind,name` rows; lines starting with `#` are notes. RangeError names the first bad line:
 * an impossible date, an unknown kind, a missing name, a date named twice.
 */
export function parseHolidays(csv: string): HolidayTable {
  const days = new Map<LocalDate, { kind: DayKind; name: string }>();
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#') || line.trim() === 'date,kind,name') continue;
    const [date = '', kind = '', name = '', ...rest] = line.split(',').map((cell) => cell.trim());
    if (!isLocalDate(date) || !KINDS.includes(kind) || name === '' || rest.length > 0) {
      throw new RangeError(
        `holiday table, line ${index + 1}: expected date,off|work|statutory,name, got "${line}"`,
      );
    }
    if (days.has(date)) throw new RangeError(`holiday table, line ${index + 1}: ${date} is named twice`);
    days.set(date, { kind: kind as DayKind, name });
  }
  return { days };
}

/** Reads an overlay file's text. RangeError names the first field that is missing or malformed. */
export function parseOverlay(json: string): Overlay {
  const value: unknown = JSON.parse(json);
  const wrong = (field: string) => new RangeError(`holiday overlay: "${field}" is missing or malformed`);
  if (typeof value !== 'object' || value === null) throw wrong('(root)');
  const { scope, name, countsAsHoliday, anniversary, years, source } = value as Record<string, unknown>;
  if (typeof scope !== 'string' || !/^\d{6}$/.test(scope)) throw wrong('scope');
  if (typeof name !== 'string' || name === '') throw wrong('name');
  if (typeof countsAsHoliday !== 'boolean') throw wrong('countsAsHoliday');
  if (typeof source !== 'string' || source === '') throw wrong('source');
  if (!Array.isArray(anniversary) || !anniversary.every((day) => isLocalDate(`2000-${day}`)))
    throw wrong('anniversary');
  if (typeof years !== 'object' || years === null) throw wrong('years');
  for (const [year, dates] of Object.entries(years)) {
    const ofThatYear = (d: unknown) => isLocalDate(d) && d.startsWith(`${year}-`);
    if (!Array.isArray(dates) || !dates.every(ofThatYear)) throw wrong(`years.${year}`);
  }
  return { scope, name, countsAsHoliday, anniversary, years: years as Overlay['years'], source };
}

/**
 * A year is covered by its own notice. Days in late December may come from the next year's notice
 * (2022-12-31 is part of New Year 2023), so they alone do not cover a year.
 */
function coveredYears(days: HolidayTable['days']): Set<string> {
  const years = new Set<string>();
  for (const [date, { kind }] of days) {
    if (kind !== 'statutory' && date.slice(5, 7) !== '12') years.add(date.slice(0, 4));
  }
  return years;
}

function endOfCover(years: ReadonlySet<string>): LocalDate {
  let year = Math.min(...[...years].map(Number));
  if (!Number.isFinite(year)) throw new RangeError('a calendar needs the holiday table of at least one year');
  while (years.has(String(year + 1))) year += 1;
  return `${year}-12-31`;
}

/**
 * Merges tables (a later table wins on the same date) and overlays into one calendar; look-ups are O(1).
 * A year without a notice never throws: Monday–Friday less the statutory days, and everything provisional.
 * RangeError when no year at all is covered.
 */
export function createCalendar(
  tables: HolidayTable | readonly HolidayTable[],
  overlays: readonly Overlay[] = [],
  officeHours?: OfficeHours,
): Calendar {
  const list: readonly HolidayTable[] = 'days' in tables ? [tables] : tables;
  const days = new Map(list.flatMap((table) => [...table.days]));
  const covered = coveredYears(days);
  const local = overlays.filter((overlay) => overlay.countsAsHoliday);

  const noticed = new Map(
    local.flatMap((o) => Object.values(o.years).flatMap((dates) => dates.map((d) => [d, o.name] as const))),
  );
  const presumedBy = (d: LocalDate) =>
    local.find((o) => o.years[d.slice(0, 4)] === undefined && o.anniversary.includes(d.slice(5)));

  function reason(d: LocalDate): string | null {
    const localName = noticed.get(d) ?? presumedBy(d)?.name;
    if (localName !== undefined) return localName;
    const listed = days.get(d);
    const isWeekend = weekday(d) % 6 === 0;
    if (listed?.kind === 'work') return null;
    if (listed?.kind === 'off' || (listed && !covered.has(d.slice(0, 4)))) return listed.name;
    return isWeekend ? '周末' : null;
  }

  return {
    isWorkday: (d) => reason(d) === null,
    isProvisional: (d) => !covered.has(d.slice(0, 4)) || presumedBy(d) !== undefined,
    reason,
    coveredUntil: endOfCover(covered),
    ...(officeHours && { officeHours }),
  };
}

/** The `n`th working day after `from`; the day of the trigger does not count. `n` ≥ 0; 0 gives `from`. */
export function addWorkdays(calendar: Calendar, from: LocalDate, n: number): LocalDate {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`working days must be a whole number from 0, got ${n}`);
  let day = from;
  for (let left = n; left > 0; ) {
    day = addDays(day, 1);
    if (calendar.isWorkday(day)) left -= 1;
  }
  return day;
}

/** Working days in (after, upTo]; 0 when `upTo` is not later. */
export function countWorkdays(calendar: Calendar, after: LocalDate, upTo: LocalDate): number {
  let count = 0;
  for (let day = after; day < upTo; ) {
    day = addDays(day, 1);
    if (calendar.isWorkday(day)) count += 1;
  }
  return count;
}

/** `d` itself when it is a working day, otherwise the next one (民法典 art. 203). */
export function rollToWorkday(calendar: Calendar, d: LocalDate): LocalDate {
  return calendar.isWorkday(d) ? d : addWorkdays(calendar, d, 1);
}
