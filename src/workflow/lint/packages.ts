/** What is wrong with a package: its items, their order, and what is copied between their forms. Pure. */
import { conditionPointer, type FormSchema, fieldAt, segmentsOf } from '../form-schema.ts';
import { type PackageCopy, type PackageDefinition, sourceOf, targetOf } from '../package.ts';
import { mapFields } from '../package-form/prune.ts';
import { sharedBlocks } from '../package-form/share.ts';
import type { Definition } from '../types.ts';
import { shapeFaults } from './shape.ts';
import type { LintFault } from './types.ts';

/** A sound item, as a package looks at it. */
interface PackagedItem {
  definition: Definition;
  formFor(situation: string): FormSchema;
}

export interface PackageContext {
  /** `workflows/packages/package.schema.json`. */
  schema: object;
  /** Codes of all items, sound or not. */
  codes: readonly string[];
  /** Sound items by code; what an unsound one would tell is told there. */
  items: ReadonlyMap<string, PackagedItem>;
}

/** Hold a package against its schema and against the items it names. */
export function lintPackage(raw: unknown, context: PackageContext): LintFault[] {
  const shape = shapeFaults(context.schema, raw);
  if (shape.length > 0) return shape;
  const definition = raw as PackageDefinition;
  const faults = [...itemFaults(definition, context), ...orderFaults(definition)];
  return faults.length > 0 ? faults : copyFaults(definition, context);
}

function itemFaults({ items }: PackageDefinition, { codes, items: sound }: PackageContext): LintFault[] {
  return items.flatMap(({ code, situation, others = [] }, i): LintFault[] => {
    const at = `/items/${i}`;
    if (items.findIndex((other) => other.code === code) < i)
      return [{ pointer: `${at}/code`, reason: `${code} stands here twice` }];
    if (!codes.includes(code)) return [{ pointer: `${at}/code`, reason: `no item "${code}"` }];
    const known = sound.get(code)?.definition.situations.map((s) => s.id);
    const named: [string, string][] = [
      [`${at}/situation`, situation],
      ...others.map((other, n): [string, string] => [`${at}/others/${n}`, other]),
    ];
    return named.flatMap(([pointer, id]) =>
      known && !known.includes(id) ? [{ pointer, reason: `${code} has no situation "${id}"` }] : [],
    );
  });
}

/** `after` names items that are always there, and never leads round in a circle. */
function orderFaults({ items }: PackageDefinition): LintFault[] {
  return items.flatMap(({ code, after = [] }, i) =>
    after.flatMap((before, n): LintFault[] => {
      const pointer = `/items/${i}/after/${n}`;
      const item = items.find((other) => other.code === before);
      if (!item) return [{ pointer, reason: `"${before}" is no item of the package` }];
      if (item.optional)
        return [{ pointer, reason: `${before} may be left out, so nothing can wait for it` }];
      return comesBefore(items, code, before)
        ? [{ pointer, reason: `${before} itself waits for ${code}` }]
        : [];
    }),
  );
}

/** Does `late` wait for `early`, or is it the same? */
function comesBefore(
  items: PackageDefinition['items'],
  early: string,
  late: string,
  seen: readonly string[] = [],
): boolean {
  if (early === late) return true;
  if (seen.includes(late)) return false;
  const after = items.find((i) => i.code === late)?.after ?? [];
  return after.some((before) => comesBefore(items, early, before, [...seen, late]));
}

/** A copy with everything it is held against. */
interface Scene {
  definition: PackageDefinition;
  copy: PackageCopy;
  /** Every form an item of the package may be filled in, by code. */
  forms: ReadonlyMap<string, FormSchema[]>;
  context: PackageContext;
}

function copyFaults(definition: PackageDefinition, context: PackageContext): LintFault[] {
  if (definition.items.some(({ code }) => !context.items.has(code))) return [];
  const forms = new Map(
    definition.items.map(({ code, situation, others = [] }) => [
      code,
      [situation, ...others].map((s) => (context.items.get(code) as PackagedItem).formFor(s)),
    ]),
  );
  const copies = definition.copies ?? [];
  return copies.flatMap((copy, i) => {
    if ((copy.from === undefined) === (copy.value === undefined))
      return [{ pointer: `/copies/${i}`, reason: 'needs exactly one of from and value' }];
    const scene = { definition, copy, forms, context };
    const found = [...targetFaults(scene), ...sourceFaults(scene)];
    if (copies.findIndex((other) => other.to === copy.to) < i)
      found.push({ pointer: '/to', reason: `${copy.to} is filled twice` });
    return found.map(({ pointer, reason }) => ({ pointer: `/copies/${i}${pointer}`, reason }));
  });
}

