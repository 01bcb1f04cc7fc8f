import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalDate } from '../../../kernel/types.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { type Database, transact } from '../../../platform/db/index.ts';
import { projectRoot } from '../../../platform/paths.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { hashPassword, passwordFaults } from '../password.ts';
import type { Grant } from '../policy.ts';
import { roleTitle } from '../roles.ts';
import * as store from '../store.ts';
import { accountFaults, enterAccount } from './accounts.ts';
import type { AccountDeps } from './deps.ts';

interface DemoFile {
  password: string;
  accounts: { login: string; name: string; role: string; org: string; subtree: boolean }[];
}

const OF_THE_HOUSE = { demo: true, mustChange: false, by: null, pending: new Set<Grant>() };

/** One line of the list printed at the first start. */
export interface DemoLogin {
  login: string;
  password: string;
  name: string;
  /** Chinese titles. */
  role: string;
  org: string;
}

/**
 * Opens the demonstration accounts of data/demo-accounts.json in an empty register, and returns them for
 * printing; an empty list when there are accounts already. One password and one hash for all; grants hold from a day on.
 * @throws Error when the file names an unknown role or organisation
 */
export async function seedDemo(deps: AccountDeps & { orgs: OrgMap }, from: LocalDate): Promise<DemoLogin[]> {
  const file = JSON.parse(await readFile(join(projectRoot, 'data/demo-accounts.json'), 'utf8')) as DemoFile;
  const accounts = file.accounts.map(({ login, name, role, org, subtree }) => {
    const grants: Grant[] = [{ role, org, subtree, from, to: null }];
    return { login, name, password: file.password, grants, role, org };
  });
  const faults = accounts.flatMap((a) =>
    [...accountFaults(deps.orgs, a), ...passwordFaults(a.password, a.login, '/password')].map(
      (f) => `${a.login}${f.pointer} ${f.message}`,
    ),
  );
  if (faults.length > 0) throw new Error(`data/demo-accounts.json: ${faults.join('; ')}`);
  const passwordHash = await hashPassword(file.password);
  const entered = await transact(deps.db, async (trx) => {
    if (await store.hasAccounts(trx)) return false;
    for (const account of accounts)
      await enterAccount(trx, deps, { ...account, ...OF_THE_HOUSE, passwordHash });
    await recordAudit(trx, {
      at: deps.clock.now(),
      actor: null,
      act: 'account.seed-demo',
      subject: null,
      detail: { accounts: accounts.length },
    });
    return true;
  });
  if (!entered) return [];
  return accounts.map(({ login, password, name, role, org }) => ({
    login,
    password,
    name,
    role: roleTitle(role),
    org: deps.orgs.get(org).name,
  }));
}

/**
 * Refuses to go on when demonstration accounts exist although others can reach the service
 * (`config.demoAllowed` is false): their password is public.
 * @throws Error telling the cure
 */
export async function assertNoDemoAccounts(db: Database, demoAllowed: boolean): Promise<void> {
  if (demoAllowed) return;
  const logins = await store.listDemoLogins(db.read);
  if (logins.length === 0) return;
  throw new Error(
    `数据库里有 ${logins.length} 个演示账号（${logins.slice(0, 3).join('、')}${logins.length > 3 ? ' 等' : ''}），` +
      '密码是公开的，不能用于正式环境，也不能对本机以外开放。请换一个新的数据目录或数据库（DATA_DIR、DATABASE_URL）；' +
      '只做演示时请把 HOST 设为 127.0.0.1，并且不要设置 NODE_ENV=production。',
  );
}
