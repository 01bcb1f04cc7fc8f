/**
 * The one place where nouns meet: what each effect of a case does after commit. Every handler is
 * idempotent by case and event, because an effect may be tried again after a crash.
 */

import type { MailDeps } from './branch/mailbox/index.ts';
import type { MemberDeps } from './branch/members/index.ts';
import { queueMessage, queueMessages } from './channels/sms/index.ts';
import { isLocalDate, localDate } from './kernel/time.ts';
import type { LocalDate } from './kernel/types.ts';
import { type Trx, transact } from './platform/db/index.ts';
import {
  banIfFalse,
  type CaseDeps,
  casesAbout,
  type FullCase,
  factsAt,
  getCase,
  grantedCase,
  payIn,
  readyToPay,
  reportIn,
  ruleFacts,
} from './station/cases/index.ts';
import {
  type Certificate,
  type CertificateOrder,
  type CertificateWorld,
  collectCertificate,
  endCertificate,
  followStanding,
  issueCertificate,
  listCertificates,
  printedField,
  reserveCertificate,
} from './station/certificates/index.ts';
import type { CaseFacts } from './station/facts.ts';
import { type Cases, reach } from './station/links/index.ts';
import { messageWords } from './station/message-words.ts';
import { closeNotice, openNotice, settleObjection } from './station/notices/index.ts';
import { followOn } from './station/packages/index.ts';
import { preparePaper, serveByCollection } from './station/papers/index.ts';
import { followStanding as followMoney, type PayoutPorts } from './station/payouts/index.ts';
import { claimShare, releaseShares } from './station/quotas/index.ts';
import { checkRoster } from './station/rosters/index.ts';
import { evaluateFeel } from './workflow/feel.ts';
import type { AllotStep, Effect } from './workflow/types.ts';

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
      words: messageWords(facts),
    }),
  'notice.open': async (trx, scene, { step, boards }) => {
    const { facts, deps } = scene;
    const { notice } = facts;
    if (!notice) throw new Error('a notice is opened only by POST');
    for (const at of boards) {
      const board = deps.orgs.deskOrg({ at, role: 'window' }, facts.village.id, facts.item.department);
      await openNotice(trx, deps, {
        facts,
        step,
        boardOrg: { id: board.id, name: board.name },
        title: notice.title,
        shown: notice.shown,
        until: notice.until,
        basis: notice.basis,
      });
    }
  },
  'notice.close': (trx, { facts }) => closeNotice(trx, facts),
  'notice.objection': (trx, { facts }, { outcome }) => {
    const { objectionId, reply } = facts.event.data as { objectionId: string; reply: string };
    return settleObjection(trx, { objectionId, outcome, reply, facts });
  },
  'certificate.reserve': (trx, scene, { certificate }) =>
    reserveCertificate(trx, scene.deps, scene.facts, orderOf(scene, certificate, 'reserved')),
  'certificate.issue': (trx, scene, { certificate }) =>
    issueCertificate(trx, scene.deps, scene.facts, orderOf(scene, certificate, 'issued')),
  'certificate.collect': async (trx, { deps, facts }) => {
    await collectCertificate(trx, deps, facts);
    await serveByCollection(trx, deps, facts);
  },
  'quota.claim': (trx, { deps, full, facts }, { step: id }) => {
    const step = full.pinned.definition.steps.find((s): s is AllotStep => s.id === id && s.kind === 'allot');
    if (!step) throw new Error(`${facts.item.code} allots nothing in step ${id}`);
    const scope = scopeOf({ deps, full, facts }, localDate(facts.event.at));
    return claimShare(trx, deps, {
      caseId: facts.caseId,
      step: id,
      quota: step.quota,
      villageId: facts.village.id,
      department: facts.item.department,
      amount: numberFrom(step.amount, scope),
      score: step.score === undefined ? null : numberFrom(step.score, scope),
      acceptedOn: facts.acceptedOn ?? localDate(facts.event.at),
      at: facts.event.at,
    });
  },
  'roster.check': (trx, { deps, full, facts }, { step }) =>
    checkRoster(trx, deps, full, { form: facts.form, step, seq: facts.event.seq, at: facts.event.at }),
  reach: async (trx, { deps, full, facts }) => {
    const { definition } = full.pinned;
    const scope = scopeOf({ deps, full, facts }, localDate(facts.event.at));
    for (const order of definition.reaches ?? []) {
      if (!order.situations.includes(full.row.situation)) continue;
      await reach(trx, casesOf(deps), {
        fromCase: facts.caseId,
        at: facts.event.at,
        idNumber: String(evaluateFeel(order.person, scope)),
        says: order.says,
        items: order.items,
      });
    }
  },
  standing: async (trx, scene) => {
    await endOthers(trx, scene);
    await followStanding(trx, scene.deps, scene.facts, scene.full.row.outcome);
    const given = grantedCase(scene.deps, scene.full, scene.facts);
    await followMoney(trx, scene.deps, payoutPorts(scene.deps), given);
  },
  closed: async (trx, { deps, facts }, { outcome }) => {
    if (outcome !== 'granted') await releaseShares(trx, facts.caseId, facts.event.at);
    await banIfFalse(trx, deps, facts);
  },
};

/** A granted case may end an earlier certificate by its number: `ends` of its item. */
async function endOthers(trx: Trx, scene: Scene): Promise<void> {
  const { deps, full, facts } = scene;
  if (facts.event.type !== 'APPROVE') return;
  const scope = scopeOf(scene, localDate(facts.event.at));
  for (const { ends } of full.pinned.definition.certificates ?? []) {
    if (!ends?.situations.includes(full.row.situation)) continue;
    const number = evaluateFeel(ends.number, scope);
    if (typeof number === 'string') await endCertificate(trx, deps, facts, number);
  }
}

