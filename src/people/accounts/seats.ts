/** Who sits where, for colleagues: names and desks, never more. */
import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import type { OrgMap } from '../orgs/index.ts';
import { isPost } from './deputies/rules.ts';
import { grantsOn, lentGrants, listAbsent } from './deputies/store.ts';
import { type Grant, grantsInForce, type Holder, holds } from './policy.ts';
import { roleTitle } from './roles.ts';
import { findAccountByLogin, type GrantRow, toGrant } from './store.ts';

/** Somebody with an account, as colleagues know them. */
export interface Colleague extends Holder {
  accountId: string;
  login: string;
  name: string;
}

/** A role at an organisation. */
export interface Seat {
  role: string;
  org: string;
}

/**
 * Everybody who sits today at one of these desks (holds the role there or, with subtree, above it), by name: deputies
 * too, and nobody who is on leave from it.
 */
export async function listColleagues(
  db: Knex,
  orgs: OrgMap,
  seats: readonly Seat[],
  today: LocalDate,
): Promise<Colleague[]> {
  const roles = [...new Set(seats.map((s) => s.role))];
  const places = [...new Set(seats.flatMap((s) => above(orgs, s.org)))];
  const at = (query: Knex.QueryBuilder) => query.whereIn('g.role', roles).whereIn('g.org_id', places);
  const rows = await grantsAt(db, at);
  const present = await withoutAbsent(db, rows, today);
  const found = new Map<string, Grant[]>();
  for (const r of present)
    found.set(r.account_id, [...(found.get(r.account_id) ?? []), ...grantsInForce([toGrant(r)], today)]);
  for (const { deputyId } of await lentGrants(db, today, at))
    found.set(deputyId, await grantsOn(db, deputyId, today));
  const sitting = [...found].filter(([, grants]) =>
    seats.some((s) => holds({ grants }, s.role, s.org, orgs)),
  );
  return colleaguesOf(db, new Map(sitting));
}

/** Grants at places that are there. */
const grantsAt = (
  db: Knex,
  at: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Knex.QueryBuilder<GrantRow, GrantRow[]> =>
  at(db('grants as g'))
    .join('orgs as o', 'o.id', 'g.org_id')
    .where('g.pending', 0)
    .whereNull('o.closed_on')
    .select('g.*');

/** Accounts that hold a post today by a grant of their own, at work or on leave; closed ones do not. */
export async function holdersOf(
  db: Knex,
  orgs: OrgMap,
  { role, org }: Seat,
  today: LocalDate,
): Promise<string[]> {
  const rows = await grantsAt(db, (q) => q.where('g.role', role).whereIn('g.org_id', above(orgs, org)));
  const held = rows.filter((r) => holds({ grants: grantsInForce([toGrant(r)], today) }, role, org, orgs));
  return db('accounts')
    .whereIn(
      'id',
      held.map((r) => r.account_id),
    )
    .whereNull('disabled_at')
    .pluck('id');
}

/** Posts from which nobody is away. */
async function withoutAbsent(db: Knex, rows: readonly GrantRow[], today: LocalDate): Promise<GrantRow[]> {
  const away = await listAbsent(db, [...new Set(rows.map((r) => r.account_id))], today);
  return rows.filter((r) => !away.some((a) => a.accountId === r.account_id && isPost(toGrant(r), a.post)));
}

/** Those of the accounts that are open, by name. */
async function colleaguesOf(db: Knex, grants: ReadonlyMap<string, Grant[]>): Promise<Colleague[]> {
  const rows: { id: string; login: string; name: string }[] = await db('accounts')
    .whereIn('id', [...grants.keys()])
    .whereNull('disabled_at')
    .select('id', 'login', 'name')
    .orderBy(['name', 'id']);
  return rows.map(({ id, login, name }) => ({ accountId: id, login, name, grants: grants.get(id) ?? [] }));
}

/** The organisation and everything it lies under. */
const above = (orgs: OrgMap, id: string): string[] => orgs.get(id).path.split('/').filter(Boolean);

/** The account of a login with what it may do today; undefined when there is none or it is closed. */
export async function findColleague(
  db: Knex,
  login: string,
  today: LocalDate,
): Promise<Colleague | undefined> {
  const account = await findAccountByLogin(db, login.toLowerCase());
  if (!account || account.disabledAt !== null) return undefined;
  const grants = await grantsOn(db, account.id, today);
  return { accountId: account.id, login: account.login, name: account.name, grants };
}

/** What people are called, by account. */
export async function accountNames(db: Knex, ids: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await db('accounts').whereIn('id', ids).select('id', 'name');
  return new Map(rows.map((r) => [r.id, r.name]));
}

/** Where somebody sits, in words: `剥隘镇 便民服务窗口`; the first of several. */
export function deskOf(who: Holder, orgs: OrgMap): string {
  const [first] = who.grants;
  return first ? `${orgs.find(first.org)?.name ?? first.org} ${roleTitle(first.role)}` : '';
}
