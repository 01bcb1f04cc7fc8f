import { deeper, type FormSchema, isRecord, segmentsOf, valueAt } from './form-schema.ts';

/** Where a node of a resolved form was written. */
export interface Origin {
  file: string;
  pointer: string;
}

/** A form without references, and where each of its nodes came from. */
export interface Inlined {
  schema: FormSchema;
  originOf(node: object): Origin;
}

/** A reference that leads nowhere or round in a circle. */
export class DanglingReference extends Error {
  readonly origin: Origin;
  constructor(message: string, origin: Origin) {
    super(message);
    this.name = 'DanglingReference';
    this.origin = origin;
  }
}

/** Keys of the root that a form carries for its readers, not for its fields. */
const ROOT_ONLY = new Set(['$schema', '$id', '$defs']);

/**
 * Resolve every `$ref` of a form. Keys beside a `$ref` are laid over what it leads to, objects key by key
 * (JSON Schema would ask for both at once; a form wants the more particular word).
 * @param documents parsed form files by name, `common@1.json`
 * @throws DanglingReference
 */
export function inlineForm(file: string, documents: ReadonlyMap<string, unknown>): Inlined {
  const origins = new WeakMap<object, Origin>();
  const resolve = (node: unknown, at: Origin, trail: string[]): unknown => {
    if (Array.isArray(node)) return node.map((v, i) => resolve(v, down(at, i), trail));
    if (!isRecord(node)) return node;
    const own = Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => key !== '$ref' && !(at.pointer === '' && ROOT_ONLY.has(key)))
        .map(([key, v]) => [key, isData(key) ? structuredClone(v) : resolve(v, down(at, key), trail)]),
    );
    const whole = typeof node.$ref === 'string' ? overlay(follow(node.$ref, at, trail), own, origins) : own;
    if (!origins.has(whole)) origins.set(whole, at);
    return whole;
  };
  const follow = (ref: string, at: Origin, trail: string[]): Record<string, unknown> => {
    const [name = '', fragment = ''] = ref.split('#');
    const target: Origin = { file: name || at.file, pointer: fragment };
    const key = `${target.file}#${fragment}`;
    const found = valueAt(documents.get(target.file), segmentsOf(fragment));
    if (!isRecord(found)) throw new DanglingReference(`"${ref}" leads nowhere`, down(at, '$ref'));
    if (trail.includes(key))
      throw new DanglingReference(`"${ref}" leads round in a circle`, down(at, '$ref'));
    return resolve(found, target, [...trail, key]) as Record<string, unknown>;
  };
  const schema = resolve(documents.get(file), { file, pointer: '' }, []) as FormSchema;
  return { schema, originOf: (node) => origins.get(node) ?? { file, pointer: '' } };
}

const down = (at: Origin, key: string | number): Origin => ({
  file: at.file,
  pointer: deeper(at.pointer, key),
});

/** Keys whose values are data, not schemas. */
const isData = (key: string): boolean => ['examples', 'enum', 'const', 'default'].includes(key);

function overlay(
  base: Record<string, unknown>,
  over: Record<string, unknown>,
  origins: WeakMap<object, Origin>,
): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, v] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isRecord(below) && isRecord(v) ? overlay(below, v, origins) : v;
  }
  const origin = origins.get(base);
  if (origin) origins.set(merged, origin);
  return merged;
}
