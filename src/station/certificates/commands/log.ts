import { conflict, notFound } from '../../../errors.ts';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { fold, type KindOf, mayFollow, type Standing } from '../fold.ts';
import * as store from '../store.ts';
import type { Certificate, CertificateAct, CertificateDeps, CertificateEvent } from '../types.ts';

/** What somebody did to a certificate. */
export interface Deed {
  act: CertificateAct;
  at: Instant;
  by: CertificateEvent['by'];
  fromOrg?: string;
  toOrg?: string;
  successorId?: string;
  /** What asked for it: written once for each certificate, act and cause. */
  cause?: string;
  /** What is said and shown; sealed. */
  detail?: Record<string, unknown>;
}

type LogDeps = Pick<CertificateDeps, 'vault' | 'orgs'>;

const kindOf =
  ({ orgs }: Pick<CertificateDeps, 'orgs'>): KindOf =>
  (id) =>
    orgs.get(id).kind;

/** A certificate with its log and what the log comes to. */
export interface Told {
  certificate: store.StoredCertificate;
  events: store.StoredEvent[];
  standing: Standing;
}

/** @throws notFound `certificate.not_found` */
export async function tell(
  db: Parameters<typeof store.find>[0],
  deps: Pick<CertificateDeps, 'orgs'>,
  id: string,
): Promise<Told> {
  const certificate = await store.find(db, { id });
  if (!certificate) throw notFound('certificate.not_found');
  const events = await store.listEvents(db, id);
  return { certificate, events, standing: fold(events, kindOf(deps)) };
}

/** How a refusal names a certificate. */
export const named = ({ title, number }: Pick<Certificate, 'title' | 'number'>): string =>
  `${title}（${number}）`;

/**
 * Append one event to a certificate's log and bring the register up to date, in the caller's transaction. What
 * was asked for once already is left as it is.
 * @returns what the log comes to afterwards
 * @throws conflict `certificate.not_possible`, `certificate.stale`
 */
export async function record(trx: Trx, deps: LogDeps, id: string, deed: Deed): Promise<Standing> {
  const { certificate, events, standing } = await tell(trx, deps, id);
  const { cause = null, detail } = deed;
  if (cause !== null && events.some((e) => e.act === deed.act && e.cause === cause)) return standing;
  if (!mayFollow(standing, deed.act))
    throw conflict('certificate.not_possible', {
      certificate: named(certificate),
      state: standing.state,
      custody: standing.custody,
    });
  const last = events.at(-1)?.at;
  const event: store.StoredEvent = {
    seq: certificate.seq + 1,
    act: deed.act,
    // The log never runs backwards, even when a fact is reported late.
    at: last !== undefined && last > deed.at ? last : deed.at,
    by: deed.by,
    fromOrg: deed.fromOrg ?? null,
    toOrg: deed.toOrg ?? null,
    successorId: deed.successorId ?? null,
    cause,
    detailSealed: detail === undefined ? null : deps.vault.seal(JSON.stringify(detail)),
  };
  const next = fold([...events, event], kindOf(deps));
  if (!(await store.saveStanding(trx, id, certificate.seq, next))) throw conflict('certificate.stale');
  await store.appendEvent(trx, id, event);
  return next;
}

/** The same, when it is possible; an act of a case finds certificates in every standing. */
export async function recordIfPossible(trx: Trx, deps: LogDeps, id: string, deed: Deed): Promise<void> {
  const { standing } = await tell(trx, deps, id);
  if (mayFollow(standing, deed.act)) await record(trx, deps, id, deed);
}

/** What an event says, opened. */
export const detailOf = (
  { vault }: Pick<CertificateDeps, 'vault'>,
  { detailSealed }: Pick<store.StoredEvent, 'detailSealed'>,
): Record<string, unknown> => (detailSealed === null ? {} : JSON.parse(vault.open(detailSealed)));
