/** What the roster of a batch adds to the pages of its case. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { type ParsedForm, parseForm, placeLabel, type TableSlot } from '../../../platform/web/index.ts';
import {
  isLong,
  LongTableEdit,
  LongTableView,
  pageOf,
  RosterControls,
  type RosterTable,
  rowsOf,
  tableOf,
  withRows,
} from '../../rosters/index.ts';
import type { Sent } from '../../sent.ts';
import type { FullCase } from '../queries.ts';
import type { Typed } from './edit-page.tsx';

/** The table of a batch; null for any other case. */
export const tableFor = ({ pinned, row }: FullCase): RosterTable | null =>
  tableOf(pinned.definition, row.situation, pinned.formFor(row.situation));

/** The form as typed. The rows of a long roster do not stand in the page: they are as they are stored. */
export function typedForm(full: FullCase, sent: Pick<Sent, 'body' | 'one'>): ParsedForm {
  const parsed = parseForm(full.pinned.formFor(full.row.situation), sent.body);
  const table = tableFor(full);
  if (!table || sent.one('_kept') !== table.spec.field) return parsed;
  return { ...parsed, value: withRows(table, parsed.value, rowsOf(table, full.row.form)) };
}

interface Parts {
  slots: Record<string, TableSlot>;
  /** Faults of rows that are not in the page stand at the table. */
  faults: readonly Fault[];
}

/**
 * The controls beside the table of a batch, and a long table in pages instead of its fields.
 * @param form computed fields filled
 */
export function rosterParts(full: FullCase, form: Record<string, unknown>, typed: Typed): Parts {
  const table = tableFor(full);
  const faults = typed.faults ?? [];
  if (!table) return { slots: {}, faults };
  const rows = rowsOf(table, form);
  const caseId = full.row.id;
  const error = typed.sheetFaults?.length ? { error: '表格没有导入，需要修改的地方见上面。' } : {};
  const above = <RosterControls caseId={caseId} count={rows.length} {...error} />;
  if (!isLong(rows)) return { slots: { [table.spec.field]: { above } }, faults };
  const marks = marksOf(full, table, [...faults, ...full.view.faults]);
  const [first] = [...marks.keys()];
  const page = typed.rows ?? (first === undefined ? 1 : pageOf(first));
  const instead = <LongTableEdit caseId={caseId} table={table} rows={rows} page={page} marks={marks} />;
  return {
    slots: { [table.spec.field]: { above, instead } },
    faults: faults.map((f) => atTable(full, table, f)),
  };
}

const rowOf = (table: RosterTable, pointer: string): number | null => {
  const prefix = `/form${table.spec.field}/`;
  const number = pointer.startsWith(prefix) ? Number.parseInt(pointer.slice(prefix.length), 10) : Number.NaN;
  return Number.isNaN(number) ? null : number + 1;
};

const columnLabel = (full: FullCase, pointer: string): string =>
  placeLabel(full.pinned.formFor(full.row.situation), pointer.replace(/^\/form/, ''))
    .split(' › ')
    .at(-1) ?? '';

/** Rows by their number, with what stands against them. */
function marksOf(full: FullCase, table: RosterTable, faults: readonly Fault[]): Map<number, string> {
  const marks = new Map<number, string>();
  for (const f of [...faults].sort(
    (a, b) => (rowOf(table, a.pointer) ?? 0) - (rowOf(table, b.pointer) ?? 0),
  )) {
    const row = rowOf(table, f.pointer);
    if (row === null) continue;
    const message = `${columnLabel(full, f.pointer)}：${f.message}`;
    marks.set(row, [marks.get(row), message].filter(Boolean).join('；'));
  }
  return marks;
}

function atTable(full: FullCase, table: RosterTable, fault: Fault): Fault {
  const row = rowOf(table, fault.pointer);
  if (row === null) return fault;
  const message = `第 ${row} 行「${columnLabel(full, fault.pointer)}」：${fault.message}`;
  return { ...fault, pointer: `/form${table.spec.field}`, message };
}

/** A long roster on a page that is only read. */
export function viewSlots(
  full: FullCase,
  page: number,
  options: { idPrefix?: string } = {},
): Record<string, TableSlot> {
  const table = tableFor(full);
  if (!table) return {};
  const rows = rowsOf(table, full.row.form);
  if (!isLong(rows)) return {};
  const instead: JSX.Element = (
    <LongTableView
      caseId={full.row.id}
      table={table}
      rows={rows}
      page={page}
      marks={marksOf(full, table, full.view.faults)}
      {...options}
    />
  );
  return { [table.spec.field]: { instead } };
}

/** The page of a roster that an address asks for; 1 when it names none. */
export const pageAsked = (text: unknown): number | undefined =>
  typeof text === 'string' && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
