import { type Fault, invalid, notAllowed } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { hashPassword, passwordFaults } from '../password.ts';
import { ADMINISTRATORS, type Grant, mayManageAccounts, rolesClash } from '../policy.ts';
import { findRole } from '../roles.ts';
import * as store from '../store.ts';
import { type AccountManager, type ManageDeps, managerId, needsSecond } from './authority.ts';
import type { AccountDeps } from './deps.ts';
import { normaliseLogin } from './prove.ts';

export interface NewAccount {
  login: string;
  name: string;
  password: string;
  grants: Grant[];
}

/** @throws AppError 403 when one of these grants is not this administrator's to give */
export function requireGiver(
  deps: { orgs: OrgMap },
  by: AccountManager,
  grants: readonly Pick<Grant, 'org'>[],
): void {
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
  requireGiver(deps, by, given.grants);
  const account = { ...given, login: normaliseLogin(given.login) };
  const faults = accountFaults(deps.orgs, account);
  faults.push(...passwordFaults(account.password, account.login, '/password'));
  if (await store.findAccountByLogin(deps.db.read, account.login)) faults.push(TAKEN);
  if (faults.length > 0) throw invalid(faults);
  const passwordHash = await hashPassword(account.password);
  return transact(deps.db, (trx) =>
    enterAudited(trx, deps, by, { ...account, passwordHash, mustChange: false }),
  );
}

export const TAKEN: Fault = { pointer: '/login', message: '这个账号名已被使用', code: 'taken' };

/** Every fault of a new account, except its password and whether its login is taken. */
export function accountFaults(orgs: OrgMap, account: Omit<NewAccount, 'password'>): Fault[] {
  const faults: Fault[] = [];
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(account.login)) {
    faults.push({
      pointer: '/login',
      message: '账号名应为 2 至 40 个小写字母、数字或 . _ -',
      code: 'pattern',
    });
  }
  if (account.name.trim() === '') faults.push({ pointer: '/name', message: '请填写姓名', code: 'required' });
  for (const [i, grant] of account.grants.entries()) faults.push(...grantFaults(orgs, grant, `/grants/${i}`));
  if (rolesClash(account.grants.map((g) => g.role))) faults.push({ ...SEPARATE, pointer: '/grants' });
  return faults;
}

/** 三权分立 (C.3). */
export const SEPARATE: Fault = {
  pointer: '/role',
  message: '系统管理员、安全管理员、审计员各自单独设账号，不能和其他岗位由一个账号兼任',
  code: 'separate',
};

/** What is wrong with a grant by itself. */
export function grantFaults(orgs: OrgMap, grant: Grant, pointer: string): Fault[] {
  const role = findRole(grant.role);
  const org = orgs.find(grant.org);
  if (!role) return [{ pointer: `${pointer}/role`, message: '没有这个角色', code: 'unknown' }];
  if (!org) return [{ pointer: `${pointer}/org`, message: '没有这个机构', code: 'unknown' }];
  if (org.closedOn !== null)
    return [{ pointer: `${pointer}/org`, message: `${org.name}已经撤销`, code: 'closed' }];
  if (!role.at.includes(org.kind)) {
    return [{ pointer: `${pointer}/org`, message: `${org.name}没有${role.title}这个岗位`, code: 'kind' }];
  }
  if (grant.to !== null && grant.to < grant.from) {
    return [{ pointer: `${pointer}/to`, message: '结束日期不能早于开始日期', code: 'range' }];
  }
  return [];
}

type Entered = Omit<NewAccount, 'password'> & { passwordHash: string; mustChange: boolean };

/** Writes an account and its grants, and who opened it. */
export async function enterAudited(
  trx: Trx,
  deps: ManageDeps,
  by: AccountManager,
  account: Entered,
): Promise<string> {
  const pending = new Set<Grant>();
  for (const grant of account.grants)
    if (ADMINISTRATORS.has(grant.role) && (await needsSecond(trx, deps, by, grant, null))) pending.add(grant);
  const id = await enterAccount(trx, deps, { ...account, demo: false, by: managerId(by), pending });
  await recordAudit(trx, {
    at: deps.clock.now(),
    actor: managerId(by),
    act: 'account.create',
    subject: id,
    detail: { login: account.login, grants: account.grants, waits: pending.size },
  });
  return id;
}

/** Writes an account and its grants. */
export async function enterAccount(
  trx: Trx,
  deps: Pick<AccountDeps, 'clock' | 'random'>,
  account: Entered & { demo: boolean; by: string | null; pending: ReadonlySet<Grant> },
): Promise<string> {
  const now = deps.clock.now();
  const id = newId(now, deps.random);
  await store.insertAccount(trx, { ...account, id, createdAt: now });
  for (const grant of account.grants)
    await store.insertGrant(trx, newId(now, deps.random), id, grant, {
      by: account.by,
      at: now,
      pending: account.pending.has(grant),
    });
  return id;
}
