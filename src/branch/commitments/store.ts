import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import { type RecordRow, toRecord } from '../records/index.ts';
import type { Commitment, CommitmentText, HolderKind, Kind, Review } from './types.ts';

const columns = (content: CommitmentText) => ({
  kind: content.kind,
  text: content.text,
  beneficiary: content.beneficiary,
  promised_on: content.promisedOn,
});

const commitments = (db: Knex): Knex.QueryBuilder =>
  db('commitments as c').join('branch_records as r', 'r.id', 'c.id').select('c.*', 'r.*');

interface CommitmentRow extends RecordRow {
  of: HolderKind;
  kind: Kind;
  text: string;
  beneficiary: string;
  promised_on: LocalDate;
  evidence: string | null;
}

const toCommitment = (row: CommitmentRow, reviews: Review[]): Commitment => ({
  record: toRecord(row),
  of: row.of,
  kind: row.kind,
  text: row.text,
  beneficiary: row.beneficiary,
  promisedOn: row.promised_on,
  evidence: row.evidence,
  reviews,
});

interface ReviewRow {
  commitment_id: string;
  met_on: LocalDate;
  present: number;
  outcome: Review['outcome'];
  remark: string;
}

async function withReviews(db: Knex, rows: CommitmentRow[]): Promise<Commitment[]> {
  const ids = rows.map((r) => r.id);
  const reviews: ReviewRow[] = await db('commitment_reviews').whereIn('commitment_id', ids).orderBy('round');
  const of = (id: string): Review[] =>
    reviews
      .filter((r) => r.commitment_id === id)
      .map((r) => ({ metOn: r.met_on, present: r.present, outcome: r.outcome, remark: r.remark }));
  return rows.map((row) => toCommitment(row, of(row.id)));
}

export async function insertCommitment(
  trx: Trx,
  id: string,
  of: HolderKind,
  content: CommitmentText,
): Promise<void> {
  await trx('commitments').insert({ id, of, ...columns(content), evidence: null });
}

export async function saveText(trx: Trx, id: string, content: CommitmentText): Promise<void> {
  await trx('commitments').where({ id }).update(columns(content));
}

export async function saveEvidence(trx: Trx, id: string, evidence: string): Promise<void> {
  await trx('commitments').where({ id }).update({ evidence });
}

export async function insertReview(trx: Trx, id: string, round: number, review: Review): Promise<void> {
  const { metOn, present, outcome, remark } = review;
  await trx('commitment_reviews').insert({
    commitment_id: id,
    round,
    met_on: metOn,
    present,
    outcome,
    remark,
  });
}

export async function findCommitment(db: Knex, id: string): Promise<Commitment | undefined> {
  return (await withReviews(db, await commitments(db).where('c.id', id)))[0];
}

/** Of one organisation, in the order they were made: there is no other. */
export async function listAt(db: Knex, orgId: string): Promise<Commitment[]> {
  return withReviews(db, await commitments(db).where('r.org_id', orgId).orderBy('c.id'));
}

/** Of somebody, wherever made, the same way. */
export async function listBy(db: Knex, accountId: string): Promise<Commitment[]> {
  return withReviews(db, await commitments(db).where('r.author_id', accountId).orderBy('c.id'));
}
