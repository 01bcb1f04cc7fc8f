/** The printed piece at one desk: printed, handed over, turned back. */
import { conflict, notAllowed, notFound } from '../../../errors.ts';
import { type Holder, maySee, nameActing, type SignedIn } from '../../../people/accounts/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import type { CaseFacts } from '../../facts.ts';
import { mayFollow } from '../fold.ts';
import { type Filed, keeps, keepsAt, placesOf } from '../policy.ts';
import * as store from '../store.ts';
import type { CertificateDeps } from '../types.ts';
import { named, record, type Told, tell } from './log.ts';

/** A certificate somebody may see, with the village and department it belongs to. */
export interface Seen extends Told {
  filed: Filed & { number: string };
}

/** @throws notFound `certificate.not_found`, also when it is there but not this person's to see */
export async function seen(
  db: Parameters<typeof store.find>[0],
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
): Promise<Seen> {
  const told = await tell(db, deps, id);
  const filed = await store.filedOf(db, told.certificate.caseId);
  if (!maySee(who, deps.orgs, filed)) throw notFound('certificate.not_found');
  return { ...told, filed };
}

/** @param may lets somebody do it */
export const personOf = (who: SignedIn, may: (holder: Holder) => boolean) => ({
  id: who.accountId,
  name: nameActing(who, may),
});

/**
 * A copy was printed: the first lies at the printer's desk from then on; a further one is written down only.
 * @throws notAllowed for whoever keeps no pieces of it, conflict `certificate.elsewhere` / `.not_possible`
 */
export async function printCertificate(deps: CertificateDeps, who: SignedIn, id: string): Promise<void> {
  await transact(deps.db, async (trx) => {
    const { certificate, standing, filed } = await seen(trx, deps, who, id);
    const desks = keepsAt(who, deps.orgs, filed);
    if (desks.length === 0) throw notAllowed();
    const at = standing.placeId === null ? desks[0] : desks.find((d) => d === standing.placeId);
    if (at === undefined) throw conflict('certificate.elsewhere', await whereabouts(trx, certificate));
    const by = personOf(who, (h) => keeps(h, deps.orgs, at));
    await record(trx, deps, id, { act: 'PRINT', at: deps.clock.now(), by, toOrg: at });
  });
}

/**
 * The piece comes back: nobody called for it, or its holder handed it in.
 * @throws notAllowed, conflict `certificate.elsewhere` / `.not_possible`
 */
export async function turnBack(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
  reason: string,
): Promise<void> {
  await transact(deps.db, async (trx) => {
    const { certificate, standing, filed } = await seen(trx, deps, who, id);
    const desks = keepsAt(who, deps.orgs, filed);
    if (desks.length === 0) throw notAllowed();
    const at = standing.custody === 'collected' ? desks[0] : desks.find((d) => d === standing.placeId);
    if (at === undefined) throw conflict('certificate.elsewhere', await whereabouts(trx, certificate));
    await record(trx, deps, id, {
      act: 'TURN_BACK',
      at: deps.clock.now(),
      by: personOf(who, (h) => keeps(h, deps.orgs, at)),
      toOrg: at,
      detail: { reason },
    });
  });
}

/** Where a piece is, in words for whoever cannot have it now. */
async function whereabouts(trx: Trx, c: store.StoredCertificate): Promise<{ says: string }> {
  const place = c.placeId && (await trx('orgs').where({ id: c.placeId }).first('name'))?.name;
  const is =
    c.custody === 'in-transit'
      ? `正在送往${place}的路上，请先在“证照交接”里确认收到`
      : c.custody === 'collected'
        ? '已经由持证人领取'
        : `还在${place}，请先送到这里并确认收到`;
  return { says: `${named(c)}${is}。` };
}

/**
 * COLLECT is refused while the printed piece of one of the case's certificates is on its way or lies above the
 * village. One that is electronic so far is printed at the counter.
 * @throws conflict `certificate.elsewhere`, saying where it is
 */
export async function requireInHand(trx: Trx, caseId: string): Promise<void> {
  await store.hold(trx, { case_id: caseId });
  const certificates = await store.listByCase(trx, caseId);
  if (certificates.length === 0) return;
  const { villageId } = await store.filedOf(trx, caseId);
  const away = certificates.find(
    (c) => c.placeId !== null && (c.custody === 'in-transit' || c.placeId !== villageId),
  );
  if (away) throw conflict('certificate.elsewhere', await whereabouts(trx, away));
}

/**
 * Write down who collected the certificates of a case, whose identity was checked, and the signature. What was
 * electronic until then was printed at the counter.
 */
export async function collectCertificate(trx: Trx, deps: CertificateDeps, facts: CaseFacts): Promise<void> {
  const { at, by, seq, data } = facts.event;
  const { village } = placesOf(deps.orgs, { villageId: facts.village.id, department: facts.item.department });
  const cause = `case:${seq}`;
  for (const { id } of await store.listByCase(trx, facts.caseId)) {
    const { standing } = await tell(trx, deps, id);
    if (standing.custody === 'none' && mayFollow(standing, 'PRINT'))
      await record(trx, deps, id, { act: 'PRINT', at, by, toOrg: village, cause });
    const { standing: printed } = await tell(trx, deps, id);
    if (mayFollow(printed, 'COLLECT'))
      await record(trx, deps, id, { act: 'COLLECT', at, by, fromOrg: village, cause, detail: data });
  }
}
