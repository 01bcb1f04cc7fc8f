import { notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { maskId, maskName } from '../../kernel/mask.ts';
import { localDate } from '../../kernel/time.ts';
import { maySee, type SignedIn } from '../../people/accounts/index.ts';
import { nextNumber, type Trx } from '../../platform/db/index.ts';
import { renderPaperPdf } from '../../platform/pdf/index.ts';
import { newCode, paperContent, readCode } from '../codes.ts';
import type { PaperVerdict } from '../papers/index.ts';
import { printedOnce, signedPrint, stationOf } from '../prints.ts';
import { NOTE_TITLE, printOf } from './print.ts';
import * as store from './store.ts';
import type { AnswerDeps, AnswerGiven, AnswerNote, AnswerPrintDeps } from './types.ts';

/**
 * Keep the note of an answer, numbered without gaps in its village and year; the same answer to the same person
 * on the same day is one note. Returns its id.
 */
export async function recordAnswer(
  trx: Trx,
  deps: Pick<AnswerDeps, 'clock' | 'random' | 'vault'>,
  who: Pick<SignedIn, 'accountId' | 'name'>,
  { item, villageId, rule, says, basis, applicant }: AnswerGiven,
): Promise<string> {
  const now = deps.clock.now();
  const day = localDate(now);
  const once = {
    item_code: item.code,
    rule,
    village_id: villageId,
    person: deps.vault.blind(`citizen:${applicant.idNumber}`),
    given_on: day,
  };
  const note = await store.insertOnce(trx, once, {
    id: newId(now, deps.random),
    verify_code: newCode(deps.random),
    item_title: item.title,
    department: item.department,
    says,
    basis,
    applicant_name: applicant.name,
    person_masked: maskId(applicant.idNumber),
    given_by: who.accountId,
    given_name: who.name,
    given_at: now,
  });
  if (note.number === null) {
    const year = Number(day.slice(0, 4));
    const running = await nextNumber(trx, `answer:${villageId}`, year);
    await store.saveNumber(trx, note.id, `${villageId}告〔${year}〕${running}号`);
  }
  return note.id;
}

const publicSide = ({ verifyCode: _v, fileHash: _f, ...note }: store.StoredAnswer): AnswerNote => note;

/** @throws notFound `answer.not_found`, also for a foreign village's */
async function allowed(deps: AnswerDeps, who: SignedIn, id: string): Promise<store.StoredAnswer> {
  const note = await store.findAnswer(deps.db.read, { id });
  if (!note || !maySee(who, deps.orgs, note)) throw notFound('answer.not_found');
  return note;
}

/** @throws notFound `answer.not_found`, also for a foreign village's */
export const getAnswer = async (deps: AnswerDeps, who: SignedIn, id: string): Promise<AnswerNote> =>
  publicSide(await allowed(deps, who, id));

const PAGE = 50;
const LOOKED_AT = 500;

/** The latest notes somebody may see. */
export async function listAnswers(deps: AnswerDeps, who: SignedIn): Promise<AnswerNote[]> {
  return (await store.latestAnswers(deps.db.read, LOOKED_AT))
    .filter((note) => maySee(who, deps.orgs, note))
    .slice(0, PAGE)
    .map(publicSide);
}

/**
 * The PDF of a note; a reprint is the same bytes.
 * @throws notFound `answer.not_found`, also for a foreign village's
 */
export async function renderAnswer(
  deps: AnswerPrintDeps,
  who: SignedIn,
  id: string,
): Promise<{ note: AnswerNote; bytes: Buffer }> {
  const stored = await allowed(deps, who, id);
  const note = publicSide(stored);
  const { fileHash } = stored;
  const bytes = await printedOnce(deps, { table: 'answers', id, fileHash }, () => signedPdf(deps, stored));
  return { note, bytes };
}

/** The note, signed by the village for its station. */
const signedPdf = (deps: AnswerPrintDeps, note: store.StoredAnswer): Promise<Buffer> =>
  signedPrint(deps, printOf(deps, note), renderPaperPdf, {
    organId: note.villageId,
    organName: stationOf(deps, note.villageId),
    reason: `出具${NOTE_TITLE}`,
    at: note.givenAt,
    code: note.verifyCode,
    content: paperContent(verdictOf(deps, note)),
  });

const verdictOf = (deps: Pick<AnswerDeps, 'orgs'>, note: store.StoredAnswer): PaperVerdict => ({
  title: NOTE_TITLE,
  number: note.number,
  applicant: maskName(note.applicantName),
  itemTitle: note.itemTitle,
  organ: stationOf(deps, note.villageId),
  madeOn: note.givenOn,
});

/** What anybody holding the note may learn from its code. */
export async function findAnswerByCode(
  deps: Pick<AnswerDeps, 'db' | 'orgs'>,
  code: string,
): Promise<PaperVerdict | undefined> {
  const note = await store.findAnswer(deps.db.read, { verify_code: readCode(code) });
  return note && verdictOf(deps, note);
}
