/** What steps ask beyond the common form, and the expressions over it. */

import { type FormSchema, fieldAt, segmentsOf } from '../form-schema.ts';
import { compiled } from '../formats.ts';
import { recordNames, recordSample } from '../record.ts';
import type { Step } from '../types.ts';
import { expressionFaults, samplesOf } from './expressions.ts';
import { formOf, formsOf, type LintFault, type Subject } from './types.ts';
import { isTaken } from './ways.ts';

/** The item's own fields of acts: readable, titled in Chinese, and not named like the common ones. */
export function lintAsked({ definition }: Subject): LintFault[] {
  return definition.steps.flatMap((step, i) =>
    Object.entries(step.asks ?? {}).flatMap(([name, field]) => {
      const pointer = `/steps/${i}/asks/${name}`;
      const faults = compileFault(field).map((reason) => ({ pointer, reason }));
      if (!/\p{Script=Han}/u.test(field.title ?? ''))
        faults.push({ pointer: `${pointer}/title`, reason: 'a field needs a Chinese title' });
      if (recordNames({ ...definition, steps: [{ ...step, asks: {} }] })[step.id]?.includes(name))
        faults.push({ pointer, reason: `"${name}" is a common field of that act already` });
      return faults;
    }),
  );
}

function compileFault(field: FormSchema): string[] {
  try {
    compiled({ type: 'object', properties: { field } });
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Quotas are there; shares, scores and the passing of a meeting can be worked out. */
export function lintShares(subject: Subject): LintFault[] {
  const { definition, context } = subject;
  return definition.steps.flatMap((step, i): LintFault[] => {
    if (step.kind === 'deliberate')
      return passesFaults(subject, step.passes).map((reason) => ({ pointer: `/steps/${i}/passes`, reason }));
    if (step.kind !== 'allot') return [];
    const unknown = context.quotas.includes(step.quota)
      ? []
      : [{ pointer: `/steps/${i}/quota`, reason: `no quota "${step.quota}" (data/quotas.json)` }];
    const told = (key: 'amount' | 'score') =>
      shareFaults(subject, step, step[key]).map((reason) => ({ pointer: `/steps/${i}/${key}`, reason }));
    return [...unknown, ...told('amount'), ...told('score')];
  });
}

function passesFaults({ context }: Subject, expression: string): string[] {
  const meeting = { eligible: 30, present: 26, favour: 24 };
  const facts = { meeting, params: context.params };
  return expressionFaults(
    expression,
    { forms: [], meeting: true, context },
    [{ label: 'a meeting', facts }],
    'boolean',
  );
}

function shareFaults(subject: Subject, step: Step, expression: string | undefined): string[] {
  if (expression === undefined) return [];
  const { definition, context } = subject;
  const record = recordSample(definition, context.today);
  const samples = samplesOf(subject)
    .filter((s) => isTaken(definition, s.facts.situation, step))
    .map(({ label, facts }) => ({ label, facts: { ...facts, record } }));
  return expressionFaults(
    expression,
    { forms: formsOf(subject), record: recordNames(definition), context },
    samples,
    'number',
  );
}

/** B2-12: a renewal knows the day the licence ends. */
export function lintRenewals(subject: Subject): LintFault[] {
  const { definition, context } = subject;
  return definition.situations.flatMap(({ id, renews }, s) => {
    if (!renews) return [];
    const samples = samplesOf(subject).filter((one) => one.facts.situation === id);
    return expressionFaults(renews.validTo, { forms: formsOf(subject), context }, samples, 'printable').map(
      (reason) => ({ pointer: `/situations/${s}/renews/validTo`, reason }),
    );
  });
}

/** Items that are reached exist, and so do the persons it is about. */
export function lintReaches(subject: Subject): LintFault[] {
  const { definition, context } = subject;
  const about =
    definition.subject === undefined
      ? []
      : expressionFaults(
          definition.subject,
          { forms: formsOf(subject), context },
          samplesOf(subject),
          'scalar',
        );
  const unknown = about.map((reason) => ({ pointer: '/subject', reason }));
  const reached = (definition.reaches ?? []).flatMap((reach, r) => {
    const pointer = `/reaches/${r}`;
    const samples = samplesOf(subject).filter((s) => reach.situations.includes(s.facts.situation));
    return [
      ...unknownSituations(subject, reach.situations, `${pointer}/situations`),
      ...expressionFaults(reach.person, { forms: formsOf(subject), context }, samples, 'printable').map(
        (reason) => ({ pointer: `${pointer}/person`, reason }),
      ),
      ...reach.items.flatMap(({ code }, i) =>
        context.codes.includes(code)
          ? []
          : [{ pointer: `${pointer}/items/${i}/code`, reason: `no item "${code}"` }],
      ),
    ];
  });
  return [...unknown, ...reached];
}

const unknownSituations = ({ definition }: Subject, ids: readonly string[], pointer: string): LintFault[] =>
  ids.flatMap((id, i) =>
    definition.situations.some((s) => s.id === id)
      ? []
      : [{ pointer: `${pointer}/${i}`, reason: `no situation "${id}"` }],
  );

/** The table of a batch, its columns, and the steps that work on it. */
export function lintRoster(subject: Subject): LintFault[] {
  const { roster, steps } = subject.definition;
  const faults = steps.flatMap((step, i) =>
    (step.kind === 'check' || step.kind === 'pay') && step.roster && !roster
      ? [{ pointer: `/steps/${i}/roster`, reason: 'the item has no roster' }]
      : [],
  );
  if (!roster) return faults;
  faults.push(...unknownSituations(subject, roster.situations, '/roster/situations'));
  for (const id of roster.situations) {
    const form = formOf(subject, id);
    if (!form) continue;
    const rows = fieldAt(form, segmentsOf(roster.field))?.items?.properties;
    if (!rows) {
      faults.push({ pointer: '/roster/field', reason: `no table "${roster.field}" in the form of "${id}"` });
      continue;
    }
    const year = fieldAt(form, segmentsOf(roster.year));
    if (year?.type !== 'integer')
      faults.push({ pointer: '/roster/year', reason: `no year "${roster.year}" in the form of "${id}"` });
    const named = {
      ...columnsOf(roster),
      ...Object.fromEntries(roster.unique.map((c, k) => [`unique/${k}`, c])),
    };
    for (const [key, column] of Object.entries(named))
      if (!Object.hasOwn(rows, column))
        faults.push({ pointer: `/roster/${key}`, reason: `no column "${column}"` });
  }
  return faults;
}

function columnsOf(roster: NonNullable<Subject['definition']['roster']>) {
  const { name, person, account, holder, amount, last } = roster;
  const all = { name, person, account, holder, amount, last };
  return Object.fromEntries(Object.entries(all).filter(([, column]) => column !== undefined)) as Record<
    string,
    string
  >;
}
