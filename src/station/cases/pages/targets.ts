/** Choices an act's form takes from its case: places to be corrected, open objections. Pure. */
import { listPlaces } from '../../../platform/web/index.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import type { FullCase } from '../queries.ts';

export interface Choice {
  value: string;
  /** Unique among the choices: it is what the form shows and sends. */
  label: string;
}
export type Choices = Readonly<Record<'targets' | 'objections', readonly Choice[]>>;

/** The schema without fields that the house computes: nobody can correct those. */
function askedOnly(node: FormSchema): FormSchema {
  const properties = Object.entries(node.properties ?? {})
    .filter(([, child]) => child['x-compute'] === undefined && child.readOnly !== true)
    .map(([name, child]) => [name, askedOnly(child)]);
  return {
    ...node,
    ...(node.properties && { properties: Object.fromEntries(properties) }),
    ...(node.items && { items: askedOnly(node.items) }),
  };
}

/** Every field as filled, and every material the case asks for. */
export function targetsOf({ pinned, row, view }: FullCase): Choice[] {
  const fields = listPlaces(askedOnly(pinned.formFor(row.situation)), row.form).map((p) => ({
    value: `/form${p.pointer}`,
    label: p.label,
  }));
  const materials = view.materials.map((m) => ({ value: `/materials/${m.id}`, label: `材料：${m.title}` }));
  return unique([...materials, ...fields]);
}

/** Equal labels get a number. */
export function unique(choices: readonly Choice[]): Choice[] {
  const seen = new Map<string, number>();
  return choices.map(({ value, label }) => {
    const n = (seen.get(label) ?? 0) + 1;
    seen.set(label, n);
    return { value, label: n === 1 ? label : `${label}（${n}）` };
  });
}

const choicesOf = (node: FormSchema, choices: Choices): readonly Choice[] | undefined => {
  const source = (node as { 'x-options'?: keyof Choices })['x-options'];
  return source && choices[source];
};

/** The schema with its choices filled in, by their labels. */
export function withChoices(node: FormSchema, choices: Choices): FormSchema {
  const own = choicesOf(node, choices);
  const properties = Object.entries(node.properties ?? {}).map(([name, child]) => [
    name,
    withChoices(child, choices),
  ]);
  return {
    ...node,
    ...(own && { enum: own.map((c) => c.label) }),
    ...(node.properties && { properties: Object.fromEntries(properties) }),
    ...(node.items && { items: withChoices(node.items, choices) }),
  };
}

/** The data with each chosen label replaced by what it stands for; a label that is none stays. */
export function chosenValues(node: FormSchema, data: unknown, choices: Choices): unknown {
  const own = choicesOf(node, choices);
  if (own) return own.find((c) => c.label === data)?.value ?? data;
  if (Array.isArray(data)) return data.map((row) => chosenValues(node.items ?? {}, row, choices));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      chosenValues(node.properties?.[name] ?? {}, value, choices),
    ]),
  );
}
