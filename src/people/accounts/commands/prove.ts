import { tooMany, unauthenticated } from '../../../errors.ts';
import type { Instant } from '../../../kernel/types.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { fitsPassword } from '../password.ts';
import * as store from '../store.ts';
import type { AccountDeps } from './deps.ts';

/** Wrong passwords in a row until the login is locked, and for how long. */
const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;
/** Failures this old no longer count. */
const FORGET_MS = 24 * 3_600_000;

/** Instant `ms` milliseconds after another. */
export const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

/** How logins are stored and compared. */
export const normaliseLogin = (login: string): string => login.trim().toLowerCase();

/** The key under which failures of a login are counted: people type passwords into the login field. */
export const failuresKey = (deps: AccountDeps, login: string): string =>
  deps.vault.blind(`login:${normaliseLogin(login)}`);

const turns = new Map<string, Promise<unknown>>();

/** One attempt per login at a time, so that a burst of guesses cannot outrun the count. */
function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(key) ?? Promise.resolve()).then(work, work);
  turns.set(key, mine);
  const leave = () => {
    if (turns.get(key) === mine) turns.delete(key);
  };
  mine.then(leave, leave);
  return mine;
}

/**
 * The account whose password this is. Unknown login, wrong password and disabled account get the same
 * answer after the same work, and count the same.
 * @throws AppError 401 session.bad_credentials with `attemptsLeft`; 429 session.locked with `retryAfter` (s)
 */
export function provePassword(deps: AccountDeps, login: string, password: string): Promise<store.Account> {
  const key = failuresKey(deps, login);
  return inTurn(key, async () => {
    const now = deps.clock.now();
    const failures = await store.findFailures(deps.db.read, key);
    refuseLocked(failures, now);
    const account = await store.findAccountByLogin(deps.db.read, normaliseLogin(login));
    const fits = await fitsPassword(account?.passwordHash, password);
    if (account && fits && account.disabledAt === null) return account;
    const attemptsLeft = await countFailure(deps, key, account, now);
    throw unauthenticated('session.bad_credentials', { attemptsLeft });
  });
}

function refuseLocked(failures: store.Failures | undefined, now: Instant): void {
  const until = failures?.lockedUntil ?? null;
  if (until !== null && until > now) {
    throw tooMany(Math.ceil((Date.parse(until) - Date.parse(now)) / 1000), 'session.locked');
  }
}

/** Counts one failure; the fifth locks. Returns how many attempts are left. */
function countFailure(
  deps: AccountDeps,
  key: string,
  account: store.Account | undefined,
  now: Instant,
): Promise<number> {
  return transact(deps.db, async (trx) => {
    await store.deleteOldFailures(trx, later(now, -FORGET_MS));
    const before = await store.findFailures(trx, key);
    const count = before?.lockedUntil ? 1 : (before?.count ?? 0) + 1;
    const locks = count >= MAX_FAILURES;
    await store.saveFailures(
      trx,
      key,
      account?.id ?? null,
      { count, lockedUntil: locks ? later(now, LOCK_MS) : null },
      now,
    );
    await recordAudit(trx, {
      at: now,
      actor: account?.id ?? null,
      act: locks ? 'session.lock' : 'session.fail',
      subject: account?.id ?? null,
      detail: { count },
    });
    return MAX_FAILURES - count;
  });
}
