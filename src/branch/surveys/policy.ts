/** Who is asked, and who sees what of a survey: pure. */
import type { OrgMap } from '../../people/orgs/index.ts';
import { partsFor, type Who } from '../records/index.ts';
import { countedUnder } from './rules.ts';
import type { Survey, SurveyContent } from './types.ts';

/** States in which answers are taken. */
export const OPEN = ['under_way', 'extended'] as const;
/** States in which the results are public. */
const TOLD = ['results_published', 'actions_reported'] as const;

const isOne = (states: readonly string[], state: string): boolean => states.includes(state);

export const isOpen = ({ record }: Survey): boolean => isOne(OPEN, record.state);
export const isTold = ({ record }: Survey): boolean => isOne(TOLD, record.state);

/** The committee that somebody is counted under when asked; undefined: not asked. */
export function askedUnder(
  who: Who,
  { place, roles }: Pick<SurveyContent, 'place' | 'roles'>,
  orgs: OrgMap,
): string | undefined {
  const seat = who.grants.find((g) => roles.includes(g.role) && orgs.isWithin(g.org, place));
  return seat && countedUnder(orgs, seat.org);
}

/** Has somebody to do with the survey as the one who asks or as the one who looks over it? */
export function keeps(who: Who, survey: Survey, orgs: OrgMap): boolean {
  const parts = partsFor(who, survey.record, orgs);
  const isAsking = parts.has('author') || parts.has('survey');
  return isAsking || (parts.has('reviewer') && survey.record.state !== 'draft');
}

/** May it be looked at: by those who keep it, those who are asked while it is open, everybody once it is told. */
export function mayLook(who: Who | null, survey: Survey, orgs: OrgMap): boolean {
  if (isTold(survey)) return true;
  if (who === null) return false;
  return keeps(who, survey, orgs) || (isOpen(survey) && askedUnder(who, survey, orgs) !== undefined);
}
