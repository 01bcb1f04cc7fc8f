/**
 * The one place where nouns meet: what each effect of a case does after commit. Every handler is
 * idempotent by case and event, because an effect may be tried again after a crash.
 */

import { queueMessage } from './channels/sms/index.ts';
import { localDate } from './kernel/time.ts';
import { type Trx, transact } from './platform/db/index.ts';
import { type CaseDeps, type FullCase, factsAt, getCase, ruleFacts } from './station/cases/index.ts';
import {
  type Certificate,
  type CertificateOrder,
  collectCertificate,
  issueCertificate,
  listCertificates,
  reserveCertificate,
} from './station/certificates/index.ts';
import type { CaseFacts } from './station/facts.ts';
import { closeNotice, openNotice, settleObjection } from './station/notices/index.ts';
import { preparePaper } from './station/papers/index.ts';
import { evaluateFeel } from './workflow/feel.ts';
import type { Effect } from './workflow/types.ts';

export type AppDeps = CaseDeps & { publicUrl: string };

interface Scene {
  deps: AppDeps;
  full: FullCase;
  facts: CaseFacts;
}

type Handlers = {
  [T in Effect['type']]: (trx: Trx, scene: Scene, effect: Extract<Effect, { type: T }>) => Promise<unknown>;
};

const HANDLERS: Handlers = {
  paper: (trx, { deps, facts }, { paper }) => preparePaper(trx, deps, facts, paper),
  message: (trx, { deps, facts }, { template }) =>
    queueMessage(trx, deps, {
      caseId: facts.caseId,
      eventSeq: facts.event.seq,
      template,
      to: facts.applicant.phone ?? null,
      words: {
        number: facts.number,
        item: facts.item.title,
        applicant: facts.applicant.name,
        village: facts.village.name,
      },
    }),
  'notice.open': (trx, scene, { step, board }) => {
    const { notice } = scene.facts;
    if (!notice) throw new Error('a notice is opened only by POST');
    const boardOrg = scene.deps.orgs.deskOrg(
      { at: board, role: 'window' },
      scene.facts.village.id,
      scene.facts.item.department,
    );
    return openNotice(trx, scene.deps, {
      facts: scene.facts,
      step,
      boardOrg: { id: boardOrg.id, name: boardOrg.name },
      title: notice.title,
      shown: notice.shown,
      until: notice.until,
      basis: notice.basis,
    });
  },
  'notice.close': (trx, { facts }) => closeNotice(trx, facts),
  'notice.objection': (trx, { facts }, { outcome }) => {
    const { objectionId, reply } = facts.event.data as { objectionId: string; reply: string };
    return settleObjection(trx, { objectionId, outcome, reply, facts });
  },
  'certificate.reserve': (trx, scene, { certificate }) =>
    reserveCertificate(trx, scene.deps, scene.facts, orderOf(scene, certificate)),
  'certificate.issue': (trx, scene, { certificate }) =>
    issueCertificate(trx, scene.deps, scene.facts, orderOf(scene, certificate)),
  'certificate.collect': (trx, { deps, facts }) => collectCertificate(trx, deps, facts),
};

/** Carry out one effect of one event of a case. */
export async function carryOut(
  deps: AppDeps,
  { caseId, seq, effect }: { caseId: string; seq: number; effect: Effect },
): Promise<void> {
  const full = await getCase(deps, { kind: 'system' }, caseId);
  const certificate = (await listCertificates(deps.db.read, caseId)).at(-1);
  const facts = {
    ...factsAt(deps, full, seq),
    certificate: certificate ? certificateFacts(full, certificate) : null,
  };
  const handler = HANDLERS[effect.type] as (trx: Trx, scene: Scene, effect: Effect) => Promise<unknown>;
  await transact(deps.db, (trx) => handler(trx, { deps, full, facts }, effect));
}

/** What papers say of the case's certificate. */
function certificateFacts(full: FullCase, certificate: Certificate): CaseFacts['certificate'] {
  const { title, number, expiresOn, specId } = certificate;
  const spec = full.pinned.definition.certificates?.find((c) => c.id === specId);
  return { title, number, expiresOn, years: spec?.years ?? null };
}

/** A certificate's specification with its fields worked out from the form and the decision. */
function orderOf({ deps, full, facts }: Scene, id: string): CertificateOrder {
  const spec = full.pinned.definition.certificates?.find((c) => c.id === id);
  if (!spec) throw new Error(`${facts.item.code} has no certificate ${id}`);
  const approval = full.log.find((e) => e.type === 'APPROVE');
  if (!approval) throw new Error(`case ${facts.caseId} was not approved`);
  const decidedOn = localDate(approval.at);
  const scope = {
    ...ruleFacts(deps, full.row.situation, facts.form, decidedOn),
    decision: approval.data,
    decidedOn,
  };
  const fields = spec.fields.map(({ label, value }) => {
    const printed = evaluateFeel(value, scope);
    if (typeof printed !== 'string' && typeof printed !== 'number')
      throw new Error(`certificate ${id} of ${facts.item.code}: nothing to print for ${label}`);
    return { label, value: String(printed) };
  });
  return { ...spec, fields };
}
