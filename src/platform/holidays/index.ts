/** Days off: the tables that came with the program, and those imported into the running house. */
import type { Knex } from 'knex';
import type { Calendar } from '../../kernel/calendar.ts';
import { COUNTY, calendarVersion, loadCalendar } from './files.ts';
import { tablesInForce } from './store.ts';

export {
  COUNTY,
  calendarVersion,
  filedNotices,
  filedOverlay,
  hasOverlay,
  type ImportedTable,
  loadCalendar,
  NATIONAL,
  statutoryDays,
} from './files.ts';
export {
  insertTable,
  listTables,
  type Moment,
  type StoredTable,
  tablesInForce,
  withdrawTable,
} from './store.ts';

/** The calendar of the running house. */
export interface Holidays {
  calendar(): Calendar;
  /** A hash of what it is made of. */
  version(): string;
  /** Read the tables again, after one came in or was withdrawn. */
  refresh(): Promise<void>;
}

export async function openHolidays(db: Knex): Promise<Holidays> {
  const read = async () => {
    const tables = await tablesInForce(db);
    return { calendar: loadCalendar(COUNTY, tables), version: calendarVersion(COUNTY, tables) };
  };
  let now = await read();
  return {
    calendar: () => now.calendar,
    version: () => now.version,
    async refresh() {
      now = await read();
    },
  };
}
