import { conflict, type Fault, invalid, notAllowed, notFound, unsupportedMedia } from '../../../errors.ts';
import { canonicalJson, sha256 } from '../../../kernel/canonical.ts';
import { normaliseId } from '../../../kernel/identity.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { once, type Trx, transact } from '../../../platform/db/index.ts';
import { sniffEvidence } from '../../../platform/files/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import type { CaseFacts } from '../../facts.ts';
import { makePaper } from '../commands/prepare.ts';
import { publicSide } from '../present.ts';
import * as papers from '../store.ts';
import { serviceTerms } from '../templates.ts';
import type { Paper } from '../types.ts';
import { isServed, mayServe } from './policy.ts';
import { actDay, attemptFaults, remedyDays, type ServiceGround, serviceDay, serviceFaults } from './rules.ts';
import { ATTEMPT, fieldsOf, SERVICE } from './schema.ts';
import * as store from './store.ts';
import type { Details, Evidence, PaperCases, Service, ServiceDeps, Way } from './types.ts';
import { recordWords } from './words.ts';

/** What was sent: the filled form, and the pictures handed in before it. */
export interface Said {
  data: Record<string, unknown>;
  evidence?: string[];
}

/** A paper somebody may serve, and its case as of the paper's event. */
interface Bearing {
  paper: Paper;
  facts: CaseFacts;
}

/**
 * The paper, for whoever may serve it.
 * @throws notFound for a paper of a case they may not see, notAllowed, conflict `paper.not_served`
 */
export async function paperToServe(
  deps: ServiceDeps,
  cases: PaperCases,
  who: SignedIn,
  paperId: string,
): Promise<Bearing> {
  const stored = await papers.findPaper(deps.db.read, { id: paperId });
  if (!stored) throw notFound('paper.not_found');
  const paper = publicSide(stored);
  const facts = await cases.factsFor(who, paper.caseId, paper.eventSeq);
  const filed = { villageId: facts.village.id, department: facts.item.department };
  if (!mayServe(who, deps.orgs, filed)) throw notAllowed();
  if (!isServed(paper.kind)) throw conflict('paper.not_served');
  return { paper, facts };
}

/**
 * Write down that a paper was served, and make the record of it (送达回证). A paper is served once.
 * @throws conflict `paper.already_served`, invalid with every fault
 */
export async function servePaper(
  deps: ServiceDeps,
  cases: PaperCases,
  who: SignedIn,
  paperId: string,
  said: Said,
  requestId?: string,
): Promise<Service> {
  const bearing = await paperToServe(deps, cases, who, paperId);
  return write(deps, who, requestId, { serve: paperId, said }, async (trx) => {
    const { evidence, attempts, ground } = await groundOf(trx, deps, bearing, said);
    requireFit(SERVICE, said, ground.today);
    const way = said.data.way as Way;
    const details = only(fieldsOf(way), said.data) as Details;
    refuse(serviceFaults(way, details, ground));
    const triedOn = actDay(way, details);
    const servedOn = serviceDay(deps.calendar(), serviceTerms, way, triedOn);
    const remedies = bearing.paper.decides ? bearing.facts.remedies : null;
    const until = remedyDays(deps.calendar(), serviceTerms, remedies, servedOn);
    const service = {
      ...entryOf(deps, who, bearing),
      way,
      outcome: 'served' as const,
      triedOn,
      servedOn,
      ...until,
      details,
      evidence,
    };
    await keep(trx, deps, service);
    const recordId = await recordOf(trx, deps, bearing, service, attempts);
    return { ...service, recordId };
  });
}

/** Write down that a paper was brought in vain: who, when, why. @throws as `servePaper` */
export async function recordAttempt(
  deps: ServiceDeps,
  cases: PaperCases,
  who: SignedIn,
  paperId: string,
  said: Said,
  requestId?: string,
): Promise<Service> {
  const bearing = await paperToServe(deps, cases, who, paperId);
  return write(deps, who, requestId, { attempt: paperId, said }, async (trx) => {
    const { evidence, ground } = await groundOf(trx, deps, bearing, said);
    requireFit(ATTEMPT, said, ground.today);
    const { way, triedOn, reason } = said.data as { way: Way; triedOn: string; reason: string };
    refuse(attemptFaults(triedOn, ground));
    const none = { servedOn: null, reviewUntil: null, sueUntil: null, recordId: null };
    const service = {
      ...entryOf(deps, who, bearing),
      way,
      outcome: 'failed' as const,
      triedOn,
      ...none,
      details: { reason },
      evidence,
    };
    await keep(trx, deps, service);
    return service;
  });
}

