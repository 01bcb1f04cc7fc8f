import type { Fault } from '../../../errors.ts';

/** When a field is asked at all. `field`: pointer from the form's root, or `./x` for a sibling in the same object or row. */
export interface ShowCondition {
  readonly field: string;
  readonly in?: readonly unknown[];
  readonly equals?: unknown;
}

/** A group of properties of one object under one heading. `folded`: closed until it is opened. */
export interface SectionHint {
  readonly title: string;
  readonly fields: readonly string[];
  readonly help?: string;
  readonly folded?: boolean;
}

/** The `x-widget` words an author may use; without one the type and format decide. */
type WidgetHint = 'textarea' | 'radio' | 'select' | 'checkboxes' | 'checkbox' | 'signature';

/**
 * The part of JSON Schema (draft 2020-12, `$ref`s inlined) that the pages read. Everything else in a form
 * (`if`, `allOf`, custom formats) is for the validator and passes through unread, save for `required` lists.
 */
export interface FormSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly items?: FormSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly readOnly?: boolean;
  readonly if?: FormSchema;
  readonly then?: FormSchema;
  readonly else?: FormSchema;
  readonly allOf?: readonly FormSchema[];
  readonly anyOf?: readonly FormSchema[];
  readonly oneOf?: readonly FormSchema[];
  readonly 'x-sections'?: readonly SectionHint[];
  readonly 'x-error'?: unknown;
  readonly 'x-width'?: 'short' | 'medium' | 'full';
  readonly 'x-widget'?: WidgetHint;
  readonly 'x-unit'?: string;
  readonly 'x-placeholder'?: string;
  readonly 'x-sensitive'?: boolean;
  readonly 'x-source'?: string;
  readonly 'x-compute'?: string;
  readonly 'x-layout'?: 'table' | 'cards';
  readonly 'x-row-title'?: string;
  readonly 'x-show'?: ShowCondition;
  readonly 'x-format-unless'?: ShowCondition;
}

/** How one place in the form is drawn and read back. */
export type Widget =
  | 'object'
  | 'rows'
  | 'lines'
  | 'checkboxes'
  | 'radio'
  | 'select'
  | 'checkbox'
  | 'yes-no'
  | 'number'
  | 'textarea'
  | 'signature'
  | 'text';

/** How many rows, ticks or lines are read where the schema names no `maxItems`. */
export const DEFAULT_MAX_ITEMS = 200;

/** The one type of a node; of a list such as `["string","null"]` the first that is not null. */
export function typeOf(node: FormSchema): string {
  const listed = typeof node.type === 'string' ? [node.type] : (node.type ?? []);
  const named = listed.find((t) => t !== 'null');
  if (named !== undefined) return named;
  if (node.properties) return 'object';
  if (node.items) return 'array';
  return typeof node.const === 'boolean' ? 'boolean' : 'string';
}

/** Own properties in the author's order. */
export function propertiesOf(node: FormSchema): [string, FormSchema][] {
  return Object.entries(node.properties ?? {});
}

function widgetOfArray(node: FormSchema): Widget {
  const items = node.items ?? {};
  if (typeOf(items) === 'object') return 'rows';
  return items.enum ? 'checkboxes' : 'lines';
}

function widgetOfString(node: FormSchema, inTable: boolean): Widget {
  const hint = node['x-widget'];
  if (hint === 'signature' || hint === 'textarea') return hint;
  if (node.enum) {
    if (hint === 'radio' || hint === 'select') return hint;
    return node.enum.length <= 4 && !inTable ? 'radio' : 'select';
  }
  return !node.format && (node.maxLength ?? 0) >= 200 ? 'textarea' : 'text';
}

/** The widget of a node: its `x-widget` where that fits the type, else by type, enum, format and length. */
export function widgetOf(node: FormSchema, inTable = false): Widget {
  switch (typeOf(node)) {
    case 'object':
      return 'object';
    case 'array':
      return widgetOfArray(node);
    case 'boolean':
      return node.const === true || node['x-widget'] === 'checkbox' ? 'checkbox' : 'yes-no';
    case 'number':
    case 'integer':
      return node.enum ? 'select' : 'number';
    default:
      return widgetOfString(node, inTable);
  }
}

/** A value that other code computes; drawn as output and never read from the body. */
export function isComputed(node: FormSchema): boolean {
  return node.readOnly === true || node['x-compute'] !== undefined;
}

/** A declaration that must be ticked by hand. */
export function isDeclaration(node: FormSchema): boolean {
  return node.const === true;
}

/** The node a pointer's segments lead to; undefined when the schema has no such place. */
export function schemaAt(schema: FormSchema, segments: readonly string[]): FormSchema | undefined {
  let node: FormSchema | undefined = schema;
  for (const segment of segments) {
    if (node === undefined) return undefined;
    if (typeOf(node) === 'array') node = node.items;
    else node = Object.hasOwn(node.properties ?? {}, segment) ? node.properties?.[segment] : undefined;
  }
  return node;
}

/** Messages by pointer, several for one place joined into one sentence. */
export function messagesByPointer(faults: readonly Fault[]): ReadonlyMap<string, string> {
  const messages = new Map<string, string>();
  for (const { pointer, message } of faults) {
    const before = messages.get(pointer);
    messages.set(pointer, before === undefined || before === message ? message : `${before}；${message}`);
  }
  return messages;
}
