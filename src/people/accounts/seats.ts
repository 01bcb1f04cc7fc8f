/** Who sits where, for colleagues: names and desks, never more. */
import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import type { OrgMap } from '../orgs/index.ts';
import { type Grant, grantsInForce, type Holder, holds } from './policy.ts';
import { roleTitle } from './roles.ts';
import { findAccountByLogin, listGrants } from './store.ts';

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

interface Row {
  id: string;
  login: string;
  name: string;
  role: string;
  org_id: string;
  subtree: number;
  valid_from: LocalDate;
  valid_to: LocalDate | null;
}

/** Everybody who holds one of these roles at its organisation or above it today, by name. */
export async function listColleagues(
  db: Knex,
  orgs: OrgMap,
  seats: readonly Seat[],
  today: LocalDate,
): Promise<Colleague[]> {
  const rows: Row[] = await db('grants as g')
    .join('accounts as a', 'a.id', 'g.account_id')
    .whereNull('a.disabled_at')
    .whereIn('g.role', [...new Set(seats.map((s) => s.role))])
    .whereIn('g.org_id', [...new Set(seats.flatMap((s) => above(orgs, s.org)))])
    .select('a.id', 'a.login', 'a.name', 'g.role', 'g.org_id', 'g.subtree', 'g.valid_from', 'g.valid_to')
    .orderBy(['a.name', 'a.id']);
  const found = new Map<string, Colleague & { grants: Grant[] }>();
  for (const r of rows) {
    const one = found.get(r.id) ?? { accountId: r.id, login: r.login, name: r.name, grants: [] };
    const grant = {
      role: r.role,
      org: r.org_id,
      subtree: r.subtree === 1,
      from: r.valid_from,
      to: r.valid_to,
    };
    one.grants.push(...grantsInForce([grant], today));
    found.set(r.id, one);
  }
  return [...found.values()].filter((c) => seats.some((s) => holds(c, s.role, s.org, orgs)));
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
  const grants = grantsInForce(await listGrants(db, account.id), today);
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
