import {
  conditionPointer,
  deeper,
  type FormSchema,
  fieldAt,
  HINT_DEFS,
  HINTS,
  isRecord,
  type ShowCondition,
  segmentsOf,
} from '../form-schema.ts';
import { checkAgainst, compiled, FORMATS, PERSONAL_FORMATS } from '../formats.ts';
import type { Inlined } from '../inline.ts';
import { expressionFaults, type Scope, sampleOf, withBlanks } from './expressions.ts';
import { shapeFaults } from './shape.ts';
import type { FormFault, LintContext } from './types.ts';

/** A node of the form while it is walked. */
interface Visit {
  node: FormSchema;
  /** Data pointer; rows are written `*`. */
  pointer: string;
  /** Data pointer of the object or row around it. */
  owner: string;
  isRequired: boolean;
  /** Schema of the row it stands in. */
  row?: FormSchema;
}

type Tell = (node: object, key: string, reason: string) => void;

/** Hints by name as one schema each, so that a wrong value is told at its place. */
const HINT_SCHEMAS = new Map(Object.entries(HINTS).map(([k, v]) => [k, { ...v, $defs: HINT_DEFS }]));

/** Every fault of a form (references resolved), each where it was written. */
export function lintForm(inlined: Inlined, context: LintContext): FormFault[] {
  const faults = new Map<string, FormFault>();
  const tell: Tell = (node, key, reason) => {
    const { file, pointer } = inlined.originOf(node);
    const fault = { file, pointer: key === '' ? pointer : deeper(pointer, key), reason };
    faults.set(`${file}\n${fault.pointer}\n${reason}`, fault);
  };
  const { schema } = inlined;
  walk({ node: schema, pointer: '', owner: '', isRequired: true }, (visit) => lintField(schema, visit, tell));
  lintRoot(schema, tell);
  const isSound = faults.size === 0 && compiles(schema, tell);
  if (isSound) lintExamples(schema, context, tell);
  return [...faults.values()];
}

function walk(visit: Visit, see: (visit: Visit) => void): void {
  see(visit);
  const { node, pointer } = visit;
  const row = visit.row && { row: visit.row };
  for (const [key, field] of Object.entries(node.properties ?? {})) {
    const isRequired = node.required?.includes(key) ?? false;
    walk({ node: field, pointer: deeper(pointer, key), owner: pointer, isRequired, ...row }, see);
  }
  if (node.items)
    walk(
      { node: node.items, pointer: `${pointer}/*`, owner: pointer, isRequired: true, row: node.items },
      see,
    );
}

function lintRoot(schema: FormSchema, tell: Tell): void {
  if (!schema.title) tell(schema, 'title', 'missing');
  if (schema.type !== 'object') tell(schema, 'type', 'a form is an object');
  const sections = Array.isArray(schema['x-sections']) ? schema['x-sections'] : [];
  if (sections.length === 0) tell(schema, 'x-sections', 'missing');
  const placed = sections.flatMap((s) => s.fields ?? []);
  placed.forEach((field, i) => {
    if (!schema.properties?.[field]) tell(schema, 'x-sections', `no field "${field}"`);
    if (placed.indexOf(field) !== i) tell(schema, 'x-sections', `"${field}" stands in two sections`);
  });
  for (const field of Object.keys(schema.properties ?? {}))
    if (!placed.includes(field)) tell(schema, 'x-sections', `"${field}" stands in no section`);
  if (schema.properties?.situation) tell(schema, 'properties', '"situation" is chosen outside the form');
  if ((schema.examples ?? []).length < 2) tell(schema, 'examples', 'at least two valid examples are needed');
}

function lintField(form: FormSchema, visit: Visit, tell: Tell): void {
  const { node, pointer } = visit;
  const isRow = pointer.endsWith('/*');
  if (pointer !== '' && !isRow && !hasChinese(node.title))
    tell(node, 'title', 'a field needs a Chinese title');
  if (node.type === undefined) tell(node, 'type', 'missing');
  if (node.default !== undefined) tell(node, 'default', 'nothing is filled in or ticked beforehand');
  if (node.properties) lintObject(node, tell);
  for (const [key, value] of Object.entries(node)) {
    if (!key.startsWith('x-')) continue;
    const hint = HINT_SCHEMAS.get(key);
    if (!hint) tell(node, key, 'unknown hint');
    else for (const { reason } of shapeFaults(hint, value)) tell(node, key, reason);
  }
  lintLeaf(visit, tell);
  if (isRecord(node['x-show'])) lintCondition(form, visit, 'x-show', node['x-show'], tell);
  if (isRecord(node['x-format-unless']))
    lintCondition(form, visit, 'x-format-unless', node['x-format-unless'], tell);
  if (node['x-show'] && visit.isRequired)
    tell(node, 'x-show', 'a field that may be hidden cannot always be required');
}

const hasChinese = (text: unknown): boolean => typeof text === 'string' && /\p{Script=Han}/u.test(text);

