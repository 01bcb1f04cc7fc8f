/** Which blocks several forms ask for in the same words. Pure. */
import { canonicalJson } from '../../kernel/canonical.ts';
import { type FormSchema, type ShowCondition, segmentsOf } from '../form-schema.ts';

/** Everything below a field that satisfies a test. */
function some(field: FormSchema, test: (node: FormSchema) => boolean): boolean {
  return (
    test(field) ||
    Object.values(field.properties ?? {}).some((child) => some(child, test)) ||
    (field.items !== undefined && some(field.items, test))
  );
}

/** Somebody signs in this block. */
export const isSigned = (field: FormSchema): boolean =>
  some(field, (node) => node['x-widget'] === 'signature');

/** Conditions below a field that look at the form's root: the top-level name they look at. */
function looksAt(field: FormSchema): string[] {
  const names: string[] = [];
  const note = (condition: ShowCondition | undefined) => {
    if (condition?.field.startsWith('/')) names.push(segmentsOf(condition.field)[0] as string);
  };
  some(field, (node) => {
    note(node['x-show']);
    note(node['x-format-unless']);
    return false;
  });
  return names;
}

/** Do its sums rest on other parts of the form? Those of a block on itself alone are the same in every form. */
function isReckoned(field: FormSchema, name: string): boolean {
  return some(field, (node) => {
    const sum = node['x-compute'] ?? '';
    const facts = [...sum.matchAll(/\bform\.(\w+)|(?<!\.)\b(situation|applicant)\b/g)];
    return facts.some(([, own, fact]) => (own ?? fact) !== name);
  });
}

/**
 * The words of a field that make it the same in two forms. A block keeps its meaning under another title
 * (经营者, 申请人); a single field is its title.
 */
function wordsOf(field: FormSchema): string {
  if (field.type !== 'object') return canonicalJson(field);
  const { title: _, description: __, ...rest } = field;
  return canonicalJson(rest);
}

/**
 * Top-level names that two or more forms share word for word, each with the forms that do. The first form to use
 * a name says what it means; one that means something else by it keeps it for itself.
 */
export function sharedBlocks(forms: ReadonlyMap<string, FormSchema>): Map<string, Set<string>> {
  const shared = new Map<string, Set<string>>();
  for (const [, form] of forms)
    for (const [name, field] of Object.entries(form.properties ?? {})) {
      if (shared.has(name) || isReckoned(field, name)) continue;
      const words = wordsOf(field);
      const holders = [...forms].filter(([, other]) => {
        const own = other.properties?.[name];
        return own !== undefined && wordsOf(own) === words;
      });
      if (holders.length > 1) shared.set(name, new Set(holders.map(([code]) => code)));
    }
  return withoutHanging(shared, forms);
}

/** A shared block may only hang on what is shared by the same forms. */
function withoutHanging(
  shared: Map<string, Set<string>>,
  forms: ReadonlyMap<string, FormSchema>,
): Map<string, Set<string>> {
  for (const [name, codes] of shared) {
    const field = forms.get([...codes][0] as string)?.properties?.[name] as FormSchema;
    const hangs = looksAt(field).some((other) => [...codes].some((code) => !shared.get(other)?.has(code)));
    if (!hangs) continue;
    shared.delete(name);
    return withoutHanging(shared, forms);
  }
  return shared;
}
