/** What a security administrator does to a whole account: shut out, let in, a new password, end sessions. */
import { conflict, invalid } from '../../../errors.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import { hashPassword } from '../password.ts';
import * as store from '../store.ts';
import { type AccountManager, type ManageDeps, managerId, requireKeeper } from './authority.ts';
import { type AccountDeps, todayOf } from './deps.ts';
import { failuresKey } from './prove.ts';

/** Letters and figures that are not mistaken for one another; 32 of them. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789A';
const GROUPS = 3;
const GROUP = 4;

/** A password for one sign-in: `k7m2-xw9p-4hcz`, 60 bits. */
export function oneTimePassword(deps: Pick<AccountDeps, 'random'>): string {
  const letters = [...deps.random(GROUPS * GROUP)].map((byte) => ALPHABET[byte % ALPHABET.length] as string);
  return Array.from({ length: GROUPS }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP).join('')).join(
    '-',
  );
}

/** One act on one account by whoever may, written down with what it was before and is after. */
async function keep(
  deps: ManageDeps,
  by: AccountManager,
  accountId: string,
  act: string,
  work: (trx: Trx, account: store.Account) => Promise<Record<string, unknown>>,
): Promise<void> {
  await transact(deps.db, async (trx) => {
    const account = await requireKeeper(trx, deps, by, accountId, todayOf(deps));
    const detail = await work(trx, account);
    await recordAudit(trx, { at: deps.clock.now(), actor: managerId(by), act, subject: accountId, detail });
  });
}

/**
 * Shuts an account out at once; its sessions end. Its past acts keep its name.
 * @throws AppError 403; 404 account.not_found; 409 account.disabled; 422 at `/reason`
 */
export function disableAccount(
  deps: ManageDeps,
  by: AccountManager,
  accountId: string,
  reason: string,
): Promise<void> {
  return keep(deps, by, accountId, 'account.disable', async (trx, account) => {
    if (account.disabledAt !== null) throw conflict('account.disabled');
    if (reason.trim() === '')
      throw invalid([{ pointer: '/reason', message: '请填写停用的原因', code: 'required' }]);
    const at = deps.clock.now();
    await store.saveDisabled(trx, accountId, { at, by: managerId(by), reason: reason.trim() });
    await store.deleteSessionsOf(trx, accountId);
    return { before: 'open', after: 'disabled', reason: reason.trim() };
  });
}

/** Lets an account in again with the password it had. @throws AppError 403, 404; 409 account.open */
export const enableAccount = (deps: ManageDeps, by: AccountManager, accountId: string): Promise<void> =>
  keep(deps, by, accountId, 'account.enable', async (trx, account) => {
    if (account.disabledAt === null) throw conflict('account.open');
    await store.saveDisabled(trx, accountId, null);
    return { before: 'disabled', after: 'open', since: account.disabledAt };
  });

/** Forgets wrong passwords, so that the login may be tried again at once. */
export const unlockAccount = (deps: ManageDeps, by: AccountManager, accountId: string): Promise<void> =>
  keep(deps, by, accountId, 'account.unlock', async (trx, account) => {
    await store.deleteFailures(trx, failuresKey(deps, account.login));
    return {};
  });

/**
 * A new password, good until the next sign-in, where it must be changed; sessions end. It is told here once and kept
 * nowhere.
 */
export async function resetPassword(
  deps: ManageDeps,
  by: AccountManager,
  accountId: string,
): Promise<string> {
  const password = oneTimePassword(deps);
  const hash = await hashPassword(password);
  await keep(deps, by, accountId, 'account.reset-password', async (trx, account) => {
    if (account.disabledAt !== null) throw conflict('account.disabled');
    await store.savePassword(trx, accountId, hash, true);
    await store.deleteSessionsOf(trx, accountId);
    await store.deleteFailures(trx, failuresKey(deps, account.login));
    return {};
  });
  return password;
}

/** Ends every session of an account: whoever sits there must sign in again. */
export const endSessions = (deps: ManageDeps, by: AccountManager, accountId: string): Promise<void> =>
  keep(deps, by, accountId, 'session.end', async (trx) => {
    const sessions = await store.listSessions(trx, accountId);
    await store.deleteSessionsOf(trx, accountId);
    return { sessions: sessions.length };
  });