function lintObject(node: FormSchema, tell: Tell): void {
  if (node.additionalProperties !== false) tell(node, 'additionalProperties', 'must be false');
  const known = Object.keys(node.properties ?? {});
  const demands = [node, ...(node.allOf ?? []).flatMap((b) => [b, b.then, b.else]), node.then, node.else];
  for (const branch of demands)
    for (const name of branch?.required ?? [])
      if (!known.includes(name) && branch?.if === undefined) tell(node, 'required', `no field "${name}"`);
}

function lintLeaf({ node, pointer }: Visit, tell: Tell): void {
  const { format } = node;
  if (format !== undefined && !FORMATS.includes(format)) tell(node, 'format', `unknown format "${format}"`);
  if (PERSONAL_FORMATS.includes(format ?? '') && node['x-sensitive'] !== true)
    tell(node, 'x-sensitive', `"${format}" is personal and must be marked`);
  for (const value of node.enum ?? [])
    if (!hasChinese(value) && !/^\d+$/.test(String(value)))
      tell(node, 'enum', `"${String(value)}" is not a Chinese word`);
  const isChecked = [node.pattern, format, node.minimum, node.maximum].some((v) => v !== undefined);
  if (isChecked && node['x-error'] === undefined && node['x-compute'] === undefined)
    tell(node, 'x-error', 'a checked field needs the sentence that says how to mend it');
  if (node.type === 'array' && node.maxItems === undefined) tell(node, 'maxItems', 'missing');
  if (node['x-compute'] !== undefined && node.readOnly !== true)
    tell(node, 'readOnly', 'a computed field is read-only');
  if (node.type === 'string' && !node.enum && !format && !node.pattern && node.maxLength === undefined)
    tell(node, 'maxLength', `missing (${pointer})`);
}

/** A condition must look at a field that is there, for values it can have. */
function lintCondition(
  form: FormSchema,
  visit: Visit,
  key: string,
  condition: ShowCondition,
  tell: Tell,
): void {
  if (typeof condition.field !== 'string') return;
  const pointer = conditionPointer(condition, visit.owner).replaceAll('/*', '/0');
  const watched = fieldAt(form, segmentsOf(pointer));
  if (!watched) tell(visit.node, key, `no field "${condition.field}"`);
  const possible = watched?.enum ?? watched?.items?.enum;
  for (const value of condition.in ?? [condition.equals])
    if (possible && !possible.includes(value))
      tell(visit.node, key, `"${String(value)}" is no choice of that field`);
}

/** ajv in strict mode has the last word on a form. */
function compiles(schema: FormSchema, tell: Tell): boolean {
  try {
    compiled(schema);
    return true;
  } catch (error) {
    tell(schema, '', (error as Error).message);
    return false;
  }
}

/** Examples are valid as written and as computed, and every computed field can be computed from them. */
function lintExamples(schema: FormSchema, context: LintContext, tell: Tell): void {
  const { today } = context;
  const examples = schema.examples ?? [];
  const check = (form: unknown, label: string) => {
    for (const { pointer, message } of checkAgainst(schema, form, { today }))
      tell(schema, 'examples', `${label}: ${pointer || '/'} ${message}`);
  };
  examples.forEach((example, i) => {
    check(example, `example ${i + 1}`);
  });
  const computed = computedFields(schema);
  const unreadable = computed.flatMap(({ node, row }) =>
    expressionFaults(node['x-compute'] as string, scopeOf(schema, context, row), [], 'scalar').map(
      (reason) => ({ node, reason }),
    ),
  );
  for (const { node, reason } of unreadable) tell(node, 'x-compute', reason);
  if (unreadable.length > 0) return;
  const samples = examples.filter(isRecord).map((example, i) => {
    const label = `example ${i + 1}`;
    const facts = sampleOf(schema, example, '', context);
    check(facts.form, `${label}, computed`);
    return { label, facts: { ...facts, form: withBlanks(schema, facts.form) } };
  });
  for (const { node, row } of computed) {
    const blankRow = row && { row: withBlanks(row, {}) };
    const facing = samples.map(({ label, facts }) => ({ label, facts: { ...facts, ...blankRow } }));
    const expression = node['x-compute'] as string;
    for (const reason of expressionFaults(expression, scopeOf(schema, context, row), facing, 'scalar'))
      tell(node, 'x-compute', reason);
  }
}

const scopeOf = (schema: FormSchema, context: LintContext, row: FormSchema | undefined): Scope => ({
  forms: [schema],
  context,
  ...(row && { row }),
});

/** Every computed field, with the row it stands in. */
function computedFields(schema: FormSchema): Visit[] {
  const found: Visit[] = [];
  walk({ node: schema, pointer: '', owner: '', isRequired: true }, (visit) => {
    if (visit.node['x-compute'] !== undefined) found.push(visit);
  });
  return found;
}
