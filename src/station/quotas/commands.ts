import { conflict, invalid, notAllowed } from '../../errors.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { holds, type SignedIn } from '../../people/accounts/index.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { type Trx, transact } from '../../platform/db/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import { kindOf, listKinds } from './kinds.ts';
import { type Standing, standingOf, sumOf } from './rules.ts';
import * as store from './store.ts';
import type { Claim, Pool } from './types.ts';

export type QuotaDeps = Pick<PlatformDeps, 'db' | 'clock'> & { orgs: OrgTree };

/** The first start hands out the amounts of the data file; later ones leave the ledger as it is. */
export async function seedQuotas(deps: QuotaDeps): Promise<number> {
  return transact(deps.db, async (trx) => {
    if (await store.hasQuotas(trx)) return 0;
    const all = listKinds().flatMap(({ id, amounts }) =>
      amounts
        .filter(({ org }) => deps.orgs.find(org))
        .map(({ org, year, total }) => ({ quota: id, org, year, total })),
    );
    for (const { total, ...pool } of all) await store.saveTotal(trx, pool, total, deps.clock.now());
    return all.length;
  });
}

/** What a case asks of a quota when it comes to the step. */
export interface ShareOrder {
  caseId: string;
  step: string;
  quota: string;
  villageId: string;
  department: string;
  amount: number;
  score: number | null;
  acceptedOn: LocalDate;
  at: Instant;
}

/** Put a case in line for a share of this year's quota of its organisation. */
export async function claimShare(
  trx: Trx,
  deps: Pick<QuotaDeps, 'orgs'>,
  { villageId, department, at, ...order }: ShareOrder,
): Promise<void> {
  const { scope } = kindOf(order.quota);
  const org = deps.orgs.deskOrg({ at: scope, role: 'window' }, villageId, department).id;
  const year = Number(order.acceptedOn.slice(0, 4));
  await store.insertClaim(trx, { ...order, org, year, claimedAt: at, state: 'waiting' });
}

/**
 * How the claim of a case stands.
 * @throws conflict `quota.not_handed_out` when no quota was handed out for the organisation and year
 */
async function requireShare(
  trx: Trx,
  deps: Pick<QuotaDeps, 'orgs'>,
  caseId: string,
  step: string,
): Promise<{ claim: Claim; standing: Standing }> {
  const claim = await store.findClaim(trx, caseId, step);
  if (!claim) throw new Error(`case ${caseId} claims no share in step ${step}`);
  const total = await store.findTotal(trx, claim);
  if (total === undefined)
    throw conflict('quota.not_handed_out', {
      quota: kindOf(claim.quota).title,
      org: deps.orgs.get(claim.org).name,
      year: claim.year,
    });
  return { claim, standing: standingOf(total, await store.listClaims(trx, claim), claim) };
}

/**
 * Take the share of a case, if it fits behind those before it in line (B2-15).
 * @throws conflict `quota.exhausted` with what is left and how many are before it
 */
export async function takeShare(
  trx: Trx,
  deps: Pick<QuotaDeps, 'orgs' | 'clock'>,
  caseId: string,
  step: string,
): Promise<void> {
  const { claim, standing } = await requireShare(trx, deps, caseId, step);
  if (claim.state === 'taken') return;
  if (!standing.fits) {
    const { total, taken, ahead, left, place } = standing;
    const { title: quota, unit } = kindOf(claim.quota);
    throw conflict('quota.exhausted', { quota, unit, asked: claim.amount, total, taken, ahead, left, place });
  }
  await store.markTaken(trx, claim, deps.clock.now());
}

/** Give back every share of a case that came to nothing. */
export const releaseShares = (trx: Trx, caseId: string, at: Instant): Promise<void> =>
  store.markReleased(trx, caseId, at);

/**
 * Hand out a quota, or change it; never below what is taken already.
 * @throws notAllowed unless the account looks after the county's parameters; invalid for an impossible amount
 */
export async function handOutQuota(
  deps: QuotaDeps,
  who: SignedIn,
  { total, ...pool }: Pool & { total: number },
): Promise<void> {
  kindOf(pool.quota);
  const org = deps.orgs.get(pool.org);
  if (!holds(who, 'system-admin', org.id, deps.orgs)) throw notAllowed();
  await transact(deps.db, async (trx) => {
    const taken = sumOf(
      (await store.listClaims(trx, pool)).filter((c) => c.state === 'taken').map((c) => c.amount),
    );
    if (total < taken)
      throw invalid([{ pointer: '/total', message: `已经分配 ${taken}，不能少于这个数`, code: 'B2-15' }]);
    await store.saveTotal(trx, pool, total, deps.clock.now());
    await auditBy(trx, deps, who, 'quota.hand-out', `${pool.quota}/${pool.org}/${pool.year}`, { total });
  });
}
