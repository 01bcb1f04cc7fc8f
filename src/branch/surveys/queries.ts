/** Surveys as somebody may look at them. */
import { notFound } from '../../errors.ts';
import type { BranchDeps, Who } from '../records/index.ts';
import { getSurvey, hasAnswered } from './commands.ts';
import { askedUnder, isOpen, isTold, keeps, mayLook } from './policy.ts';
import { csvOf, type SurveyView, viewSurvey } from './present.ts';
import { listNamed, listSurveys, listTexts } from './store.ts';
import type { Answer, Survey } from './types.ts';

/** @throws AppError 404 record.not_found, also for whom it is not */
export async function lookAtSurvey(
  deps: BranchDeps,
  who: Who | null,
  id: string,
): Promise<SurveyView & { asked: boolean; answered: boolean }> {
  const survey = await getSurvey(deps, id);
  if (!mayLook(who, survey, deps.orgs)) throw notFound('record.not_found');
  const texts = await listTexts(deps.db.read, deps.vault, id);
  const asked = who !== null && isOpen(survey) && askedUnder(who, survey, deps.orgs) !== undefined;
  return {
    ...viewSurvey(survey, who, deps.orgs, texts),
    asked,
    answered: asked && (await hasAnswered(deps, who, survey)),
  };
}

export interface SurveyLists {
  /** To be answered. */
  open: { view: SurveyView; answered: boolean }[];
  /** Kept by the reader, as long as something is to be done. */
  kept: SurveyView[];
  /** With results for everybody. */
  told: SurveyView[];
}

export async function listFor(deps: BranchDeps, who: Who | null): Promise<SurveyLists> {
  const all = await listSurveys(deps.db.read);
  const view = (survey: Survey) => viewSurvey(survey, who, deps.orgs, []);
  const asked = all.filter((s) => who && isOpen(s) && askedUnder(who, s, deps.orgs) !== undefined);
  const open = [];
  for (const survey of asked)
    open.push({ view: view(survey), answered: who !== null && (await hasAnswered(deps, who, survey)) });
  return {
    open,
    kept: all
      .filter((s) => who && keeps(who, s, deps.orgs) && s.record.state !== 'actions_reported')
      .map(view),
    told: all.filter(isTold).map(view),
  };
}

/** @throws AppError 404 before the results are published */
export async function resultsCsv(deps: BranchDeps, id: string): Promise<string> {
  const survey = await getSurvey(deps, id);
  if (!isTold(survey)) throw notFound('record.not_found');
  return csvOf(survey, deps.orgs);
}

/** Who answered what, where the survey said that it would be known: for those who ask. @throws AppError 404 */
export async function namedAnswers(
  deps: BranchDeps,
  who: Who,
  id: string,
): Promise<{ accountId: string; answers: Answer[] }[]> {
  const survey = await getSurvey(deps, id);
  const isShown = survey.mode === 'named' && keeps(who, survey, deps.orgs) && !isOpen(survey);
  if (!isShown) throw notFound('record.not_found');
  const named = await listNamed(deps.db.read, deps.vault, id);
  return named.map(({ accountId, sheet }) => ({ accountId, answers: sheet.answers }));
}
