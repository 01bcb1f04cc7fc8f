/**
 * One form for several items 一张表单. What two of them ask for in the same words is asked once; the rest of each
 * stands below its code. Nothing is checked here: the form is taken apart first, and every child is checked and
 * reckoned by its own schema. Pure.
 */
import { type FormSchema, segmentsOf, valueAt } from './form-schema.ts';
import type { PackageCopy, Source } from './package.ts';
import { type ChildForm, childOf, placeOf } from './package-form/child.ts';
import { type Data, formOf, mergedForm, unknownIn } from './package-form/data.ts';
import { schemaOf } from './package-form/schema.ts';
import { sharedBlocks } from './package-form/share.ts';

export type { ChildForm } from './package-form/child.ts';
export { withoutPledges } from './package-form/data.ts';

export interface PackageForm {
  schema: FormSchema;
  /**
   * The forms of all children, by code.
   * @param known what no field holds: a case's number, a certificate's, a record; nothing when left out
   */
  split(value: Data, known?: (source: Source) => unknown): Record<string, Data>;
  /** The package's form out of its children's; of what is shared the first child's counts. */
  merge(forms: Readonly<Record<string, Data>>): Data;
  /** Where a place of a child's form (pointer from its root) stands in the form of the package. */
  pointerOf(code: string, pointer: string): string;
  /** Pointers of values that the form has no field for. */
  unknownIn(value: Data): string[];
}

/** Put the forms of the chosen children together. `copies` from or to an item that is not chosen are left aside. */
export function mergeForms(
  title: string,
  children: readonly ChildForm[],
  copies: readonly PackageCopy[] = [],
): PackageForm {
  const blocks = sharedBlocks(new Map(children.map((c) => [c.code, c.form])));
  const codes = new Set(children.map((c) => c.code));
  const all = new Map(children.map((c) => [c.code, childOf(c, blocks, copies, codes)]));
  const list = [...all.values()];
  const schema = schemaOf(title, list, blocks);
  const pointerOf = (code: string, pointer: string) => placeOf(all, code, pointer);
  return {
    schema,
    pointerOf,
    split: (value, known = () => undefined) => {
      const taken = (source: Source) => {
        if (source.kind === 'value') return source.value;
        if (source.kind !== 'field') return known(source);
        return valueAt(value, segmentsOf(pointerOf(source.code, source.pointer)));
      };
      return Object.fromEntries(list.map((child) => [child.code, formOf(child, value, taken)]));
    },
    merge: (forms) => mergedForm(list, blocks, forms),
    unknownIn: (value) => unknownIn(schema, value),
  };
}