/** Hand in a photograph, recording or scan that proves a service. @throws 415 `file.wrong_type`, 422 `file.empty` */
export async function addEvidence(
  deps: ServiceDeps,
  cases: PaperCases,
  who: SignedIn,
  paperId: string,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<Evidence> {
  const { paper } = await paperToServe(deps, cases, who, paperId);
  if (bytes.length === 0) throw invalid([{ pointer: '/file', message: '文件是空的' }], 'file.empty');
  const mime = await sniffEvidence(bytes);
  if (mime === null) throw unsupportedMedia('file.wrong_type');
  const { hash, size } = await deps.files.put(bytes);
  const at = deps.clock.now();
  const evidence = { id: newId(at, deps.random), name, mime, size };
  await transact(deps.db, (trx) =>
    store.insertEvidence(trx, {
      ...evidence,
      paperId: paper.id,
      fileHash: hash,
      addedBy: who.accountId,
      addedAt: at,
    }),
  );
  return evidence;
}

/**
 * What was collected against signature at the counter was served there: the decision of the case, directly or
 * through whoever came for it. Its 送达回证 is the paper of the collection itself.
 */
export async function serveByCollection(trx: Trx, deps: ServiceDeps, facts: CaseFacts): Promise<void> {
  const { caseId, event, village, remedies } = facts;
  const decisions = await papers.listByCase(trx, caseId);
  const decision = decisions.findLast((p) => p.kind === 'approval' && p.decides);
  if (!decision) return;
  await store.lockPaper(trx, decision.id);
  const before = await store.listByPapers(trx, deps.vault, [decision.id]);
  if (before.some((s) => s.outcome === 'served')) return;
  const { collector, name, relation, idNumber, signature } = event.data as Record<string, string>;
  const on = localDate(event.at);
  const proxy = collector === '代领' && {
    receiverName: name,
    relation,
    receiverId: idNumber,
    idChecked: true as const,
  };
  await store.insertService(trx, deps.vault, {
    id: newId(deps.clock.now(), deps.random),
    paperId: decision.id,
    way: proxy ? '代收送达' : '直接送达',
    outcome: 'served',
    triedOn: on,
    servedOn: on,
    ...remedyDays(deps.calendar(), serviceTerms, remedies, on),
    by: { account: event.by.id, name: event.by.name },
    recordedAt: event.at,
    details: {
      place: `${village.name}便民服务站`,
      deliveredOn: on,
      signedBy: '屏幕手写',
      ...(signature !== undefined && { signature }),
      ...proxy,
    } as Details,
  });
}

const write = <T>(
  deps: ServiceDeps,
  who: SignedIn,
  requestId: string | undefined,
  input: unknown,
  work: (trx: Trx) => Promise<T>,
): Promise<T> => {
  if (requestId === undefined) return transact(deps.db, work);
  const key = { accountId: who.accountId, requestId, bodyHash: sha256(canonicalJson(input)) };
  return transact(deps.db, (trx) => once(trx, deps, key, () => work(trx)));
};

/** Everything a service stands on, with the paper held until it is written. */
async function groundOf(trx: Trx, deps: ServiceDeps, { paper, facts }: Bearing, said: Said) {
  await store.lockPaper(trx, paper.id);
  const before = await store.listByPapers(trx, deps.vault, [paper.id]);
  if (before.some((s) => s.outcome === 'served')) throw conflict('paper.already_served');
  const named = said.evidence ?? [];
  const evidence = await store.looseEvidence(trx, paper.id, named);
  if (evidence.length < new Set(named).size)
    throw invalid([
      { pointer: '/evidence', message: '有的照片、录像不是这份文书的，或者已经用过', code: 'evidence' },
    ]);
  const ground: ServiceGround = {
    madeOn: localDate(paper.createdAt),
    today: localDate(deps.clock.now()),
    attempts: before.length,
    evidence: evidence.length,
    applicantId: normaliseId(facts.applicant.idNumber),
  };
  return { evidence, attempts: before, ground };
}

function requireFit(schema: object, said: Said, today: string): void {
  refuse(checkAgainst(schema, said.data, { prefix: '/data', today }));
}

function refuse(faults: Fault[]): void {
  if (faults.length > 0) throw invalid(faults);
}

const only = (names: readonly string[], data: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));

const entryOf = (deps: ServiceDeps, who: SignedIn, { paper }: Bearing) => ({
  id: newId(deps.clock.now(), deps.random),
  paperId: paper.id,
  by: { account: who.accountId, name: who.name },
  recordedAt: deps.clock.now(),
});

async function keep(trx: Trx, deps: ServiceDeps, service: Omit<Service, 'recordId'>): Promise<void> {
  await store.insertService(trx, deps.vault, service);
  await store.giveEvidence(
    trx,
    service.evidence.map((e) => e.id),
    service.id,
  );
  await recordAudit(trx, {
    at: service.recordedAt,
    actor: service.by.account,
    act: service.outcome === 'served' ? 'paper.serve' : 'paper.attempt',
    subject: service.paperId,
    detail: { way: service.way, on: service.triedOn },
  });
}

/** The 送达回证, signed by the organ of the paper that was served. */
async function recordOf(
  trx: Trx,
  deps: ServiceDeps,
  { paper, facts }: Bearing,
  service: Omit<Service, 'recordId'>,
  attempts: Service[],
): Promise<string> {
  const { signature } = service.details;
  const event = { ...facts.event, at: service.recordedAt, data: { ...(signature && { signature }) } };
  const record = await makePaper(trx, deps, {
    kind: 'service-record',
    occasion: `service:${service.id}`,
    facts: { ...facts, event },
    words: recordWords(paper, service, attempts),
  });
  await store.nameRecord(trx, service.id, record.id);
  return record.id;
}