/** The one type of a place in all forms of an item, or why there is none. */
function typeOf(forms: readonly FormSchema[], pointer: string): { type?: string; reason?: string } {
  const types = forms.map((form) => fieldAt(form, segmentsOf(pointer))?.type);
  if (types.includes(undefined)) return { reason: `no field ${pointer} in the form` };
  const [first] = types;
  if (types.some((t) => t !== first)) return { reason: `${pointer} has several types` };
  return { ...(first !== undefined && { type: first }) };
}

function targetFaults({ definition, copy, forms }: Scene): LintFault[] {
  const { code, pointer } = targetOf(copy);
  const own = forms.get(code);
  const tell = (reason: string): LintFault[] => [{ pointer: '/to', reason }];
  if (!own) return tell(`"${code}" is no item of the package`);
  const { reason } = typeOf(own, pointer);
  if (reason) return tell(reason);
  const first = new Map([...forms].map(([name, [form]]) => [name, form as FormSchema]));
  if (
    sharedBlocks(first)
      .get(segmentsOf(pointer)[0] ?? '')
      ?.has(code)
  )
    return tell(`${pointer} is asked once for all already`);
  const waits = definition.items.find((i) => i.code === code)?.after !== undefined;
  return !waits && own.some((form) => steers(form, pointer))
    ? tell(`${pointer} decides what else is asked, and the item does not wait`)
    : [];
}

/** Does a field decide whether others are asked for? */
function steers(form: FormSchema, pointer: string): boolean {
  const owner = pointer.replace(/\/[^/]*$/, '');
  const name = segmentsOf(pointer).at(-1) ?? '';
  const holder = fieldAt(form, segmentsOf(owner));
  const turns = (node: FormSchema | undefined): boolean =>
    Object.hasOwn(node?.if?.properties ?? {}, name) || (node?.allOf ?? []).some(turns);
  let isWatched = turns(holder);
  mapFields(form, (field, at) => {
    const conditions = [field['x-show'], field['x-format-unless']];
    if (conditions.some((c) => c && conditionPointer(c, at) === pointer)) isWatched = true;
    return field;
  });
  return isWatched;
}

function sourceFaults(scene: Scene): LintFault[] {
  const { definition, copy, forms } = scene;
  const target = targetOf(copy);
  const wanted = typeOf(forms.get(target.code) ?? [], target.pointer).type;
  const source = sourceOf(copy);
  if (source.kind === 'value') {
    const isFit = wanted === undefined || jsonType(source.value, wanted) === wanted;
    return isFit ? [] : [{ pointer: '/value', reason: `must be ${wanted}` }];
  }
  const tell = (reason: string): LintFault[] => [{ pointer: '/from', reason }];
  const { items, copies = [] } = definition;
  if (!forms.has(source.code)) return tell(`"${source.code}" is no item of the package`);
  if (comesBefore(items, target.code, source.code))
    return tell(`${source.code} does not come before ${target.code}`);
  if (copies.some((other) => other.to === copy.from)) return tell('is itself a copy; name its source');
  const found = givenBy(scene);
  if (found.reason) return tell(found.reason);
  return wanted !== undefined && found.type !== wanted
    ? tell(`is ${found.type}, ${copy.to} is ${wanted}`)
    : [];
}

/** What a source gives, and when: certificates and records are there only for an item that waits. */
function givenBy({ definition: { items }, copy, forms, context }: Scene): { type?: string; reason?: string } {
  const source = sourceOf(copy);
  if (source.kind === 'value') return {};
  if (source.kind === 'field') return typeOf(forms.get(source.code) ?? [], source.pointer);
  const to = items.findIndex((i) => i.code === targetOf(copy).code);
  const waits = items[to]?.after !== undefined;
  if (source.kind === 'number') {
    const isThere = waits || items.findIndex((i) => i.code === source.code) < to;
    return isThere ? { type: 'string' } : { reason: `${source.code} has no number yet; put it first` };
  }
  if (!waits) return { reason: 'is known only to an item that waits (after)' };
  const { certificates = [], steps } = (context.items.get(source.code) as PackagedItem).definition;
  if (source.kind === 'certificate')
    return certificates.some((c) => c.id === source.id)
      ? { type: 'string' }
      : { reason: `${source.code} has no certificate "${source.id}"` };
  const type = steps.find((s) => s.id === source.step)?.asks?.[source.field]?.type;
  return type === undefined ? { reason: `no step "${source.step}" asks for "${source.field}"` } : { type };
}

const jsonType = (value: unknown, wanted: string): string =>
  typeof value === 'number' && wanted === 'integer' && Number.isInteger(value) ? 'integer' : typeof value;
