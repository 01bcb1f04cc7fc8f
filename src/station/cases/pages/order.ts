/** Faults in the order in which the page shows their places. Pure. */
import type { Fault } from '../../../errors.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';

const LAST = Number.MAX_SAFE_INTEGER;

/** Place of a pointer among the fields: one number per step down, rows by their own number. */
function placeOf(schema: FormSchema, pointer: string): number[] {
  const sections = (schema['x-sections'] ?? []).flatMap((s) => s.fields);
  let node: FormSchema | undefined = schema;
  return pointer
    .split('/')
    .slice(1)
    .map((step, depth) => {
      if (node?.items && /^\d+$/.test(step)) {
        node = node.items;
        return Number(step);
      }
      const names: string[] = Object.keys(node?.properties ?? {});
      const at = (depth === 0 && sections.length > 0 ? sections : names).indexOf(step);
      node = node?.properties?.[step];
      return at === -1 ? LAST : at;
    });
}

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const step = (a[i] as number) - (b[i] as number);
    if (step !== 0) return step;
  }
  return a.length - b.length;
};

/** The form's faults from top to bottom, then those of the materials. */
export function inPageOrder(schema: FormSchema, faults: readonly Fault[]): Fault[] {
  const placed = faults.map((fault) => ({
    fault,
    place: fault.pointer.startsWith('/form/')
      ? placeOf(schema, fault.pointer.slice('/form'.length))
      : [LAST, LAST],
  }));
  return placed.sort((a, b) => compare(a.place, b.place)).map(({ fault }) => fault);
}
