import type { Knex } from 'knex';
import { conflict, notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { addDays, localDate, startOfDay } from '../../kernel/time.ts';
import { type Trx, transact } from '../../platform/db/index.ts';
import { newCode, readCode } from '../codes.ts';
import { type CaseFacts, noticeResult, publicValue } from '../facts.ts';
import * as store from './store.ts';
import type { Notice, NoticeDeps, Objection, OpenNotice } from './types.ts';

/** B.5: a closed notice stays on the board for thirty days, then it is taken down. */
const DAYS_AFTER_CLOSING = 30;

/** Hang a notice on one board; once for the event that posted it and each board. */
export async function openNotice(trx: Trx, deps: NoticeDeps, order: OpenNotice): Promise<Notice> {
  const { facts, step, boardOrg, title, shown, until, basis } = order;
  const { seq, at } = facts.event;
  const notice: Notice = {
    id: newId(at, deps.random),
    caseId: facts.caseId,
    step,
    board: boardOrg,
    title,
    shown: shown.map(({ label, value }) => ({ label, value: publicValue(value) })),
    basis,
    openedAt: at,
    until,
    closedAt: null,
    state: 'open',
    result: null,
  };
  await store.insertNotice(trx, notice, seq);
  return (await store.findNotice(trx, {
    case_id: facts.caseId,
    event_seq: seq,
    board_id: boardOrg.id,
  })) as Notice;
}

/** Close the open notice of a case, if any: with what became of the objections, or why it ended early. */
export async function closeNotice(trx: Trx, facts: CaseFacts): Promise<void> {
  const { at } = facts.event;
  const until = facts.notice?.until ?? localDate(at);
  await store.closeOpenNotice(trx, facts.caseId, { at, result: resultOf(facts), until });
}

function resultOf({ event, notice }: CaseFacts): string {
  if (event.type === 'SUSTAIN_OBJECTION') return '异议成立，公示终止；重新核查以后再次公示。';
  if (event.type === 'WITHDRAW') return '申请已经撤回，公示终止。';
  if (event.type !== 'NOTICE_CLOSED') return '办件已经终止，公示终止。';
  if (!notice?.objections) throw new Error(`nothing is known of the notice that ${event.type} closes`);
  return noticeResult(notice.objections);
}

export interface NewObjection {
  noticeId: string;
  text: string;
  /** Both may be left out: an objection may be anonymous. */
  name?: string;
  contact?: string;
  /** The id that the form was drawn with: sent again, it is the same objection. */
  id?: string;
}

/**
 * Take in an objection while the notice hangs; what was said and by whom is sealed. A form that is sent again
 * changes nothing.
 * @throws notFound `notice.not_found`, conflict `notice.closed`
 */
export async function fileObjection(
  deps: NoticeDeps,
  given: NewObjection,
): Promise<{ objection: Objection; isNew: boolean }> {
  return transact(deps.db, async (trx) => {
    const notice = await store.findNotice(trx, { id: given.noticeId });
    if (!notice) throw notFound('notice.not_found');
    const known = given.id && (await store.findObjection(trx, { id: given.id, notice_id: notice.id }));
    if (known) return { objection: publicSide(known), isNew: false };
    if (notice.state !== 'open') throw conflict('notice.closed');
    const at = deps.clock.now();
    const seal = (text: string | undefined) => (text ? deps.vault.seal(text) : null);
    const objection: store.SealedObjection = {
      id: given.id ?? newId(at, deps.random),
      noticeId: notice.id,
      caseId: notice.caseId,
      receiptCode: newCode(deps.random, 10),
      at,
      anonymous: !given.name,
      state: 'open',
      reply: null,
      textSealed: deps.vault.seal(given.text),
      nameSealed: seal(given.name),
      contactSealed: seal(given.contact),
    };
    await store.insertObjection(trx, objection);
    return { objection: publicSide(objection), isNew: true };
  });
}

/** What of an objection its writer may see. */
const publicSide = ({
  textSealed: _t,
  nameSealed: _n,
  contactSealed: _c,
  ...rest
}: store.SealedObjection): Objection => rest;

/**
 * Write down how an objection ended, with the written reply. Days on which it was looked into do not count
 * (B.5), so a notice that goes on hangs until a later day: `facts` tell it.
 */
export async function settleObjection(
  trx: Trx,
  order: {
    objectionId: string;
    outcome: 'sustained' | 'dismissed';
    reply: string;
    facts?: Pick<CaseFacts, 'caseId' | 'notice'>;
  },
): Promise<void> {
  await store.settle(trx, order.objectionId, order.outcome, order.reply);
  const { facts } = order;
  if (facts?.notice) await store.saveUntil(trx, facts.caseId, facts.notice.until);
}

/** Objections of a case, opened for its officers. */
export async function listObjections(
  db: Trx | Knex,
  deps: Pick<NoticeDeps, 'vault'>,
  caseId: string,
): Promise<(Objection & { text: string; name: string | null; contact: string | null })[]> {
  const open = (sealed: string | null) => (sealed === null ? null : deps.vault.open(sealed));
  return (await store.listByCase(db, caseId)).map((o) => ({
    ...publicSide(o),
    text: deps.vault.open(o.textSealed),
    name: open(o.nameSealed),
    contact: open(o.contactSealed),
  }));
}

const displayedSince = (deps: NoticeDeps): string =>
  startOfDay(addDays(localDate(deps.clock.now()), -DAYS_AFTER_CLOSING));

/** The boards on which something is on display. */
export const boardsOnDisplay = (deps: NoticeDeps): Promise<{ id: string; name: string }[]> =>
  store.boardsOnDisplay(deps.db.read, displayedSince(deps));

/** Notices on display now, newest first; `boardPath` narrows to a village or township. */
export async function noticesOnDisplay(
  deps: NoticeDeps,
  query: { boardPath?: string; state?: Notice['state']; before?: string; limit?: number } = {},
): Promise<{ notices: Notice[]; next: string | null }> {
  const { limit = 20, ...rest } = query;
  const found = await store.listOnDisplay(deps.db.read, {
    ...rest,
    closedSince: displayedSince(deps),
    limit: limit + 1,
  });
  const notices = found.slice(0, limit);
  return { notices, next: found.length > limit ? (notices.at(-1)?.id ?? null) : null };
}

/**
 * A notice while it is on display.
 * @throws notFound `notice.not_found` also after it was taken down
 */
export async function getNotice(deps: NoticeDeps, id: string): Promise<Notice> {
  const notice = await store.findNotice(deps.db.read, { id });
  const gone =
    notice?.closedAt && addDays(localDate(notice.closedAt), DAYS_AFTER_CLOSING) < localDate(deps.clock.now());
  if (!notice || gone) throw notFound('notice.not_found');
  return notice;
}

/** The state of an objection for whoever holds its receipt. */
export async function objectionByReceipt(deps: NoticeDeps, code: string): Promise<Objection | undefined> {
  const found = await store.findObjection(deps.db.read, { receipt_code: readCode(code) });
  return found && publicSide(found);
}
