import type { Knex } from 'knex';
import { conflict, notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { chineseDate, localDate, startOfDay } from '../../kernel/time.ts';
import { nextNumber, type Trx, transact } from '../../platform/db/index.ts';
import { renderCertificatePdf } from '../../platform/pdf/index.ts';
import { newCode, printedCode, readCode } from '../codes.ts';
import type { CaseFacts } from '../facts.ts';
import { certificateNumber, lastDay, renewalDay, seriesYear } from './rules.ts';
import * as store from './store.ts';
import type { Certificate, CertificateDeps, CertificateOrder } from './types.ts';

/**
 * Reserve a certificate's number at the decision, so that the decision can name it; once for each case and
 * specification. Its days run from the issue.
 */
export async function reserveCertificate(
  trx: Trx,
  deps: CertificateDeps,
  facts: CaseFacts,
  order: CertificateOrder,
): Promise<Certificate> {
  const known = await store.find(trx, { case_id: facts.caseId, spec_id: order.id });
  if (known) return publicSide(known);
  const at = facts.event.at;
  const year = localDate(at).slice(0, 4);
  const certificate: store.StoredCertificate = {
    id: newId(deps.clock.now(), deps.random),
    caseId: facts.caseId,
    specId: order.id,
    itemCode: facts.item.code,
    title: order.title,
    number: order.keeps ?? (await nextOf(trx, facts, order, year)),
    holderName: facts.applicant.name,
    organ: { id: facts.issuingOrg.id, name: facts.issuingOrg.name },
    issuedOn: null,
    expiresOn: null,
    renewBy: null,
    state: 'reserved',
    verifyCode: newCode(deps.random),
    collectedAt: null,
    fieldsSealed: deps.vault.seal(JSON.stringify(order.fields)),
    fileHash: null,
  };
  await store.insert(trx, certificate, at);
  return publicSide(certificate);
}

/** The next number of a certificate's series. */
async function nextOf(trx: Trx, facts: CaseFacts, order: CertificateOrder, year: string): Promise<string> {
  return certificateNumber(order.number, {
    year,
    seq: await nextNumber(trx, `${facts.item.code}:${order.id}`, seriesYear(order.number, year)),
    county: facts.township.id.slice(0, 6),
    township: facts.township.id,
  });
}

/**
 * Issue a certificate on the day of the event; reserves first when nothing was reserved. One that keeps an
 * earlier number takes its place: the earlier one is void from then on.
 */
export async function issueCertificate(
  trx: Trx,
  deps: CertificateDeps,
  facts: CaseFacts,
  order: CertificateOrder,
): Promise<void> {
  const { id } = await reserveCertificate(trx, deps, facts, order);
  const issuedOn = localDate(facts.event.at);
  const expiresOn = order.until === undefined ? lastDay(issuedOn, order.years) : order.until;
  if (order.keeps !== undefined)
    await store.voidOthers(trx, { id, item_code: facts.item.code, spec_id: order.id, number: order.keeps });
  await store.markIssued(trx, id, {
    issuedOn,
    expiresOn,
    renewBy: renewalDay(expiresOn, order.renewBefore),
    fieldsSealed: deps.vault.seal(JSON.stringify(order.fields)),
  });
}

/** Write down who collected the issued certificates of a case, whose identity was checked, and the signature. */
export async function collectCertificate(trx: Trx, deps: CertificateDeps, facts: CaseFacts): Promise<void> {
  const { at, data } = facts.event;
  await store.markCollected(trx, facts.caseId, at, deps.vault.seal(JSON.stringify(data)));
}

const publicSide = ({ fieldsSealed: _s, fileHash: _f, ...rest }: store.StoredCertificate): Certificate =>
  rest;

/** Certificates of a case. */
export async function listCertificates(db: Trx | Knex, caseId: string): Promise<Certificate[]> {
  return (await store.listByCase(db, caseId)).map(publicSide);
}

/** @throws notFound `certificate.not_found` */
export async function getCertificate(db: Trx | Knex, id: string): Promise<Certificate> {
  const found = await store.find(db, { id });
  if (!found) throw notFound('certificate.not_found');
  return publicSide(found);
}

/** The certificate behind a code as somebody typed it. */
export async function findByCode(db: Knex, code: string): Promise<Certificate | undefined> {
  const found = await store.find(db, { verify_code: readCode(code) });
  return found && publicSide(found);
}

/**
 * The PDF of an issued certificate; printed once and kept by its content.
 * @throws conflict `certificate.not_issued`
 */
export async function renderCertificate(deps: CertificateDeps, id: string): Promise<Buffer> {
  const certificate = await store.find(deps.db.read, { id });
  if (!certificate) throw notFound('certificate.not_found');
  if (certificate.fileHash !== null) return deps.files.get(certificate.fileHash);
  const { issuedOn, expiresOn } = certificate;
  if (issuedOn === null) throw conflict('certificate.not_issued');
  const fields: { label: string; value: string }[] = JSON.parse(deps.vault.open(certificate.fieldsSealed));
  const bytes = await renderCertificatePdf({
    title: certificate.title,
    author: certificate.organ.name,
    subject: certificate.number,
    createdAt: startOfDay(issuedOn),
    heading: certificate.title,
    number: certificate.number,
    rows: [...fields, { label: '有效期', value: validity(issuedOn, expiresOn) }],
    note: certificate.renewBy && `需要延续的，请在${chineseDate(certificate.renewBy)}（含当日）前提出申请。`,
    signature: {
      organ: certificate.organ.name,
      date: chineseDate(issuedOn),
      seal: '公章',
      qr: {
        text: `${deps.publicUrl}/verify/${certificate.verifyCode}`,
        lines: [`校验码 ${printedCode(certificate.verifyCode)}`],
      },
    },
  });
  const { hash } = await deps.files.put(bytes);
  await transact(deps.db, (trx) => store.saveFile(trx, id, hash));
  return bytes;
}

const validity = (issuedOn: string, expiresOn: string | null): string =>
  expiresOn === null
    ? `自${chineseDate(issuedOn)}起长期有效`
    : `${chineseDate(issuedOn)}至${chineseDate(expiresOn)}`;
