import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Custody } from '../types.ts';

type Db = Trx | Knex;

export type TransferState = 'sent' | 'received' | 'cancelled';
export type ItemResult = 'sent' | 'received' | 'missing' | 'cancelled';

/** 交接单: pieces on their way from one desk to the next. */
export interface Transfer {
  id: string;
  number: string;
  from: string;
  to: string;
  state: TransferState;
  sentBy: { id: string; name: string };
  sentAt: Instant;
  settledBy: { id: string; name: string } | null;
  settledAt: Instant | null;
  /** What the receiver wrote about what was missing. */
  note: string | null;
}

/** One piece of a transfer, as the list 交接清单 shows it. */
export interface TransferItem {
  certificateId: string;
  caseId: string;
  title: string;
  number: string;
  holderName: string;
  villageName: string;
  result: ItemResult;
}

type Raw = Record<string, string | null>;
const personIn = (id: string | null | undefined, name: string | null | undefined) =>
  id == null || name == null ? null : { id, name };

const toTransfer = (r: Raw): Transfer => ({
  id: r.id as string,
  number: r.number as string,
  from: r.from_org as string,
  to: r.to_org as string,
  state: r.state as TransferState,
  sentBy: { id: r.sent_by as string, name: r.sent_name as string },
  sentAt: r.sent_at as string,
  settledBy: personIn(r.settled_by, r.settled_name),
  settledAt: r.settled_at as string | null,
  note: r.note as string | null,
});

export async function insertTransfer(trx: Trx, t: Transfer, certificates: readonly string[]): Promise<void> {
  await trx('certificate_transfers').insert({
    id: t.id,
    number: t.number,
    from_org: t.from,
    to_org: t.to,
    state: t.state,
    sent_by: t.sentBy.id,
    sent_name: t.sentBy.name,
    sent_at: t.sentAt,
  });
  await trx('certificate_transfer_items').insert(
    certificates.map((id) => ({ transfer_id: t.id, certificate_id: id, result: 'sent' })),
  );
}

export async function findTransfer(db: Db, id: string): Promise<Transfer | undefined> {
  const row = await db('certificate_transfers').where({ id }).first();
  return row && toTransfer(row);
}

/** Settle a transfer that is under way; false when somebody settled it before. */
export async function settleTransfer(
  trx: Trx,
  id: string,
  s: { state: TransferState; by: { id: string; name: string }; at: Instant; note: string | null },
): Promise<boolean> {
  const changed = await trx('certificate_transfers')
    .where({ id, state: 'sent' })
    .update({ state: s.state, settled_by: s.by.id, settled_name: s.by.name, settled_at: s.at, note: s.note });
  return changed === 1;
}

export async function saveResult(
  trx: Trx,
  transferId: string,
  certificateId: string,
  result: ItemResult,
): Promise<void> {
  await trx('certificate_transfer_items')
    .where({ transfer_id: transferId, certificate_id: certificateId })
    .update({ result });
}

export async function listItems(db: Db, transferId: string): Promise<TransferItem[]> {
  return db('certificate_transfer_items as i')
    .join('certificates as k', 'k.id', 'i.certificate_id')
    .join('cases as c', 'c.id', 'k.case_id')
    .join('orgs as o', 'o.id', 'c.village_id')
    .where({ 'i.transfer_id': transferId })
    .orderBy(['k.number', 'k.id'])
    .select({
      certificateId: 'k.id',
      caseId: 'k.case_id',
      title: 'k.title',
      number: 'k.number',
      holderName: 'k.holder_name',
      villageName: 'o.name',
      result: 'i.result',
    });
}

export interface TransferQuery {
  /** Organisations whose transfers may be seen. */
  orgs: readonly string[];
  direction?: 'in' | 'out';
  state?: TransferState;
  /** Id of the last one of the page before. */
  after?: string;
  limit: number;
}

/** Transfers from and to these organisations, the latest first. */
export async function listTransfers(db: Db, query: TransferQuery): Promise<Transfer[]> {
  const { orgs, direction, state, after, limit } = query;
  const rows = db('certificate_transfers')
    .where((any) => {
      if (direction !== 'in') any.orWhereIn('from_org', orgs);
      if (direction !== 'out') any.orWhereIn('to_org', orgs);
    })
    .orderBy('id', 'desc')
    .limit(limit);
  if (state) rows.where({ state });
  if (after) rows.where('id', '<', after);
  return (await rows).map(toTransfer);
}

/** A piece that lies at a desk. */
export interface Lying {
  certificateId: string;
  title: string;
  number: string;
  holderName: string;
  villageId: string;
  villageName: string;
  department: string;
  custody: Custody;
}

/** Pieces lying at a place, by village and number. */
export async function listLying(db: Db, place: string): Promise<Lying[]> {
  return db('certificates as k')
    .join('cases as c', 'c.id', 'k.case_id')
    .join('orgs as o', 'o.id', 'c.village_id')
    .where({ 'k.place_id': place })
    .whereIn('k.custody', ['printed', 'at-township', 'at-village', 'returned'])
    .orderBy(['o.id', 'k.number', 'k.id'])
    .limit(200)
    .select({
      certificateId: 'k.id',
      title: 'k.title',
      number: 'k.number',
      holderName: 'k.holder_name',
      villageId: 'o.id',
      villageName: 'o.name',
      department: 'c.department',
      custody: 'k.custody',
    });
}
