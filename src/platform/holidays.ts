import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Calendar, createCalendar, parseHolidays, parseOverlay } from '../kernel/calendar.ts';
import { sha256 } from '../kernel/canonical.ts';
import { parseOfficeHours } from '../kernel/office-hours.ts';
import { projectRoot } from './paths.ts';

const dataFile = (...path: string[]) => join(projectRoot, 'data', ...path);

/** Is there a local overlay of this scope (division code) under `data/overlays/`? */
export const hasOverlay = (scope: string): boolean =>
  /^\d{6}$/.test(scope) && existsSync(dataFile('overlays', `${scope}.json`));

/** A hash of everything the calendar is read from: it changes when a table or the office hours are mended. */
export function calendarVersion(overlays: string[] = COUNTY): string {
  return sha256(
    calendarFiles(overlays)
      .map((f) => readFileSync(f, 'utf8'))
      .join('\0'),
  );
}

const COUNTY = ['532600'];
const TABLES = ['china-holidays.csv', 'statutory-days.csv'];
const OFFICE_HOURS = 'office-hours.json';
const overlayFile = (scope: string) => dataFile('overlays', `${scope}.json`);
const calendarFiles = (overlays: string[]) => [
  ...[...TABLES, OFFICE_HOURS].map((f) => dataFile(f)),
  ...overlays.map(overlayFile),
];

/**
 * The working-day calendar from `data/`: State Council tables, statutory days of years still without one,
 * the overlays asked for, and the county's office hours. The county's own service counts the prefecture's days
 * (文山州 532600).
 */
export function loadCalendar(overlays: string[] = COUNTY): Calendar {
  const read = (file: string) => readFileSync(file, 'utf8');
  const tables = TABLES.map((f) => parseHolidays(read(dataFile(f))));
  return createCalendar(
    tables,
    overlays.map((scope) => parseOverlay(read(overlayFile(scope)))),
    parseOfficeHours(read(dataFile(OFFICE_HOURS))),
  );
}
