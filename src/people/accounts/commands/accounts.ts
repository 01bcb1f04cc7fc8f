import { type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { hashPassword, passwordFaults } from '../password.ts';
import { type Grant, mayManageAccounts } from '../policy.ts';
import { findRole } from '../roles.ts';
import * as store from '../store.ts';
import type { AccountDeps } from './deps.ts';
import { normaliseLogin } from './prove.ts';
import type { SignedIn } from './session.ts';

type ManageDeps = AccountDeps & { orgs: OrgMap };

/** A security administrator, or whoever has the server's console (the first account comes from there). */
export type AccountManager = SignedIn | 'console';

export interface NewAccount {
  login: string;
  name: string;
  password: string;
  grants: Grant[];
}

const managerId = (by: AccountManager): string => (by === 'console' ? by : by.accountId);

function requireManager(deps: ManageDeps, by: AccountManager, grants: readonly Grant[]): void {
  if (by === 'console') return;
  if (grants.length === 0 || !grants.every((g) => mayManageAccounts(by, deps.orgs, g.org)))
    throw notAllowed();
}

/**
 * Opens an account with its grants. Returns its id.
 * @throws AppError 403 not_allowed; 422 with every fault (login taken, weak password, unknown role or org)
 */
export async function createAccount(
  deps: ManageDeps,
  by: AccountManager,
  given: NewAccount,
): Promise<string> {
  requireManager(deps, by, given.grants);
  const account = { ...given, login: normaliseLogin(given.login) };
  const faults = accountFaults(deps.orgs, account);
  if (await store.findAccountByLogin(deps.db.read, account.login)) {
    faults.push({ pointer: '/login', message: '这个账号名已被使用', code: 'taken' });
  }
  if (faults.length > 0) throw invalid(faults);
  const passwordHash = await hashPassword(account.password);
  return transact(deps.db, async (trx) => {
    const id = await enterAccount(trx, deps, { ...account, passwordHash, demo: false, mustChange: false });
    await recordAudit(trx, {
      at: deps.clock.now(),
      actor: managerId(by),
      act: 'account.create',
      subject: id,
      detail: { grants: account.grants },
    });
    return id;
  });
}

/** Every fault of a new account, except whether its login is taken. */
export function accountFaults(orgs: OrgMap, account: NewAccount): Fault[] {
  const faults = passwordFaults(account.password, account.login, '/password');
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(account.login)) {
    faults.push({
      pointer: '/login',
      message: '账号名应为 2 至 40 个小写字母、数字或 . _ -',
      code: 'pattern',
    });
  }
  if (account.name.trim() === '') faults.push({ pointer: '/name', message: '请填写姓名', code: 'required' });
  for (const [i, grant] of account.grants.entries()) faults.push(...grantFaults(orgs, grant, `/grants/${i}`));
  return faults;
}

function grantFaults(orgs: OrgMap, grant: Grant, pointer: string): Fault[] {
  const role = findRole(grant.role);
  const org = orgs.find(grant.org);
  if (!role) return [{ pointer: `${pointer}/role`, message: '没有这个角色', code: 'unknown' }];
  if (!org) return [{ pointer: `${pointer}/org`, message: '没有这个机构', code: 'unknown' }];
  if (!role.at.includes(org.kind)) {
    return [{ pointer: `${pointer}/org`, message: `${org.name}没有${role.title}这个岗位`, code: 'kind' }];
  }
  if (grant.to !== null && grant.to < grant.from) {
    return [{ pointer: `${pointer}/to`, message: '结束日期不能早于开始日期', code: 'range' }];
  }
  return [];
}

/** Writes an account and its grants. */
export async function enterAccount(
  trx: Trx,
  deps: Pick<AccountDeps, 'clock' | 'random'>,
  account: {
    login: string;
    name: string;
    passwordHash: string;
    demo: boolean;
    mustChange: boolean;
    grants: Grant[];
  },
): Promise<string> {
  const now = deps.clock.now();
  const id = newId(now, deps.random);
  await store.insertAccount(trx, { ...account, id, createdAt: now });
  for (const grant of account.grants) await store.insertGrant(trx, newId(now, deps.random), id, grant);
  return id;
}

/**
 * Shuts an account out at once; its sessions end. Its past acts keep its name.
 * @throws AppError 403 not_allowed; 404 account.not_found
 */
export async function disableAccount(deps: ManageDeps, by: AccountManager, accountId: string): Promise<void> {
  const grants = await store.listGrants(deps.db.read, accountId);
  requireManager(deps, by, grants);
  const account = await store.findAccountById(deps.db.read, accountId);
  if (!account) throw notFound('account.not_found');
  await transact(deps.db, async (trx) => {
    await store.saveDisabled(trx, accountId, { at: deps.clock.now(), by: managerId(by), reason: '' });
    await store.deleteSessionsOf(trx, accountId);
    await recordAudit(trx, {
      at: deps.clock.now(),
      actor: managerId(by),
      act: 'account.disable',
      subject: accountId,
      detail: {},
    });
  });
}
