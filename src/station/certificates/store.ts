import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Standing } from './fold.ts';
import type { Certificate, CertificateAct, CertificateEvent, CertificateState, Custody } from './types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | number | null>;

/** A certificate with its sealed fields, its file, and the log's cache. */
export interface StoredCertificate extends Certificate {
  fieldsSealed: string;
  fileHash: string | null;
  /** Events in its log. */
  seq: number;
  /** Number of the open proposal's event. */
  proposal: number | null;
}

export const toCertificate = (r: Raw): StoredCertificate => ({
  id: r.id as string,
  caseId: r.case_id as string,
  specId: r.spec_id as string,
  itemCode: r.item_code as string,
  title: r.title as string,
  number: r.number as string,
  holderName: r.holder_name as string,
  organ: { id: r.organ_id as string, name: r.organ_name as string },
  issuedOn: r.issued_on as string | null,
  expiresOn: r.expires_on as string | null,
  renewBy: r.renew_by as string | null,
  state: r.state as CertificateState,
  custody: r.custody as Custody,
  placeId: r.place_id as string | null,
  successorId: r.successor_id as string | null,
  verifyCode: r.verify_code as string,
  collectedAt: r.collected_at as string | null,
  fieldsSealed: r.fields_sealed as string,
  fileHash: r.file_hash as string | null,
  seq: r.seq as number,
  proposal: r.proposal as number | null,
});

export async function find(db: Db, where: Record<string, string>): Promise<StoredCertificate | undefined> {
  const row = await db('certificates').where(where).first();
  return row && toCertificate(row);
}

export async function listByCase(db: Db, caseId: string): Promise<StoredCertificate[]> {
  return (await db('certificates').where({ case_id: caseId }).orderBy('id')).map(toCertificate);
}

/** Hold certificates until the transaction ends: what is asked of them and what is done to them come one by one. */
export async function hold(trx: Trx, where: { case_id: string } | { ids: readonly string[] }): Promise<void> {
  const rows = trx('certificates').select('id').orderBy('id').forUpdate();
  await ('ids' in where ? rows.whereIn('id', where.ids) : rows.where(where));
}

/** Certificates of an item that bear a number, of whichever kind: an extension keeps the approval's. */
export async function listByNumber(db: Db, itemCode: string, number: string): Promise<StoredCertificate[]> {
  return (await db('certificates').where({ item_code: itemCode, number }).orderBy('id')).map(toCertificate);
}

export async function insert(trx: Trx, c: StoredCertificate, reservedAt: string): Promise<void> {
  await trx('certificates').insert({
    id: c.id,
    case_id: c.caseId,
    spec_id: c.specId,
    item_code: c.itemCode,
    title: c.title,
    number: c.number,
    holder_name: c.holderName,
    organ_id: c.organ.id,
    organ_name: c.organ.name,
    fields_sealed: c.fieldsSealed,
    issued_on: c.issuedOn,
    expires_on: c.expiresOn,
    renew_by: c.renewBy,
    state: c.state,
    custody: c.custody,
    seq: c.seq,
    verify_code: c.verifyCode,
    reserved_at: reservedAt,
  });
}

/** Days and print of a certificate that is being issued. */
export async function saveIssue(
  trx: Trx,
  id: string,
  days: { issuedOn: string; expiresOn: string | null; renewBy: string | null; fieldsSealed: string },
): Promise<void> {
  await trx('certificates').where({ id }).update({
    issued_on: days.issuedOn,
    expires_on: days.expiresOn,
    renew_by: days.renewBy,
    fields_sealed: days.fieldsSealed,
  });
}

/**
 * Write the log's cache: compare-and-set on the number of events seen.
 * @returns false when somebody else wrote an event meanwhile
 */
export async function saveStanding(trx: Trx, id: string, seen: number, s: Standing): Promise<boolean> {
  const changed = await trx('certificates')
    .where({ id, seq: seen })
    .update({
      seq: seen + 1,
      state: s.state,
      custody: s.custody,
      place_id: s.placeId,
      successor_id: s.successorId,
      collected_at: s.collectedAt,
      proposal: s.proposal,
    });
  return changed === 1;
}

/** An event with what it says, sealed; null when it says nothing. */
export interface StoredEvent extends CertificateEvent {
  detailSealed: string | null;
}

const toEvent = (r: Raw): StoredEvent => ({
  seq: r.seq as number,
  act: r.act as CertificateAct,
  at: r.at as Instant,
  by: { id: r.by_id as string, name: r.by_name as string },
  fromOrg: r.from_org as string | null,
  toOrg: r.to_org as string | null,
  successorId: r.successor_id as string | null,
  cause: r.cause as string | null,
  detailSealed: r.detail_sealed as string | null,
});

export async function listEvents(db: Db, id: string): Promise<StoredEvent[]> {
  return (await db('certificate_events').where({ certificate_id: id }).orderBy('seq')).map(toEvent);
}

export async function appendEvent(trx: Trx, id: string, e: StoredEvent): Promise<void> {
  await trx('certificate_events').insert({
    certificate_id: id,
    seq: e.seq,
    act: e.act,
    at: e.at,
    by_id: e.by.id,
    by_name: e.by.name,
    from_org: e.fromOrg,
    to_org: e.toOrg,
    successor_id: e.successorId,
    cause: e.cause,
    detail_sealed: e.detailSealed,
  });
}

/** Village and department of the case a certificate came from. */
export async function filedOf(
  db: Db,
  caseId: string,
): Promise<{ villageId: string; department: string; number: string }> {
  const row = await db('cases').where({ id: caseId }).first('village_id', 'department', 'number');
  return { villageId: row.village_id, department: row.department, number: row.number };
}

/** Certificates in force whose last day is over. */
export async function idsToLapse(db: Db, today: LocalDate): Promise<string[]> {
  return db('certificates')
    .whereIn('state', ['valid', 'suspended'])
    .where('expires_on', '<', today)
    .orderBy('id')
    .pluck('id');
}

/** A certificate whose renewal must be asked for soon. */
export interface Renewing {
  id: string;
  caseId: string;
  title: string;
  number: string;
  renewBy: LocalDate;
}

export async function listToRenew(db: Db, from: LocalDate, to: LocalDate): Promise<Renewing[]> {
  return db('certificates')
    .whereIn('state', ['valid', 'suspended'])
    .whereBetween('renew_by', [from, to])
    .orderBy('id')
    .select({ id: 'id', caseId: 'case_id', title: 'title', number: 'number', renewBy: 'renew_by' });
}
