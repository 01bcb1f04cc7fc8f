/** Holiday tables that come into the running house: checked, looked at, put into force, taken back. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import type { Calendar } from '../../../kernel/calendar.ts';
import { type NoticeDay, noticeText, readNotice } from '../../../kernel/holiday-notice.ts';
import { newId } from '../../../kernel/ids.ts';
import { addDays, localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { writeOnce } from '../../../platform/db/index.ts';
import {
  COUNTY,
  insertTable,
  listTables,
  loadCalendar,
  NATIONAL,
  type StoredTable,
  statutoryDays,
  tablesInForce,
  withdrawTable,
} from '../../../platform/holidays/index.ts';
import { type Affected, affectedBy } from '../../cases/index.ts';
import { countMovedServices } from '../../papers/index.ts';
import type { SystemDeps } from './house.ts';
import { mayKeepSystem } from './policy.ts';
import { type Moved, recountIfNew } from './recount.ts';

/** A notice as somebody hands it in. */
export interface HandedIn {
  scope: string;
  year: string;
  source: string;
  csv: string;
}

/** A notice against which nothing stands. */
export interface Notice {
  scope: string;
  year: number;
  source: string;
  days: NoticeDay[];
}

/** A day that is one thing before and another after. */
export interface ChangedDay {
  date: LocalDate;
  before: string;
  after: string;
}

/** What a table would change, and for how many. */
export interface Preview {
  days: ChangedDay[];
  cases: Affected[];
  services: number;
}

const SCOPES = [NATIONAL, ...COUNTY];
/** No notice is older than the tables of the program, or made years ahead. */
const FIRST_YEAR = 2015;
const YEARS_AHEAD = 1;

/** @throws 422 with every fault; those of the table by their line */
export function checkNotice(deps: SystemDeps, given: HandedIn): Notice {
  const { scope, source, csv } = given;
  const last = Number(localDate(deps.clock.now()).slice(0, 4)) + YEARS_AHEAD;
  const year = /^\d{4}$/.test(given.year) ? Number(given.year) : 0;
  const faults: Fault[] = [];
  if (!SCOPES.includes(scope)) faults.push({ pointer: '/scope', message: '请选择是谁的通知' });
  if (year < FIRST_YEAR || year > last)
    faults.push({ pointer: '/year', message: `年份应在 ${FIRST_YEAR} 到 ${last} 之间` });
  if (source.trim().length < 4 || source.length > 200)
    faults.push({ pointer: '/source', message: '请写明通知的文号或者名称，4 到 200 个字' });
  if (faults.length > 0) throw invalid(faults);
  const read = readNotice(csv, { year, local: scope !== NATIONAL, statutory: statutoryDays() });
  if (read.faults.length > 0)
    throw invalid(
      read.faults.map(({ line, message }) => ({
        pointer: '/csv',
        message: line === 0 ? message : `第 ${line} 行：${message}`,
      })),
    );
  return { scope, year, source: source.trim(), days: read.days };
}

/** What a notice would change. @throws 403; 409 `holidays.known` */
export async function previewNotice(deps: SystemDeps, who: SignedIn, notice: Notice): Promise<Preview> {
  if (!mayKeepSystem(who)) throw notAllowed();
  const tables = await tablesInForce(deps.db.read);
  requireNone(tables, notice);
  const { scope, year, days } = notice;
  const calendar = loadCalendar(COUNTY, [...tables, { scope, year, csv: noticeText(days) }]);
  return previewOf(deps, calendar, year);
}

/** What it would change when an imported table were taken back. @throws 403; 404 `holidays.not_found` */
export async function previewWithdrawal(
  deps: SystemDeps,
  who: SignedIn,
  id: string,
): Promise<{ table: StoredTable; preview: Preview }> {
  if (!mayKeepSystem(who)) throw notAllowed();
  const tables = await tablesInForce(deps.db.read);
  const table = tables.find((t) => t.id === id);
  if (!table) throw notFound('holidays.not_found');
  const calendar = loadCalendar(
    COUNTY,
    tables.filter((t) => t !== table),
  );
  return { table, preview: await previewOf(deps, calendar, table.year) };
}

function requireNone(tables: readonly StoredTable[], { scope, year }: Pick<Notice, 'scope' | 'year'>): void {
  if (tables.some((t) => t.scope === scope && t.year === year))
    throw conflict('holidays.known', { scope, year });
}

