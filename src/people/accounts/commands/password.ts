import { AppError, invalid } from '../../../errors.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { hashPassword, passwordFaults } from '../password.ts';
import * as store from '../store.ts';
import type { AccountDeps } from './deps.ts';
import { provePassword } from './prove.ts';
import type { SignedIn } from './session.ts';

/**
 * Replaces the password of whoever is signed in and ends their other sessions. A wrong present password
 * counts like a failed sign-in.
 * @throws AppError 422 at `/current` or `/next`; 429 session.locked
 */
export async function changePassword(
  deps: AccountDeps,
  who: SignedIn,
  given: { current: string; next: string },
): Promise<void> {
  const faults = passwordFaults(given.next, who.login, '/next');
  if (given.next === given.current)
    faults.push({ pointer: '/next', message: '新密码不能和现在的密码一样', code: 'same' });
  if (faults.length > 0) throw invalid(faults);
  const account = await provePassword(deps, who.login, given.current).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'session.bad_credentials') {
      throw invalid([{ pointer: '/current', message: '现在的密码不正确', code: 'wrong' }]);
    }
    throw error;
  });
  const hash = await hashPassword(given.next);
  await transact(deps.db, async (trx) => {
    await store.savePassword(trx, account.id, hash, false);
    await store.deleteSessionsOf(trx, account.id, who.sessionId);
    await auditBy(trx, deps, who, 'account.password', account.id);
  });
}
