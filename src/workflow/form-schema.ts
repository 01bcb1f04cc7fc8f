/** A form: JSON Schema (draft 2020-12) with `x-` hints, its references resolved. Pure. */

export interface ShowCondition {
  /** Pointer from the form's root, or `./x` for a sibling in the same object or row. */
  field: string;
  in?: unknown[];
  equals?: unknown;
}

export interface Section {
  title: string;
  fields: string[];
  help?: string;
  /** Closed until it is opened: what can wait. */
  folded?: boolean;
}

/** The part of JSON Schema that forms use, and the hints. */
export interface FormSchema {
  $schema?: string;
  $id?: string;
  $ref?: string;
  $defs?: Record<string, FormSchema>;
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, FormSchema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: FormSchema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  readOnly?: boolean;
  if?: FormSchema;
  then?: FormSchema;
  else?: FormSchema;
  allOf?: FormSchema[];
  examples?: unknown[];
  'x-sections'?: Section[];
  'x-width'?: 'short' | 'medium' | 'full';
  'x-widget'?: 'textarea' | 'radio' | 'select' | 'checkboxes' | 'signature';
  'x-unit'?: string;
  'x-placeholder'?: string;
  'x-sensitive'?: boolean;
  /** Where the value can be taken from instead of asking. */
  'x-source'?: string;
  /** FEEL over the rule facts (`form`, `params`, …; in a table also `row`); the value is never taken from outside. */
  'x-compute'?: string;
  /** What the clerk reads when the value is wrong. */
  'x-error'?: string;
  'x-show'?: ShowCondition;
  /** The `format` is not asked for when a sibling says so, e.g. a passport where else an identity number stands. */
  'x-format-unless'?: ShowCondition;
  'x-layout'?: 'table' | 'cards';
  'x-row-title'?: string;
}

/** The `x-` vocabulary, each with the JSON Schema its value must meet. */
export const HINTS: Record<`x-${string}`, object> = {
  'x-sections': {
    type: 'array',
    minItems: 1,
    items: {
      type: 'object',
      properties: {
        title: { type: 'string', minLength: 1 },
        fields: { type: 'array', minItems: 1, items: { type: 'string' } },
        help: { type: 'string', minLength: 1 },
        folded: { type: 'boolean' },
      },
      required: ['title', 'fields'],
      additionalProperties: false,
    },
  },
  'x-width': { enum: ['short', 'medium', 'full'] },
  'x-widget': { enum: ['textarea', 'radio', 'select', 'checkboxes', 'signature'] },
  'x-unit': { type: 'string', minLength: 1 },
  'x-placeholder': { type: 'string', minLength: 1 },
  'x-sensitive': { type: 'boolean' },
  'x-source': { type: 'string', minLength: 1 },
  'x-compute': { type: 'string', minLength: 1 },
  'x-error': { type: 'string', minLength: 1 },
  'x-show': { $ref: '#/$defs/condition' },
  'x-format-unless': { $ref: '#/$defs/condition' },
  'x-layout': { enum: ['table', 'cards'] },
  'x-row-title': { type: 'string', minLength: 1 },
  /** Event forms only: options come from the case (`targets`, `objections`, `parts`). */
  'x-options': { enum: ['targets', 'objections', 'parts'] },
};

/** Definitions the schemas in `HINTS` refer to. */
export const HINT_DEFS = {
  condition: {
    type: 'object',
    properties: {
      field: { type: 'string', pattern: '^\\.?/' },
      in: { type: 'array', minItems: 1 },
      equals: true,
    },
    required: ['field'],
    additionalProperties: false,
    oneOf: [{ required: ['in'] }, { required: ['equals'] }],
  },
};

/** The segments of a JSON pointer, unescaped. */
export const segmentsOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A pointer one step deeper. */
export const deeper = (pointer: string, segment: string | number): string =>
  `${pointer}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** What a pointer leads to in a value; undefined when it leads nowhere. */
export function valueAt(value: unknown, segments: string[]): unknown {
  return segments.reduce<unknown>(
    (at, s) => (isRecord(at) && Object.hasOwn(at, s) ? at[s] : Array.isArray(at) ? at[Number(s)] : undefined),
    value,
  );
}

/** The field a data pointer leads to (row numbers pass through arrays); undefined when the form has no such place. */
export function fieldAt(form: FormSchema, segments: string[]): FormSchema | undefined {
  return segments.reduce<FormSchema | undefined>((at, s) => {
    if (at?.items && /^\d+$/.test(s)) return at.items;
    return at?.properties && Object.hasOwn(at.properties, s) ? at.properties[s] : undefined;
  }, form);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Absolute data pointer of a condition; `owner`: pointer of the object or row that holds the conditional field. */
export const conditionPointer = (condition: ShowCondition, owner: string): string =>
  condition.field.startsWith('./') ? owner + condition.field.slice(1) : condition.field;

/** Is the condition met in `root`? An absent value meets nothing; of several ticks one is enough. */
export function isMet(condition: ShowCondition, root: unknown, owner: string): boolean {
  const actual = valueAt(root, segmentsOf(conditionPointer(condition, owner)));
  const wanted = condition.in ?? [condition.equals];
  return Array.isArray(actual) ? actual.some((v) => wanted.includes(v)) : wanted.includes(actual);
}
