/** Legal acts of the issuing organ (许可法 8, 69, 70): proposed by an officer, confirmed by the organ's leader. */
import { conflict, notAllowed } from '../../../errors.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { personsActing, type SignedIn } from '../../../people/accounts/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { prepareCertificateDecision } from '../../papers/index.ts';
import { mayFollow } from '../fold.ts';
import { mayConfirm, mayPropose } from '../policy.ts';
import type { StoredEvent } from '../store.ts';
import type { CertificateDeps, CertificateWorld, LegalAct } from '../types.ts';
import { detailOf, named, record } from './log.ts';
import { personOf, seen } from './piece.ts';

/** What is proposed, with the words of the decision. */
export interface Proposal {
  act: LegalAct;
  reason: string;
  basis: string;
  /** On WITHDRAW: what the holder is given for it. */
  compensation?: string;
  /** On SUSPEND: the last day. */
  until?: LocalDate;
}

/** A proposal that waits for the leader. */
export interface OpenProposal extends Proposal {
  seq: number;
  by: StoredEvent['by'];
  at: string;
}

const DECISIONS = {
  SUSPEND: 'suspend',
  RESUME: 'resume',
  REVOKE: 'revoke',
  WITHDRAW: 'withdraw',
  ANNUL: 'annul',
} as const;

/**
 * Propose a legal act; one proposal at a time.
 * @throws notAllowed, conflict `certificate.not_possible` / `certificate.proposed`
 */
export async function propose(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
  proposal: Proposal,
): Promise<void> {
  await transact(deps.db, async (trx) => {
    const { certificate, standing, filed } = await seen(trx, deps, who, id);
    if (!mayPropose(who, deps.orgs, certificate, filed)) throw notAllowed();
    if (standing.proposal !== null)
      throw conflict('certificate.proposed', { certificate: named(certificate) });
    if (!mayFollow(standing, proposal.act))
      throw conflict('certificate.not_possible', { certificate: named(certificate), state: standing.state });
    await record(trx, deps, id, {
      act: 'PROPOSE',
      at: deps.clock.now(),
      by: personOf(who, (h) => mayPropose(h, deps.orgs, certificate, filed)),
      detail: { ...proposal },
    });
  });
}

/** The open proposal of a certificate; null when there is none. */
export function openProposal(
  deps: Pick<CertificateDeps, 'vault'>,
  events: readonly StoredEvent[],
  seq: number | null,
): OpenProposal | null {
  const event = events.find((e) => e.seq === seq);
  if (!event) return null;
  return { ...(detailOf(deps, event) as unknown as Proposal), seq: event.seq, by: event.by, at: event.at };
}

/**
 * The leader confirms: the act takes effect, the paper is made, the holder is told.
 * @throws notAllowed also for whoever proposed it, conflict `certificate.not_proposed` / `.not_possible`
 */
export async function confirm(
  deps: CertificateDeps,
  world: CertificateWorld,
  who: SignedIn,
  id: string,
): Promise<void> {
  const { certificate } = await seen(deps.db.read, deps, who, id);
  const now = await world.factsOf(certificate.caseId);
  // The organ of the certificate signs, whoever did the last act of the case.
  const facts = { ...now, issuingOrg: deps.orgs.issuer(certificate.organ.id, now.item.department) };
  await transact(deps.db, async (trx) => {
    const { proposal } = await decided(trx, deps, who, id);
    const { title, number } = certificate;
    const at = deps.clock.now();
    const { seq, by: proposedBy, at: _at, act, ...said } = proposal;
    const occasion = `certificate:${id}:${seq}`;
    const paper = await prepareCertificateDecision(trx, deps, facts, {
      occasion,
      act: DECISIONS[act],
      certificate: { title, number, issuedOn: certificate.issuedOn as LocalDate },
      ...said,
      at,
    });
    await record(trx, deps, id, {
      act,
      at,
      by: personOf(who, (h) => mayConfirm(h, deps.orgs, certificate)),
      detail: { ...said, proposedBy: proposedBy.name, paper: paper.id },
    });
    await world.tell(trx, facts, {
      template: `certificate-${DECISIONS[act]}`,
      occasion,
      words: {
        item: title,
        number,
        decidedOn: chineseDate(localDate(at)),
        village: facts.village.name,
      },
    });
  });
}

/**
 * The leader does not agree: nothing happens, and why is kept.
 * @throws as `confirm`
 */
export async function decline(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
  reason: string,
): Promise<void> {
  await transact(deps.db, async (trx) => {
    const { proposal, certificate } = await decided(trx, deps, who, id);
    await record(trx, deps, id, {
      act: 'DECLINE',
      at: deps.clock.now(),
      by: personOf(who, (h) => mayConfirm(h, deps.orgs, certificate)),
      detail: { act: proposal.act, reason },
    });
  });
}

/** The open proposal, for the leader who decides it: another person than its proposer. */
async function decided(trx: Parameters<typeof seen>[0], deps: CertificateDeps, who: SignedIn, id: string) {
  const found = await seen(trx, deps, who, id);
  if (!mayConfirm(who, deps.orgs, found.certificate)) throw notAllowed();
  const proposal = openProposal(deps, found.events, found.standing.proposal);
  if (!proposal) throw conflict('certificate.not_proposed', { certificate: named(found.certificate) });
  const persons = personsActing(who, (h) => mayConfirm(h, deps.orgs, found.certificate));
  if (persons.includes(proposal.by.id)) throw notAllowed('certificate.second_person');
  return { ...found, proposal };
}
