import { type FormSchema, fieldAt, segmentsOf } from '../form-schema.ts';
import { SHOWN_PARAMETER } from '../rules.ts';
import type { Step, Terms } from '../types.ts';
import { expressionFaults, samplesOf, unknownParameter } from './expressions.ts';
import { formOf, formsOf, type LintFault, type Subject } from './types.ts';
import { isTaken } from './ways.ts';

/** Ids that must be their own. */
function twice(list: { id: string }[], pointer: string): LintFault[] {
  return list.flatMap(({ id }, i) => {
    const first = list.findIndex((one) => one.id === id);
    return first === i
      ? []
      : [{ pointer: `${pointer}/${i}/id`, reason: `"${id}" is also the id of entry ${first}` }];
  });
}

export function lintDuplicates({ definition }: Subject): LintFault[] {
  const { situations, materials, rules, certificates = [] } = definition;
  return [
    ...twice(situations, '/situations'),
    ...twice(materials, '/materials'),
    ...twice(rules, '/rules'),
    ...twice(certificates, '/certificates'),
  ];
}

/** Forms the item names must be there and be its own. */
export function lintForms({ definition, forms, context }: Subject): LintFault[] {
  const named = [
    { pointer: '/form', name: definition.form },
    ...definition.situations.flatMap((s, i) =>
      s.form === undefined ? [] : [{ pointer: `/situations/${i}/form`, name: s.form }],
    ),
  ];
  const faults = named.flatMap(({ pointer, name }) => {
    if (!forms.has(name)) return [{ pointer, reason: `no form "${name}" (forms/${name}.json)` }];
    return name.startsWith(definition.code) ? [] : [{ pointer, reason: `form of another item` }];
  });
  if (!context.departments.includes(definition.department))
    faults.push({ pointer: '/department', reason: `unknown department "${definition.department}"` });
  if (!definition.code.startsWith(`${definition.department}-`))
    faults.push({
      pointer: '/code',
      reason: `does not begin with the department "${definition.department}"`,
    });
  return faults;
}

const inDays = (terms: Terms): string[] => {
  const { statutory, promised } = terms;
  if (!statutory || !('days' in statutory) || !('days' in promised)) return [];
  return statutory.unit === promised.unit && promised.days > statutory.days
    ? [`promised ${promised.days} days exceed the statutory ${statutory.days}`]
    : [];
};

/** Terms of the item and of each situation (B2-3, B2-16). */
export function lintTerms({ definition }: Subject): LintFault[] {
  const { terms, situations, kind } = definition;
  const faults = inDays(terms).map((reason) => ({ pointer: '/terms/promised', reason }));
  if (kind === 'permit' && terms.statutory === null)
    faults.push({ pointer: '/terms/statutory', reason: 'a permit has a statutory term (B2-3)' });
  if (terms.extension && terms.statutory === null)
    faults.push({ pointer: '/terms/extension', reason: 'there is no statutory term to extend' });
  situations.forEach((s, i) => {
    if (!s.terms) return;
    for (const reason of inDays({ ...terms, ...s.terms }))
      faults.push({ pointer: `/situations/${i}/terms`, reason });
  });
  return faults;
}

export function lintMaterials(subject: Subject): LintFault[] {
  const { materials, situations } = subject.definition;
  const samples = samplesOf(subject);
  const scope = { forms: formsOf(subject), context: subject.context };
  return materials.flatMap((material, i) => {
    const pointer = `/materials/${i}`;
    const unknown = (material.situations ?? []).filter((id) => !situations.some((s) => s.id === id));
    const asked = samples.filter((s) => material.situations?.includes(s.facts.situation) ?? true);
    const overdue =
      material.tolerable && unknownParameter('gapDays', subject.context)
        ? [{ pointer: `${pointer}/tolerable`, reason: 'parameter "gapDays" says how long it may be owed' }]
        : [];
    const reasons =
      material.when === undefined ? [] : expressionFaults(material.when, scope, asked, 'boolean');
    return [
      ...overdue,
      ...unknown.map((id) => ({ pointer: `${pointer}/situations`, reason: `no situation "${id}"` })),
      ...reasons.map((reason) => ({ pointer: `${pointer}/when`, reason })),
    ];
  });
}

export function lintRules(subject: Subject): LintFault[] {
  const { rules, steps } = subject.definition;
  const samples = samplesOf(subject);
  const forms = formsOf(subject);
  return rules.flatMap((rule, i) => {
    const pointer = `/rules/${i}`;
    const faults = expressionFaults(rule.when, { forms, context: subject.context }, samples, 'boolean').map(
      (reason) => ({ pointer: `${pointer}/when`, reason }),
    );
    const field = rule.field;
    if (field !== undefined && !forms.some((form) => fieldAt(form, segmentsOf(field))))
      faults.push({ pointer: `${pointer}/field`, reason: `no field "${field}" in the form` });
    for (const [, name = ''] of rule.says.matchAll(SHOWN_PARAMETER)) {
      const reason = unknownParameter(name, subject.context);
      if (reason) faults.push({ pointer: `${pointer}/says`, reason });
    }
    if (rule.effect === 'route' && !steps.some((s) => dependsOn(s, rule.id)))
      faults.push({ pointer: `${pointer}/effect`, reason: 'no step depends on this route rule' });
    if (rule.effect === 'answer' && rule.basis === undefined)
      faults.push({ pointer: `${pointer}/basis`, reason: 'an answer names the article it rests on (B1-4)' });
    return faults;
  });
}

const dependsOn = (step: Step, rule: string): boolean =>
  step.when === rule ||
  step.unless === rule ||
  (step.kind === 'joint' && step.parts.some((part) => part.when === rule));

/** B.5: a notice shows fields of the form, none of them personal. */
export function lintNotices(subject: Subject): LintFault[] {
  const { definition } = subject;
  return definition.steps.flatMap((step, i) => {
    if (step.kind !== 'post') return [];
    const taken = definition.situations.filter((s) => isTaken(definition, s.id, step));
    return step.show.flatMap((field, k) => {
      const pointer = `/steps/${i}/show/${k}`;
      const found = taken.map((s) => ({ id: s.id, form: formOf(subject, s.id) })).filter((s) => s.form);
      const without = found.find(({ form }) => !fieldAt(form as FormSchema, segmentsOf(field)));
      if (without)
        return [{ pointer, reason: `no field "${field}" in the form of situation "${without.id}"` }];
      const personal = found.some(({ form }) => isPersonal(fieldAt(form as FormSchema, segmentsOf(field))));
      return personal
        ? [{ pointer, reason: `"${field}" is sensitive and must not hang on a notice (B.5)` }]
        : [];
    });
  });
}

/** Sensitive itself, or with something sensitive below it. */
function isPersonal(field: FormSchema | undefined): boolean {
  if (!field) return false;
  return (
    field['x-sensitive'] === true ||
    isPersonal(field.items) ||
    Object.values(field.properties ?? {}).some(isPersonal)
  );
}
