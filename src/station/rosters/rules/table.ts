/** Where the table of persons of a yearly batch stands in its form, and how a row reads. Pure. */
import { type FormSchema, fieldAt, isRecord, segmentsOf, valueAt } from '../../../workflow/form-schema.ts';
import type { Definition, Roster } from '../../../workflow/types.ts';

export type Row = Record<string, unknown>;
export type Form = Record<string, unknown>;

/** The roster of an item in one situation, with the schema of its table. */
export interface RosterTable {
  spec: Roster;
  /** The table: title, `maxItems`, `items`. */
  schema: FormSchema;
  items: FormSchema;
}

/** The table of a situation; null when that is no batch. */
export function tableOf(
  { roster }: Pick<Definition, 'roster'>,
  situation: string,
  form: FormSchema,
): RosterTable | null {
  if (!roster?.situations.includes(situation)) return null;
  const schema = fieldAt(form, segmentsOf(roster.field));
  if (!schema?.items) throw new Error(`the form has no table ${roster.field}`);
  return { spec: roster, schema, items: schema.items };
}

/** The rows as filled; of a draft perhaps none. */
export function rowsOf({ spec }: RosterTable, form: Form): Row[] {
  const rows = valueAt(form, segmentsOf(spec.field));
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
}

/** A copy of a form with other rows. */
export function withRows({ spec }: RosterTable, form: Form, rows: Row[]): Form {
  const place = (at: unknown, [key, ...rest]: string[]): unknown =>
    key === undefined
      ? rows
      : { ...(isRecord(at) ? at : {}), [key]: place(isRecord(at) ? at[key] : null, rest) };
  return place(form, segmentsOf(spec.field)) as Form;
}

/** Year the batch is for, of the form's own; null while it is not filled in. */
export function yearOf({ year }: Roster, form: Form): number | null {
  const value = valueAt(form, segmentsOf(year));
  return typeof value === 'number' ? value : null;
}

export const isComputed = (field: FormSchema): boolean =>
  field.readOnly === true || field['x-compute'] !== undefined;

/** Columns that people fill in, in the author's order. */
export const filledColumns = ({ items }: RosterTable): [string, FormSchema][] =>
  Object.entries(items.properties ?? {}).filter(([, field]) => !isComputed(field));

export const titleOf = ({ items }: RosterTable, column: string): string =>
  items.properties?.[column]?.title ?? column;

/** A cell as text; what is not there is empty. */
export const textAt = (row: Row, column: string | undefined): string => {
  const value = column === undefined ? undefined : row[column];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** Columns by which a row is known at a glance, each once. */
export function shortColumns({ spec }: RosterTable): string[] {
  const { name, person, unique, amount } = spec;
  const columns = [name, person, ...unique, amount];
  return [...new Set(columns)].filter((c): c is string => c !== undefined);
}
