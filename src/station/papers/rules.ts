/** What a paper says: words from the facts of a case. Pure; a word that is missing is undefined, never a guess. */
import { yuan } from '../../kernel/money.ts';
import { chineseDate, chineseDateTime, localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { RHYTHM_WORDS } from '../../workflow/words.ts';
import { type CaseFacts, noticeResult } from '../facts.ts';

/** A word that is missing stops the paper, unless the field or block that names it is optional. */
export type Words = Record<string, string | undefined>;

const day = (d: LocalDate | null | undefined): string | undefined => (d ? chineseDate(d) : undefined);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const date = (value: unknown): string | undefined => (text(value) ? chineseDate(value as string) : undefined);
const count = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : undefined);
const flag = (is: boolean): string | undefined => (is ? '是' : undefined);

/** Every word of a case that a template may name. */
export function wordsOf(facts: CaseFacts, parameters: Record<string, string>): Words {
  return {
    ...parameters,
    ...caseWords(facts),
    ...termWords(facts),
    ...eventWords(facts),
    ...stepWords(facts),
    ...endWords(facts),
    ...outcomeWords(facts),
  };
}

function caseWords(facts: CaseFacts): Words {
  return {
    number: facts.number,
    item: facts.item.title,
    permit: flag(facts.item.kind === 'permit'),
    situation: facts.situationTitle,
    applicant: facts.applicant.name,
    village: facts.village.name,
    township: facts.township.name,
    clerk: facts.clerk.name,
    organ: facts.issuingOrg.name,
    fee: facts.item.fee,
    basis: facts.item.basis.join('；'),
  };
}

/** A term that stands still has no due day; then it is told by its length. */
const termText = (due: LocalDate | null, term: string | null): string | undefined =>
  day(due) ?? (term === null ? undefined : `${term}，不计时的程序结束后继续计算`);

function termWords(facts: CaseFacts): Words {
  const { gap, terms } = facts;
  return {
    receivedAt: facts.receivedAt === null ? undefined : chineseDateTime(facts.receivedAt),
    appliedOn: day(facts.appliedOn),
    countsLater: flag(
      facts.receivedAt !== null &&
        facts.appliedOn !== null &&
        facts.appliedOn !== localDate(facts.receivedAt),
    ),
    acceptedOn: day(facts.acceptedOn),
    deemed: flag(facts.deemed),
    provisional: flag(facts.provisional),
    statutoryDue: termText(facts.statutoryDue, terms.statutory) ?? '本事项没有法定期限',
    promisedDue: termText(facts.promisedDue, terms.promised),
    untimed: facts.untimed.join('；') || '无',
    correctionDue: day(facts.correctionDue),
    answerBy: day(facts.answerBy),
    decidedOn: day(facts.decidedOn),
    gapTitles: gap?.titles.join('、'),
    gapUntil: gap
      ? gap.due === null
        ? `受理之日起${gap.days}个工作日内`
        : `${chineseDate(gap.due)}（含当日）前`
      : undefined,
  };
}

function eventWords({ event, pays }: CaseFacts): Words {
  const d = event.data;
  const officers = d.officers as { name: string; licence: string }[] | undefined;
  return {
    eventDate: chineseDate(localDate(event.at)),
    opinion: text(d.opinion),
    view: text(d.view),
    conditions: text(d.conditions),
    amount:
      typeof d.amount === 'number' && pays !== null
        ? `${RHYTHM_WORDS[pays]} ${yuan(Math.round(d.amount * 100))} 元`
        : undefined,
    branch: text(d.branch),
    authority: text(d.authority),
    facts: text(d.facts),
    evidence: text(d.evidence),
    reason: text(d.reason),
    approvedBy: text(d.approvedBy),
    visitedAt: date(d.visitedAt),
    place: text(d.place),
    gps: text(d.gps),
    findings: text(d.findings),
    conclusion: text(d.conclusion),
    unpassed: flag(d.conclusion === '未通过'),
    witness: text(d.witness),
    officers: officers?.map((o) => `${o.name}（执法证号 ${o.licence}）`).join('、'),
    heldOn: date(d.heldOn),
    noticedOn: date(d.noticedOn),
    chair: text(d.chair),
    eligible: count(d.eligible),
    present: count(d.present),
    favour: count(d.favour),
    summary: text(d.summary),
    body: text(d.body),
    result: text(d.result),
    collector: text(d.collector),
    collectorName: text(d.name),
    relation: text(d.relation),
    onPaper: flag(d.signedBy === '纸质签名或者按指印'),
  };
}

