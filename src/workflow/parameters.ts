import { addDays } from '../kernel/time.ts';
import type { LocalDate } from '../kernel/types.ts';

/** A number (or list) that changes without a new program: a standard, a limit. */
export interface Parameter {
  /** How expressions call it: `params.<name>`. */
  name: string;
  title: string;
  value: number | string | boolean | (number | string)[];
  unit: string;
  /** First and last Shanghai date of validity; `to` null: until further notice. */
  from: LocalDate;
  to: LocalDate | null;
  source: string;
  /** Has an official of the responsible office confirmed it? */
  verified: boolean;
}

export const PARAMETERS_SCHEMA = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' },
      title: { type: 'string', minLength: 1 },
      value: {
        anyOf: [
          { type: ['number', 'string', 'boolean'] },
          { type: 'array', items: { type: ['number', 'string'] } },
        ],
      },
      unit: { type: 'string', minLength: 1 },
      from: { type: 'string', format: 'date' },
      to: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
      source: { type: 'string', minLength: 1 },
      verified: { type: 'boolean' },
    },
    required: ['name', 'title', 'value', 'unit', 'from', 'to', 'source', 'verified'],
    additionalProperties: false,
  },
} as const;

/** Values in force on a Shanghai date, by name; a parameter with none that day is left out. */
export function paramsOn(parameters: readonly Parameter[], on: LocalDate): Record<string, unknown> {
  const inForce = parameters.filter((p) => p.from <= on && (p.to === null || on <= p.to));
  return Object.fromEntries(inForce.map((p) => [p.name, p.value]));
}

/** A value entered in the running house: it holds from its day until a later one begins. */
export type EnteredValue = Pick<Parameter, 'name' | 'value' | 'from' | 'source'>;

/**
 * Values of the files with those entered: each holds until the day before the next one begins, and on the same day
 * what was entered wins. Title and unit stay those of the file.
 */
export function withEntered(filed: readonly Parameter[], entered: readonly EnteredValue[]): Parameter[] {
  const names = new Set(entered.map((e) => e.name));
  return [
    ...filed.filter((p) => !names.has(p.name)),
    ...[...names].flatMap((name) => oneWithEntered(filed, entered, name)),
  ];
}

function oneWithEntered(
  filed: readonly Parameter[],
  entered: readonly EnteredValue[],
  name: string,
): Parameter[] {
  const known = filed.filter((p) => p.name === name);
  const frame = known.at(-1);
  if (!frame) return [];
  const own = entered.filter((e) => e.name === name);
  return [
    ...known.filter((p) => own.every((e) => e.from !== p.from)),
    ...own.map((e): Parameter => ({ ...frame, ...e, to: null, verified: true })),
  ]
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map((p, i, all) => ({ ...p, to: earlier(p.to, all[i + 1]?.from) }));
}

/** The last day of a value before the next one begins. */
function earlier(to: LocalDate | null, next: LocalDate | undefined): LocalDate | null {
  const last = next === undefined ? null : addDays(next, -1);
  if (to === null || last === null) return to ?? last;
  return to < last ? to : last;
}

/** Two values of one parameter that hold on the same day. */
export function overlaps(parameters: readonly Parameter[]): string[] {
  const clash = (a: Parameter, b: Parameter) =>
    a.name === b.name && (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
  return parameters
    .filter((a, i) => parameters.slice(i + 1).some((b) => clash(a, b)))
    .map((a) => `"${a.name}" has two values on the same day`);
}
