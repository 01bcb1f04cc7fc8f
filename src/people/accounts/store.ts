/** Longer than most: four tables that only make sense side by side; each function is one statement. */
import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import { beginsWith, type Trx } from '../../platform/db/index.ts';
import type { Grant } from './policy.ts';

export interface Account {
  id: string;
  /** Lower case. */
  login: string;
  name: string;
  passwordHash: string;
  /** Made for demonstrations; such accounts must not exist where others can reach the service. */
  demo: boolean;
  /** The password was set by somebody else and must be changed first. */
  mustChange: boolean;
  createdAt: Instant;
  /** Last sign-in; null before the first. */
  signedInAt: Instant | null;
  disabledAt: Instant | null;
  disabledReason: string | null;
}

export interface AccountRow {
  id: string;
  login: string;
  name: string;
  password_hash: string;
  demo: number;
  created_at: Instant;
  disabled_at: Instant | null;
  must_change: number;
  signed_in_at: Instant | null;
  disabled_by: string | null;
  disabled_reason: string | null;
}

export interface Session {
  id: string;
  tokenHash: string;
  accountId: string;
  csrf: string;
  createdAt: Instant;
  lastSeenAt: Instant;
}

interface SessionRow {
  id: string;
  token_hash: string;
  account_id: string;
  csrf: string;
  created_at: Instant;
  last_seen_at: Instant;
}

export interface GrantRow {
  id: string;
  account_id: string;
  role: string;
  org_id: string;
  subtree: number;
  valid_from: string;
  valid_to: string | null;
}

/** Wrong passwords in a row for one login, known or unknown. */
export interface Failures {
  count: number;
  lockedUntil: Instant | null;
}

interface FailuresRow {
  login_blind: string;
  account_id: string | null;
  count: number;
  last_at: Instant;
  locked_until: Instant | null;
}

export const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  login: row.login,
  name: row.name,
  passwordHash: row.password_hash,
  demo: row.demo === 1,
  mustChange: row.must_change === 1,
  createdAt: row.created_at,
  signedInAt: row.signed_in_at,
  disabledAt: row.disabled_at,
  disabledReason: row.disabled_reason,
});

const toSession = (row: SessionRow): Session => ({
  id: row.id,
  tokenHash: row.token_hash,
  accountId: row.account_id,
  csrf: row.csrf,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
});

export const toGrant = (row: GrantRow): Grant => ({
  role: row.role,
  org: row.org_id,
  subtree: row.subtree === 1,
  from: row.valid_from,
  to: row.valid_to,
});

async function findAccount(db: Knex, by: Partial<AccountRow>): Promise<Account | undefined> {
  const row: AccountRow | undefined = await db('accounts').where(by).first();
  return row && toAccount(row);
}

export const findAccountByLogin = (db: Knex, login: string): Promise<Account | undefined> =>
  findAccount(db, { login });

export const findAccountById = (db: Knex, id: string): Promise<Account | undefined> =>
  findAccount(db, { id });

/** Held until the transaction ends: of two changes of an account the second sees the first. */
export async function holdAccount(trx: Trx, id: string): Promise<Account | undefined> {
  const row: AccountRow | undefined = await trx('accounts').where({ id }).forUpdate().first();
  return row && toAccount(row);
}

/** Logins in use that begin with one of these. */
export async function takenLogins(db: Knex, beginnings: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const beginning of new Set(beginnings.filter(Boolean))) {
    const rows: { login: string }[] = await db('accounts')
      .whereRaw('?', [beginsWith(db, 'login', beginning)])
      .select('login');
    for (const { login } of rows) found.add(login);
  }
  return [...found];
}

export async function hasAccounts(trx: Trx): Promise<boolean> {
  return (await trx('accounts').first('id')) !== undefined;
}

export async function listDemoLogins(db: Knex): Promise<string[]> {
  const rows: { login: string }[] = await db('accounts').where({ demo: 1 }).orderBy('login').select('login');
  return rows.map((row) => row.login);
}

export async function insertAccount(
  trx: Trx,
  account: Pick<Account, 'id' | 'login' | 'name' | 'passwordHash' | 'demo' | 'mustChange' | 'createdAt'>,
): Promise<void> {
  const row: AccountRow = {
    id: account.id,
    login: account.login,
    name: account.name,
    password_hash: account.passwordHash,
    demo: account.demo ? 1 : 0,
    must_change: account.mustChange ? 1 : 0,
    created_at: account.createdAt,
    signed_in_at: null,
    disabled_at: null,
    disabled_by: null,
    disabled_reason: null,
  };
  await trx('accounts').insert(row);
}

/** `mustChange`: it was not chosen by the one whose password it is. */
export async function savePassword(
  trx: Trx,
  accountId: string,
  passwordHash: string,
  mustChange: boolean,
): Promise<void> {
  await trx('accounts')
    .where({ id: accountId })
    .update({ password_hash: passwordHash, must_change: mustChange ? 1 : 0 });
}

