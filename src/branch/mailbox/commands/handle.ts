/** What the desk does with a letter it may know of. */
import { AppError, conflict, type Fault, invalid, notFound } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone, auditBy } from '../../../platform/audit/index.ts';
import { type Trx, transact, writeOnce } from '../../../platform/db/index.ts';
import { chartOf } from '../../records/index.ts';
import { letterParts, letterSight, levelAbove } from '../policy.ts';
import type { ActBody } from '../schema.ts';
import * as store from '../store.ts';
import type { Identity, Letter, MailDeps, Message, Opening, Publication } from '../types.ts';
import { again, moveLetter, tellWriter } from './move.ts';

/** @throws AppError 404 record.not_found: there is none, or not for these eyes */
export async function getSeen(deps: MailDeps, who: SignedIn, id: string): Promise<Letter> {
  const letter = await store.findSeen(deps.db.read, deps.vault, letterSight(who, deps.orgs), id);
  if (!letter) throw notFound('record.not_found');
  return letter;
}

export interface LetterFile {
  letter: Letter;
  messages: Message[];
  subjects: string[];
  /** Of a named letter; of a confidential one null. */
  identity: Identity | null;
  openings: Opening[];
  publication: Publication | null;
  possible: { event: string; title: string; reason: boolean }[];
}

/** One letter with its thread; that it was looked at is kept. @throws AppError 404 record.not_found */
export async function readLetter(deps: MailDeps, who: SignedIn, id: string): Promise<LetterFile> {
  const letter = await getSeen(deps, who, id);
  const { read } = deps.db;
  await auditAlone(deps, who, 'letter.read', id);
  const parts = letterParts(who, letter, deps.orgs);
  return {
    letter,
    messages: await store.listMessages(read, deps.vault, id),
    subjects: await store.listSubjects(read, id),
    identity: letter.mode === 'named_public' ? await store.findIdentity(read, deps.vault, id) : null,
    openings: await store.listOpenings(read, deps.vault, id),
    publication: await store.findPublication(read, id),
    possible: chartOf('letter')
      .possible(letter.record.state, parts)
      .filter(({ event }) => mayPublish(letter) || event !== 'PROPOSE')
      .map(({ event, title, reason }) => ({ event, title, reason: reason ?? false })),
  };
}

/** Only with the writer's word, and never what accuses somebody. */
const mayPublish = ({ consent, desk }: Letter): boolean => consent === true && desk === 'mail';

const SPEAKS: Record<string, string> = {
  ANSWER: '请写答复',
  ASK: '请写明要补充什么',
  REVIEWED: '请写复查的结果',
};
/** Reasons that the writer reads. */
const TOLD: Record<string, string> = {
  DECLINE: '不予受理',
  TRANSFER_OUT: '已转有权处理的机关',
  EXTEND: '答复延长一次',
  WITHHOLD: '不公开',
};

function faultsOf({ event, text, publication }: ActBody): Fault[] {
  const missing = SPEAKS[event];
  if (missing !== undefined && text === undefined)
    return [{ pointer: '/text', message: missing, code: 'required' }];
  if (event === 'PROPOSE' && publication === undefined)
    return [{ pointer: '/publication', message: '请写公开的标题、来信和答复', code: 'required' }];
  return [];
}

function said({ event, text, reason }: ActBody): { side: 'office'; text: string } | undefined {
  if (SPEAKS[event] !== undefined && text !== undefined) return { side: 'office', text };
  const told = TOLD[event];
  return told !== undefined && reason !== undefined
    ? { side: 'office', text: `${told}：${reason}` }
    : undefined;
}

/**
 * One act of the desk, once for a request id.
 * @throws AppError 404, 409 record.*, letter.not_consented, 422
 */
export async function actOnLetter(
  deps: MailDeps,
  who: SignedIn,
  id: string,
  act: ActBody,
  requestId?: string,
): Promise<{ state: string; version: number }> {
  const found = await getSeen(deps, who, id);
  const faults = faultsOf(act);
  if (faults.length > 0) throw invalid(faults);
  return writeOnce(deps, who, requestId, { id, act }, async (trx) => {
    const letter = await again(trx, deps, found);
    if (act.event === 'PROPOSE' && !mayPublish(letter)) throw conflict('letter.not_consented');
    const { event, version, reason, publication } = act;
    const say = said(act);
    const actor = { accountId: who.accountId, parts: letterParts(who, letter, deps.orgs) };
    const moved = await moveLetter(trx, deps, letter, { event, actor, version, reason, say });
    if (event === 'PROPOSE' && publication) await store.savePublication(trx, id, publication);
    if (event === 'PUBLISH') await store.savePublished(trx, id, localDate(deps.clock.now()));
    if (say) await tellWriter(trx, deps, letter);
    return { state: moved.state, version: moved.version };
  });
}

/**
 * The desk finds that it is about one more organisation. When that one is where the letter lies, or lies above, it goes
 * to the level above at once, with its whole thread; whoever added it may then no longer know of it.
 * @throws AppError 404; 422 letter.not_routable
 */
export async function addSubject(deps: MailDeps, who: SignedIn, id: string, org: string): Promise<void> {
  const letter = await getSeen(deps, who, id);
  if (!deps.orgs.find(org)?.id.startsWith('P'))
    throw invalid([{ pointer: '/org', message: '没有这个党组织', code: 'org' }]);
  const above = deps.orgs.isWithin(letter.toOrg, org) ? levelAbove(org, deps.orgs) : undefined;
  if (above === null) throw new AppError(422, 'letter.not_routable');
  await transact(deps.db, async (trx: Trx) => {
    await store.insertSubject(trx, id, org);
    if (above) await store.saveLetter(trx, id, { toOrg: above.id });
    await auditBy(trx, deps, who, 'letter.subject', id, { passed: above !== undefined });
  });
}
