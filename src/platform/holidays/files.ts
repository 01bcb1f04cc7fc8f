import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Calendar,
  createCalendar,
  type HolidayTable,
  type Overlay,
  parseHolidays,
  parseOverlay,
} from '../../kernel/calendar.ts';
import { sha256 } from '../../kernel/canonical.ts';
import { noticeYear } from '../../kernel/holiday-notice.ts';
import { parseOfficeHours } from '../../kernel/office-hours.ts';
import { projectRoot } from '../paths.ts';

/** The table of a notice that was imported into the running house. */
export interface ImportedTable {
  /** `CN`, or the division code of a local notice. */
  scope: string;
  year: number;
  /** Lines `date,kind,name`. */
  csv: string;
}

/** Scope of the State Council's notices. */
export const NATIONAL = 'CN';

const dataFile = (...path: string[]) => join(projectRoot, 'data', ...path);

/** Is there a local overlay of this scope (division code) under `data/overlays/`? */
export const hasOverlay = (scope: string): boolean =>
  /^\d{6}$/.test(scope) && existsSync(dataFile('overlays', `${scope}.json`));

const read = (file: string): string => readFileSync(file, 'utf8');

/** A hash of everything the calendar is read from: it changes when a table or the office hours are mended. */
export function calendarVersion(
  overlays: string[] = COUNTY,
  imported: readonly ImportedTable[] = [],
): string {
  const tables = imported.map(({ scope, year, csv }) => `${scope} ${year}\n${csv}`).sort();
  return sha256([...calendarFiles(overlays).map(read), ...tables].join('\0'));
}

/** The county's own service counts the prefecture's days (文山州 532600). */
export const COUNTY = ['532600'];
const NOTICES = 'china-holidays.csv';
const STATUTORY = 'statutory-days.csv';
const OFFICE_HOURS = 'office-hours.json';
const overlayFile = (scope: string) => dataFile('overlays', `${scope}.json`);
const calendarFiles = (overlays: string[]) => [
  ...[NOTICES, STATUTORY, OFFICE_HOURS].map((f) => dataFile(f)),
  ...overlays.map(overlayFile),
];

/** Statutory days of years whose notice is not in the program. */
export const statutoryDays = (): HolidayTable => parseHolidays(read(dataFile(STATUTORY)));

/** The State Council's notices that came with the program. */
export const filedNotices = (): HolidayTable => parseHolidays(read(dataFile(NOTICES)));

/** Local days off that came with the program. */
export const filedOverlay = (scope: string): Overlay => parseOverlay(read(overlayFile(scope)));

/**
 * The working-day calendar: State Council tables, statutory days of years still without one, the overlays asked for,
 * and the county's office hours from `data/`. A table that was imported stands in the place of the program's own for
 * its year.
 */
export function loadCalendar(overlays: string[] = COUNTY, imported: readonly ImportedTable[] = []): Calendar {
  const national = imported.filter((t) => t.scope === NATIONAL);
  const replaced = new Set(national.map((t) => t.year));
  const filed = [...filedNotices().days].filter(([date]) => !replaced.has(noticeYear(date)));
  return createCalendar(
    [statutoryDays(), { days: new Map(filed) }, ...national.map((t) => parseHolidays(t.csv))],
    overlays.map((scope) => withNotices(filedOverlay(scope), imported)),
    parseOfficeHours(read(dataFile(OFFICE_HOURS))),
  );
}

/** An overlay with the local notices that were imported for it. */
function withNotices(overlay: Overlay, imported: readonly ImportedTable[]): Overlay {
  const own = imported
    .filter((t) => t.scope === overlay.scope)
    .map(({ year, csv }) => [String(year), [...parseHolidays(csv).days.keys()]] as const);
  return { ...overlay, years: { ...overlay.years, ...Object.fromEntries(own) } };
}
