import { recordNames, recordSample } from '../record.ts';
import type { CertificateSpec, Definition } from '../types.ts';
import { type Expected, expressionFaults, samplesOf } from './expressions.ts';
import { formsOf, type LintFault, type Subject } from './types.ts';
import { isTaken } from './ways.ts';

/** Certificates that steps name, and what is printed on them. */
export function lintCertificates(subject: Subject): LintFault[] {
  const { steps, certificates = [] } = subject.definition;
  const unknown = steps.flatMap((step, i) => {
    const id = step.kind === 'issue' || step.kind === 'decide' ? step.certificate : undefined;
    if (id === undefined || certificates.some((c) => c.id === id)) return [];
    return [{ pointer: `/steps/${i}/certificate`, reason: `no certificate "${id}"` }];
  });
  return [...unknown, ...certificates.flatMap((_, c) => certificateFaults(subject, c))];
}

function certificateFaults(subject: Subject, index: number): LintFault[] {
  const { definition } = subject;
  const spec = definition.certificates?.[index] as CertificateSpec;
  const pointer = `/certificates/${index}`;
  const issued = definition.steps.filter((s) => s.kind === 'issue' && s.certificate === spec.id);
  if (issued.length === 0) return [{ pointer, reason: 'no step issues it' }];
  const situations = definition.situations
    .map((s) => s.id)
    .filter((id) => issued.some((step) => isTaken(definition, id, step)));
  const says = (key: string, expression: string | undefined, only: readonly string[], expected: Expected) =>
    expression === undefined
      ? []
      : printFaults(subject, expression, only, expected).map((reason) => ({
          pointer: `${pointer}/${key}`,
          reason,
        }));
  const { until, keeps, replaces, ends } = spec;
  const among = (of: { situations: string[] } | undefined) =>
    (of?.situations ?? []).filter((id) => situations.includes(id));
  return [
    ...spec.fields.flatMap((field, f) => says(`fields/${f}/value`, field.value, situations, 'printable')),
    ...says('until', until, situations, 'printable'),
    ...says('keeps/number', keeps?.number, among(keeps), 'printable'),
    ...says('keeps/until', keeps?.until, among(keeps), 'scalar'),
    ...says('replaces/number', replaces?.number, among(replaces), 'printable'),
    ...says('ends/number', ends?.number, ends?.situations ?? [], 'scalar'),
    ...lifeFaults(spec, pointer),
    ...earlierFaults(definition, spec, pointer, situations),
  ];
}

/** Why an expression cannot be printed on a certificate issued in these situations. */
function printFaults(
  subject: Subject,
  expression: string,
  situations: readonly string[],
  expected: Expected,
): string[] {
  const { definition, context } = subject;
  const more = {
    decision: { opinion: '同意', amount: 100, conditions: null },
    decidedOn: context.today,
    number: '',
    record: recordSample(definition, context.today),
  };
  const samples = samplesOf(subject)
    .filter((s) => situations.includes(s.facts.situation))
    .map(({ label, facts }) => ({ label, facts: { ...facts, ...more } }));
  const scope = { forms: formsOf(subject), decision: true, record: recordNames(definition), context };
  return expressionFaults(expression, scope, samples, expected);
}

function lifeFaults(spec: CertificateSpec, pointer: string): LintFault[] {
  const faults: LintFault[] = [];
  if (spec.years !== null && spec.until !== undefined)
    faults.push({ pointer: `${pointer}/until`, reason: 'a life is years or until, not both' });
  if (spec.renewBefore !== undefined && spec.years === null && spec.until === undefined)
    faults.push({ pointer: `${pointer}/renewBefore`, reason: 'a certificate without an end is not renewed' });
  return faults;
}

/** What happens to an earlier certificate: this one takes its place where it is issued, or ends it where it is not. */
function earlierFaults(
  { situations: all }: Definition,
  { keeps, replaces, ends }: CertificateSpec,
  pointer: string,
  issued: readonly string[],
): LintFault[] {
  const each = (key: string, of: { situations: string[] } | undefined, why: (id: string) => string | null) =>
    (of?.situations ?? []).flatMap((id, i) => {
      const reason = why(id);
      return reason === null ? [] : [{ pointer: `${pointer}/${key}/situations/${i}`, reason }];
    });
  const notIssued = (id: string) => (issued.includes(id) ? null : `not issued in situation "${id}"`);
  return [
    ...each('keeps', keeps, notIssued),
    ...each('replaces', replaces, (id) =>
      keeps?.situations.includes(id) ? `keeps its number in situation "${id}"` : notIssued(id),
    ),
    ...each('ends', ends, (id) => {
      if (!all.some((s) => s.id === id)) return `no situation "${id}"`;
      return issued.includes(id) ? `issued in situation "${id}": a new one replaces, it does not end` : null;
    }),
  ];
}
