import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Claim, ClaimState, Pool } from './types.ts';

type Raw = Record<string, string | number | null>;

const toClaim = (r: Raw): Claim => ({
  caseId: r.case_id as string,
  step: r.step as string,
  quota: r.quota as string,
  org: r.org as string,
  year: r.year as number,
  amount: Number(r.amount),
  score: r.score === null ? null : Number(r.score),
  acceptedOn: r.accepted_on as string,
  claimedAt: r.claimed_at as string,
  state: r.state as ClaimState,
});

const where = ({ quota, org, year }: Pool) => ({ quota, org, year });

/** What was handed out; undefined when nothing was. */
export async function findTotal(db: Trx | Knex, pool: Pool): Promise<number | undefined> {
  const row = await db('quotas').where(where(pool)).first();
  return row && Number(row.total);
}

export async function saveTotal(trx: Trx, pool: Pool, total: number, at: Instant): Promise<void> {
  await trx('quotas')
    .insert({ ...where(pool), total: String(total), updated_at: at })
    .onConflict(['quota', 'org', 'year'])
    .merge();
}

export const hasQuotas = async (db: Trx | Knex): Promise<boolean> =>
  (await db('quotas').first()) !== undefined;

export interface Held extends Pool {
  total: number;
}

export async function listTotals(db: Knex, quota: string | undefined): Promise<Held[]> {
  const rows = db('quotas').orderBy(['quota', 'year', 'org']);
  if (quota !== undefined) rows.where({ quota });
  const found: Raw[] = await rows;
  return found.map((r) => ({
    quota: r.quota as string,
    org: r.org as string,
    year: r.year as number,
    total: Number(r.total),
  }));
}

/** Once for each case and step; a case that comes back to the step keeps its place in line. */
export async function insertClaim(trx: Trx, claim: Claim): Promise<void> {
  await trx('quota_claims')
    .insert({
      case_id: claim.caseId,
      step: claim.step,
      ...where(claim),
      amount: String(claim.amount),
      score: claim.score === null ? null : String(claim.score),
      accepted_on: claim.acceptedOn,
      state: claim.state,
      claimed_at: claim.claimedAt,
    })
    .onConflict(['case_id', 'step'])
    .merge(['amount', 'score']);
}

export async function findClaim(db: Trx | Knex, caseId: string, step: string): Promise<Claim | undefined> {
  const row = await db('quota_claims').where({ case_id: caseId, step }).first();
  return row && toClaim(row);
}

/** Waiting and taken claims of a pool. */
export async function listClaims(db: Trx | Knex, pool: Pool): Promise<Claim[]> {
  const rows: Raw[] = await db('quota_claims').where(where(pool)).whereNot({ state: 'released' });
  return rows.map(toClaim);
}

export async function markTaken(trx: Trx, { caseId, step }: Claim, at: Instant): Promise<void> {
  await trx('quota_claims').where({ case_id: caseId, step }).update({ state: 'taken', taken_at: at });
}

/** Every share of a case goes back. */
export async function markReleased(trx: Trx, caseId: string, at: Instant): Promise<void> {
  await trx('quota_claims')
    .where({ case_id: caseId })
    .whereNot({ state: 'released' })
    .update({ state: 'released', released_at: at });
}
