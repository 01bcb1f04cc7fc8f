import type { Knex } from 'knex';
import type { Trx } from '../../platform/db/index.ts';
import type { Notice, Objection } from './types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | number | null>;

const toNotice = (r: Raw): Notice => ({
  id: r.id as string,
  caseId: r.case_id as string,
  step: r.step as string,
  board: { id: r.board_id as string, name: r.board_name as string },
  title: r.title as string,
  shown: JSON.parse(r.shown as string),
  basis: r.basis as string,
  openedAt: r.opened_at as string,
  until: r.until as string,
  closedAt: r.closed_at as string | null,
  state: r.state as Notice['state'],
  result: r.result as string | null,
});

/** An objection with what was said sealed, as it lies in the table. */
export interface SealedObjection extends Objection {
  textSealed: string;
  nameSealed: string | null;
  contactSealed: string | null;
}

const toObjection = (r: Raw): SealedObjection => ({
  id: r.id as string,
  noticeId: r.notice_id as string,
  caseId: r.case_id as string,
  receiptCode: r.receipt_code as string,
  at: r.at as string,
  anonymous: r.name_sealed === null,
  state: r.state as Objection['state'],
  reply: r.reply as string | null,
  textSealed: r.text_sealed as string,
  nameSealed: r.name_sealed as string | null,
  contactSealed: r.contact_sealed as string | null,
});

/** A repeat for the same event of a case changes nothing. */
export async function insertNotice(trx: Trx, notice: Notice, eventSeq: number): Promise<void> {
  await trx('notices')
    .insert({
      id: notice.id,
      case_id: notice.caseId,
      event_seq: eventSeq,
      step: notice.step,
      board_id: notice.board.id,
      board_name: notice.board.name,
      title: notice.title,
      shown: JSON.stringify(notice.shown),
      basis: notice.basis,
      opened_at: notice.openedAt,
      until: notice.until,
      state: notice.state,
    })
    .onConflict(['case_id', 'event_seq', 'board_id'])
    .ignore();
}

export async function findNotice(
  db: Db,
  where: Record<string, string | number>,
): Promise<Notice | undefined> {
  const row = await db('notices').where(where).first();
  return row && toNotice(row);
}

/** Close the open notice of a case, on every board it hangs on; objections still open are told why it ended. */
export async function closeOpenNotice(
  trx: Trx,
  caseId: string,
  end: { at: string; result: string; until: string },
): Promise<void> {
  const open = await trx('notices').where({ case_id: caseId, state: 'open' }).pluck('id');
  await trx('notices')
    .whereIn('id', open)
    .update({ state: 'closed', closed_at: end.at, result: end.result, until: end.until });
  await trx('objections').whereIn('notice_id', open).where({ state: 'open' }).update({ reply: end.result });
}

export async function saveUntil(trx: Trx, caseId: string, until: string): Promise<void> {
  await trx('notices').where({ case_id: caseId, state: 'open' }).update({ until });
}

/** Open ones, and closed ones until they are taken down; or only those of one state. */
const onDisplay = (closedSince: string, state?: Notice['state']) => (any: Knex.QueryBuilder) => {
  if (state !== 'closed') any.where('notices.state', 'open');
  if (state !== 'open') any.orWhere('notices.closed_at', '>=', closedSince);
};

/** The boards on which something is on display, in the order of their ids. */
export async function boardsOnDisplay(db: Db, closedSince: string): Promise<{ id: string; name: string }[]> {
  return db('notices')
    .distinct({ id: 'board_id', name: 'board_name' })
    .where(onDisplay(closedSince))
    .orderBy('board_id');
}

/** Notices on display, newest first. */
export async function listOnDisplay(
  db: Db,
  query: {
    closedSince: string;
    state?: Notice['state'];
    boardPath?: string;
    before?: string;
    limit: number;
  },
): Promise<Notice[]> {
  const rows = db('notices')
    .select('notices.*')
    .join('orgs', 'orgs.id', 'notices.board_id')
    .where(onDisplay(query.closedSince, query.state))
    .orderBy('notices.id', 'desc')
    .limit(query.limit);
  if (query.boardPath) rows.where('orgs.path', 'like', `${query.boardPath}%`);
  if (query.before) rows.where('notices.id', '<', query.before);
  return (await rows).map(toNotice);
}

export async function insertObjection(trx: Trx, o: SealedObjection): Promise<void> {
  await trx('objections').insert({
    id: o.id,
    notice_id: o.noticeId,
    case_id: o.caseId,
    receipt_code: o.receiptCode,
    at: o.at,
    text_sealed: o.textSealed,
    name_sealed: o.nameSealed,
    contact_sealed: o.contactSealed,
    state: o.state,
  });
}

export async function findObjection(
  db: Db,
  where: Record<string, string>,
): Promise<SealedObjection | undefined> {
  const row = await db('objections').where(where).first();
  return row && toObjection(row);
}

export async function settle(trx: Trx, id: string, state: Objection['state'], reply: string): Promise<void> {
  await trx('objections').where({ id }).update({ state, reply });
}

export async function listByCase(db: Db, caseId: string): Promise<SealedObjection[]> {
  return (await db('objections').where({ case_id: caseId }).orderBy(['at', 'id'])).map(toObjection);
}
