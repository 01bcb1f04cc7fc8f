import type { FormSchema } from './schema.ts';
import { isComputed, propertiesOf, typeOf } from './schema.ts';

type Data = Record<string, unknown>;

function isRecord(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing was filled in: absent, an unticked box, or an object or list of nothing but such. */
function isBlank(node: FormSchema, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (isComputed(node)) return true;
  if (value === false) return node['x-widget'] === 'checkbox' || node.const === true;
  if (Array.isArray(value)) return value.every((v) => isBlank(node.items ?? {}, v));
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([name, v]) => {
    const child = Object.hasOwn(node.properties ?? {}, name) ? node.properties?.[name] : undefined;
    return isBlank(child ?? {}, v);
  });
}

function dropIn(node: FormSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = node.items;
    if (!items || typeOf(items) !== 'object') return value;
    return value.filter((row) => !isBlank(items, row)).map((row) => dropIn(items, row));
  }
  if (!isRecord(value)) return value;
  const required = new Set(node.required);
  const known = new Map(propertiesOf(node));
  const entries = Object.entries(value).flatMap(([name, v]): [string, unknown][] => {
    const child = known.get(name);
    if (!child) return [[name, v]];
    const isContainer = typeOf(child) === 'object' || typeOf(child) === 'array';
    if (isContainer && !required.has(name) && isBlank(child, v)) return [];
    return [[name, dropIn(child, v)]];
  });
  return Object.fromEntries(entries);
}

/**
 * `value` as it is validated and stored: without wholly blank rows, and without blank objects and lists that the
 * schema does not require. Row numbers may change, so show the faults with this value, not with the parsed one.
 */
export function dropBlankRows(schema: FormSchema, value: unknown): Data {
  const dropped = dropIn(schema, value);
  return isRecord(dropped) ? dropped : {};
}
