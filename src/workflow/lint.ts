/** What is wrong with a definition or a form, all at once. Pure: the loader and `cunban check` call it. */
import { compile } from './compile.ts';
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
import { unknownParameter } from './lint/expressions.ts';
import { lintMachine } from './lint/machine.ts';
import { proveMachine } from './lint/proofs/index.ts';
import { shapeFaults } from './lint/shape.ts';
import { lintSteps } from './lint/steps.ts';
import type { LintContext, LintFault, Subject } from './lint/types.ts';
import type { MachineJson } from './machine.ts';
import { namedCounts, resolved } from './terms.ts';
import type { Definition } from './types.ts';

export { lintForm } from './lint/form.ts';
export { lintMachine } from './lint/machine.ts';
export { lintPackage, type PackageContext } from './lint/packages.ts';
export { proveMachine } from './lint/proofs/index.ts';
export { shapeFaults } from './lint/shape.ts';
export type { FormFault, LintContext, LintFault } from './lint/types.ts';

interface Check {
  /** Parts of the definition that must have the right shape before it can be made. */
  needs: (keyof Definition)[];
  /** It tries what steps leave on record, so what they ask must be sound. */
  readsRecord?: true;
  check: (subject: Subject) => LintFault[];
}

const CHECKS: Check[] = [
  { needs: ['situations', 'materials', 'rules', 'certificates'], check: lintDuplicates },
  { needs: ['code', 'department', 'form', 'situations'], check: lintForms },
  { needs: ['terms', 'situations', 'kind'], check: lintTerms },
  { needs: ['steps', 'situations', 'rules'], check: lintSteps },
  { needs: ['form', 'situations', 'materials'], check: lintMaterials },
  { needs: ['form', 'situations', 'rules', 'steps'], check: lintRules },
  { needs: ['form', 'situations', 'steps'], check: lintNotices },
  { needs: ['form', 'situations', 'steps', 'certificates'], readsRecord: true, check: lintCertificates },
  { needs: ['form', 'situations', 'steps'], readsRecord: true, check: lintShares },
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
  const timed =
    broken.size === 0 || !['terms', 'situations', 'steps', 'materials'].some((p) => broken.has(p));
  const unnamed = timed ? lintCounts(raw as Definition, context) : [];
  const definition = timed ? resolved(raw as Definition, context.params) : (raw as Definition);
  if (unnamed.length > 0) return [...shape, ...unnamed];
  const subject = { definition, forms, context };
  const asked = broken.has('steps') ? [] : lintAsked(subject);
  const sense = CHECKS.filter(
    ({ needs, readsRecord }) => !needs.some((part) => broken.has(part)) && !(readsRecord && asked.length > 0),
  );
  return [...shape, ...asked, ...sense.flatMap(({ check }) => check(subject))];
}

/** Parameters called in place of a length of time give one. */
function lintCounts(definition: Definition, context: LintContext): LintFault[] {
  return namedCounts(definition).flatMap(({ pointer, name }) => {
    const unknown = unknownParameter(name, context);
    if (unknown !== undefined) return [{ pointer, reason: unknown }];
    const value = context.params[name];
    return Number.isInteger(value) && (value as number) > 0
      ? []
      : [{ pointer, reason: `parameter "${name}" is no whole number of days, hours or months` }];
  });
}

/** An item that was held against everything: what is wrong, and what it compiles to when it is sound by itself. */
export interface LintedItem {
  faults: LintFault[];
  machine?: MachineJson;
}

/** Lint an item, compile it, and prove its machine; a machine is proven only when the item is sound by itself. */
export function lintItem(
  raw: unknown,
  forms: ReadonlyMap<string, Inlined>,
  context: LintContext,
): LintedItem {
  const wrong = lintDefinition(raw, forms, context);
  if (wrong.length > 0) return { faults: wrong };
  const definition = raw as Definition;
  try {
    const machine = compile(definition);
    const unknown = lintMachine(machine);
    const unproven = unknown.length > 0 ? [] : proveMachine(machine, { definition, forms, context });
    return { faults: [...unknown, ...unproven], machine };
  } catch (error) {
    return { faults: [{ pointer: '', reason: `does not compile: ${(error as Error).message}` }] };
  }
}
