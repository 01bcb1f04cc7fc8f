/** A survey is written, looked over, answered, closed, told and followed by what was done. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { type Trx, transact, writeOnce } from '../../platform/db/index.ts';
import { type BranchDeps, moveRecord, openRecord, partsAt, partsFor, type Who } from '../records/index.ts';
import { closeNow } from './closing.ts';
import { askedUnder, isOpen, keeps } from './policy.ts';
import { answerFaults, readMessage } from './rules.ts';
import * as store from './store.ts';
import type { Answer, Channel, Survey, SurveyContent } from './types.ts';

export type NewSurvey = SurveyContent & { org: string };

/** @throws AppError 404 record.not_found */
export async function getSurvey(deps: BranchDeps, id: string, trx?: Trx): Promise<Survey> {
  const found = await store.findSurvey(trx ?? deps.db.read, id);
  if (!found) throw notFound('record.not_found');
  return found;
}

function contentFaults(deps: BranchDeps, { org, place, until }: NewSurvey): Fault[] {
  const asked = deps.orgs.find(place);
  const isBranch = asked?.kind === 'branch';
  return [
    ...(asked === undefined || !deps.orgs.isWithin(place, org)
      ? [{ pointer: '/place', message: '请选本组织或者下级的党委、党总支', code: 'place' }]
      : []),
    ...(isBranch
      ? [
          {
            pointer: '/place',
            message: '一个支部人太少，答了就认得出是谁：请选党委或者党总支',
            code: 'place',
          },
        ]
      : []),
    ...(until <= localDate(deps.clock.now())
      ? [{ pointer: '/until', message: '截止日期要在今天以后', code: 'until' }]
      : []),
  ];
}

const contentOf = ({ org: _, ...content }: NewSurvey): SurveyContent => content;

/** @throws AppError 403 without the part, 422 */
export async function draftSurvey(
  deps: BranchDeps,
  who: Who,
  given: NewSurvey,
  requestId?: string,
): Promise<{ id: string }> {
  if (!deps.orgs.find(given.org) || !partsAt(who, given.org, deps.orgs).has('survey'))
    throw notAllowed('record.not_yours');
  const faults = contentFaults(deps, given);
  if (faults.length > 0) throw invalid(faults);
  return writeOnce(deps, who, requestId, given, async (trx) => {
    const content = contentOf(given);
    const record = await openRecord(trx, deps, {
      module: 'survey',
      orgId: given.org,
      authorId: who.accountId,
      visibility: 'named',
      content,
    });
    await store.insertSurvey(trx, record.id, content);
    await auditBy(trx, deps, who, 'survey.draft', record.id);
    return { id: record.id };
  });
}

/** Another wording of a draft. What was looked over, and so what is answered, never changes. @throws AppError 409 */
export async function editSurvey(deps: BranchDeps, who: Who, id: string, given: NewSurvey): Promise<void> {
  const faults = contentFaults(deps, given);
  await transact(deps.db, async (trx) => {
    await store.lockSurvey(trx, id);
    const { record } = await requireKept(trx, deps, who, id);
    const parts = partsFor(who, record, deps.orgs);
    if (!parts.has('author') && !parts.has('survey')) throw notAllowed('record.not_yours');
    if (record.state !== 'draft') throw conflict('survey.not_editable');
    if (record.orgId !== given.org) throw notAllowed('record.not_yours');
    if (faults.length > 0) throw invalid(faults);
    await store.saveContent(trx, id, contentOf(given));
    await auditBy(trx, deps, who, 'survey.edit', id);
  });
}

async function requireKept(trx: Trx, deps: BranchDeps, who: Who, id: string): Promise<Survey> {
  const survey = await getSurvey(deps, id, trx);
  if (!keeps(who, survey, deps.orgs)) throw notFound('record.not_found');
  return survey;
}

export interface SurveyAct {
  event: string;
  version: number;
  reason?: string;
  /** EXTEND: the new last day. */
  until?: LocalDate;
  /** REPORT_ACTIONS: what was done because of it. */
  actions?: string;
}

/** States of a survey that its organisation still owes something about. */
const OWING = ['under_way', 'extended', 'closed', 'results_published'];

/** One act of those who ask or look over. @throws AppError 404, 403, 409, 422 */
export const actOnSurvey = (
  deps: BranchDeps,
  who: Who,
  id: string,
  act: SurveyAct,
  requestId?: string,
): Promise<{ state: string; version: number }> =>
  writeOnce(deps, who, requestId, { id, act }, async (trx) => {
    await store.lockSurvey(trx, id);
    const survey = await requireKept(trx, deps, who, id);
    const actor = { accountId: who.accountId, parts: partsFor(who, survey.record, deps.orgs) };
    if (act.event === 'CLOSE') {
      const { state, version } = await closeNow(trx, deps, survey, { actor, version: act.version });
      return { state, version };
    }
    const { results: _, record: __, ...content } = survey;
    const moved = await moveRecord(trx, deps, survey.record, {
      event: act.event,
      actor,
      version: act.version,
      reason: act.reason,
      content: { ...content, actions: act.actions ?? survey.actions },
      ...(act.event === 'START' && { visibility: 'subtree', dueOn: survey.until }),
      ...(act.event === 'EXTEND' && { dueOn: act.until ?? null }),
      ...(act.event === 'PUBLISH_RESULTS' && { visibility: 'public' }),
    });
    await GUARDS[act.event]?.(trx, deps, survey, act);
    return { state: moved.state, version: moved.version };
  });

