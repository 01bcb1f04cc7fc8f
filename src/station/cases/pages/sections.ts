/** The parts of a form as the clerk walks through them, each with what still stands against handing it in. Pure. */
import type { Fault } from '../../../errors.ts';
import { fieldId, sectionsOf } from '../../../platform/web/index.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import { inPageOrder } from './order.ts';

export interface FormPart {
  title: string;
  /** Where it begins on the page. */
  href: string;
  missing: readonly { href: string; text: string }[];
}

const line = ({ pointer, message }: Fault) => ({ href: `#${fieldId(pointer)}`, text: message });

const schemaNames = (schema: FormSchema): string[] => Object.keys(schema.properties ?? {});

/** @param materials false: none are asked for on this page */
export function formParts(schema: FormSchema, faults: readonly Fault[], materials: boolean): FormPart[] {
  const ordered = inPageOrder(schema, faults);
  const under = (name: string, pointer: string) =>
    pointer === `/form/${name}` || pointer.startsWith(`/form/${name}/`);
  const parts = sectionsOf(schema).map(({ title, fields }) => ({
    title,
    href: `#${fieldId(`/form/${fields[0]}`)}`,
    missing: ordered.filter((f) => fields.some((name) => under(name, f.pointer))).map(line),
  }));
  const files = ordered.filter((f) => f.pointer.startsWith('/materials/'));
  const other = ordered.filter(
    (f) => !files.includes(f) && !schemaNames(schema).some((name) => under(name, f.pointer)),
  );
  return [
    ...parts,
    ...(materials ? [{ title: '材料', href: '#materials', missing: files.map(line) }] : []),
    ...(other.length > 0 ? [{ title: '整份申请', href: '#main', missing: other.map(line) }] : []),
  ];
}