/** What the register of certificates asks of the cases and of the channels. */
export const certificateWorld = (deps: AppDeps): CertificateWorld => ({
  async factsOf(caseId) {
    const full = await getCase(deps, { kind: 'system' }, caseId);
    return factsAt(deps, full, full.log.length);
  },
  tell: (trx, facts, order) =>
    queueMessage(trx, deps, {
      caseId: facts.caseId,
      eventSeq: 0,
      to: facts.applicant.phone ?? null,
      ...order,
    }),
});

/** What the list of members asks of the channels. */
export const memberWorld = (deps: AppDeps): MemberDeps => ({
  ...deps,
  send: (trx, message) => queueMessage(trx, deps, { caseId: null, eventSeq: 0, ...message }),
});

/** What money asks of the cases and of the channels. */
export const payoutPorts = (deps: AppDeps): PayoutPorts => ({
  cases: {
    ready: (trx, event, ids) => readyToPay(trx, deps, event, ids),
    act: (trx, caseId, event, data) => payIn(trx, deps, caseId, event, { ...data }),
  },
  tell: (trx, messages) =>
    queueMessages(
      trx,
      deps,
      messages.map(({ lineId, ...order }) => ({ ...order, eventSeq: 0, occasion: `payout:${lineId}` })),
    ),
});

/** What the mailbox asks of the channels: a word that there is something to read. */
export const mailDeps = (deps: AppDeps): MailDeps => ({
  ...deps,
  tell: (trx, template, to) =>
    queueMessage(trx, deps, { caseId: null, eventSeq: 0, occasion: template, template, to, words: {} }),
});

/** What links ask of the cases. */
const casesOf = (deps: AppDeps): Cases => ({
  about: (trx, wanted) => casesAbout(trx, deps, wanted),
  report: (trx, ...said) => reportIn(trx, deps, ...said),
});

/** What expressions of an item may look at after an event: the form, and what the steps have recorded. */
const scopeOf = ({ deps, full, facts }: Scene, on: LocalDate) => ({
  ...ruleFacts(deps, full.row.situation, facts.form, on),
  record: facts.record,
});

/** @throws Error when an expression comes to no number: the effect waits until the item is mended */
function numberFrom(expression: string, scope: object): number {
  const value = evaluateFeel(expression, scope);
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new Error(`"${expression}" gives no number`);
  return value;
}

/** Carry out one effect of one event of a case. */
export async function carryOut(
  deps: AppDeps,
  { caseId, seq, effect }: { caseId: string; seq: number; effect: Effect },
): Promise<void> {
  const full = await getCase(deps, { kind: 'system' }, caseId);
  const certificate = (await listCertificates(deps.db.read, caseId)).at(-1);
  const bare = factsAt(deps, full, seq);
  const facts = {
    ...bare,
    certificate: certificate ? certificateFacts({ deps, full, facts: bare }, certificate) : null,
  };
  const handler = HANDLERS[effect.type] as (trx: Trx, scene: Scene, effect: Effect) => Promise<unknown>;
  await transact(deps.db, (trx) => handler(trx, { deps, full, facts }, effect));
  await followOn(deps, caseId, (trx, { phone, words }) =>
    queueMessage(trx, deps, { caseId, eventSeq: seq, template: 'package-done', to: phone, words }),
  );
}

/** What papers say of the case's certificate. */
function certificateFacts(scene: Scene, certificate: Certificate): CaseFacts['certificate'] {
  const { title, number, expiresOn, specId } = certificate;
  const { years, until } = orderOf(scene, specId, 'reserved');
  return { title, number, expiresOn, years, ...(until && isLocalDate(until) && { until }) };
}

/**
 * A certificate's specification with its fields worked out from the form, the decision and what was recorded.
 * While only its number is reserved nothing need be printable yet: a later step may record it.
 */
function orderOf({ deps, full, facts }: Scene, id: string, stage: 'reserved' | 'issued'): CertificateOrder {
  const spec = full.pinned.definition.certificates?.find((c) => c.id === id);
  if (!spec) throw new Error(`${facts.item.code} has no certificate ${id}`);
  const approval = full.log.find((e) => e.type === 'APPROVE' || e.type === 'RENEWAL_DEEMED');
  if (!approval) throw new Error(`case ${facts.caseId} was not approved`);
  const decidedOn = localDate(approval.at);
  const scope = {
    ...scopeOf({ deps, full, facts }, decidedOn),
    decision: approval.data,
    decidedOn,
    number: facts.certificate?.number ?? '',
  };
  const printed = (expression: string, what: string): string => {
    const value = evaluateFeel(expression, scope);
    if (stage === 'issued' && typeof value !== 'string' && typeof value !== 'number')
      throw new Error(`certificate ${id} of ${facts.item.code}: nothing to print for ${what}`);
    return String(value);
  };
  const { keeps, replaces, ends: _ends, until, ...plain } = spec;
  const fields = spec.fields.map(({ label, value }) => ({
    label,
    value: printedField(printed(value, label)),
  }));
  const kept = keeps?.situations.includes(full.row.situation) ? keeps : undefined;
  const last = kept ? kept.until : until;
  return {
    ...plain,
    fields,
    ...(kept && { keeps: printed(kept.number, 'the number it keeps') }),
    ...(replaces?.situations.includes(full.row.situation) && {
      replaces: printed(replaces.number, 'the number it replaces'),
    }),
    ...(last !== undefined && { until: printed(last, 'its last day') }),
  };
}
