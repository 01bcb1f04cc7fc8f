import { AppError, type Fault, invalid } from '../../errors.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import { factsOf, findingsOf, type RuleFacts } from '../../workflow/facts.ts';
import { evaluateFeel } from '../../workflow/feel.ts';
import { type Person, personsIn } from '../../workflow/persons.ts';
import { type Answer, computeFields, evaluateRules } from '../../workflow/rules.ts';
import type { Findings } from '../../workflow/types.ts';
import type { AnswerGiven } from '../answers/index.ts';
import type { CaseDeps } from './deps.ts';
import { applicantOf, type MaterialStanding, materialStandings, missingMaterials } from './rules.ts';
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
  /** Nothing needs to be filed, and why. */
  answer: Answer | null;
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
  if (faults.length > 0) return { form, faults, warnings: [], routes: {}, answer: null };
  const result = evaluateRules(pinned.definition, ruleFacts(deps, situation, form, today));
  const { blocks, warnings, routes, answer } = result;
  return { form, faults: answer ? [] : blocks, warnings, routes, answer };
}

/** How each material of a case stands on a day. */
export function standingsOf(
  deps: CaseDeps,
  pinned: Pinned,
  row: Pick<CaseRow, 'situation' | 'form' | 'commitments' | 'gaps'>,
  files: MaterialRow[],
  today: LocalDate,
): MaterialStanding[] {
  const facts = ruleFacts(deps, row.situation, row.form, today);
  const applies = (when: string | undefined) => when === undefined || evaluateFeel(when, facts) === true;
  return materialStandings(pinned.definition, row.situation, (m) => applies(m.when), files, row);
}

/** A file fit to be handed in. */
export interface Complete extends FormCheck {
  /** What the form says beside its routes. */
  findings: Omit<Findings, 'countsFrom'>;
  persons: Person[];
  /** Materials that are vouched for, and may be (告知承诺). */
  commitments: string[];
}

/**
 * Is a case fit to be handed in? Form, rules and materials are told together.
 * @throws invalid `case.incomplete` with every fault; conflict `case.not_needed` when nothing must be filed
 */
export function requireComplete(
  deps: CaseDeps,
  pinned: Pinned,
  row: CaseRow,
  files: MaterialRow[],
  today: LocalDate,
): Complete {
  const { definition } = pinned;
  const check = checkForm(deps, pinned, row.situation, row.form, today);
  if (check.answer) throw notNeeded(pinned, row, check.answer);
  const standings = standingsOf(deps, pinned, { ...row, form: check.form }, files, today);
  const faults = [...check.faults, ...missingMaterials(standings)];
  if (faults.length > 0) throw invalid(faults, 'case.incomplete');
  const facts = ruleFacts(deps, row.situation, check.form, today);
  const standing = (way: MaterialStanding['way']) =>
    standings.filter((s) => s.way === way).map((s) => s.material.id);
  return {
    ...check,
    commitments: standing('committed'),
    findings: findingsOf(definition, facts, standing('owed')),
    persons: personsIn(definition, pinned.formFor(row.situation), facts),
  };
}

/** 409: no case is opened, the note is enough (B1-4 ①). */
export class NotNeeded extends AppError {
  readonly given: AnswerGiven;
  constructor(given: AnswerGiven) {
    const { rule, says, basis } = given;
    super(409, 'case.not_needed', { data: { rule, says, basis } });
    this.given = given;
  }
}

/** The answer to a form that asks for what needs no application. */
export const notNeeded = (
  { definition }: Pinned,
  { villageId, form }: Pick<CaseRow, 'villageId' | 'form'>,
  answer: Answer,
): NotNeeded => {
  const { name = '', idNumber = '' } = applicantOf(form);
  const { code, title, department } = definition;
  return new NotNeeded({
    ...answer,
    item: { code, title, department },
    villageId,
    applicant: { name, idNumber },
  });
};
