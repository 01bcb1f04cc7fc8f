import { conflict, type Fault, invalid } from '../../../errors.ts';
import { normaliseId } from '../../../kernel/identity.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { makePaper } from '../commands/prepare.ts';
import { serviceTerms } from '../templates.ts';
import { type Bearing, paperToServe } from './access.ts';
import { actDay, attemptFaults, remedyDays, type ServiceGround, serviceDay, serviceFaults } from './rules.ts';
import { ATTEMPT, fieldsOf, SERVICE } from './schema.ts';
import * as store from './store.ts';
import type { Details, PaperCases, Service, ServiceDeps, Way } from './types.ts';
import { recordWords } from './words.ts';

/** What was sent: the filled form, and the pictures handed in before it. */
export interface Said {
  data: Record<string, unknown>;
  evidence?: string[];
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
  return writeOnce(deps, who, requestId, { serve: paperId, said }, async (trx) => {
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
  return writeOnce(deps, who, requestId, { attempt: paperId, said }, async (trx) => {
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
