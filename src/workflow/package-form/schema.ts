/** The JSON Schema of a package's form. Pure. */
import { deeper, type FormSchema, type Section, segmentsOf } from '../form-schema.ts';
import type { Blocks, Child } from './child.ts';
import { moved, movedBranch, relaxed, sectionsWith } from './prune.ts';
import { isSigned } from './share.ts';

const namesOf = (form: FormSchema): string[] => Object.keys(form.properties ?? {});

/** The whole form: shared blocks, a block below each code, conditions on whole forms at their new place. */
export function schemaOf(title: string, children: readonly Child[], blocks: Blocks): FormSchema {
  const common = [...blocks.keys()].map((name) => [name, commonBlock(name, children)] as const);
  const parts = children
    .map((child) => [child, ownBlock(child)] as const)
    .filter(([, part]) => namesOf(part).length > 0);
  const isNeeded = (name: string) =>
    children.some((c) => !c.later && c.shared.has(name) && c.form.required?.includes(name));
  const allOf = children.flatMap(rootBranches);
  return {
    title,
    type: 'object',
    properties: Object.fromEntries([...common, ...parts.map(([{ code }, part]) => [code, part] as const)]),
    required: [
      ...common.map(([name]) => name).filter(isNeeded),
      ...parts.filter(([c]) => !c.later).map(([c]) => c.code),
    ],
    additionalProperties: false,
    ...(allOf.length > 0 && { allOf }),
    'x-sections': sectionsOf(common, parts, children),
  };
}

/** A shared block as the first child that asks for it now writes it. */
function commonBlock(name: string, children: readonly Child[]): FormSchema {
  const who = children.filter((c) => c.shared.has(name));
  const first = (who.find((c) => !c.later) ?? who[0]) as Child;
  const field = first.asked.properties?.[name] as FormSchema;
  const { properties = {} } = moved({ properties: { [name]: field } }, (pointer) => pointer);
  return (first.later ? relaxed : same)(properties[name] as FormSchema);
}

const same = (field: FormSchema): FormSchema => field;

/** What is left of a child's form, in the order of its sections. */
function ownBlock({ code, title, form, own, shared }: Child): FormSchema {
  const listed = (form['x-sections'] ?? []).flatMap((s) => s.fields);
  const names = [...new Set([...listed, ...namesOf(own)])].filter((name) =>
    Object.hasOwn(own.properties ?? {}, name),
  );
  const place = (pointer: string) =>
    shared.has(segmentsOf(pointer)[0] ?? '') ? pointer : `${deeper('', code)}${pointer}`;
  const { properties = {}, required = [] } = moved(own, place);
  return {
    type: 'object',
    title,
    properties: Object.fromEntries(names.map((name) => [name, properties[name] as FormSchema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    'x-sections': sectionsWith(form, new Set(names)),
  };
}

function rootBranches({ code, asked, shared }: Child): FormSchema[] {
  const { if: when, then, else: otherwise, allOf = [] } = asked;
  const single = when ? [{ if: when, ...(then && { then }), ...(otherwise && { else: otherwise }) }] : [];
  return [...single, ...allOf].map((branch) => movedBranch(branch, code, (name) => shared.has(name)));
}

const WAITS = '现在可以先不填。前面的事项办成以后，系统备好草稿，到时再补齐。';

/** 公共信息, each item, the signature below all that is signed, and folded what can wait. */
function sectionsOf(
  common: readonly (readonly [string, FormSchema])[],
  parts: readonly (readonly [Child, FormSchema])[],
  children: readonly Child[],
): Section[] {
  const isNow = (name: string) => children.some((c) => !c.later && c.shared.has(name));
  const names = (test: (name: string, field: FormSchema) => boolean) =>
    common.filter(([name, field]) => test(name, field)).map(([name]) => name);
  const section = (title: string, fields: string[], more: Partial<Section> = {}): Section[] =>
    fields.length > 0 ? [{ title, fields, ...more }] : [];
  const items = (later: boolean) => parts.filter(([child]) => child.later === later);
  const waits = { folded: true, help: WAITS };
  return [
    ...section(
      '公共信息',
      names((name, field) => isNow(name) && !isSigned(field)),
      { help: '几个事项都要的内容，只填这一次。' },
    ),
    ...items(false).flatMap(([{ code, title }]) => section(title, [code])),
    ...section(
      '签名',
      names((name, field) => isNow(name) && isSigned(field)),
    ),
    ...section(
      '以后接着办：几项都要的内容',
      names((name) => !isNow(name)),
      waits,
    ),
    ...items(true).flatMap(([{ code, title }]) => section(`以后接着办：${title}`, [code], waits)),
  ];
}
