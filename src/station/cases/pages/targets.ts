/** Choices an act's form takes from its case: places to be corrected, open objections, offices to answer for. Pure. */
import { listPlaces } from '../../../platform/web/index.ts';
import { type FormSchema, segmentsOf } from '../../../workflow/form-schema.ts';
import { isLong, rowsOf, tableOf } from '../../rosters/index.ts';
import type { FullCase } from '../queries.ts';
import type { PartView } from '../situation.ts';

export interface Choice {
  value: string;
  /** Unique among the choices: it is what the form shows and sends. */
  label: string;
}
export type Choices = Readonly<Record<'targets' | 'objections' | 'parts', readonly Choice[]>>;

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

/** The schema with a table of which only the rows can be pointed at. */
function withoutColumns(node: FormSchema, [key = '', ...rest]: string[]): FormSchema {
  const child = node.properties?.[key];
  if (!child) return node;
  const plain = rest.length > 0 ? withoutColumns(child, rest) : { ...child, items: {} };
  return { ...node, properties: { ...node.properties, [key]: plain } };
}

/** Every field as filled; of a long roster its rows only, each cell would make a list nobody reads. */
function fieldTargets({ pinned, row }: FullCase): Choice[] {
  const schema = askedOnly(pinned.formFor(row.situation));
  const table = tableOf(pinned.definition, row.situation, pinned.formFor(row.situation));
  const rows = table ? rowsOf(table, row.form) : [];
  const isShort = !table || !isLong(rows);
  const places = listPlaces(
    isShort ? schema : withoutColumns(schema, segmentsOf(table.spec.field)),
    row.form,
  ).map((p) => ({ value: `/form${p.pointer}`, label: p.label }));
  if (isShort) return places;
  const title = table.schema.title ?? '名册';
  return [
    ...places,
    ...rows.map((_, i) => ({ value: `/form${table.spec.field}/${i}`, label: `${title} 第 ${i + 1} 行` })),
  ];
}

/** Every field as filled, and every material the case asks for. */
export function targetsOf(full: FullCase): Choice[] {
  const { view } = full;
  const fields = fieldTargets(full);
  const materials = view.materials.map((m) => ({ value: `/materials/${m.id}`, label: `材料：${m.title}` }));
  return unique([...materials, ...fields]);
}

/** What an office of a joint review is called: who, and what it is asked about. */
export const partLabel = ({ orgName, title }: PartView): string => `${orgName}（${title}）`;

/** What things that acts and events point at are called: fields, materials, offices. */
export const titlesOf = (full: FullCase): Record<string, string> => ({
  ...Object.fromEntries(targetsOf(full).map(({ value, label }) => [value, label])),
  ...Object.fromEntries((full.view.joint?.parts ?? []).map((p) => [`/parts/${p.part}`, partLabel(p)])),
});

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
