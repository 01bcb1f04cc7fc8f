import { getAt, join, segmentsOf } from './pointer.ts';
import type { FormSchema, ShowCondition } from './schema.ts';
import { propertiesOf, typeOf } from './schema.ts';

/** The absolute pointer a condition looks at; `owner` is the object or row that holds the conditional field. */
export function conditionPointer(show: ShowCondition, owner: string): string {
  if (show.field.startsWith('./')) return `${owner}/${show.field.slice(2)}`;
  return show.field;
}

/** The values that make the field appear. */
export function conditionValues(show: ShowCondition): readonly unknown[] {
  return show.in ?? [show.equals];
}

/** Is the condition met in `root`? Of several ticks one is enough; an absent value meets nothing. */
export function isShown(show: ShowCondition | undefined, root: unknown, owner: string): boolean {
  if (!show) return true;
  const actual = getAt(root, conditionPointer(show, owner));
  const wanted = conditionValues(show);
  return Array.isArray(actual) ? actual.some((v) => wanted.includes(v)) : wanted.includes(actual);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One pass: every field whose condition is false in `root` is left out. Unknown properties pass through. */
function withoutHidden(node: FormSchema, value: unknown, pointer: string, root: unknown): unknown {
  if (Array.isArray(value)) {
    const items = node.items;
    return items ? value.map((v, i) => withoutHidden(items, v, join(pointer, i), root)) : value;
  }
  if (!isRecord(value)) return value;
  const hidden = new Set(
    propertiesOf(node)
      .filter(([, child]) => !isShown(child['x-show'], root, pointer))
      .map(([name]) => name),
  );
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !hidden.has(name))
      .map(([name, v]) => {
        const child = Object.hasOwn(node.properties ?? {}, name) ? node.properties?.[name] : undefined;
        return [name, child ? withoutHidden(child, v, join(pointer, name), root) : v];
      }),
  );
}

function countConditions(node: FormSchema): number {
  const own = node['x-show'] ? 1 : 0;
  const children = propertiesOf(node).reduce((sum, [, child]) => sum + countConditions(child), 0);
  return own + children + (node.items ? countConditions(node.items) : 0);
}

/**
 * `value` without the fields whose `x-show` is false, and without those that hang on such a field in turn.
 * Rows keep their places.
 */
export function pruneHidden(schema: FormSchema, value: unknown): unknown {
  let pruned = value;
  // Each pass can only hide; a chain is at most as long as there are conditions.
  for (let left = countConditions(schema); left > 0; left -= 1) {
    const next = withoutHidden(schema, pruned, '', pruned);
    if (JSON.stringify(next) === JSON.stringify(pruned)) return next;
    pruned = next;
  }
  return pruned;
}

/** Pointers of fields that some branch (`if`/`then`, `allOf`, …) may require; array steps are written `*`. */
export function sometimesRequired(schema: FormSchema): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: FormSchema, pointer: string, isBranch: boolean): void => {
    if (isBranch) for (const name of node.required ?? []) found.add(join(pointer, name));
    for (const [name, child] of propertiesOf(node)) visit(child, join(pointer, name), isBranch);
    if (node.items) visit(node.items, `${pointer}/*`, isBranch);
    const branches = [
      node.then,
      node.else,
      ...(node.allOf ?? []),
      ...(node.anyOf ?? []),
      ...(node.oneOf ?? []),
    ];
    for (const branch of branches) if (branch) visit(branch, pointer, true);
  };
  visit(schema, '', false);
  return found;
}

/** A pointer in the form of `sometimesRequired`: every row number becomes `*`. */
export function patternOf(schema: FormSchema, pointer: string): string {
  let node: FormSchema | undefined = schema;
  let pattern = '';
  for (const segment of segmentsOf(pointer)) {
    const isRow: boolean = node !== undefined && typeOf(node) === 'array';
    pattern = isRow ? `${pattern}/*` : join(pattern, segment);
    node = isRow ? node?.items : node?.properties?.[segment];
  }
  return pattern;
}
