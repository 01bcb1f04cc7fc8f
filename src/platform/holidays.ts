import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Calendar, createCalendar, parseHolidays, parseOverlay } from '../kernel/calendar.ts';
import { projectRoot } from './paths.ts';

const dataFile = (...path: string[]) => join(projectRoot, 'data', ...path);

/** Is there a local overlay of this scope (division code) under `data/overlays/`? */
export const hasOverlay = (scope: string): boolean =>
  /^\d{6}$/.test(scope) && existsSync(dataFile('overlays', `${scope}.json`));

/**
 * The working-day calendar from `data/`: State Council tables, statutory days of years still without one,
 * and the overlays asked for. The county's own service counts the prefecture's days (文山州 532600).
 */
export function loadCalendar(overlays: string[] = ['532600']): Calendar {
  const read = (file: string) => readFileSync(file, 'utf8');
  const tables = ['china-holidays.csv', 'statutory-days.csv'].map((f) => parseHolidays(read(dataFile(f))));
  return createCalendar(
    tables,
    overlays.map((scope) => parseOverlay(read(dataFile('overlays', `${scope}.json`)))),
  );
}
