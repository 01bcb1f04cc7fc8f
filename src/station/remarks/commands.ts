import { type Fault, invalid, notAllowed, notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { maskNumbers } from '../../kernel/mask.ts';
import { localDate } from '../../kernel/time.ts';
import { type Colleague, deskOf, findColleague, type SignedIn } from '../../people/accounts/index.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { transact, writeOnce } from '../../platform/db/index.ts';
import {
  countUnread,
  findRemark,
  insertRemark,
  listMentioning,
  listRemarks,
  saveRead,
  strikeRemark,
} from './store.ts';
import type { CaseGate, Remark, RemarkDeps } from './types.ts';

/** The longest remark, in characters. */
const MOST = 500;
const PAGE = 20;

export interface Said {
  text: string;
  /** Account of a colleague at the desks of the case. */
  mention?: string | undefined;
  /** Login of anybody else who may see it. */
  login?: string | undefined;
}

/**
 * Say something about a case to the colleagues who may see it. Numbers of persons, cards and phones are masked before
 * it is kept.
 * @throws notFound `case.not_found`, invalid when it is empty, too long, or mentions somebody who may not see the case
 */
export async function remark(
  deps: RemarkDeps,
  gate: CaseGate,
  who: SignedIn,
  caseId: string,
  said: Said,
  requestId?: string,
): Promise<{ id: string }> {
  await gate.mayRead(who, caseId);
  const text = said.text.replace(/\r\n?/g, '\n').trim();
  const faults = textFaults(text);
  const people = await mentioned(deps, gate, who, caseId, said, faults);
  if (faults.length > 0) throw invalid(faults);
  return writeOnce(deps, who, requestId, { caseId, remark: said }, async (trx) => {
    const at = deps.clock.now();
    const id = newId(at, deps.random);
    const entry = {
      id,
      caseId,
      authorId: who.accountId,
      authorName: who.name,
      authorDesk: deskOf(who, deps.orgs),
      text: maskNumbers(text),
      at,
    };
    await insertRemark(trx, deps.vault, entry, people);
    await auditBy(trx, deps, who, 'remark.say', caseId, { remark: id, mentions: people.length });
    return { id };
  });
}

function textFaults(text: string): Fault[] {
  if (text === '') return [{ pointer: '/text', message: '请写下要说的话', code: 'required' }];
  const length = [...text].length;
  return length > MOST
    ? [{ pointer: '/text', message: `最多 ${MOST} 字，现在 ${length} 字`, code: 'maxLength' }]
    : [];
}

/** Who is mentioned, each once and never the author; whoever may not see the case is a fault. */
async function mentioned(
  deps: RemarkDeps,
  gate: CaseGate,
  who: SignedIn,
  caseId: string,
  { mention, login }: Said,
  faults: Fault[],
): Promise<Colleague[]> {
  const chosen = mention
    ? (await gate.colleagues(who, caseId)).find((c) => c.accountId === mention)
    : undefined;
  if (mention && !chosen)
    faults.push({
      pointer: '/mention',
      message: '这位同志已经不在这件事项的岗位上，请重新选',
      code: 'mention',
    });
  const typed = login
    ? await findColleague(deps.db.read, login.trim().replace(/^@/, ''), localDate(deps.clock.now()))
    : undefined;
  if (login && (!typed || !(await gate.maySee(typed, caseId))))
    faults.push({
      pointer: '/login',
      message: '没有这个账号，或者这位同志不能查看这件事项',
      code: 'mention',
    });
  const all = [chosen, typed].filter((c) => c !== undefined && c.accountId !== who.accountId) as Colleague[];
  return [...new Map(all.map((c) => [c.accountId, c])).values()];
}

/**
 * Take back what one said: it stays, marked as struck.
 * @throws notFound, notAllowed `remark.not_yours`
 */
export async function strike(
  deps: RemarkDeps,
  gate: CaseGate,
  who: SignedIn,
  caseId: string,
  id: string,
): Promise<void> {
  await gate.mayRead(who, caseId);
  await transact(deps.db, async (trx) => {
    const found = await findRemark(trx, deps.vault, caseId, id);
    if (!found) throw notFound('remark.not_found');
    if (found.authorId !== who.accountId) throw notAllowed('remark.not_yours');
    if (found.struckAt !== null) return;
    await strikeRemark(trx, id, deps.clock.now());
    await auditBy(trx, deps, who, 'remark.strike', caseId, { remark: id });
  });
}

/** Everything said about a case that its reader may see, oldest first. */
export const remarksOf = (deps: RemarkDeps, caseId: string): Promise<Remark[]> =>
  listRemarks(deps.db.read, deps.vault, caseId);

/** How many mentions somebody has not read yet. */
export const mentionsFor = (deps: Pick<RemarkDeps, 'db'>, who: { accountId: string }): Promise<number> =>
  countUnread(deps.db.read, who.accountId);

/** A remark that mentions somebody, with the name of its case; null when the case is no longer theirs to see. */
export interface MentionLine {
  remark: Remark;
  caseTitle: string | null;
  unread: boolean;
}

/** Where somebody is mentioned, newest first; keyset pages. */
export async function listMentions(
  deps: RemarkDeps,
  gate: CaseGate,
  who: SignedIn,
  after?: string,
): Promise<{ lines: MentionLine[]; next: string | null }> {
  const found = await listMentioning(deps.db.read, deps.vault, who.accountId, { after, limit: PAGE + 1 });
  const shown = found.slice(0, PAGE);
  const titles = await gate.titles(who, [...new Set(shown.map((r) => r.caseId))]);
  return {
    lines: shown.map((one) => ({
      remark: one,
      caseTitle: titles.get(one.caseId) ?? null,
      unread: isUnread(one, who),
    })),
    next: found.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}

export const isUnread = ({ mentions }: Remark, who: { accountId: string }): boolean =>
  mentions.some((m) => m.accountId === who.accountId && m.readAt === null);

/** Somebody opened a case in which colleagues mention them. */
export const markRead = (deps: RemarkDeps, who: { accountId: string }, caseId: string): Promise<void> =>
  transact(deps.db, (trx) => saveRead(trx, who.accountId, caseId, deps.clock.now()));
