/** Rows of drafts: whose an application is while it is being filled in. They end when it is handed in. */
import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import { personKey } from '../../persons.ts';

export interface Draft {
  caseId: string;
  villageId: string;
  /** Account it belongs to. */
  holder: string;
  typedAt: Instant;
  discardedAt: Instant | null;
}

/** A line of a list of drafts. */
export interface DraftLine extends Draft {
  itemCode: string;
  itemTitle: string;
  applicantName: string;
  holderName: string;
  /** Who typed last. */
  typedByName: string;
  /** Who handed it over, and with which words. */
  fromName: string | null;
  note: string | null;
}

export type DraftView = 'own' | 'others' | 'discarded';

export interface DraftQuery {
  villages: readonly string[];
  view: DraftView;
  holder: string;
  /** Discarded drafts up to this moment cannot be brought back. */
  since: Instant;
  /** A part of the applicant's name or of the item's title. */
  text?: string;
  after?: string;
  limit: number;
}

const keyOf = (vault: Vault, idNumber: string | undefined): string | null =>
  idNumber === undefined || idNumber === '' ? null : personKey(vault, idNumber);

export async function insertDraft(
  trx: Trx,
  vault: Vault,
  d: { caseId: string; villageId: string; holder: string; at: Instant; idNumber: string | undefined },
): Promise<void> {
  await trx('drafts').insert({
    case_id: d.caseId,
    village_id: d.villageId,
    holder: d.holder,
    person: keyOf(vault, d.idNumber),
    typed_by: d.holder,
    typed_at: d.at,
  });
}

/** Somebody typed; what is no draft any more stays untouched. */
export async function touchDraft(
  trx: Trx,
  vault: Vault,
  caseId: string,
  typed: { by: string; at: Instant; idNumber: string | undefined },
): Promise<void> {
  await trx('drafts')
    .where({ case_id: caseId })
    .update({ person: keyOf(vault, typed.idNumber), typed_by: typed.by, typed_at: typed.at });
}

export async function findDraft(db: Trx | Knex, caseId: string): Promise<Draft | undefined> {
  const r = await db('drafts').where({ case_id: caseId }).first();
  return (
    r && {
      caseId: r.case_id,
      villageId: r.village_id,
      holder: r.holder,
      typedAt: r.typed_at,
      discardedAt: r.discarded_at,
    }
  );
}

export async function removeDraft(trx: Trx, caseId: string): Promise<void> {
  await trx('drafts').where({ case_id: caseId }).delete();
}

export async function saveHolder(
  trx: Trx,
  vault: Vault,
  caseId: string,
  to: { holder: string; from: string | null; note: string },
): Promise<void> {
  await trx('drafts')
    .where({ case_id: caseId })
    .update({
      holder: to.holder,
      from_name: to.from,
      note_sealed: to.note === '' ? null : vault.seal(to.note),
    });
}

export async function saveDiscarded(trx: Trx, caseId: string, at: Instant | null): Promise<void> {
  await trx('drafts').where({ case_id: caseId }).update({ discarded_at: at });
}

const lines = (db: Knex) =>
  db('drafts as d')
    .join('cases as c', 'c.id', 'd.case_id')
    .leftJoin('accounts as h', 'h.id', 'd.holder')
    .leftJoin('accounts as t', 't.id', 'd.typed_by')
    .select('d.*', 'c.item_code', 'c.item_title', 'c.applicant_name', 'h.name as holder_name')
    .select('t.name as typed_by_name');

const toLine = (vault: Vault, r: Record<string, string | null>): DraftLine => ({
  caseId: r.case_id as string,
  villageId: r.village_id as string,
  holder: r.holder as string,
  typedAt: r.typed_at as string,
  discardedAt: r.discarded_at as string | null,
  itemCode: r.item_code as string,
  itemTitle: r.item_title as string,
  applicantName: r.applicant_name as string,
  holderName: r.holder_name ?? '系统',
  typedByName: r.typed_by_name ?? '系统',
  fromName: r.from_name as string | null,
  note: r.note_sealed ? vault.open(r.note_sealed) : null,
});

export async function findLine(db: Knex, vault: Vault, caseId: string): Promise<DraftLine | undefined> {
  const row = await lines(db).where({ 'd.case_id': caseId }).first();
  return row && toLine(vault, row);
}

/** Drafts of some villages, those typed last first; one more than asked for tells that there are more. */
export async function listDrafts(db: Knex, vault: Vault, q: DraftQuery): Promise<DraftLine[]> {
  const rows = lines(db)
    .whereIn('d.village_id', q.villages)
    .orderBy([
      { column: 'd.typed_at', order: 'desc' },
      { column: 'd.case_id', order: 'desc' },
    ])
    .limit(q.limit + 1);
  if (q.view === 'discarded') rows.where('d.discarded_at', '>', q.since);
  else rows.whereNull('d.discarded_at');
  if (q.view === 'own') rows.where('d.holder', q.holder);
  if (q.view === 'others') rows.whereNot('d.holder', q.holder);
  const text = q.text?.replace(/[%_\\]/g, '') ?? '';
  if (text !== '')
    rows.where((any) => {
      any.where('c.applicant_name', 'like', `%${text}%`).orWhere('c.item_title', 'like', `%${text}%`);
    });
  const [at, id] = q.after?.split('_') ?? [];
  if (at !== undefined && id !== undefined)
    rows.where((older) => {
      older.where('d.typed_at', '<', at).orWhere((same) => {
        same.where('d.typed_at', at).where('d.case_id', '<', id);
      });
    });
  return (await rows).map((r) => toLine(vault, r));
}

/** Drafts of one person, by the number typed in them. */
export async function listDraftsOf(
  db: Knex,
  vault: Vault,
  villages: readonly string[],
  idNumber: string,
): Promise<DraftLine[]> {
  const rows = await lines(db)
    .whereIn('d.village_id', villages)
    .where({ 'd.person': personKey(vault, idNumber), 'd.discarded_at': null })
    .orderBy('d.case_id', 'desc')
    .limit(20);
  return rows.map((r) => toLine(vault, r));
}

/** How many drafts somebody has, and how many a colleague handed over. */
export async function countDrafts(
  db: Knex,
  villages: readonly string[],
  holder: string,
): Promise<{ own: number; handed: number }> {
  const row = await db('drafts')
    .whereIn('village_id', villages)
    .where({ holder, discarded_at: null })
    .count({ own: '*', handed: 'from_name' })
    .first();
  return { own: Number(row?.own ?? 0), handed: Number(row?.handed ?? 0) };
}
