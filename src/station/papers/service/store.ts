import type { Knex } from 'knex';
import type { Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Evidence, Service, Way } from './types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | number | null>;

const toEvidence = (r: Raw): Evidence => ({
  id: r.id as string,
  name: r.name as string,
  mime: r.mime as string,
  size: r.size as number,
});

const toService = (vault: Vault, r: Raw, evidence: Evidence[]): Service => ({
  id: r.id as string,
  paperId: r.paper_id as string,
  way: r.way as Way,
  outcome: r.outcome as Service['outcome'],
  triedOn: r.tried_on as string,
  servedOn: r.served_on as string | null,
  reviewUntil: r.review_until as string | null,
  sueUntil: r.sue_until as string | null,
  recordId: r.record_id as string | null,
  by: { account: r.by_account as string, name: r.by_name as string },
  recordedAt: r.recorded_at as string,
  details: JSON.parse(vault.open(r.details_sealed as string)),
  evidence,
});

/** Services and attempts of papers, oldest first, with their pictures. */
export async function listByPapers(db: Db, vault: Vault, paperIds: string[]): Promise<Service[]> {
  const rows: Raw[] = await db('paper_services')
    .whereIn('paper_id', paperIds)
    .orderBy(['tried_on', 'recorded_at', 'id']);
  const pictures: Raw[] = await db('paper_evidence').whereIn('paper_id', paperIds).orderBy('id');
  return rows.map((r) => toService(vault, r, pictures.filter((p) => p.service_id === r.id).map(toEvidence)));
}

/** One at a time for each paper: who comes second waits, and then sees what the first did. */
export async function lockPaper(trx: Trx, paperId: string): Promise<void> {
  await trx('papers').where({ id: paperId }).forUpdate().first('id');
}

export async function insertService(
  trx: Trx,
  vault: Vault,
  s: Omit<Service, 'evidence' | 'recordId'>,
): Promise<void> {
  await trx('paper_services').insert({
    id: s.id,
    paper_id: s.paperId,
    way: s.way,
    outcome: s.outcome,
    tried_on: s.triedOn,
    served_on: s.servedOn,
    review_until: s.reviewUntil,
    sue_until: s.sueUntil,
    by_account: s.by.account,
    by_name: s.by.name,
    recorded_at: s.recordedAt,
    details_sealed: vault.seal(JSON.stringify(s.details)),
  });
}

export type Days = Pick<Service, 'servedOn' | 'reviewUntil' | 'sueUntil'>;

/** The days of every service, oldest first. */
export async function listDated(
  db: Db,
): Promise<(Days & Pick<Service, 'id' | 'paperId' | 'way' | 'triedOn'>)[]> {
  const rows: Raw[] = await db('paper_services').where({ outcome: 'served' }).orderBy('id');
  return rows.map((r) => ({
    id: r.id as string,
    paperId: r.paper_id as string,
    way: r.way as Way,
    triedOn: r.tried_on as string,
    servedOn: r.served_on as string | null,
    reviewUntil: r.review_until as string | null,
    sueUntil: r.sue_until as string | null,
  }));
}

export async function saveDays(trx: Trx, id: string, days: Days): Promise<void> {
  await trx('paper_services')
    .where({ id })
    .update({ served_on: days.servedOn, review_until: days.reviewUntil, sue_until: days.sueUntil });
}

export async function nameRecord(trx: Trx, id: string, recordId: string): Promise<void> {
  await trx('paper_services').where({ id }).update({ record_id: recordId });
}

export interface NewEvidence extends Evidence {
  paperId: string;
  fileHash: string;
  addedBy: string;
  addedAt: string;
}

export async function insertEvidence(trx: Trx, e: NewEvidence): Promise<void> {
  await trx('paper_evidence').insert({
    id: e.id,
    paper_id: e.paperId,
    file_hash: e.fileHash,
    name: e.name,
    mime: e.mime,
    size: e.size,
    added_by: e.addedBy,
    added_at: e.addedAt,
  });
}

/** Pictures of a paper that belong to no service yet, of those named. */
export async function looseEvidence(db: Db, paperId: string, ids: string[]): Promise<Evidence[]> {
  const rows: Raw[] = await db('paper_evidence')
    .where({ paper_id: paperId, service_id: null })
    .whereIn('id', ids)
    .orderBy('id');
  return rows.map(toEvidence);
}

export async function giveEvidence(trx: Trx, ids: string[], serviceId: string): Promise<void> {
  await trx('paper_evidence').whereIn('id', ids).update({ service_id: serviceId });
}

/** A picture with the file it is kept in. */
export async function findEvidence(
  db: Db,
  paperId: string,
  id: string,
): Promise<(Evidence & { fileHash: string }) | undefined> {
  const row: Raw | undefined = await db('paper_evidence').where({ paper_id: paperId, id }).first();
  return row && { ...toEvidence(row), fileHash: row.file_hash as string };
}

/** A decision nobody was served with yet, and whose case it is of. */
export interface UnservedRow {
  paperId: string;
  caseId: string;
  number: string;
  applicantName: string;
  title: string;
  paperNumber: string;
  createdAt: string;
}

export async function listUnserved(db: Db, villageId: string): Promise<UnservedRow[]> {
  const rows: Raw[] = await db('papers')
    .join('cases', 'cases.id', 'papers.case_id')
    .leftJoin('paper_services as s', (on) =>
      on.on('s.paper_id', 'papers.id').andOn('s.outcome', db.raw('?', ['served'])),
    )
    .where({ 'cases.village_id': villageId, 'papers.decides': 1 })
    .whereNull('s.id')
    .orderBy(['papers.created_at', 'papers.id'])
    .select(
      'papers.id as paper_id',
      'cases.id as case_id',
      'cases.number as case_number',
      'cases.applicant_name',
      'papers.title',
      'papers.number',
      'papers.created_at',
    );
  return rows.map((r) => ({
    paperId: r.paper_id as string,
    caseId: r.case_id as string,
    number: r.case_number as string,
    applicantName: r.applicant_name as string,
    title: r.title as string,
    paperNumber: r.number as string,
    createdAt: r.created_at as string,
  }));
}
