/** What the organisation can see about a member, for himself: every row, and who looked. */
import { notFound } from '../../../errors.ts';
import type { Instant, LocalDate } from '../../../kernel/types.ts';
import type { BranchDeps } from '../../records/index.ts';
import * as store from '../store.ts';
import type { Listed, Membership, Who } from '../types.ts';

/** Somebody looked at or changed the member's entry. */
export interface Look {
  at: Instant;
  act: string;
  /** Name of the account; null: the member's own act or the house's. */
  by: string | null;
  reason: string | null;
}

export interface OwnView {
  member: Listed;
  memberships: Membership[];
  transfers: { id: string; state: string; fromOrg: string; toOrg: string; createdAt: Instant }[];
  away: { destination: string; since: LocalDate; state: string }[];
  /** How many records of each module carry his name as their author. */
  written: { module: string; count: number }[];
  looks: Look[];
}

/** @throws AppError 404 member.not_found for an account that belongs to no member */
export async function ownView(deps: BranchDeps, who: Who): Promise<OwnView> {
  const db = deps.db.read;
  const [member] = await store.findListed(db, deps, { account_id: who.accountId });
  if (!member) throw notFound('member.not_found');
  const transfers: OwnView['transfers'] = await db('transfers as t')
    .join('branch_records as r', 'r.id', 't.id')
    .where('t.member_id', member.id)
    .orderBy('t.id')
    .select('t.id', 'r.state', 't.from_org as fromOrg', 't.to_org as toOrg', 'r.created_at as createdAt');
  const away: OwnView['away'] = await db('migrant_profiles as p')
    .join('branch_records as r', 'r.id', 'p.id')
    .where('p.member_id', member.id)
    .orderBy('p.id')
    .select('p.destination', 'p.away_since as since', 'r.state');
  const written = (await db('branch_records')
    .where({ author_id: who.accountId })
    .groupBy('module')
    .orderBy('module')
    .select('module')
    .count('* as count')) as { module: string; count: number | string }[];
  return {
    member,
    memberships: await store.listMemberships(db, member.id),
    transfers,
    away,
    written: written.map((w) => ({ module: w.module, count: Number(w.count) })),
    looks: await listLooks(deps, member.id),
  };
}

async function listLooks({ db }: BranchDeps, memberId: string): Promise<Look[]> {
  const rows: { at: Instant; act: string; name: string | null; detail: string }[] = await db
    .read('audit as a')
    .leftJoin('accounts as c', 'c.id', 'a.actor_id')
    .where('a.subject', memberId)
    .where('a.act', 'like', 'member.%')
    .orderBy('a.id', 'desc')
    .select('a.at', 'a.act', 'c.name', 'a.detail');
  return rows.map(({ at, act, name, detail }) => ({
    at,
    act,
    by: name,
    reason: (JSON.parse(detail) as { reason?: string }).reason ?? null,
  }));
}
