import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { type Grant, grantsInForce, rolesClash } from '../policy.ts';
import { type GrantRow, listGrants, toGrant } from '../store.ts';

/** Somebody stands in for somebody else from a day to a day, both included. */
export interface Deputy {
  id: string;
  absentId: string;
  deputyId: string;
  /** One post of the absent; null: all of them. */
  post: { role: string; org: string } | null;
  from: LocalDate;
  to: LocalDate;
  reason: string;
  enteredBy: string;
  enteredAt: Instant;
  endedAt: Instant | null;
}

export interface DeputyRow {
  id: string;
  absent_id: string;
  deputy_id: string;
  role: string | null;
  org_id: string | null;
  valid_from: LocalDate;
  valid_to: LocalDate;
  reason: string;
  entered_by: string;
  entered_at: Instant;
  ended_by: string | null;
  ended_at: Instant | null;
}

export const toDeputy = (r: DeputyRow): Deputy => ({
  id: r.id,
  absentId: r.absent_id,
  deputyId: r.deputy_id,
  post: r.role !== null && r.org_id !== null ? { role: r.role, org: r.org_id } : null,
  from: r.valid_from,
  to: r.valid_to,
  reason: r.reason,
  enteredBy: r.entered_by,
  enteredAt: r.entered_at,
  endedAt: r.ended_at,
});

const covers = (query: Knex.QueryBuilder, first: LocalDate, last: LocalDate): Knex.QueryBuilder =>
  query.whereNull('d.ended_at').where('d.valid_from', '<=', last).where('d.valid_to', '>=', first);

/**
 * What an account may do on a day (Shanghai date): its own grants, and those of whoever it stands in for that day.
 * Only an absent person's own grants pass to a deputy, and never so that an administrator's role meets another.
 */
export async function grantsOn(db: Knex, accountId: string, today: LocalDate): Promise<Grant[]> {
  const own = grantsInForce(await listGrants(db, accountId), today);
  const held = [...own];
  for (const { grant } of await lentGrants(db, today, (q) => q.where('d.deputy_id', accountId)))
    if (!rolesClash([...held.map((g) => g.role), grant.role])) held.push(grant);
  return held;
}

/** Grants that lie with deputies on a day. */
export async function lentGrants(
  db: Knex,
  today: LocalDate,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<{ deputyId: string; grant: Grant }[]> {
  const query = db('deputies as d')
    .join('accounts as a', 'a.id', 'd.absent_id')
    .join('grants as g', 'g.account_id', 'd.absent_id')
    .join('orgs as o', 'o.id', 'g.org_id')
    .whereNull('a.disabled_at')
    .whereNull('o.closed_on')
    .where('g.pending', 0)
    .where((post) =>
      post.whereNull('d.role').orWhere((one) => one.whereRaw('d.role = g.role and d.org_id = g.org_id')),
    )
    .select('g.*', 'd.deputy_id', 'a.name')
    .orderBy(['d.id', 'g.id']);
  const rows: (GrantRow & { deputy_id: string; name: string })[] = await narrow(covers(query, today, today));
  return rows
    .map((r) => ({
      deputyId: r.deputy_id,
      grant: { ...toGrant(r), for: { accountId: r.account_id, name: r.name } },
    }))
    .filter(({ grant }) => grantsInForce([grant], today).length > 0);
}

/** Who is away on a day, and from which posts; null: from all. */
export async function listAbsent(
  db: Knex,
  accountIds: readonly string[],
  today: LocalDate,
): Promise<{ accountId: string; post: Deputy['post'] }[]> {
  const rows: DeputyRow[] = await covers(
    db('deputies as d').whereIn('d.absent_id', accountIds),
    today,
    today,
  );
  return rows.map(toDeputy).map(({ absentId, post }) => ({ accountId: absentId, post }));
}

/** Leaves of these days in which an account is absent or the deputy, not ended. */
export async function listOverlapping(
  db: Knex,
  accountIds: readonly string[],
  from: LocalDate,
  to: LocalDate,
): Promise<Deputy[]> {
  const rows: DeputyRow[] = await covers(
    db('deputies as d').where((q) =>
      q.whereIn('d.absent_id', accountIds).orWhereIn('d.deputy_id', accountIds),
    ),
    from,
    to,
  ).select('d.*');
  return rows.map(toDeputy);
}

export async function insertDeputy(trx: Trx, d: Deputy): Promise<void> {
  const row: DeputyRow = {
    id: d.id,
    absent_id: d.absentId,
    deputy_id: d.deputyId,
    role: d.post?.role ?? null,
    org_id: d.post?.org ?? null,
    valid_from: d.from,
    valid_to: d.to,
    reason: d.reason,
    entered_by: d.enteredBy,
    entered_at: d.enteredAt,
    ended_by: null,
    ended_at: d.endedAt,
  };
  await trx('deputies').insert(row);
}

export async function findDeputy(db: Knex, id: string): Promise<Deputy | undefined> {
  const row: DeputyRow | undefined = await db('deputies').where({ id }).first();
  return row && toDeputy(row);
}

export async function saveEnded(trx: Trx, id: string, by: string, at: Instant): Promise<void> {
  await trx('deputies').where({ id }).update({ ended_by: by, ended_at: at });
}