/** Shut out, by whom and why; null: let in again. */
export async function saveDisabled(
  trx: Trx,
  accountId: string,
  disabled: { at: Instant; by: string; reason: string } | null,
): Promise<void> {
  await trx('accounts')
    .where({ id: accountId })
    .update({
      disabled_at: disabled?.at ?? null,
      disabled_by: disabled?.by ?? null,
      disabled_reason: disabled?.reason ?? null,
    });
}

export async function saveSignedIn(trx: Trx, accountId: string, at: Instant): Promise<void> {
  await trx('accounts').where({ id: accountId }).update({ signed_in_at: at });
}

/** `given`: by whom, null at the console; `pending`: counts only when a second administrator has agreed. */
export async function insertGrant(
  trx: Trx,
  id: string,
  accountId: string,
  grant: Grant,
  given: { by: string | null; at: Instant; pending: boolean },
): Promise<void> {
  const row: GrantRow = {
    id,
    account_id: accountId,
    role: grant.role,
    org_id: grant.org,
    subtree: grant.subtree ? 1 : 0,
    valid_from: grant.from,
    valid_to: grant.to,
  };
  await trx('grants').insert({
    ...row,
    given_by: given.by,
    given_at: given.at,
    pending: given.pending ? 1 : 0,
  });
}

/**
 * All grants of an account, past and future too, in the order given; not those that wait for a second administrator,
 * nor those at an organisation that was closed.
 */
export async function listGrants(db: Knex, accountId: string): Promise<Grant[]> {
  const rows: GrantRow[] = await db('grants as g')
    .join('orgs as o', 'o.id', 'g.org_id')
    .where({ account_id: accountId, pending: 0 })
    .whereNull('o.closed_on')
    .select('g.*')
    .orderBy('g.id');
  return rows.map(toGrant);
}

export async function insertSession(trx: Trx, session: Session): Promise<void> {
  const row: SessionRow = {
    id: session.id,
    token_hash: session.tokenHash,
    account_id: session.accountId,
    csrf: session.csrf,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
  };
  await trx('sessions').insert(row);
}

export async function findSessionByHash(db: Knex, tokenHash: string): Promise<Session | undefined> {
  const row: SessionRow | undefined = await db('sessions').where({ token_hash: tokenHash }).first();
  return row && toSession(row);
}

export async function saveSeen(trx: Trx, sessionId: string, at: Instant): Promise<void> {
  await trx('sessions').where({ id: sessionId }).update({ last_seen_at: at });
}

export async function deleteSession(trx: Trx, sessionId: string): Promise<void> {
  await trx('sessions').where({ id: sessionId }).delete();
}

export async function deleteSessionByHash(trx: Trx, tokenHash: string): Promise<void> {
  await trx('sessions').where({ token_hash: tokenHash }).delete();
}

/** Ends every session of an account, except one. */
export async function deleteSessionsOf(trx: Trx, accountId: string, except?: string): Promise<void> {
  const rows = trx('sessions').where({ account_id: accountId });
  await (except === undefined ? rows : rows.whereNot({ id: except })).delete();
}

export async function listSessions(db: Knex, accountId: string): Promise<Session[]> {
  const rows: SessionRow[] = await db('sessions')
    .where({ account_id: accountId })
    .orderBy('last_seen_at', 'desc');
  return rows.map(toSession);
}

/** Throws out sessions that can no longer be used. */
export async function deleteDeadSessions(
  trx: Trx,
  seenBefore: Instant,
  createdBefore: Instant,
): Promise<void> {
  await trx('sessions')
    .where('last_seen_at', '<', seenBefore)
    .orWhere('created_at', '<', createdBefore)
    .delete();
}

export async function findFailures(db: Knex, loginBlind: string): Promise<Failures | undefined> {
  const row: FailuresRow | undefined = await db('sign_in_failures')
    .where({ login_blind: loginBlind })
    .first();
  return row && { count: row.count, lockedUntil: row.locked_until };
}

export async function saveFailures(
  trx: Trx,
  loginBlind: string,
  accountId: string | null,
  failures: Failures,
  at: Instant,
): Promise<void> {
  const row: FailuresRow = {
    login_blind: loginBlind,
    account_id: accountId,
    count: failures.count,
    last_at: at,
    locked_until: failures.lockedUntil,
  };
  await trx('sign_in_failures').insert(row).onConflict('login_blind').merge();
}

export async function deleteFailures(trx: Trx, loginBlind: string): Promise<void> {
  await trx('sign_in_failures').where({ login_blind: loginBlind }).delete();
}

/** Forgets failures so old that nobody counts them any more. */
export async function deleteOldFailures(trx: Trx, before: Instant): Promise<void> {
  await trx('sign_in_failures').where('last_at', '<', before).delete();
}