async function previewOf(deps: SystemDeps, calendar: Calendar, year: number): Promise<Preview> {
  const days = changedDays(deps.calendar(), calendar, year);
  // Where no day changes, days may still become firm: then everything due that year is looked at.
  const since = days[0]?.date ?? `${year}-01-01`;
  return {
    days,
    cases: await affectedBy(deps, calendar, since),
    services: await countMovedServices(deps, calendar),
  };
}

/** Days from the December before to the end of the year that are worked in one calendar and not in the other. */
function changedDays(before: Calendar, after: Calendar, year: number): ChangedDay[] {
  const changed: ChangedDay[] = [];
  for (let date = `${year - 1}-12-01`; date <= `${year}-12-31`; date = addDays(date, 1))
    if (before.isWorkday(date) !== after.isWorkday(date))
      changed.push({ date, before: before.reason(date) ?? '上班', after: after.reason(date) ?? '上班' });
  return changed;
}

/** The calendar as stored now counts for everybody, and every running term is counted by it. */
async function putIntoForce(deps: SystemDeps): Promise<Moved> {
  await deps.house.holidays.refresh();
  return recountIfNew(deps, deps.house.holidays.version());
}

/**
 * Put a notice into force: stored in one transaction with its audit line; then every running term is counted again,
 * one transaction for each case. A crash in between is made good at the next start.
 * @throws 403; 409 `holidays.known`
 */
export async function importNotice(
  deps: SystemDeps,
  who: SignedIn,
  notice: Notice,
  requestId: string | undefined,
): Promise<Moved> {
  if (!mayKeepSystem(who)) throw notAllowed();
  const { scope, year, source, days } = notice;
  await writeOnce(deps, who, requestId, notice, async (trx) => {
    requireNone(await tablesInForce(trx), notice);
    const at = deps.clock.now();
    const id = newId(at, deps.random);
    const imported = { by: who.accountId, name: who.name, at };
    await insertTable(trx, { id, scope, year, csv: noticeText(days), source, imported });
    await auditBy(trx, deps, who, 'holidays.import', id, { scope, year, source, days: days.length });
    return { id };
  });
  return putIntoForce(deps);
}

/** Take an imported table back. @throws 403; 404 `holidays.not_found`; 422 without a reason */
export async function withdrawNotice(
  deps: SystemDeps,
  who: SignedIn,
  { id, reason }: { id: string; reason: string },
  requestId: string | undefined,
): Promise<Moved> {
  if (!mayKeepSystem(who)) throw notAllowed();
  if (reason.trim().length < 2 || reason.length > 200)
    throw invalid([{ pointer: '/reason', message: '请写明撤回的理由，2 到 200 个字' }]);
  await writeOnce(deps, who, requestId, { id, reason }, async (trx) => {
    const by = { by: who.accountId, name: who.name, at: deps.clock.now() };
    if (!(await withdrawTable(trx, id, by, reason.trim()))) throw notFound('holidays.not_found');
    await auditBy(trx, deps, who, 'holidays.withdraw', id, { reason });
    return {};
  });
  return putIntoForce(deps);
}

/** One year of one scope, and where its days come from. */
export interface KnownYear {
  year: number;
  scope: string;
  /** `file`: came with the program; null: nothing, so days are presumed. */
  from: 'file' | StoredTable | null;
}

/** The years from the first table of the program to the next year, newest first, and what was taken back. */
export async function knownYears(
  deps: SystemDeps,
  filed: { national: ReadonlySet<number>; local: ReadonlySet<number> },
): Promise<{ years: KnownYear[]; withdrawn: StoredTable[] }> {
  const tables = await listTables(deps.db.read);
  const last = Number(localDate(deps.clock.now()).slice(0, 4)) + YEARS_AHEAD;
  const years: KnownYear[] = [];
  for (let year = last; year >= FIRST_YEAR; year--)
    for (const scope of SCOPES) {
      const own = tables.find((t) => t.withdrawn === null && t.scope === scope && t.year === year);
      const inFile = (scope === NATIONAL ? filed.national : filed.local).has(year);
      // Local notices of years gone by matter to nobody any more.
      if (own || inFile || scope === NATIONAL || year >= last - YEARS_AHEAD)
        years.push({ year, scope, from: own ?? (inFile ? 'file' : null) });
    }
  return { years, withdrawn: tables.filter((t) => t.withdrawn !== null) };
}
