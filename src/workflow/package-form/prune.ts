/** A child's form as it stands in the form of a package: without what is copied, its conditions at their new place. Pure. */
import { conditionPointer, deeper, type FormSchema, type ShowCondition, segmentsOf } from '../form-schema.ts';

const BRANCHES = ['if', 'then', 'else'] as const;

/** Names a branch looks at. */
const looksAt = (branch: FormSchema, name: string): boolean =>
  Object.hasOwn(branch.if?.properties ?? {}, name) || (branch.allOf ?? []).some((b) => looksAt(b, name));

/** An object without one of its properties; a branch that turns on it goes too. */
function dropProperty(node: FormSchema, name: string): FormSchema {
  const { properties, required, allOf, if: when, then, else: otherwise, ...rest } = node;
  const { [name]: _, ...kept } = properties ?? {};
  const turns = when !== undefined && Object.hasOwn(when.properties ?? {}, name);
  const dropIn = (branch: FormSchema | undefined, key: (typeof BRANCHES)[number]) =>
    branch === undefined || turns ? {} : { [key]: dropProperty(branch, name) };
  return {
    ...rest,
    ...(properties && { properties: kept }),
    ...(required && { required: required.filter((n) => n !== name) }),
    ...(allOf && { allOf: allOf.filter((b) => !looksAt(b, name)).map((b) => dropProperty(b, name)) }),
    ...dropIn(when, 'if'),
    ...dropIn(then, 'then'),
    ...dropIn(otherwise, 'else'),
  };
}

function dropAt(node: FormSchema, segments: readonly string[]): FormSchema {
  const [name = '', ...below] = segments;
  const child = node.properties?.[name];
  if (!child) return node;
  if (below.length === 0) return dropProperty(node, name);
  const left = dropAt(child, below);
  if (Object.keys(left.properties ?? {}).length === 0) return dropProperty(node, name);
  return { ...node, properties: { ...node.properties, [name]: left } };
}

/** Every node below a form changed by `change`, which is told the pointer of the node's owner. */
export function mapFields(
  node: FormSchema,
  change: (field: FormSchema, owner: string) => FormSchema,
  pointer = '',
): FormSchema {
  const { properties, items } = node;
  const below = (child: FormSchema, at: string, owner: string) => mapFields(change(child, owner), change, at);
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, child]) => [key, below(child, deeper(pointer, key), pointer)]),
      ),
    }),
    ...(items && { items: mapFields(items, change, deeper(pointer, '*')) }),
  };
}

/** Sections of a form that still has these fields. */
export const sectionsWith = (form: FormSchema, names: ReadonlySet<string>) =>
  (form['x-sections'] ?? [])
    .map((s) => ({ ...s, fields: s.fields.filter((name) => names.has(name)) }))
    .filter((s) => s.fields.length > 0);

/** A form without the fields at some pointers; what hung on one of them is always shown. */
export function withoutFields(form: FormSchema, pointers: readonly string[]): FormSchema {
  const left = pointers.reduce((node, pointer) => dropAt(node, segmentsOf(pointer)), form);
  return mapFields(left, (field, owner) => {
    const show = field['x-show'];
    if (!show || !pointers.includes(conditionPointer(show, owner))) return field;
    const { 'x-show': _, ...shown } = field;
    return shown;
  });
}

/** Nothing is asked for yet: a form that may be filled in part. */
export const relaxed = (form: FormSchema): FormSchema => {
  const strip = (node: FormSchema): FormSchema => {
    const { required: _, minItems: __, allOf: ___, if: ____, then: _____, else: ______, ...rest } = node;
    return { ...rest, ...(rest.items && { items: strip(rest.items) }) };
  };
  return mapFields(strip(form), strip);
};

/** Fields with their conditions pointing to where things stand now; sums are worked out elsewhere. */
export const moved = (form: FormSchema, place: (pointer: string) => string): FormSchema =>
  mapFields(form, (field) => {
    const { 'x-compute': compute, ...rest } = field;
    return {
      ...rest,
      ...(compute !== undefined && { readOnly: true }),
      ...movedHint('x-show', field, place),
      ...movedHint('x-format-unless', field, place),
    };
  });

function movedHint(
  hint: 'x-show' | 'x-format-unless',
  field: FormSchema,
  place: (pointer: string) => string,
): Record<string, ShowCondition> {
  const condition = field[hint];
  if (!condition?.field.startsWith('/')) return {};
  return { [hint]: { ...condition, field: place(condition.field) } };
}

/** A condition on a whole form as one on the form of the package: what is not shared lies below the item's code. */
export function movedBranch(
  branch: FormSchema,
  code: string,
  isShared: (name: string) => boolean,
): FormSchema {
  const { properties = {}, required = [], allOf, ...rest } = branch;
  const own = Object.entries(properties).filter(([name]) => !isShared(name));
  const ownRequired = required.filter((name) => !isShared(name));
  const below: FormSchema = {
    type: 'object',
    ...(own.length > 0 && { properties: Object.fromEntries(own) }),
    ...(ownRequired.length > 0 && { required: ownRequired }),
  };
  const hasOwn = own.length + ownRequired.length > 0;
  const named = Object.fromEntries(
    BRANCHES.flatMap((key) => (rest[key] ? [[key, movedBranch(rest[key], code, isShared)]] : [])),
  );
  const shared = Object.entries(properties).filter(([name]) => isShared(name));
  const wanted = [...required.filter(isShared), ...(hasOwn && ownRequired.length > 0 ? [code] : [])];
  return {
    ...named,
    ...(allOf && { allOf: allOf.map((b) => movedBranch(b, code, isShared)) }),
    ...((shared.length > 0 || hasOwn) && {
      properties: { ...Object.fromEntries(shared), ...(hasOwn && { [code]: below }) },
    }),
    ...(wanted.length > 0 && { required: wanted }),
  };
}
