import type { Knex } from 'knex';
import type { Trx } from '../../platform/db/index.ts';
import type { Certificate, CertificateState } from './types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | null>;

/** A certificate with its sealed fields and its file. */
export interface StoredCertificate extends Certificate {
  fieldsSealed: string;
  fileHash: string | null;
}

const toCertificate = (r: Raw): StoredCertificate => ({
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
  verifyCode: r.verify_code as string,
  collectedAt: r.collected_at as string | null,
  fieldsSealed: r.fields_sealed as string,
  fileHash: r.file_hash as string | null,
});

export async function find(db: Db, where: Record<string, string>): Promise<StoredCertificate | undefined> {
  const row = await db('certificates').where(where).first();
  return row && toCertificate(row);
}

export async function listByCase(db: Db, caseId: string): Promise<StoredCertificate[]> {
  return (await db('certificates').where({ case_id: caseId }).orderBy('id')).map(toCertificate);
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
    verify_code: c.verifyCode,
    reserved_at: reservedAt,
  });
}

/** Issue a reserved certificate; one already issued is left as it is. */
export async function markIssued(
  trx: Trx,
  id: string,
  days: { issuedOn: string; expiresOn: string | null; renewBy: string | null; fieldsSealed: string },
): Promise<void> {
  await trx('certificates').where({ id, state: 'reserved' }).update({
    state: 'issued',
    issued_on: days.issuedOn,
    expires_on: days.expiresOn,
    renew_by: days.renewBy,
    fields_sealed: days.fieldsSealed,
  });
}

export async function markCollected(trx: Trx, caseId: string, at: string, sealed: string): Promise<void> {
  await trx('certificates')
    .where({ case_id: caseId, state: 'issued' })
    .update({ state: 'collected', collected_at: at, collection_sealed: sealed });
}

export async function saveFile(trx: Trx, id: string, fileHash: string): Promise<void> {
  await trx('certificates').where({ id }).update({ file_hash: fileHash });
}

/** Certificates of the same number that this one replaces. */
export async function voidOthers(
  trx: Trx,
  { id, ...same }: { id: string; item_code: string; spec_id: string; number: string },
): Promise<void> {
  await trx('certificates').where(same).whereNot({ id }).update({ state: 'void' });
}
