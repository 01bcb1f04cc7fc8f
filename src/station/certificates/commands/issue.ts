import type { Knex } from 'knex';
import { conflict, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate, localDate, startOfDay } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { nextNumber, type Trx } from '../../../platform/db/index.ts';
import { type PrintedCertificate, renderCertificatePdf } from '../../../platform/pdf/index.ts';
import { newCode, printedCode, readCode } from '../../codes.ts';
import type { CaseFacts } from '../../facts.ts';
import { printedOnce, signedPrint, type Unsealed } from '../../prints.ts';
import { certificateNumber, lastDay, renewalDay, saidOf, seriesYear } from '../rules.ts';
import * as store from '../store.ts';
import type { Certificate, CertificateDeps, CertificateOrder } from '../types.ts';
import { record, recordIfPossible } from './log.ts';

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
    custody: 'none',
    placeId: null,
    successorId: null,
    seq: 0,
    proposal: null,
    verifyCode: newCode(deps.random),
    collectedAt: null,
    fieldsSealed: deps.vault.seal(JSON.stringify(order.fields)),
    fileHash: null,
  };
  await store.insert(trx, certificate, at);
  await record(trx, deps, certificate.id, { act: 'RESERVE', at, by: facts.event.by });
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
 * earlier number, or takes an earlier one's place under a new number, replaces it.
 */
export async function issueCertificate(
  trx: Trx,
  deps: CertificateDeps,
  facts: CaseFacts,
  order: CertificateOrder,
): Promise<void> {
  const { id, state } = await reserveCertificate(trx, deps, facts, order);
  if (state !== 'reserved') return;
  const { at, by } = facts.event;
  const issuedOn = localDate(at);
  const expiresOn = order.until === undefined ? lastDay(issuedOn, order.years) : order.until;
  for (const number of [order.keeps, order.replaces].filter((n) => n !== undefined))
    for (const other of await store.listByNumber(trx, facts.item.code, number))
      if (other.id !== id)
        await recordIfPossible(trx, deps, other.id, { act: 'REPLACE', at, by, successorId: id });
  await store.saveIssue(trx, id, {
    issuedOn,
    expiresOn,
    renewBy: renewalDay(expiresOn, order.renewBefore),
    fieldsSealed: deps.vault.seal(JSON.stringify(order.fields)),
  });
  await record(trx, deps, id, { act: 'ISSUE', at, by });
}

const publicSide = ({
  fieldsSealed: _s,
  fileHash: _f,
  seq: _q,
  proposal: _p,
  ...rest
}: store.StoredCertificate): Certificate => rest;

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
 * The PDF of an issued certificate; a reprint is the same bytes.
 * @throws notFound `certificate.not_found`, conflict `certificate.not_issued`
 */
export async function renderCertificate(deps: CertificateDeps, id: string): Promise<Buffer> {
  const certificate = await store.find(deps.db.read, { id });
  if (!certificate) throw notFound('certificate.not_found');
  const { fileHash } = certificate;
  return printedOnce(deps, { table: 'certificates', id, fileHash }, () => signedPdf(deps, certificate));
}

async function signedPdf(deps: CertificateDeps, certificate: store.StoredCertificate): Promise<Buffer> {
  const { title, organ, issuedOn, verifyCode: code } = certificate;
  if (issuedOn === null) throw conflict('certificate.not_issued');
  return signedPrint(deps, printOf(deps, certificate, issuedOn), renderCertificatePdf, {
    organId: organ.id,
    organName: organ.name,
    reason: `颁发${title}`,
    at: startOfDay(issuedOn),
    code,
    content: { kind: 'certificate', ...saidOf(certificate), issuedOn },
  });
}

function printOf(
  { vault }: CertificateDeps,
  { title, number, organ, expiresOn, renewBy, fieldsSealed, verifyCode }: store.StoredCertificate,
  issuedOn: LocalDate,
): Unsealed<PrintedCertificate> {
  const fields: { label: string; value: string }[] = JSON.parse(vault.open(fieldsSealed));
  return {
    title,
    author: organ.name,
    subject: number,
    createdAt: startOfDay(issuedOn),
    heading: title,
    number,
    rows: [...fields, { label: '有效期', value: validity(issuedOn, expiresOn) }],
    note: renewBy && `需要延续的，请在${chineseDate(renewBy)}（含当日）前提出申请。`,
    signature: {
      organ: organ.name,
      date: chineseDate(issuedOn),
      // C.2: an organ seals its certificates with its own seal.
      seal: '公章',
      qr: { lines: [`校验码 ${printedCode(verifyCode)}`] },
    },
  };
}

const validity = (issuedOn: string, expiresOn: string | null): string =>
  expiresOn === null
    ? `自${chineseDate(issuedOn)}起长期有效`
    : `${chineseDate(issuedOn)}至${chineseDate(expiresOn)}`;
