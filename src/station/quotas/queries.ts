import type { QuotaDeps } from './commands.ts';
import { kindOf } from './kinds.ts';
import { type Standing, standingOf, sumOf } from './rules.ts';
import * as store from './store.ts';
import type { Claim, Pool } from './types.ts';

/** How a case stands in line for its share, for whoever works on it. */
export interface ShareView {
  title: string;
  unit: string;
  orgName: string;
  year: number;
  state: Claim['state'];
  asked: number;
  /** null: first come, first served (B2-15). */
  score: number | null;
  /** null: nothing was handed out for the organisation and year yet. */
  standing: Standing | null;
}

/** The share a case claims in a step; null before it claims one. */
export async function findShare(deps: QuotaDeps, caseId: string, step: string): Promise<ShareView | null> {
  const db = deps.db.read;
  const claim = await store.findClaim(db, caseId, step);
  if (!claim) return null;
  const total = await store.findTotal(db, claim);
  const { title, unit } = kindOf(claim.quota);
  return {
    title,
    unit,
    orgName: deps.orgs.get(claim.org).name,
    year: claim.year,
    state: claim.state,
    asked: claim.amount,
    score: claim.score,
    standing: total === undefined ? null : standingOf(total, await store.listClaims(db, claim), claim),
  };
}

/** A quota as it stands: handed out, taken, asked for by those in line. */
export interface QuotaView extends Pool {
  title: string;
  unit: string;
  orgName: string;
  total: number;
  taken: number;
  waiting: number;
  left: number;
}

/** Quotas, every year and organisation. */
export async function listQuotas(deps: QuotaDeps, quota?: string): Promise<QuotaView[]> {
  const held = await store.listTotals(deps.db.read, quota);
  return Promise.all(
    held.map(async ({ total, ...pool }) => {
      const claims = await store.listClaims(deps.db.read, pool);
      const of = (state: Claim['state']) =>
        sumOf(claims.filter((c) => c.state === state).map((c) => c.amount));
      const { title, unit } = kindOf(pool.quota);
      const taken = of('taken');
      return {
        ...pool,
        title,
        unit,
        orgName: deps.orgs.get(pool.org).name,
        total,
        taken,
        waiting: of('waiting'),
        left: sumOf([total, -taken]),
      };
    }),
  );
}
