/** 领办: who of a desk works on a case. One claims it, gives it back, hands it to a colleague, or takes an absent one's. */
import type { Knex } from 'knex';
import { conflict, invalid, notAllowed } from '../../../errors.ts';
import { type Colleague, holds, listColleagues, type SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import type { Desk } from '../../../workflow/types.ts';
import { loadCase, today } from '../access.ts';
import type { Actor, CaseDeps } from '../deps.ts';
import type { CaseRow } from '../store.ts';
import {
  type Claim,
  claimsOf,
  desksOfCases,
  type LyingAt,
  lockDesks,
  removeClaim,
  saveClaim,
} from './store.ts';

const isAt = (claim: LyingAt, desk: LyingAt): boolean => claim.org === desk.org && claim.role === desk.role;

interface Place {
  /** Desks of the case at which this person sits. */
  desks: LyingAt[];
  claims: Claim[];
}

/**
 * Where a case lies on this person's desks; of two at once the second waits for the first.
 * @throws notFound, notAllowed `case.not_allowed` when it lies on none, conflict `case.not_claimable` for a draft
 */
async function placeOf(trx: Trx, deps: CaseDeps, who: SignedIn, caseId: string): Promise<Place> {
  const { row } = await loadCase(trx, deps, { kind: 'account', who }, caseId);
  if (row.phase === 'draft') throw conflict('case.not_claimable');
  await lockDesks(trx, caseId);
  const lying = (await desksOfCases(trx, [caseId])).get(caseId) ?? [];
  const desks = lying.filter((d) => holds(who, d.role, d.org, deps.orgs));
  if (desks.length === 0) throw notAllowed('case.not_allowed');
  return { desks, claims: await claimsOf(trx, deps.vault, [caseId]) };
}

/** Colleagues who sit at a desk today. */
export const colleaguesAt = (deps: CaseDeps, desk: LyingAt, db: Knex = deps.db.read): Promise<Colleague[]> =>
  listColleagues(db, deps.orgs, [desk], today(deps));

/** Does the claimer no longer sit there: on leave, closed account, another post? Then a colleague may take over. */
export async function isAway(deps: CaseDeps, claim: Claim, db: Knex = deps.db.read): Promise<boolean> {
  const there = await colleaguesAt(deps, claim, db);
  return !there.some((c) => c.accountId === claim.accountId);
}

const claimed = ({ name, at }: Claim) =>
  conflict('case.claimed', {
    by: name,
    since: at,
    says: `由${name}领办；要换人办，请${name}交回或者转给您。`,
  });

/** Another's claim that holds. @throws conflict `case.claimed` with the name */
async function requireFree(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  { desks, claims }: Place,
): Promise<Claim[]> {
  const others = claims.filter((k) => k.accountId !== who.accountId && desks.some((d) => isAt(k, d)));
  for (const claim of others) if (!(await isAway(deps, claim, trx))) throw claimed(claim);
  return others;
}

/** Take a case on at one's desk; an absent colleague's is taken over. Claiming one's own again changes nothing. */
async function claimIn(trx: Trx, deps: CaseDeps, who: SignedIn, caseId: string): Promise<void> {
  const place = await placeOf(trx, deps, who, caseId);
  const absent = await requireFree(trx, deps, who, place);
  const mine = place.claims.filter((k) => k.accountId === who.accountId);
  const at = deps.clock.now();
  for (const { org, role } of place.desks.filter((d) => !mine.some((k) => isAt(k, d))))
    await saveClaim(trx, deps.vault, {
      caseId,
      org,
      role,
      accountId: who.accountId,
      at,
      fromName: null,
      note: '',
    });
  for (const { accountId } of absent)
    await auditBy(trx, deps, who, 'case.take-over', caseId, { from: accountId });
}

export const claimCase = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { claim: id }, async (trx) => {
    await claimIn(trx, deps, who, id);
    return { id };
  });

/** Give a case back to the desk. @throws conflict `case.not_claimed` when it is not one's own */
export const releaseCase = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { release: id }, async (trx) => {
    const { claims } = await placeOf(trx, deps, who, id);
    const mine = claims.filter((k) => k.accountId === who.accountId);
    if (mine.length === 0) throw conflict('case.not_claimed');
    for (const claim of mine) await removeClaim(trx, claim);
    return { id };
  });

/**
 * Hand a case to a colleague of the same desk, with a word on what is to be done.
 * @throws invalid at `/to` when nobody of that desk, conflict `case.claimed` when it is another's
 */
export const handCaseOver = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  { to, note = '' }: { to: string; note?: string },
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { hand: id, to, note }, async (trx) => {
    const place = await placeOf(trx, deps, who, id);
    await requireFree(trx, deps, who, place);
    const [desk] = await desksOf(trx, deps, place.desks, to);
    if (!desk || to === who.accountId)
      throw invalid([{ pointer: '/to', message: '请选择同一岗位的另一位同事' }]);
    await saveClaim(trx, deps.vault, {
      ...desk,
      caseId: id,
      accountId: to,
      at: deps.clock.now(),
      fromName: who.name,
      note: note.trim(),
    });
    await auditBy(trx, deps, who, 'case.hand-over', id, { to });
    return { id };
  });

/** Those of some desks at which an account sits. */
async function desksOf(trx: Trx, deps: CaseDeps, desks: LyingAt[], accountId: string): Promise<LyingAt[]> {
  const found = [];
  for (const desk of desks)
    if ((await colleaguesAt(deps, desk, trx)).some((c) => c.accountId === accountId)) found.push(desk);
  return found;
}

/**
 * What another has claimed is not acted on at that desk.
 * @param desk the desk the act belongs to; null: no desk's
 * @throws conflict `case.claimed` with the name
 */
export async function requireUnclaimed(
  trx: Trx,
  deps: CaseDeps,
  actor: Actor,
  row: CaseRow,
  desk: Desk | null,
): Promise<void> {
  if (actor.kind !== 'account' || desk === null) return;
  const org = deps.orgs.deskOrg(desk, row.villageId, row.department).id;
  const other = (await claimsOf(trx, deps.vault, [row.id])).find(
    (k) => isAt(k, { org, role: desk.role }) && k.accountId !== actor.who.accountId,
  );
  if (other) throw claimed(other);
}
