/** The register of accounts as its keeper reads it. */
import type { Knex } from 'knex';
import { notFound } from '../../errors.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgMap } from '../orgs/index.ts';
import { mayKnow } from './commands/authority.ts';
import { type KeptGrant, listKeptGrants } from './grants-store.ts';
import type { Holder } from './policy.ts';
import { type Account, type AccountRow, findAccountById, listSessions, toAccount } from './store.ts';

export type AccountState = 'disabled' | 'locked' | 'never';

/** What a list is narrowed by; everything beyond the reader's own organisations is never on it. */
export interface AccountSearch {
  /** Of the name, or the beginning of the login. */
  text?: string | undefined;
  role?: string | undefined;
  /** The organisation and everything beneath it. */
  org?: string | undefined;
  state?: AccountState | undefined;
  /** Login of the last line before this page. */
  after?: string | undefined;
  limit: number;
}

/** One line of the list. */
export interface ListedAccount extends Account {
  lockedUntil: Instant | null;
  grants: KeptGrant[];
}

type Keeper = Holder;

/** Organisations whose accounts this security administrator keeps. */
const reach = (who: Keeper, orgs: OrgMap) =>
  who.grants
    .filter((g) => g.role === 'security-admin' && orgs.find(g.org))
    .map((g) => ({ id: g.org, path: g.subtree ? orgs.get(g.org).path : null }));

function within(query: Knex.QueryBuilder, places: ReturnType<typeof reach>): Knex.QueryBuilder {
  return query.where((any) => {
    any.whereRaw('1 = 0');
    for (const { id, path } of places)
      any.orWhere((one) => (path === null ? one.where('o.id', id) : one.where('o.path', 'like', `${path}%`)));
  });
}

/**
 * Accounts that hold or held something in the reader's reach, by login, a page at a time.
 * @param now wall clock: by it a login is locked
 * @param today by which day a role or a place is held
 */
export async function searchAccounts(
  db: Knex,
  orgs: OrgMap,
  who: Keeper,
  search: AccountSearch,
  { now, today }: { now: Instant; today: LocalDate },
): Promise<{ accounts: ListedAccount[]; next: string | null }> {
  const { text, role, org, state, after, limit } = search;
  const held = within(
    db('grants as g').join('orgs as o', 'o.id', 'g.org_id').whereRaw('g.account_id = a.id'),
    reach(who, orgs),
  );
  if (role !== undefined || org !== undefined)
    held.where((q) => q.whereNull('g.valid_to').orWhere('g.valid_to', '>=', today));
  if (role !== undefined) held.where('g.role', role);
  if (org !== undefined) held.where('o.path', 'like', `${orgs.find(org)?.path ?? '/-/'}%`);
  const query = db('accounts as a')
    .leftJoin('sign_in_failures as f', (on) =>
      on.on('f.account_id', 'a.id').andOn('f.locked_until', '>', db.raw('?', [now])),
    )
    .whereExists(held)
    .select('a.*', 'f.locked_until')
    .orderBy('a.login')
    .limit(limit + 1);
  if (text !== undefined)
    query.where((q) =>
      q
        .whereRaw("a.name like ? escape '!'", [`%${escaped(text)}%`])
        .orWhereRaw("a.login like ? escape '!'", [`${escaped(text.toLowerCase())}%`]),
    );
  if (state === 'disabled') query.whereNotNull('a.disabled_at');
  if (state === 'locked') query.whereNotNull('f.locked_until');
  if (state === 'never') query.whereNull('a.signed_in_at');
  if (after !== undefined) query.where('a.login', '>', after);
  const rows: (AccountRow & { locked_until: Instant | null })[] = await query;
  const page = rows.slice(0, limit);
  const grants = await listKeptGrants(
    db,
    page.map((r) => r.id),
  );
  return {
    accounts: page.map((r) => ({
      ...toAccount(r),
      lockedUntil: r.locked_until,
      grants: grants.filter((g) => g.accountId === r.id),
    })),
    next: rows.length > limit ? (page.at(-1)?.login ?? null) : null,
  };
}

const escaped = (text: string): string => text.replace(/[!%_]/g, (c) => `!${c}`);

/** An account with everything about it that its keeper may know. */
export interface KeptAccount extends ListedAccount {
  sessions: { id: string; createdAt: Instant; lastSeenAt: Instant }[];
}

/** @throws AppError 404 account.not_found, also for an account beyond the reader's reach */
export async function getKeptAccount(
  db: Knex,
  orgs: OrgMap,
  who: Keeper,
  id: string,
  now: Instant,
): Promise<KeptAccount> {
  const [account, grants] = await Promise.all([findAccountById(db, id), listKeptGrants(db, [id])]);
  if (!account || !mayKnow(who, orgs, grants)) throw notFound('account.not_found');
  const lock: { locked_until: Instant } | undefined = await db('sign_in_failures')
    .where({ account_id: id })
    .where('locked_until', '>', now)
    .first('locked_until');
  const sessions = (await listSessions(db, id)).map(({ id, createdAt, lastSeenAt }) => ({
    id,
    createdAt,
    lastSeenAt,
  }));
  return { ...account, grants, lockedUntil: lock?.locked_until ?? null, sessions };
}
