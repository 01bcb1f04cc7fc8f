/** The calendars of the committed tables, for the tests in this folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createCalendar, parseHolidays, parseOverlay } from '../../src/kernel/calendar.ts';
import { parseOfficeHours } from '../../src/kernel/office-hours.ts';
import { addDays } from '../../src/kernel/time.ts';
import { projectRoot } from '../../src/platform/paths.ts';

const text = (path: string) => readFileSync(join(projectRoot, 'data', path), 'utf8');

export const holidays = parseHolidays(text('china-holidays.csv'));
export const statutory = parseHolidays(text('statutory-days.csv'));
export const overlay = parseOverlay(text('overlays/532600.json'));
export const officeHours = parseOfficeHours(text('office-hours.json'));

/** National tables only. */
export const national = createCalendar([holidays, statutory]);
/** With the prefecture's anniversary. */
export const wenshan = createCalendar([holidays, statutory], [overlay]);

/** National tables and the county's office hours, 08:30–11:30 and 14:30–17:30. */
export const office = createCalendar([holidays, statutory], [], officeHours);
/** With the prefecture's anniversary. */
export const wenshanOffice = createCalendar([holidays, statutory], [overlay], officeHours);

/** Any date of the covered years 2015–2026, far enough from the end for a long term. */
export const anyDate = fc.integer({ min: 0, max: 11 * 365 }).map((n) => addDays('2015-01-01', n));
