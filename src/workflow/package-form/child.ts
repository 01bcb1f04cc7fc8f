/** A child of a package: what of its form is shared, what is copied, what is left to ask. Pure. */
import { deeper, type FormSchema, fieldAt, segmentsOf } from '../form-schema.ts';
import { type PackageCopy, type Source, sourceOf, targetOf } from '../package.ts';
import { relaxed, withoutFields } from './prune.ts';

/** A child as the package sees it. */
export interface ChildForm {
  code: string;
  title: string;
  /** The form of its situation, references resolved. */
  form: FormSchema;
  /** Opened only when others were granted: may be filled now, need not be. */
  later: boolean;
}

export interface Child extends ChildForm {
  copies: { to: string; source: Source }[];
  /** Top-level names asked in the common section. */
  shared: ReadonlySet<string>;
  /** Its form without what is copied. */
  asked: FormSchema;
  /** What is asked below its code. */
  own: FormSchema;
}

/** Names shared by several forms, each with the codes that share it. */
export type Blocks = ReadonlyMap<string, ReadonlySet<string>>;

/** @param codes all chosen items: a copy from one that is not among them is left aside */
export function childOf(
  child: ChildForm,
  blocks: Blocks,
  copies: readonly PackageCopy[],
  codes: ReadonlySet<string>,
): Child {
  const active = copies.flatMap((copy) => {
    const { code, pointer } = targetOf(copy);
    const source = sourceOf(copy);
    const isActive = code === child.code && (source.kind === 'value' || codes.has(source.code));
    return isActive && fieldAt(child.form, segmentsOf(pointer)) ? [{ to: pointer, source }] : [];
  });
  const shared = new Set([...blocks].filter(([, who]) => who.has(child.code)).map(([name]) => name));
  const left = withoutFields(
    child.form,
    active.map((c) => c.to),
  );
  const asked = child.later ? relaxed(left) : left;
  return { ...child, copies: active, shared, asked, own: withoutShared(asked, shared) };
}

const withoutShared = (form: FormSchema, shared: ReadonlySet<string>): FormSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(form.properties ?? {}).filter(([name]) => !shared.has(name))),
  required: (form.required ?? []).filter((name) => !shared.has(name)),
});

const topOf = (pointer: string): string => segmentsOf(pointer)[0] ?? '';

/** Where a place of a child's form stands in the form of the package: an existing field for every known one. */
export function placeOf(all: ReadonlyMap<string, Child>, code: string, pointer: string): string {
  const child = all.get(code);
  if (!child) throw new Error(`the package has no item ${code}`);
  const { copies, asked, shared } = child;
  const within = copies.find(({ to }) => pointer === to || pointer.startsWith(`${to}/`));
  const isGone = pointer !== '' && !fieldAt(asked, segmentsOf(pointer));
  const below = isGone ? copies.find(({ to }) => to.startsWith(`${pointer}/`)) : undefined;
  const source = (within ?? below)?.source;
  const own = deeper('', code);
  if (source?.kind === 'field')
    return placeOf(
      all,
      source.code,
      source.pointer + (within === undefined ? '' : pointer.slice(within.to.length)),
    );
  if (source) return own;
  return shared.has(topOf(pointer)) ? pointer : `${own}${pointer}`;
}
