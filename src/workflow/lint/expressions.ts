import { factsOf, type RuleFacts } from '../facts.ts';
import { pathsIn, probeFeel, syntaxFault } from '../feel.ts';
import { type FormSchema, isRecord } from '../form-schema.ts';
import { computeFields } from '../rules.ts';
import { formOf, formsOf, type LintContext, type Subject } from './types.ts';

/** An example of a form with everything a rule may look at; missing fields stand there as null. */
export interface Sample {
  label: string;
  facts: RuleFacts;
}

/** What an expression may come to. */
export type Expected = 'boolean' | 'number' | 'printable' | 'scalar';

/** Names an expression may use, with what lies below them. */
export interface Scope {
  forms: readonly FormSchema[];
  row?: FormSchema;
  decision?: boolean;
  /** What steps have recorded by then: step id to the names of its fields. */
  record?: Readonly<Record<string, readonly string[]>>;
  /** The count of a village meeting. */
  meeting?: boolean;
  context: Pick<LintContext, 'params' | 'otherParams' | 'today'>;
}

/** `value` with every field of the schema in it, null where nothing was filled in. */
export function withBlanks(schema: FormSchema, value: unknown): unknown {
  if (schema.properties) {
    const own = isRecord(value) ? value : {};
    const fields = Object.entries(schema.properties).map(([k, field]) => [k, withBlanks(field, own[k])]);
    return { ...own, ...Object.fromEntries(fields) };
  }
  const items = schema.items;
  if (items && Array.isArray(value)) return value.map((v) => withBlanks(items, v));
  return value === undefined ? null : value;
}

/** One example of one form, computed fields filled. */
export function sampleOf(
  schema: FormSchema,
  example: Record<string, unknown>,
  situation: string,
  { params, today }: Pick<LintContext, 'params' | 'today'>,
): RuleFacts {
  const facts = factsOf(example, situation, params, today);
  return { ...facts, form: computeFields(schema, example, facts) };
}

const known = new WeakMap<Subject, Sample[]>();

/** Every example of every situation, with the blanks of all forms of the item; worked out once for a subject. */
export function samplesOf(subject: Subject): Sample[] {
  const samples = known.get(subject) ?? makeSamples(subject);
  known.set(subject, samples);
  return samples;
}

function makeSamples(subject: Subject): Sample[] {
  const forms = formsOf(subject);
  return subject.definition.situations.flatMap(({ id }) => {
    const schema = formOf(subject, id);
    const examples = (schema?.examples ?? []).filter(isRecord);
    return examples.map((example, i) => {
      const facts = sampleOf(schema as FormSchema, example, id, subject.context);
      const form = forms.reduce<unknown>((value, f) => withBlanks(f, value), facts.form);
      return {
        label: `situation "${id}", example ${i + 1}`,
        facts: { ...facts, form: form as RuleFacts['form'] },
      };
    });
  });
}

/** Why an expression will not do: unreadable, unknown names, warnings or a wrong result on an example. */
export function expressionFaults(
  expression: string,
  scope: Scope,
  samples: readonly { label: string; facts: object }[],
  expected: Expected,
): string[] {
  const unreadable = syntaxFault(expression);
  if (unreadable !== null) return [`FEEL: ${unreadable}`];
  const unknown = pathsIn(expression).flatMap((path) => unknownName(path, scope) ?? []);
  if (unknown.length > 0) return unknown;
  for (const { label, facts } of samples) {
    const { value, warnings } = probeFeel(expression, facts);
    if (warnings.length > 0) return warnings.map((w) => `FEEL: ${w} (${label})`);
    if (!fits(value, expected))
      return [`FEEL: comes to ${JSON.stringify(value)}, not to ${WANTED[expected]} (${label})`];
  }
  return [];
}

const WANTED: Record<Expected, string> = {
  boolean: 'true or false',
  number: 'a number',
  printable: 'a text or a number',
  scalar: 'a text, a number, true, false or null',
};

function fits(value: unknown, expected: Expected): boolean {
  const type = value === null ? 'null' : typeof value;
  if (expected === 'boolean' || expected === 'number') return type === expected;
  return ['string', 'number', ...(expected === 'scalar' ? ['boolean', 'null'] : [])].includes(type);
}

/** Why a dotted path is not known; undefined when it is, or when its first name is a variable of the expression. */
function unknownName(path: string, scope: Scope): string | undefined {
  const [root = '', ...rest] = path.split('.');
  const named = `FEEL: unknown name "${path}"`;
  switch (root) {
    case 'form':
      return scope.forms.some((form) => leads(form, rest)) ? undefined : named;
    case 'row':
      return scope.row && !leads(scope.row, rest) ? named : undefined;
    case 'applicant':
      return rest.length === 1 && ['age', 'sex'].includes(rest[0] as string) ? undefined : named;
    case 'decision':
      return scope.decision && ['opinion', 'amount', 'conditions'].includes(rest[0] as string)
        ? undefined
        : named;
    case 'record':
      return recorded(scope, rest) ? undefined : named;
    case 'meeting':
      return scope.meeting && ['eligible', 'present', 'favour'].includes(rest[0] as string)
        ? undefined
        : named;
    case 'params':
      return unknownParameter(rest[0] as string, scope.context);
    default:
      return undefined;
  }
}

/** Does a step record this? The step alone is the beginning of a longer path. */
function recorded({ record }: Scope, [step = '', field]: readonly string[]): boolean {
  const fields = record?.[step];
  return fields !== undefined && (field === undefined || fields.includes(field));
}

/** Why `params.<name>` has no value. */
export function unknownParameter(
  name: string,
  { params, otherParams, today }: Scope['context'],
): string | undefined {
  if (Object.hasOwn(params, name)) return undefined;
  if (otherParams.includes(name)) return `parameter "${name}" has no value in force on ${today}`;
  return `unknown parameter "${name}" (data/parameters)`;
}

function leads(form: FormSchema, path: readonly string[]): boolean {
  let node: FormSchema | undefined = form;
  for (const name of path) {
    const owner: FormSchema | undefined = node?.items ?? node;
    node = owner?.properties && Object.hasOwn(owner.properties, name) ? owner.properties[name] : undefined;
  }
  return node !== undefined;
}
