/** Filling the table of a batch: from a spreadsheet, from last year's roster, or out into a spreadsheet. */
import { invalid, notFound } from '../../../errors.ts';
import { asText, csvText } from '../../../kernel/csv.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import type { FullCase } from '../../cases/index.ts';
import { readGrid } from '../file.ts';
import { handedIn, payList, paySteps, struckRows } from '../rules/paylist.ts';
import { readRows } from '../rules/reading.ts';
import {
  filledColumns,
  type RosterTable,
  type Row,
  rowsOf,
  tableOf,
  textAt,
  titleOf,
  withRows,
} from '../rules/table.ts';
import { findLastGranted } from '../store.ts';
import type { Act, RosterCases, RosterDeps } from '../types.ts';

/** The roster of a case. @throws notFound `roster.none` */
export function requireTable({ pinned, row }: FullCase): RosterTable {
  const table = tableOf(pinned.definition, row.situation, pinned.formFor(row.situation));
  if (!table) throw notFound('roster.none');
  return table;
}

/** What became of the table. */
export interface Filled {
  rows: number;
  version: number;
}

/**
 * Put the rows of a spreadsheet in the place of those that were there; all of them or none.
 * @throws notAllowed, conflict (not editable, stale version), notFound `roster.none`, 413, 415, and invalid
 *   `roster.faults` with every fault by line and column
 */
export async function importRoster(
  deps: RosterDeps,
  cases: RosterCases,
  who: SignedIn,
  id: string,
  { bytes, version }: { bytes: Buffer; version?: number },
): Promise<Filled> {
  const full = await cases.getEditable(who, id);
  const table = requireTable(full);
  const { rows, faults } = readRows(table, await readGrid(bytes), localDate(deps.clock.now()));
  if (faults.length > 0) throw invalid(faults, 'roster.faults');
  return keep(cases, who, full, table, { rows, ...(version !== undefined && { version }) });
}

async function keep(
  cases: RosterCases,
  who: SignedIn,
  { row }: FullCase,
  table: RosterTable,
  { rows, version }: { rows: Row[]; version?: number },
): Promise<Filled> {
  const form = withRows(table, row.form, rows);
  const saved = await cases.save(who, row.id, { version: version ?? row.version, form });
  return { rows: rows.length, version: saved.version };
}

/** Last year's rows taken over. */
export interface TakenOver extends Filled {
  /** Number of the case they come from. */
  from: string;
  /** Rows that were struck out there and stay behind. */
  left: number;
}

/**
 * Begin with what is known: the rows of the newest granted batch of the item, village and situation, without
 * what the house computes. Rows struck out there stay behind; what was paid is written where the form asks for it.
 * @throws notFound `roster.no_last_year`, and as `importRoster`
 */
export async function takeOverLastYear(
  deps: RosterDeps,
  cases: RosterCases,
  who: SignedIn,
  id: string,
  version?: number,
): Promise<TakenOver> {
  const full = await cases.getEditable(who, id);
  const table = requireTable(full);
  const { row } = full;
  const lastId = await findLastGranted(deps.db.read, {
    caseId: id,
    item: row.itemCode,
    villageId: row.villageId,
    situation: row.situation,
  });
  if (lastId === undefined) throw notFound('roster.no_last_year');
  const last = await cases.getAny(lastId);
  const { rows, left } = lastRows(table, last, cases);
  const kept = await keep(cases, who, full, table, { rows, ...(version !== undefined && { version }) });
  return { ...kept, from: last.row.number ?? '', left };
}

/** Rows of an earlier batch as this form knows them. */
function lastRows(table: RosterTable, last: FullCase, cases: RosterCases): { rows: Row[]; left: number } {
  const acts = cases.acts(last);
  const old = requireTable(last);
  const all = rowsOf(old, handedIn(acts) ?? {});
  const struck = struckRows(acts);
  const paid = paidByRow(last, old, acts);
  const columns = filledColumns(table).map(([column]) => column);
  const rows = all.flatMap((row, i): Row[] => {
    if (struck.has(i + 1)) return [];
    const copied = Object.fromEntries(columns.flatMap((c) => (row[c] === undefined ? [] : [[c, row[c]]])));
    const { last: column } = table.spec;
    if (column === undefined) return [copied];
    const { [column]: _, ...rest } = copied;
    const amount = paid.get(i + 1);
    return [amount === undefined ? rest : { ...rest, [column]: amount / 100 }];
  });
  return { rows, left: all.length - rows.length };
}

/** What each row was paid in all, in fen: only steps in which the money went out. */
function paidByRow({ pinned, row }: FullCase, table: RosterTable, acts: readonly Act[]): Map<number, number> {
  const paid = new Map<number, number>();
  for (const { id } of paySteps(pinned.definition, row.situation)) {
    if (!acts.some((a) => a.type === 'PAY' && a.step === id)) continue;
    for (const r of payList(table, acts, id).rows) paid.set(r.row, (paid.get(r.row) ?? 0) + r.amount);
  }
  return paid;
}

/** The headings of the table, for a spreadsheet. */
export const templateCsv = (table: RosterTable): string =>
  csvText([filledColumns(table).map(([column]) => titleOf(table, column))]);

/**
 * The table as filled, to be worked on in a spreadsheet and read back in: with every number, so it is written down
 * who took it.
 */
export async function rosterCsv(deps: RosterDeps, who: SignedIn, full: FullCase): Promise<string> {
  const table = requireTable(full);
  const columns = filledColumns(table).map(([column]) => column);
  const rows = rowsOf(table, full.row.form);
  await auditAlone(deps, who, 'roster.download', full.row.id, {
    rows: rows.length,
    version: full.row.version,
  });
  return csvText([
    columns.map((column) => titleOf(table, column)),
    ...rows.map((row) => columns.map((c) => asText(textAt(row, c)))),
  ]);
}
