/** From the lines of a spreadsheet to rows of the form's table: all of them, or every fault. Pure. */
import type { Fault } from '../../../errors.ts';
import type { GridLine } from '../../../kernel/csv.ts';
import { addDays } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { readLeaf } from '../../../platform/web/index.ts';
import { type FormSchema, segmentsOf } from '../../../workflow/form-schema.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { filledColumns, isComputed, type RosterTable, type Row, titleOf } from './table.ts';

/** Rows fit to be kept; with faults there are none. */
export interface Read {
  rows: Row[];
  faults: Fault[];
}

/** A column of the sheet and the field it fills; null: worked out by the house, what stands there is not read. */
type Heading = { column: string; field: FormSchema } | null;

const fault = (pointer: string, message: string, code: string): Fault => ({ pointer, message, code });

/** Spaces, marks of required fields and the width of brackets make no difference. */
const plain = (s: unknown): string =>
  String(s ?? '')
    .normalize('NFKC')
    .replace(/[\s*]/g, '');

/**
 * Read the lines of a sheet: the first holds the headings, in any order.
 * @param today Shanghai date, against births in the future
 */
export function readRows(table: RosterTable, lines: readonly GridLine[], today: LocalDate): Read {
  const [head, ...body] = lines;
  if (!head) return none([fault('/file', '表格是空的，第一行应是栏名', 'empty')]);
  const { headings, faults } = readHeadings(table, head);
  if (faults.length > 0) return none(faults);
  if (body.length === 0) return none([fault('/file', '表格里只有栏名，没有内容', 'empty')]);
  const most = table.schema.maxItems;
  if (most !== undefined && body.length > most)
    return none([fault('/file', `最多 ${most} 行，这份表格有 ${body.length} 行`, 'maxItems')]);
  const read = body.map(({ line, cells }) => readLine(headings, line, cells));
  const rows = read.map((r) => r.row);
  const wrong = [...read.flatMap((r) => r.faults), ...rowFaults(table, rows, body, today)];
  const all = onePerCell(wrong, headings);
  return all.length > 0 ? none(all) : { rows, faults: [] };
}

const none = (faults: Fault[]): Read => ({ rows: [], faults });

function readHeadings(
  table: RosterTable,
  { line, cells }: GridLine,
): { headings: Heading[]; faults: Fault[] } {
  const fields = Object.entries(table.items.properties ?? {});
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const used = cells.map(plain);
  const last = used.findLastIndex((t) => t !== '');
  const headings = used.slice(0, last + 1).map((title, i): Heading => {
    const found = fields.find(([column, field]) => plain(field.title ?? column) === title);
    const place = `/lines/${line}/${i + 1}`;
    if (title === '') faults.push(fault(place, `第 ${i + 1} 列没有栏名`, 'heading'));
    else if (!found) faults.push(fault(place, `表里没有「${String(cells[i]).trim()}」这一栏`, 'heading'));
    else if (seen.has(found[0]))
      faults.push(fault(place, `「${found[1].title}」这一栏出现了两次`, 'heading'));
    if (!found) return null;
    seen.add(found[0]);
    return isComputed(found[1]) ? null : { column: found[0], field: found[1] };
  });
  for (const [column] of filledColumns(table))
    if (table.items.required?.includes(column) && !seen.has(column))
      faults.push(fault('/file', `缺少「${titleOf(table, column)}」这一栏`, 'heading'));
  return { headings, faults };
}

function readLine(headings: Heading[], line: number, cells: unknown[]): { row: Row; faults: Fault[] } {
  const row: Row = {};
  const faults: Fault[] = [];
  cells.forEach((cell, i) => {
    const heading = headings[i];
    if (i >= headings.length && String(cell ?? '').trim() !== '')
      faults.push(fault(`/lines/${line}/${i + 1}`, `第 ${line} 行第 ${i + 1} 列没有栏名`, 'heading'));
    if (!heading) return;
    const { column, field } = heading;
    if (isBroken(field, cell))
      faults.push(
        fault(
          `/lines/${line}/${column}`,
          `第 ${line} 行「${field.title}」：被表格软件存成了数字，末几位已经丢失，请把这一栏设为文本再填`,
          'lost',
        ),
      );
    else {
      const value = readCell(field, cell);
      if (value !== undefined) row[column] = value;
    }
  });
  return { row, faults };
}

/** A long number that a spreadsheet kept as a figure: beyond fifteen digits it is lost. */
const isBroken = (field: FormSchema, cell: unknown): boolean =>
  field.type === 'string' &&
  (typeof cell === 'number' ? Math.abs(cell) >= 1e15 : /^\d(\.\d+)?E\+\d+$/i.test(String(cell ?? '').trim()));

/** One cell by its field: numbers, days (also as a spreadsheet counts them) and words of a choice. */
function readCell(field: FormSchema, cell: unknown): unknown {
  if (field.format === 'date' && typeof cell !== 'string') return dayOf(cell);
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : cellText(cell);
  if (field.format === 'date' && /^\d{5}$/.test(text.trim())) return dayOf(Number(text));
  const choice = field.enum?.find((word) => plain(word) === plain(text));
  return choice ?? readLeaf(field, text);
}

/** A figure as it was typed: a spreadsheet shows fifteen digits. */
const cellText = (cell: unknown): string =>
  typeof cell === 'number'
    ? String(Number(cell.toPrecision(15)))
    : cell === true
      ? '是'
      : cell === false
        ? '否'
        : String(cell ?? '');

/** Day 1 of a spreadsheet is 1900-01-01, and it believes in a 29th of February of that year. */
function dayOf(cell: unknown): unknown {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell !== 'number') return cell === null || cell === undefined ? undefined : String(cell);
  return cell >= 61 && cell < 110_000 ? addDays('1899-12-30', Math.floor(cell)) : String(cell);
}

/** What the schema of a row says, at the line of the file. */
function rowFaults(table: RosterTable, rows: Row[], body: readonly GridLine[], today: LocalDate): Fault[] {
  const schema = listOf(table.items);
  return checkAgainst(schema, rows, { today }).map(({ pointer, message, code }) => {
    const [index = '0', column = ''] = segmentsOf(pointer);
    const line = body[Number(index)]?.line ?? 0;
    const field = table.items.properties?.[column];
    const where = field ? `第 ${line} 行「${field.title ?? column}」` : `第 ${line} 行`;
    const says = message.replace(`「${field?.title}」`, '');
    return fault(`/lines/${line}/${column}`, `${where}：${says}`, code ?? 'row');
  });
}

const lists = new WeakMap<FormSchema, object>();
function listOf(items: FormSchema): object {
  const known = lists.get(items) ?? { type: 'array', items };
  lists.set(items, known);
  return known;
}

/** A cell that could not be read is not told again as missing; line by line, in the order of the columns. */
function onePerCell(faults: Fault[], headings: Heading[]): Fault[] {
  const first = new Map<string, Fault>();
  for (const f of faults) if (!first.has(f.pointer)) first.set(f.pointer, f);
  const columns = headings.map((h) => h?.column);
  const placed = [...first.values()].map((fault) => {
    const [, line, column = ''] = segmentsOf(fault.pointer);
    const at = columns.indexOf(column);
    return { fault, line: Number(line), at: at === -1 ? columns.length : at };
  });
  return placed.sort((a, b) => a.line - b.line || a.at - b.at).map((p) => p.fault);
}
