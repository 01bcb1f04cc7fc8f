/** Questions are asked by anybody, answered by the desk, and published without names. */
import { conflict, type Fault, invalid, notFound } from '../../errors.ts';
import { addWorkdays } from '../../kernel/calendar.ts';
import { localDate, startOfDay } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { holds, type SignedIn } from '../../people/accounts/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import { type Trx, transact, writeOnce } from '../../platform/db/index.ts';
import { findByCode, inFours, letterSight, type MailDeps, newReceipt } from '../mailbox/index.ts';
import { chartOf, lapseRecords, moveRecord, openRecord } from '../records/index.ts';
import type { QuestionAct, QuestionBody } from './schema.ts';
import * as store from './store.ts';
import { ANSWER_DAYS, type Question } from './types.ts';

/** @throws AppError 422; 409 letter.already_sent for the same form */
export async function askQuestion(deps: MailDeps, given: QuestionBody): Promise<{ code: string }> {
  const org = deps.orgs.find(given.to);
  if (org?.kind !== 'party-committee' || org.closedOn !== null)
    throw invalid([{ pointer: '/to', message: '请选问哪一级党委', code: 'required' }]);
  const today = localDate(deps.clock.now());
  const { code, columns } = await newReceipt(deps, given.once);
  await transact(deps.db, async (trx) => {
    if (await store.isSent(trx, columns.form_once)) throw conflict('letter.already_sent');
    const { id } = await openRecord(trx, deps, {
      module: 'question',
      orgId: org.id,
      authorId: null,
      visibility: 'named',
      content: undefined,
      at: startOfDay(today),
    });
    const row = { id, toOrg: org.id, text: given.text, phone: given.phone ?? null };
    await store.insertQuestion(trx, deps.vault, row, columns);
  });
  return { code: inFours(code) };
}

const byCode = async (deps: MailDeps, code: string): Promise<Question> =>
  (await findByCode(deps.vault, code, (group) => store.listInGroup(deps.db.read, deps.vault, group)))
    .question;

export interface AskersView {
  text: string;
  state: string;
  stateTitle: string;
  office: string;
  dueOn: LocalDate | null;
  /** Of a merged question: the answer that was given for all of them. */
  answer: string | null;
  mayFollowUp: boolean;
}

const ASKER = { accountId: null, parts: new Set(['asker']) };

/** The question and its answer, for whoever has the code. @throws AppError 404 letter.code_not_found */
export async function readQuestion(deps: MailDeps, code: string): Promise<AskersView> {
  const own = await byCode(deps, code);
  const running = chartOf('question');
  const told =
    own.mergedInto === null ? own : await store.findQuestion(deps.db.read, deps.vault, own.mergedInto);
  return {
    text: own.text,
    state: own.record.state,
    stateTitle: running.title(own.record.state),
    office: deps.orgs.get(own.toOrg).name,
    dueOn: told?.record.dueOn ?? null,
    answer: told?.answer ?? null,
    mayFollowUp: running.possible(own.record.state, ASKER.parts).length > 0,
  };
}

/** The asker asks on; the clock of its class begins again. @throws AppError 404; 409 record.not_possible */
export async function followUp(deps: MailDeps, code: string, text: string): Promise<AskersView> {
  const found = await byCode(deps, code);
  await transact(deps.db, async (trx) => {
    const now = await again(trx, deps, found);
    const today = localDate(deps.clock.now());
    const due = dueOf(deps, now.class ?? 'usual', today);
    await moveRecord(trx, deps, now.record, {
      event: 'FOLLOW_UP',
      actor: ASKER,
      version: now.record.version,
      dueOn: due,
      at: startOfDay(today),
    });
    await store.saveQuestion(trx, deps.vault, {
      ...now,
      text: `${now.text}\n\n追问：${text}`,
      answerDue: due,
    });
  });
  return readQuestion(deps, code);
}

async function again(trx: Trx, deps: MailDeps, { record }: Question): Promise<Question> {
  const now = await store.findQuestion(trx, deps.vault, record.id);
  if (!now) throw conflict('record.stale_version');
  return now;
}

const dueOf = (deps: MailDeps, of: keyof typeof ANSWER_DAYS, from: LocalDate): LocalDate =>
  addWorkdays(deps.calendar(), from, ANSWER_DAYS[of]);

export function partsOf(deps: MailDeps, who: SignedIn, question: Question): Set<string> {
  const parts = new Set<string>();
  const persons = [who.accountId, ...who.grants.flatMap((g) => g.for?.accountId ?? [])];
  if (holds(who, 'party-mail', question.toOrg, deps.orgs)) parts.add('handler');
  if (holds(who, 'party-approver', question.toOrg, deps.orgs)) parts.add('approver');
  if (question.answererId !== null && persons.includes(question.answererId)) parts.add('answerer');
  return parts;
}

