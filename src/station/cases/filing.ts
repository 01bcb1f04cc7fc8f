import { type Fault, invalid } from '../../errors.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import { factsOf, type RuleFacts } from '../../workflow/facts.ts';
import { evaluateFeel } from '../../workflow/feel.ts';
import { computeFields, evaluateRules } from '../../workflow/rules.ts';
import type { CaseDeps } from './deps.ts';
import { type MaterialStanding, materialStandings, missingMaterials } from './rules.ts';
import type { CaseRow, MaterialRow } from './store.ts';

/** What the rules of an item may look at on a given day (Shanghai date). */
export const ruleFacts = (
  deps: Pick<CaseDeps, 'definitions'>,
  situation: string,
  form: Record<string, unknown>,
  today: LocalDate,
): RuleFacts => factsOf(form, situation, deps.definitions.params(today), today);

/** What a form looks like with its computed fields filled, and everything that stands against filing it. */
export interface FormCheck {
  form: Record<string, unknown>;
  faults: Fault[];
  warnings: Fault[];
  routes: Record<string, boolean>;
}

/** Check a form against its schema and the item's rules, every fault at once. */
export function checkForm(
  deps: CaseDeps,
  pinned: Pinned,
  situation: string,
  raw: Record<string, unknown>,
  today: LocalDate,
): FormCheck {
  const schema = pinned.formFor(situation);
  const form = computeFields(schema, raw, ruleFacts(deps, situation, raw, today));
  const faults = pinned.validateForm(form, situation, today);
  if (faults.length > 0) return { form, faults, warnings: [], routes: {} };
  const result = evaluateRules(pinned.definition, ruleFacts(deps, situation, form, today));
  return { form, faults: result.blocks, warnings: result.warnings, routes: result.routes };
}

/** How each material of a case stands on a day. */
export function standingsOf(
  deps: CaseDeps,
  pinned: Pinned,
  row: Pick<CaseRow, 'situation' | 'form' | 'commitments'>,
  files: MaterialRow[],
  today: LocalDate,
): MaterialStanding[] {
  const facts = ruleFacts(deps, row.situation, row.form, today);
  const applies = (when: string | undefined) => when === undefined || evaluateFeel(when, facts) === true;
  return materialStandings(pinned.definition, row.situation, (m) => applies(m.when), files, row.commitments);
}

/**
 * Is a case fit to be handed in? Form, rules and materials are told together.
 * @throws invalid `case.incomplete` with every fault
 */
export function requireComplete(
  deps: CaseDeps,
  pinned: Pinned,
  row: CaseRow,
  files: MaterialRow[],
  today: LocalDate,
): FormCheck {
  const check = checkForm(deps, pinned, row.situation, row.form, today);
  const missing = missingMaterials(standingsOf(deps, pinned, { ...row, form: check.form }, files, today));
  const faults = [...check.faults, ...missing];
  if (faults.length > 0) throw invalid(faults, 'case.incomplete');
  return check;
}
