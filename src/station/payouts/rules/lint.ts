/** What is wrong with the schemes: pay steps without one, schemes nobody pays, expressions that come to nothing. Pure. */
import { addMonths } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { evaluateFeel } from '../../../workflow/feel.ts';
import { type FormSchema, isRecord } from '../../../workflow/form-schema.ts';
import { expressionFaults, sampleOf, withBlanks } from '../../../workflow/lint/expressions.ts';
import { shapeFaults } from '../../../workflow/lint/shape.ts';
import { isTaken } from '../../../workflow/lint/ways.ts';
import { recordNames, recordSample } from '../../../workflow/record.ts';
import { SHOWN_PARAMETER } from '../../../workflow/rules.ts';
import type { Definition, PayStep } from '../../../workflow/types.ts';
import { isPeriod } from './periods.ts';
import { APPLICANT, SCHEMES_SCHEMA, type Scheme } from './schemes.ts';

/** An item as the check holds it: its definition, and the form of each situation. */
export interface PayingItem {
  definition: Definition;
  formFor(situation: string): FormSchema;
}

export interface SchemeContext {
  /** Parameters in force on `today`. */
  params: Record<string, unknown>;
  /** Shanghai date. */
  today: LocalDate;
  /** Are these all items and parameters there are, so that one that is missing is a fault? */
  complete: boolean;
}

export interface SchemeFault {
  file: string;
  path: string;
  reason: string;
}

const FILE = 'data/schemes.json';

const paySteps = ({ steps }: Definition): PayStep[] => steps.filter((s): s is PayStep => s.kind === 'pay');

/** Every fault of the schemes, and of pay steps that name what is not among them. */
export function schemeFaults(
  value: unknown,
  items: readonly PayingItem[],
  context: SchemeContext,
): SchemeFault[] {
  const misshapen = shapeFaults(SCHEMES_SCHEMA, value);
  if (misshapen.length > 0)
    return misshapen.map(({ pointer, reason }) => ({ file: FILE, path: pointer, reason }));
  const schemes = value as Scheme[];
  return [
    ...items.flatMap(({ definition }) => unpaid(schemes, definition)),
    ...schemes.flatMap((scheme, i) =>
      [
        ...(schemes.findIndex((s) => s.code === scheme.code) < i
          ? [['code', 'stands here twice'] as Told]
          : []),
        ...(context.complete ? shownFaults(scheme, context) : []),
        ...scheme.items.flatMap((code) => coveredFaults(scheme, code, items, context)),
      ].map(([key, reason]) => ({ file: FILE, path: `/${i}/${key}`, reason: `${scheme.code}: ${reason}` })),
    ),
  ];
}

type Told = [key: string, reason: string];

/** Pay steps name a scheme, and the scheme their item. */
function unpaid(schemes: readonly Scheme[], definition: Definition): SchemeFault[] {
  const { code, department, steps } = definition;
  return paySteps(definition).flatMap((step) => {
    const scheme = schemes.find((s) => s.code === step.scheme);
    if (scheme?.items.includes(code)) return [];
    const path = `/steps/${steps.indexOf(step)}/scheme`;
    const reason = scheme ? `"${step.scheme}" does not pay ${code}` : `no scheme "${step.scheme}"`;
    return [{ file: `workflows/${department}/${code}.json`, path, reason: `${reason} (${FILE})` }];
  });
}

/** Parameters that its sentences show have a value. */
const shownFaults = (scheme: Scheme, { params, today }: SchemeContext): Told[] =>
  (['who', 'standard'] as const).flatMap((key) =>
    [...scheme[key].matchAll(SHOWN_PARAMETER)].flatMap(([, name = '']): Told[] =>
      Object.hasOwn(params, name) ? [] : [[key, `parameter "${name}" has no value in force on ${today}`]],
    ),
  );

/** A step of each of its items pays it, and its expressions come to something on every example. */
function coveredFaults(
  scheme: Scheme,
  code: string,
  items: readonly PayingItem[],
  context: SchemeContext,
): Told[] {
  const item = items.find((i) => i.definition.code === code);
  if (!item) return context.complete ? [['items', `no item ${code}`]] : [];
  const steps = paySteps(item.definition).filter((s) => s.scheme === scheme.code);
  if (steps.length === 0) return [['items', `no step of ${code} pays it`]];
  const single = item.definition.situations
    .map((s) => s.id)
    .filter((id) => steps.some((s) => s.roster !== true && isTaken(item.definition, id, s)));
  return single.length === 0 ? [] : expressionsOf(scheme, item, single, context);
}

function expressionsOf(
  scheme: Scheme,
  item: PayingItem,
  situations: readonly string[],
  { params, today }: SchemeContext,
): Told[] {
  const { definition } = item;
  const forms = situations.map((id) => item.formFor(id));
  const samples = situations.flatMap((id) => samplesFor(item, id, params, today));
  const scope = {
    forms,
    decision: true,
    record: recordNames(definition),
    context: { params, otherParams: [], today },
  };
  const check = (
    key: string,
    expression: string | null | undefined,
    isRight: (v: unknown) => boolean,
  ): Told[] => {
    if (expression === null || expression === undefined) return [];
    const faults = expressionFaults(expression, scope, samples, 'scalar');
    if (faults.length > 0) return faults.map((f) => [key, `${f}, ${definition.code}`]);
    return samples.flatMap(({ label, facts }): Told[] => {
      const value = evaluateFeel(expression, facts);
      return isRight(value)
        ? []
        : [[key, `comes to ${JSON.stringify(value)} (${definition.code}, ${label})`]];
    });
  };
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  const payee = scheme.payee ?? APPLICANT;
  return [
    ...check('person/name', scheme.person.name, isText),
    ...check('person/idNumber', scheme.person.idNumber, isText),
    ...check('payee/name', payee.name, isText),
    ...check('payee/idNumber', payee.idNumber, isText),
    ...check('from', scheme.from, (v) => isPeriod(scheme.claims, v)),
    ...check('until', scheme.until, (v) => v === null || isPeriod(scheme.claims, v)),
    ...check('cash', scheme.cash, (v) => v === null || typeof v === 'boolean'),
  ];
}

/** Every example of a situation with what a decision adds to it. */
function samplesFor(
  item: PayingItem,
  situation: string,
  params: Record<string, unknown>,
  today: LocalDate,
): { label: string; facts: object }[] {
  const schema = item.formFor(situation);
  const decided = {
    decision: { opinion: '同意', amount: 100, conditions: null },
    record: recordSample(item.definition, today),
    decidedOn: today,
    decidedMonth: today.slice(0, 7),
    nextMonth: addMonths(today, 1).slice(0, 7),
  };
  return (schema.examples ?? []).filter(isRecord).map((example, i) => {
    const facts = sampleOf(schema, example, situation, { params, today });
    const form = withBlanks(schema, facts.form);
    return { label: `situation "${situation}", example ${i + 1}`, facts: { ...facts, form, ...decided } };
  });
}
