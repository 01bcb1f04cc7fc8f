/** What was filled in: taken apart into the children's forms, and put together again. Pure. */
import { deeper, type FormSchema, isRecord, segmentsOf } from '../form-schema.ts';
import type { Source } from '../package.ts';
import type { Blocks, Child } from './child.ts';
import { isSigned } from './share.ts';

export type Data = Record<string, unknown>;

/** A child's form out of the package's. */
export function formOf(
  { code, shared, copies }: Child,
  value: Data,
  taken: (source: Source) => unknown,
): Data {
  const form: Data = structuredClone(isRecord(value[code]) ? value[code] : {});
  for (const name of shared) {
    if (value[name] === undefined) delete form[name];
    else form[name] = structuredClone(value[name]);
  }
  for (const { to, source } of copies) {
    const found = taken(source);
    if (found !== undefined && found !== null) put(form, segmentsOf(to), structuredClone(found));
  }
  return form;
}

/** Fill one place, making the objects on the way. */
function put(form: Data, segments: readonly string[], value: unknown): void {
  const [name = '', ...below] = segments;
  if (below.length === 0) form[name] = value;
  else {
    if (!isRecord(form[name])) form[name] = {};
    put(form[name] as Data, below, value);
  }
}

/** The package's form out of its children's; of what is shared the first child's counts. */
export function mergedForm(
  children: readonly Child[],
  blocks: Blocks,
  forms: Readonly<Record<string, Data>>,
): Data {
  const value: Data = {};
  for (const [name, who] of blocks) {
    const holder = children.find((c) => who.has(c.code) && forms[c.code]?.[name] !== undefined);
    if (holder) value[name] = structuredClone(forms[holder.code]?.[name]);
  }
  for (const { code, shared, copies, own } of children) {
    const left = Object.entries(forms[code] ?? {}).filter(([name]) => !shared.has(name));
    const part: Data = structuredClone(Object.fromEntries(left));
    for (const { to } of copies) takeOut(part, own, segmentsOf(to));
    const isAsked = Object.keys(own.properties ?? {}).length > 0;
    if (forms[code] && (isAsked || Object.keys(part).length > 0)) value[code] = part;
  }
  return value;
}

/** Take a copied place out again, and the blocks that are no longer asked for. */
function takeOut(form: Data, schema: FormSchema | undefined, segments: readonly string[]): void {
  const [name = '', ...below] = segments;
  if (below.length === 0) {
    delete form[name];
    return;
  }
  const inner = form[name];
  if (!isRecord(inner)) return;
  const child = schema?.properties?.[name];
  takeOut(inner, child, below);
  if (!child && Object.keys(inner).length === 0) delete form[name];
}

/** Pointers of values that the form has no field for. */
export function unknownIn(schema: FormSchema, value: unknown, pointer = ''): string[] {
  const { properties, items } = schema;
  if (items && Array.isArray(value))
    return value.flatMap((row, i) => unknownIn(items, row, deeper(pointer, i)));
  if (!properties || !isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => {
    const at = deeper(pointer, name);
    const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return field ? unknownIn(field, below, at) : [at];
  });
}

/** A form without what somebody must say anew for each application: signatures and pledges. */
export function withoutPledges(schema: FormSchema, form: Data): Data {
  const entries = Object.entries(form).flatMap(([name, value]): [string, unknown][] => {
    const field = schema.properties?.[name];
    if (!field || field.const === true || isSigned(field)) return [];
    return [[name, isRecord(value) ? withoutPledges(field, value) : value]];
  });
  return Object.fromEntries(entries);
}
