import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import { inChunks, type Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';

/** A desk a case lies on. */
export interface LyingAt {
  org: string;
  role: string;
}

/** Somebody works on a case at one of the desks it lies on. */
export interface Claim extends LyingAt {
  caseId: string;
  accountId: string;
  name: string;
  at: Instant;
  /** The colleague who handed it over; null: taken by oneself. */
  fromName: string | null;
  /** What the colleague said. */
  note: string;
}

/** Where cases lie now, by case. */
export async function desksOfCases(db: Trx | Knex, ids: readonly string[]): Promise<Map<string, LyingAt[]>> {
  const found = new Map<string, LyingAt[]>();
  await inChunks(ids, async (some) => {
    const rows = await db('case_desks').whereIn('case_id', some).select('case_id', 'org', 'role');
    for (const { case_id, org, role } of rows)
      found.set(case_id, [...(found.get(case_id) ?? []), { org, role }]);
  });
  return found;
}

/** Claims of these cases, the oldest first. */
export async function claimsOf(db: Trx | Knex, vault: Vault, ids: readonly string[]): Promise<Claim[]> {
  const found = await inChunks(ids, (some) =>
    db('case_claims as k')
      .join('accounts as a', 'a.id', 'k.account_id')
      .whereIn('k.case_id', some)
      .orderBy(['k.at', 'k.case_id'])
      .select('k.*', 'a.name'),
  );
  return found.flat().map((r) => ({
    caseId: r.case_id,
    org: r.org,
    role: r.role,
    accountId: r.account_id,
    name: r.name,
    at: r.at,
    fromName: r.from_name,
    note: r.note_sealed === null ? '' : vault.open(r.note_sealed),
  }));
}

/** Whoever works on who has this case waits until the transaction ends. */
export async function lockDesks(trx: Trx, caseId: string): Promise<void> {
  await trx('case_desks')
    .where({ case_id: caseId })
    .update({ case_id: trx.ref('case_id') });
}

/** From now on this one works on it; whoever did before does no longer. */
export async function saveClaim(trx: Trx, vault: Vault, claim: Omit<Claim, 'name'>): Promise<void> {
  await trx('case_claims')
    .insert({
      case_id: claim.caseId,
      org: claim.org,
      role: claim.role,
      account_id: claim.accountId,
      at: claim.at,
      from_name: claim.fromName,
      note_sealed: claim.note === '' ? null : vault.seal(claim.note),
    })
    .onConflict(['case_id', 'org', 'role'])
    .merge();
}

export async function removeClaim(trx: Trx, { caseId, org, role }: Claim): Promise<void> {
  await trx('case_claims').where({ case_id: caseId, org, role }).delete();
}

/** A claim ends when the case has left its desk. */
export async function endClaims(trx: Trx, caseId: string): Promise<void> {
  await trx('case_claims')
    .where('case_id', caseId)
    .whereNotExists(
      trx('case_desks as d')
        .whereRaw('d.case_id = case_claims.case_id and d.org = case_claims.org and d.role = case_claims.role')
        .select('d.case_id'),
    )
    .delete();
}
