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

/** Two values of one parameter that hold on the same day. */
export function overlaps(parameters: readonly Parameter[]): string[] {
  const clash = (a: Parameter, b: Parameter) =>
    a.name === b.name && (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
  return parameters
    .filter((a, i) => parameters.slice(i + 1).some((b) => clash(a, b)))
    .map((a) => `"${a.name}" has two values on the same day`);
}