type Guard = (trx: Trx, deps: BranchDeps, survey: Survey, act: SurveyAct) => Promise<void>;

/** What an act needs and writes besides the move, in the same transaction. */
const GUARDS: Record<string, Guard> = {
  async START(trx, deps, { record, until }) {
    const owing = await store.listOf(trx, record.orgId, OWING);
    if (owing.some((id) => id !== record.id)) throw conflict('survey.owes_actions');
    if (until < localDate(deps.clock.now()))
      throw invalid([{ pointer: '/until', message: '截止日期已过，请作废后重新拟', code: 'until' }]);
  },
  async EXTEND(trx, _, survey, { until }) {
    if (until === undefined || until <= survey.until)
      throw invalid([{ pointer: '/until', message: '请写比原来更晚的截止日期', code: 'until' }]);
    await store.saveUntil(trx, survey.record.id, until);
  },
  async PUBLISH_RESULTS(trx, deps, { record }) {
    const texts = await store.listTexts(trx, deps.vault, record.id);
    const left = texts.filter((t) => t.isPublished === null).length;
    if (left > 0) throw conflict('survey.not_screened', { left });
  },
  async REPORT_ACTIONS(trx, _, { record }, { actions = '' }) {
    if (actions.trim() === '')
      throw invalid([{ pointer: '/actions', message: '请写明因为这次调查做了什么', code: 'required' }]);
    await store.saveActions(trx, record.id, actions.trim());
  },
};

/** The owner has read one opinion: it is published or not. Only between close and publication. @throws AppError 404, 403, 409 */
export const screenText = (
  deps: BranchDeps,
  who: Who,
  id: string,
  textId: string,
  publish: boolean,
): Promise<void> =>
  transact(deps.db, async (trx) => {
    const survey = await requireKept(trx, deps, who, id);
    const parts = partsFor(who, survey.record, deps.orgs);
    if (!parts.has('author') && !parts.has('survey')) throw notAllowed('record.not_yours');
    if (survey.record.state !== 'closed') throw conflict('survey.not_editable');
    if (!(await store.saveScreened(trx, id, textId, publish))) throw notFound('record.not_found');
    await auditBy(trx, deps, who, 'survey.screen', id, { publish });
  });

/** Who it is, for one survey alone: nothing leads back. */
const tokenOf = (deps: BranchDeps, survey: string, accountId: string): string =>
  deps.vault.blind(`survey:${survey}:${accountId}`);

/** Has this account answered? Known only while the survey is open. */
export async function hasAnswered(deps: BranchDeps, who: Who, { record, mode }: Survey): Promise<boolean> {
  const { accountId } = who;
  if (mode === 'anonymous')
    return store.hasToken(deps.db.read, record.id, tokenOf(deps, record.id, accountId));
  return (await store.listNamed(deps.db.read, deps.vault, record.id)).some((n) => n.accountId === accountId);
}

/**
 * Somebody answers, once. Of an anonymous survey nothing is written that tells who, when or in which order; so there is
 * no line in the audit and no request kept either: a repeat is refused as answered already.
 * @throws AppError 404 for whoever is not asked, 409 survey.not_open, survey.already_answered, 422
 */
export const answerSurvey = (
  deps: BranchDeps,
  who: Who,
  id: string,
  answers: Answer[],
  channel: Channel,
): Promise<void> =>
  transact(deps.db, async (trx) => {
    await store.lockSurvey(trx, id);
    const survey = await getSurvey(deps, id, trx);
    const place = askedUnder(who, survey, deps.orgs);
    if (place === undefined || ['draft', 'submitted', 'reviewed', 'discarded'].includes(survey.record.state))
      throw notFound('record.not_found');
    if (!isOpen(survey) || localDate(deps.clock.now()) > survey.until) throw conflict('survey.not_open');
    const faults = answerFaults(survey.questions, answers);
    if (faults.length > 0) throw invalid(faults);
    await keepAnswer(trx, deps, who, survey, channel, { answers, place });
  });

async function keepAnswer(
  trx: Trx,
  deps: BranchDeps,
  { accountId }: Who,
  { record: { id }, mode }: Survey,
  channel: Channel,
  sheet: { answers: Answer[]; place: string },
): Promise<void> {
  const { vault, random } = deps;
  if (mode === 'named') {
    const given = { accountId, channel, sheet, at: deps.clock.now() };
    if (!(await store.insertNamed(trx, vault, id, given))) throw conflict('survey.already_answered');
    return;
  }
  const token = tokenOf(deps, id, accountId);
  if (await store.hasToken(trx, id, token)) throw conflict('survey.already_answered');
  await store.insertParticipation(trx, random, id, token, channel);
  await store.insertAnswer(trx, random, vault, id, sheet);
}

/** The same by a message: `A1 B3`. False when the text is no answer to this survey. @throws AppError as `answerSurvey` */
export async function answerByMessage(
  deps: BranchDeps,
  who: Who,
  id: string,
  text: string,
): Promise<boolean> {
  const { questions } = await getSurvey(deps, id);
  const answers = readMessage(questions, text);
  if (answers === undefined) return false;
  await answerSurvey(deps, who, id, answers, 'sms');
  return true;
}
