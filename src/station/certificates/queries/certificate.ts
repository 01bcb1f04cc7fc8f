import { notAllowed, notFound } from '../../../errors.ts';
import { maskId, maskName, maskNumbers } from '../../../kernel/mask.ts';
import type { Instant } from '../../../kernel/types.ts';
import { doesCaseWork, type SignedIn, visibleScopes } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import { type OpenProposal, openProposal } from '../commands/legal.ts';
import { detailOf } from '../commands/log.ts';
import { type Seen, seen } from '../commands/piece.ts';
import { legalActs, mayFollow } from '../fold.ts';
import { keepsAt, mayConfirm, mayPropose, neighbours, placesOf } from '../policy.ts';
import { ACT_WORDS, ATTACHED, LEGAL_WORDS } from '../present.ts';
import { searchRegister } from '../search.ts';
import type { StoredEvent } from '../store.ts';
import { type CertificateDeps, LEGAL_ACTS, type LegalAct } from '../types.ts';
import { type RegisterView, viewOf } from './register.ts';

/** One line of a certificate's story. */
interface StoryLine {
  seq: number;
  act: string;
  title: string;
  at: Instant;
  by: string;
  from: string | null;
  to: string | null;
  /** What was said: masked like the fields, without pictures. */
  says: { label: string; value: string }[];
  /** A picture that was kept: what it shows. */
  picture: string | null;
  /** The written decision that was made of it. */
  paperId: string | null;
}

/** A certificate with everything its page shows. */
export interface CertificateView extends Omit<RegisterView, 'proposal'> {
  fields: { label: string; value: string }[];
  successor: { id: string; number: string } | null;
  story: StoryLine[];
  proposal: OpenProposal | null;
  /** What this account may do now. */
  possible: {
    print: boolean;
    attach: boolean;
    turnBack: boolean;
    /** Desks the piece could be sent to. */
    send: { id: string; name: string }[];
    propose: LegalAct[];
    confirm: boolean;
  };
}

/** @throws notFound `certificate.not_found` */
export async function certificateView(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
  inFull = false,
): Promise<CertificateView> {
  const db = deps.db.read;
  const found = await seen(db, deps, who, id);
  const [line] = await searchRegister(db, { scopes: visibleScopes(who, deps.orgs), id, limit: 1 });
  if (!line) throw notFound('certificate.not_found');
  const shown = inFull ? (value: string) => value : maskNumbers;
  const fields: { label: string; value: string }[] = JSON.parse(
    deps.vault.open(found.certificate.fieldsSealed),
  );
  const successor = line.successorId === null ? null : await seen(db, deps, who, line.successorId);
  return {
    ...viewOf(line),
    fields: fields.map((f) => ({ ...f, value: shown(f.value) })),
    successor: successor && { id: successor.certificate.id, number: successor.certificate.number },
    story: found.events.map((e) => lineOf(deps, e, inFull)),
    proposal: openProposal(deps, found.events, found.standing.proposal),
    possible: possibleFor(deps, who, found),
  };
}

/** A proposal, or an answer to it, says what is proposed. */
const titleOf = ({ act }: StoredEvent, detail: Record<string, unknown>): string =>
  act === 'PROPOSE' || act === 'DECLINE'
    ? `${ACT_WORDS[act]}${LEGAL_WORDS[detail.act as LegalAct].title}`
    : ACT_WORDS[act];

function lineOf(deps: CertificateDeps, e: StoredEvent, inFull: boolean): StoryLine {
  const detail = detailOf(deps, e);
  return {
    seq: e.seq,
    act: e.act,
    title: titleOf(e, detail),
    at: e.at,
    by: e.by.name,
    from: e.fromOrg && deps.orgs.get(e.fromOrg).name,
    to: e.toOrg && deps.orgs.get(e.toOrg).name,
    says: saidIn(detail, inFull).map((s) => (inFull ? s : { ...s, value: maskNumbers(s.value) })),
    picture: typeof detail.attached === 'string' ? ATTACHED[detail.attached as keyof typeof ATTACHED] : null,
    paperId: typeof detail.paper === 'string' ? detail.paper : null,
  };
}

function possibleFor(deps: CertificateDeps, who: SignedIn, { certificate, standing, filed, events }: Seen) {
  const proposed = openProposal(deps, events, standing.proposal);
  const desks = keepsAt(who, deps.orgs, filed);
  const { placeId } = standing;
  const isHere = placeId === null ? desks.length > 0 : desks.includes(placeId);
  const next =
    placeId !== null && isHere && mayFollow(standing, 'SEND')
      ? neighbours(placeId, placesOf(deps.orgs, filed))
      : [];
  return {
    print: isHere && mayFollow(standing, 'PRINT'),
    attach: desks.length > 0 && mayFollow(standing, 'ATTACH'),
    turnBack: isHere && mayFollow(standing, 'TURN_BACK'),
    send: next.map((id) => ({ id, name: deps.orgs.get(id).name })),
    propose: mayPropose(who, deps.orgs, certificate, filed) ? legalActs(standing, LEGAL_ACTS) : [],
    confirm: proposed !== null && proposed.by.id !== who.accountId && mayConfirm(who, deps.orgs, certificate),
  };
}

const SAID: Record<string, string> = {
  says: '缘由',
  reason: '理由',
  basis: '依据',
  compensation: '补偿',
  until: '暂停至',
  proposedBy: '提出人',
  transfer: '交接单',
  days: '提前天数',
  collector: '领取方式',
  name: '领取人',
  idNumber: '领取人证件号',
  relation: '与持证人的关系',
};

function saidIn(detail: Record<string, unknown>, inFull: boolean): { label: string; value: string }[] {
  return Object.entries(SAID).flatMap(([key, label]) => {
    const value = detail[key];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const text = String(value);
    if (inFull) return [{ label, value: text }];
    return [{ label, value: key === 'name' ? maskName(text) : key === 'idNumber' ? maskId(text) : text }];
  });
}

/**
 * Every field in full: written down before it is shown (DESIGN §6).
 * @throws notAllowed for whoever does no case work, notFound `certificate.not_found`
 */
export async function revealCertificate(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
): Promise<CertificateView> {
  if (!doesCaseWork(who)) throw notAllowed();
  await seen(deps.db.read, deps, who, id);
  await auditAlone(deps, who, 'certificate.reveal', id);
  return certificateView(deps, who, id, true);
}
