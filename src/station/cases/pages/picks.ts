/** Faults named by ticking what is wrong: from ticks to rows with reasons, and back. Pure. */
import { type FormSchema, fieldAt, isRecord, segmentsOf } from '../../../workflow/form-schema.ts';
import { EXAMPLES, type PlaceKind } from '../../remarks/index.ts';
import type { FullCase } from '../queries.ts';
import type { Choice } from './targets.ts';

type Row = Record<string, unknown>;

export const faultsIn = (value: Row): Row[] =>
  Array.isArray(value.faults) ? value.faults.filter(isRecord) : [];

const isBlank = (row: Row): boolean => ['target', 'reason', 'example'].every((k) => !row[k]);

/** Places that some row is about, by pointer. */
export const pickedIn = (value: Row, targets: readonly Choice[]): string[] =>
  faultsIn(value).flatMap(({ target }) => targets.find((t) => t.label === target)?.value ?? []);

interface Ticks {
  /** Places ticked now, and those that were ticked when the page was made. */
  now: readonly string[];
  before: readonly string[];
}

/** A row for every new tick; a row whose tick was taken away goes, whatever was chosen by hand stays. */
export function withTicks(
  full: FullCase,
  value: Row,
  { now, before }: Ticks,
  targets: readonly Choice[],
): Row {
  const placeOf = (row: Row) => targets.find((t) => t.label === row.target)?.value;
  const kept = faultsIn(value).filter((row) => {
    const place = placeOf(row);
    const untied = place !== undefined && before.includes(place) && !now.includes(place);
    return !untied && !isBlank(row);
  });
  const named = kept.map(placeOf);
  const fresh = targets.filter((t) => now.includes(t.value) && !named.includes(t.value));
  return { ...value, faults: [...kept, ...fresh.map((t) => newRow(full, t))] };
}

function newRow(full: FullCase, { value, label }: Choice): Row {
  const example = exampleOf(full, value);
  return { target: label, ...(example !== undefined && { example }) };
}

const nodeAt = ({ pinned, row }: FullCase, pointer: string): FormSchema | undefined =>
  pointer.startsWith('/form/')
    ? fieldAt(pinned.formFor(row.situation), segmentsOf(pointer.slice('/form'.length)))
    : undefined;

/** How it should look: what the form itself gives as an example, else what fits its kind. */
function exampleOf(full: FullCase, pointer: string): string | undefined {
  return nodeAt(full, pointer)?.['x-placeholder'] ?? EXAMPLES[kindOf(full, pointer)];
}

const FORMATS: Record<string, PlaceKind> = {
  'cn-id': 'id',
  uscc: 'id',
  'bank-card': 'account',
  'cn-phone': 'phone',
  date: 'date',
  month: 'date',
};

/** What kind of place a pointer names, as far as reasons go. */
export function kindOf(full: FullCase, pointer: string): PlaceKind {
  if (pointer.startsWith('/materials/')) return 'material';
  const node = nodeAt(full, pointer);
  if (!node) return 'text';
  if (node.items || node.type === 'array' || node.properties) return 'rows';
  if (node.format !== undefined && FORMATS[node.format]) return FORMATS[node.format] as PlaceKind;
  if (node.enum || node.type === 'boolean') return 'choice';
  return node.type === 'number' || node.type === 'integer' ? 'number' : 'text';
}