/** @throws AppError 404 record.not_found */
async function getSeen(deps: MailDeps, who: SignedIn, id: string): Promise<Question> {
  const found = await store.findSeen(deps.db.read, deps.vault, letterSight(who, deps.orgs), id);
  if (!found) throw notFound('record.not_found');
  return found;
}

/** One question for its desk; that it was looked at is kept. */
export async function openQuestion(deps: MailDeps, who: SignedIn, id: string): Promise<Question> {
  const question = await getSeen(deps, who, id);
  await auditAlone(deps, who, 'question.read', id);
  return question;
}

function faultsOf(act: QuestionAct, question: Question): Fault[] {
  const missing = (pointer: string, message: string): Fault[] => [{ pointer, message, code: 'required' }];
  if (act.event === 'TRIAGE' && act.class === undefined) return missing('/class', '请选答复期限');
  if (act.event === 'MERGE' && act.into === undefined) return missing('/into', '请选并入哪一条');
  if (act.event === 'ANSWER' && act.answer === undefined) return missing('/answer', '请写答复');
  if (act.event === 'PUBLISH' && question.publicAnswer === null && act.publication === undefined)
    return missing('/publication', '请写公开的提问和答复，不写姓名');
  return [];
}

/** What an act leaves of the question. */
async function after(
  trx: Trx,
  deps: MailDeps,
  who: SignedIn,
  q: Question,
  act: QuestionAct,
): Promise<Question> {
  const today = localDate(deps.clock.now());
  const published = act.publication && {
    publicQuestion: act.publication.question,
    publicAnswer: act.publication.answer,
  };
  switch (act.event) {
    case 'TRIAGE':
      return { ...q, class: act.class ?? null, answerDue: act.class ? dueOf(deps, act.class, today) : null };
    case 'MERGE':
      return { ...q, mergedInto: await targetOf(trx, deps, who, q, act.into ?? '') };
    case 'ANSWER':
      return { ...q, ...published, answer: act.answer ?? null, answeredOn: today, answererId: who.accountId };
    case 'PUBLISH':
      return { ...q, ...published, publishedOn: today };
    default:
      return q;
  }
}

/** The question that is answered for this one too; of one that was merged itself, the one behind it. */
async function targetOf(trx: Trx, deps: MailDeps, who: SignedIn, q: Question, into: string): Promise<string> {
  const fault = () => invalid([{ pointer: '/into', message: '请选另一条在您这里的提问', code: 'into' }]);
  const target = await store.findSeen(trx, deps.vault, letterSight(who, deps.orgs), into);
  if (!target || target.record.state === 'declined') throw fault();
  const id = target.mergedInto ?? target.record.id;
  if (id === q.record.id) throw fault();
  return id;
}

/** Everybody who asked the same hears of the answer. */
async function tellAskers(trx: Trx, deps: MailDeps, question: Question): Promise<void> {
  const all = [question, ...(await store.listMergedInto(trx, deps.vault, question.record.id))];
  for (const { phone } of all) if (phone !== null) await deps.tell(trx, 'question-news', phone);
}

/**
 * One act of the desk or the approver, once for a request id.
 * @throws AppError 404, 403, 409 record.*; 422
 */
export async function actOnQuestion(
  deps: MailDeps,
  who: SignedIn,
  id: string,
  act: QuestionAct,
  requestId?: string,
): Promise<{ state: string; version: number }> {
  const found = await getSeen(deps, who, id);
  return writeOnce(deps, who, requestId, { id, act }, async (trx) => {
    const question = await again(trx, deps, found);
    const faults = faultsOf(act, question);
    if (faults.length > 0) throw invalid(faults);
    const next = await after(trx, deps, who, question, act);
    const moved = await moveRecord(trx, deps, question.record, {
      event: act.event,
      actor: { accountId: who.accountId, parts: partsOf(deps, who, question) },
      version: act.version,
      reason: act.reason,
      ...(act.event === 'TRIAGE' && { dueOn: next.answerDue }),
    });
    await store.saveQuestion(trx, deps.vault, next);
    if (act.event === 'MERGE')
      for (const one of await store.listMergedInto(trx, deps.vault, id))
        if (next.mergedInto !== null)
          await store.saveQuestion(trx, deps.vault, { ...one, mergedInto: next.mergedInto });
    if (act.event === 'ANSWER') await tellAskers(trx, deps, next);
    if (act.event === 'MERGE' && next.phone !== null) await deps.tell(trx, 'question-news', next.phone);
    return { state: moved.state, version: moved.version };
  });
}

/** Answers nobody asked on about are closed. */
export const questionsOnNewDay = (deps: MailDeps, today: LocalDate): Promise<number> =>
  lapseRecords(deps, 'question', today);