/** The step the event came in, and a procedure that begins with it. */
function stepWords({ step, procedure }: CaseFacts): Words {
  return {
    step: text(step.title),
    stepProcedure: step.procedure ?? undefined,
    again: count(step.again),
    part: step.part ?? undefined,
    about: step.about ?? undefined,
    procedure: procedure?.name,
    procedureReason: procedure?.reason,
    expectedEnd: procedure ? (day(procedure.expectedEnd) ?? '视程序进展，另行告知') : undefined,
  };
}

/** Why a case ends before its time, and what ends with it. */
function endWords(facts: CaseFacts): Words {
  const { event, decidedOn, item } = facts;
  const is = (type: typeof event.type): boolean => event.type === type;
  const reason = endReason(facts);
  const benefit = item.kind === 'benefit';
  return {
    terminationReason: reason,
    stopped: flag(reason !== undefined && decidedOn === null),
    lapsedGrant: flag(reason !== undefined && decidedOn !== null),
    elsewhere: is('CANCELLED_ELSEWHERE') ? text(event.data.says) : undefined,
    endedByOffice: flag(is('END')),
    halted: flag(is('REVIEW_LAPSED')),
    revoked: flag(is('GAP_LAPSED') && decidedOn !== null),
    stopVerb: benefit ? '停发' : '注销',
    haltVerb: benefit ? '暂停发放' : '暂停',
    restores: benefit ? '查实后恢复发放，少发的予以补发' : '查实后恢复',
    resumes: benefit ? '完成后恢复发放，暂停期间应发的予以补发' : '完成后即行恢复，暂停期间耽误的予以补办',
  };
}

function endReason({ event, step, gap }: CaseFacts): string | undefined {
  switch (event.type) {
    case 'WITHDRAW':
      return text(event.data.reason) && `申请人撤回（${event.data.reason}）`;
    case 'CORRECTION_LAPSED':
      return '逾期没有补正，视为撤回申请';
    case 'WAIT_LAPSED':
      return `“${step.title}”的期限${step.limit === null ? '' : `（${step.limit}）`}届满，没有完成`;
    case 'GAP_LAPSED':
      return gap ? `承诺后补的材料（${gap.titles.join('、')}）逾期没有补齐` : undefined;
    default:
      return undefined;
  }
}

function outcomeWords({ extension, notice, certificate, renewal, decidedOn }: CaseFacts): Words {
  return {
    extensionDays: extension ? String(extension.days) : undefined,
    extensionBasis: extension?.basis,
    extensionFrom: day(extension?.from),
    extensionTo: day(extension?.to),
    boardName: notice?.boardName,
    noticeFrom: day(notice?.openedOn),
    noticeUntil: day(notice?.until),
    noticeBasis: notice?.basis,
    noticeResult: notice?.objections ? noticeResult(notice.objections) : undefined,
    renewedTo: day(renewal?.validTo),
    renewalBasis: renewal?.basis,
    certificate: certificate && decidedOn ? `${certificate.title}（${certificate.number}）` : undefined,
    certificateTitle: certificate?.title,
    certificateNumber: certificate?.number,
    certificateValidity: certificate ? validityOf(certificate) : undefined,
    certificateExpires: day(certificate?.expiresOn),
  };
}

/** At the decision the certificate is not yet issued, so its days are told by their end, or their length. */
function validityOf({ years, until }: NonNullable<CaseFacts['certificate']>): string {
  if (until !== undefined) return `至${chineseDate(until)}`;
  if (years === undefined) return '自证件颁发之日起计算，以证件载明的为准';
  return years === null ? '长期有效' : `自证件颁发之日起${years}年`;
}
