/** Grants as their keeper reads them: with who gave, agreed to and ended each. */
import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { inChunks, type Trx } from '../../platform/db/index.ts';
import type { Grant } from './policy.ts';
import { type GrantRow, toGrant } from './store.ts';

/** A grant with its history; names are those of accounts, or `null` for the console and for older grants. */
export interface KeptGrant extends Grant {
  id: string;
  accountId: string;
  givenBy: string | null;
  givenByName: string | null;
  givenAt: Instant | null;
  endedByName: string | null;
  endedAt: Instant | null;
  /** Waits for a second security administrator. */
  pending: boolean;
}

interface KeptRow extends GrantRow {
  given_by: string | null;
  given_at: Instant | null;
  ended_at: Instant | null;
  pending: number;
  given_name: string | null;
  ended_name: string | null;
}

const toKept = (r: KeptRow): KeptGrant => ({
  ...toGrant(r),
  id: r.id,
  accountId: r.account_id,
  givenBy: r.given_by,
  givenByName: r.given_name,
  givenAt: r.given_at,
  endedByName: r.ended_name,
  endedAt: r.ended_at,
  pending: r.pending === 1,
});

const kept = (db: Knex): Knex.QueryBuilder =>
  db('grants as g')
    .leftJoin('accounts as b', 'b.id', 'g.given_by')
    .leftJoin('accounts as e', 'e.id', 'g.ended_by')
    .select('g.*', 'b.name as given_name', 'e.name as ended_name')
    .orderBy(['g.valid_from', 'g.id']);

/** Every grant there ever was on these accounts, oldest first. */
export async function listKeptGrants(db: Knex, accountIds: readonly string[]): Promise<KeptGrant[]> {
  const rows: KeptRow[] = await kept(db).whereIn('g.account_id', accountIds);
  return rows.map(toKept);
}

export async function findKeptGrant(db: Knex, id: string): Promise<KeptGrant | undefined> {
  const row: KeptRow | undefined = await kept(db).where('g.id', id).first();
  return row && toKept(row);
}

export async function saveAgreed(trx: Trx, id: string, by: string, at: Instant): Promise<void> {
  await trx('grants').where({ id }).update({ pending: 0, agreed_by: by, agreed_at: at });
}

/** `to`: its last day. */
export async function saveEnd(
  trx: Trx,
  id: string,
  end: { to: LocalDate; by: string; at: Instant },
): Promise<void> {
  await trx('grants').where({ id }).update({ valid_to: end.to, ended_by: end.by, ended_at: end.at });
}

/** Who holds what at a place. */
export interface Holding {
  name: string;
  role: string;
  org: string;
}

/** Everybody who holds something at one of these organisations today, by name. */
export async function listHoldings(
  db: Knex,
  orgIds: readonly string[],
  today: LocalDate,
): Promise<Holding[]> {
  const found: Holding[] = [];
  await inChunks(orgIds, async (ids) => {
    const rows: Holding[] = await db('grants as g')
      .join('accounts as a', 'a.id', 'g.account_id')
      .whereNull('a.disabled_at')
      .whereIn('g.org_id', ids)
      .where('g.pending', 0)
      .where('g.valid_from', '<=', today)
      .where((open) => open.whereNull('g.valid_to').orWhere('g.valid_to', '>=', today))
      .select('a.name', 'g.role', 'g.org_id as org')
      .orderBy(['a.name', 'g.id']);
    found.push(...rows);
  });
  return found;
}
