/** What is wrong with a definition or a form, all at once. Pure: the loader and `cunban check` call it. */
import type { Inlined } from './inline.ts';
import { lintAsked, lintReaches, lintRenewals, lintRoster, lintShares } from './lint/asked.ts';
import { lintCertificates } from './lint/certificates.ts';
import {
  lintDuplicates,
  lintForms,
  lintMaterials,
  lintNotices,
  lintRules,
  lintTerms,
} from './lint/contents.ts';
import { shapeFaults } from './lint/shape.ts';
import { lintSteps } from './lint/steps.ts';
import type { LintContext, LintFault, Subject } from './lint/types.ts';
import type { Definition } from './types.ts';

export { lintForm } from './lint/form.ts';
export { lintMachine } from './lint/machine.ts';
export { shapeFaults } from './lint/shape.ts';
export type { FormFault, LintContext, LintFault } from './lint/types.ts';

/** Each check, and the parts of the definition that must have the right shape before it can be made. */
const CHECKS: { needs: (keyof Definition)[]; check: (subject: Subject) => LintFault[] }[] = [
  { needs: ['situations', 'materials', 'rules', 'certificates'], check: lintDuplicates },
  { needs: ['code', 'department', 'form', 'situations'], check: lintForms },
  { needs: ['terms', 'situations', 'kind'], check: lintTerms },
  { needs: ['steps', 'situations', 'rules'], check: lintSteps },
  { needs: ['form', 'situations', 'materials'], check: lintMaterials },
  { needs: ['form', 'situations', 'rules', 'steps'], check: lintRules },
  { needs: ['form', 'situations', 'steps'], check: lintNotices },
  { needs: ['form', 'situations', 'steps', 'certificates'], check: lintCertificates },
  { needs: ['steps'], check: lintAsked },
  { needs: ['form', 'situations', 'steps'], check: lintShares },
  { needs: ['form', 'situations'], check: lintRenewals },
  { needs: ['form', 'situations', 'reaches'], check: lintReaches },
  { needs: ['form', 'situations', 'steps', 'roster'], check: lintRoster },
];

/**
 * Hold an item against its schema and against sense.
 * @param raw parsed JSON of the item file
 * @param forms forms that are sound, by name (`NY-04@1`); a missing one is told once
 */
export function lintDefinition(
  raw: unknown,
  forms: ReadonlyMap<string, Inlined>,
  context: LintContext,
): LintFault[] {
  const shape = shapeFaults(context.itemSchema, raw);
  const broken = new Set(shape.map(({ pointer }) => pointer.split('/')[1] ?? ''));
  if (broken.has('')) return shape;
  const subject = { definition: raw as Definition, forms, context };
  const sense = CHECKS.filter(({ needs }) => !needs.some((part) => broken.has(part)));
  return [...shape, ...sense.flatMap(({ check }) => check(subject))];
}
