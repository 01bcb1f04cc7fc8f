import type { Knex } from 'knex';
import type { LocalDate } from '../../../kernel/types.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { ADMINISTRATORS, type Grant } from '../policy.ts';
import { findRole } from '../roles.ts';
import { type GrantRow, toGrant } from '../store.ts';
import { mayHold } from './rules.ts';
import { type Deputy, type DeputyRow, toDeputy } from './store.ts';

/** Somebody who may be named as a deputy. */
export interface Candidate {
  accountId: string;
  name: string;
  /** The own post that makes him fit. */
  grant: Grant;
}

/** More than fit on a list one chooses from. */
const MOST = 400;

const countyOf = (orgs: OrgMap, id: string): string => {
  const org = orgs.get(id);
  return org.kind === 'county' || org.parentId === null ? org.path : countyOf(orgs, org.parentId);
};

/** Whoever in the same county could hold one of these posts: first from the same place, then by name. */
export async function listCandidates(
  db: Knex,
  orgs: OrgMap,
  absent: { accountId: string; grants: readonly Grant[] },
  today: LocalDate,
): Promise<Candidate[]> {
  const posts = absent.grants.filter((g) => orgs.find(g.org));
  const [first] = posts;
  if (!first) return [];
  const kinds = [...new Set(posts.flatMap((g) => findRole(g.role)?.at ?? []))];
  const administers = posts.some((g) => ADMINISTRATORS.has(g.role));
  const rows: (GrantRow & { name: string })[] = await db('grants as g')
    .join('accounts as a', 'a.id', 'g.account_id')
    .join('orgs as o', 'o.id', 'g.org_id')
    .where('o.path', 'like', `${countyOf(orgs, first.org)}%`)
    .whereNull('o.closed_on')
    .whereIn('o.kind', kinds)
    .whereNull('a.disabled_at')
    .whereNot('a.id', absent.accountId)
    .where('g.pending', 0)
    .where('g.valid_from', '<=', today)
    .where((open) => open.whereNull('g.valid_to').orWhere('g.valid_to', '>=', today))
    .where((q) =>
      administers
        ? q.whereIn(
            'g.role',
            posts.map((p) => p.role),
          )
        : q.whereNotIn('g.role', [...ADMINISTRATORS]),
    )
    .select('g.*', 'a.name')
    .orderBy(['a.name', 'g.id'])
    .limit(MOST);
  const near = (g: Grant) => (posts.some((p) => p.org === g.org) ? 0 : 1);
  const all = rows.map((r) => ({ accountId: r.account_id, name: r.name, grant: toGrant(r) }));
  const fit = all.filter((c) => posts.some((post) => mayHold([c.grant], post, orgs)));
  const sorted = fit.sort((a, b) => near(a.grant) - near(b.grant));
  return [...new Map(sorted.reverse().map((c) => [c.accountId, c])).values()].reverse();
}

/** The same with the names of both. */
export interface NamedDeputy extends Deputy {
  absentName: string;
  deputyName: string;
}

/** The last leaves of an account and those it stood in for, newest first. */
export async function listDeputies(db: Knex, accountId: string, limit: number): Promise<NamedDeputy[]> {
  const rows: (DeputyRow & { absent_name: string; deputy_name: string })[] = await db('deputies as d')
    .join('accounts as a', 'a.id', 'd.absent_id')
    .join('accounts as b', 'b.id', 'd.deputy_id')
    .where((q) => q.where('d.absent_id', accountId).orWhere('d.deputy_id', accountId))
    .select('d.*', 'a.name as absent_name', 'b.name as deputy_name')
    .orderBy('d.id', 'desc')
    .limit(limit);
  return rows.map((r) => ({ ...toDeputy(r), absentName: r.absent_name, deputyName: r.deputy_name }));
}
