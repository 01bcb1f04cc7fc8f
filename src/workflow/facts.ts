/** What rules, conditions and computed fields may look at. Pure: day and parameters are handed in. */
import { checkIdNumber, idFacts, normaliseId } from '../kernel/identity.ts';
import type { LocalDate } from '../kernel/types.ts';
import { evaluateFeel } from './feel.ts';
import { isRecord } from './form-schema.ts';
import { countsOf } from './terms.ts';
import type { Definition, Findings } from './types.ts';

export interface RuleFacts {
  form: Record<string, unknown>;
  /** Parameters in force on the day, by name. */
  params: Record<string, unknown>;
  /** Shanghai date. */
  today: LocalDate;
  situation: string;
  /** From the identity number; null where there is none, as with a passport. */
  applicant: { age: number | null; sex: '男' | '女' | null };
}

/** Full years of age on a day. */
const yearsBetween = (birth: LocalDate, on: LocalDate): number =>
  Number(on.slice(0, 4)) - Number(birth.slice(0, 4)) - (on.slice(5) < birth.slice(5) ? 1 : 0);

/** Age and sex as the identity number of the applicant block tells them. */
function applicantFacts(form: Record<string, unknown>, today: LocalDate): RuleFacts['applicant'] {
  const id = isRecord(form.applicant) ? form.applicant.idNumber : undefined;
  const number = typeof id === 'string' ? normaliseId(id) : '';
  if (checkIdNumber(number, today) !== null) return { age: null, sex: null };
  const { birth, sex } = idFacts(number);
  return { age: yearsBetween(birth, today), sex };
}

/** The facts of a form on a day. */
export const factsOf = (
  form: Record<string, unknown>,
  situation: string,
  params: Record<string, unknown>,
  today: LocalDate,
): RuleFacts => ({ form, params, today, situation, applicant: applicantFacts(form, today) });

/**
 * What the form says beside its routes when it is handed in.
 * @param gaps materials the applicant signs for bringing later (容缺)
 * @throws Error when a renewal does not tell the day its licence ends, or a parameter gives no length of time
 */
export function findingsOf(
  definition: Definition,
  facts: RuleFacts,
  gaps: string[],
): Omit<Findings, 'countsFrom'> {
  const renews = definition.situations.find((s) => s.id === facts.situation)?.renews;
  const validTo = renews ? evaluateFeel(renews.validTo, facts) : null;
  if (validTo !== null && typeof validTo !== 'string')
    throw new Error(`${definition.code}: the licence to be renewed has no last day`);
  return { gaps, counts: countsOf(definition, facts.params), validTo };
}
