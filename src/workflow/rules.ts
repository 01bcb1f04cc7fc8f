import type { Fault } from '../errors.ts';
import type { RuleFacts } from './facts.ts';
import { evaluateFeel } from './feel.ts';
import { type FormSchema, isRecord } from './form-schema.ts';
import type { Definition, Rule } from './types.ts';

/** What the rules of an item have to say about a form. */
export interface RuleResult {
  /** Stand against filing. */
  blocks: Fault[];
  /** The clerk reads them and may go on. */
  warnings: Fault[];
  /** Route rules by id: did they strike? */
  routes: Record<string, boolean>;
  /** Nothing needs to be filed, and why (B1-4 ①); null when something must. */
  answer: Answer | null;
}

/** A note instead of a case. */
export interface Answer {
  rule: string;
  says: string;
  basis: string | null;
}

const CANNOT_TELL = '资料不全，无法判断';

/**
 * Ask every rule of an item. A rule that comes to neither true nor false lacks something: for a rule that
 * blocks or routes that is a fault in itself, a warning keeps silent.
 * @param facts with computed fields filled (see `computeFields`)
 */
export function evaluateRules(definition: Definition, facts: RuleFacts): RuleResult {
  const result: RuleResult = { blocks: [], warnings: [], routes: {}, answer: null };
  for (const rule of definition.rules) {
    const struck = evaluateFeel(rule.when, facts);
    if (typeof struck !== 'boolean' && rule.effect !== 'warn') {
      result.blocks.push(faultOf(rule, `${CANNOT_TELL}：${saying(rule.says, facts.params)}`));
    }
    if (rule.effect === 'route') result.routes[rule.id] = struck === true;
    if (struck !== true) continue;
    const says = saying(rule.says, facts.params);
    if (rule.effect === 'block') result.blocks.push(faultOf(rule, says));
    else if (rule.effect === 'answer') result.answer ??= { rule: rule.id, says, basis: rule.basis ?? null };
    else result.warnings.push(faultOf(rule, says));
  }
  return result;
}

const faultOf = (rule: Rule, message: string): Fault => ({
  pointer: `/form${rule.field ?? ''}`,
  message,
  code: rule.id,
});

/** Parameters that a sentence shows: `不得少于 {params.pesticideShopAreaLeast} 平方米`. */
export const SHOWN_PARAMETER = /\{params\.([A-Za-z][A-Za-z0-9]*)\}/g;

/** A sentence with the parameters it shows. */
export const saying = (sentence: string, params: Record<string, unknown>): string =>
  sentence.replace(SHOWN_PARAMETER, (_, name: string) => {
    const value = params[name];
    return Array.isArray(value) ? value.join('、') : String(value);
  });

type Computed = { path: (string | number)[]; expression: string; inRow: boolean };

/**
 * A copy of a form with its computed fields filled. What cannot be computed is left out, and a value that came
 * from outside is never kept. Fields may build on each other.
 */
export function computeFields(
  schema: FormSchema,
  form: Record<string, unknown>,
  facts: RuleFacts,
): Record<string, unknown> {
  const filled = structuredClone(form);
  const all = computedIn(schema, filled, []);
  for (const { path } of all) put(filled, path, null);
  let due = all;
  for (let pass = 0; pass <= all.length; pass++) {
    const moved = due.filter((one) => put(filled, one.path, compute(one, filled, facts)));
    const names = new Set(moved.map(({ path }) => String(path.at(-1))));
    due = all.filter(({ expression }) => [...names].some((name) => expression.includes(name)));
    if (due.length === 0) return filled;
  }
  throw new Error('computed fields of the form go round in a circle');
}

function compute(
  { path, expression, inRow }: Computed,
  form: Record<string, unknown>,
  facts: RuleFacts,
): unknown {
  const row = inRow ? at(form, path.slice(0, -1)) : undefined;
  const value = evaluateFeel(expression, { ...facts, form, ...(inRow && { row }) });
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** Every computed field of a form as filled: rows each on their own. */
function computedIn(
  schema: FormSchema,
  value: unknown,
  path: (string | number)[],
  inRow = false,
): Computed[] {
  if (schema['x-compute'] !== undefined) return [{ path, expression: schema['x-compute'], inRow }];
  if (schema.items && Array.isArray(value)) {
    const items = schema.items;
    return value.flatMap((row, i) => (isRecord(row) ? computedIn(items, row, [...path, i], true) : []));
  }
  if (!schema.properties || !(isRecord(value) || (value === undefined && isAllComputed(schema)))) return [];
  const own = isRecord(value) ? value : {};
  return Object.entries(schema.properties).flatMap(([key, field]) =>
    computedIn(field, own[key], [...path, key], inRow),
  );
}

/** Nobody fills such an object in, so it may be missing. */
const isAllComputed = (schema: FormSchema): boolean =>
  Object.values(schema.properties ?? {}).every((field) => field['x-compute'] !== undefined);

const at = (value: unknown, path: (string | number)[]): unknown =>
  path.reduce<unknown>((v, key) => (v as Record<string | number, unknown> | undefined)?.[key], value);

/** Set or (null) leave out one value; tells whether anything changed. */
function put(form: Record<string, unknown>, path: (string | number)[], value: unknown): boolean {
  const key = path.at(-1) as string | number;
  const owner = path.slice(0, -1).reduce<Record<string | number, unknown>>((v, k) => {
    v[k] ??= {};
    return v[k] as Record<string | number, unknown>;
  }, form);
  const before = owner[key];
  if (value === null || value === undefined) delete owner[key];
  else owner[key] = value;
  return before !== owner[key];
}
