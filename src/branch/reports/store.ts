import type { Knex } from 'knex';
import { beginsWith, type Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { type RecordRow, toRecord } from '../records/index.ts';
import type { ThoughtReport } from './types.ts';

const reports = (db: Knex): Knex.QueryBuilder =>
  db('thought_reports as t').join('branch_records as r', 'r.id', 't.id').select('t.*', 'r.*');

const opened = (vault: Vault, sealed: string | null): string | null =>
  sealed === null ? null : vault.open(sealed);

interface ReportRow extends RecordRow {
  addressee_id: string;
  text_sealed: string | null;
  answer_sealed: string | null;
}

const toReport = (vault: Vault, row: ReportRow): ThoughtReport => ({
  record: toRecord(row),
  addresseeId: row.addressee_id,
  text: opened(vault, row.text_sealed),
  answer: opened(vault, row.answer_sealed),
});

export async function insertReport(
  trx: Trx,
  vault: Vault,
  id: string,
  { addressee, text }: { addressee: string; text: string },
): Promise<void> {
  const row = { id, addressee_id: addressee, text_sealed: vault.seal(text), answer_sealed: null };
  await trx('thought_reports').insert(row);
}

export async function saveAnswer(trx: Trx, vault: Vault, id: string, answer: string): Promise<void> {
  await trx('thought_reports')
    .where({ id })
    .update({ answer_sealed: vault.seal(answer) });
}

/** Nothing that was written is left. */
export async function destroyWords(trx: Trx, id: string): Promise<void> {
  await trx('thought_reports').where({ id }).update({ text_sealed: null, answer_sealed: null });
}

export async function findReport(db: Knex, vault: Vault, id: string): Promise<ThoughtReport | undefined> {
  const row = await reports(db).where('t.id', id).first();
  return row && toReport(vault, row);
}

/** Those written by somebody or addressed to him, the newest first. */
export async function listOfAccount(db: Knex, vault: Vault, accountId: string): Promise<ThoughtReport[]> {
  const rows = await reports(db)
    .where((any) => any.where('r.author_id', accountId).orWhere('t.addressee_id', accountId))
    .orderBy('t.id', 'desc');
  return rows.map((row: ReportRow) => toReport(vault, row));
}

/** How many there are in each state beneath a place, as it was when they were written. */
export async function countBeneath(db: Knex, path: string): Promise<Map<string, number>> {
  const rows: { state: string; n: number | string }[] = await db('branch_records as r')
    .where('r.module', 'report')
    .whereNot('r.state', 'withdrawn')
    .where(beginsWith(db, 'r.org_path', path))
    .groupBy('r.state')
    .select('r.state')
    .count({ n: '*' });
  return new Map(rows.map((row) => [row.state, Number(row.n)]));
}
