/** Accounts opened by a security administrator: the login from the name, the password for one sign-in. */
import { type Fault, invalid } from '../../../errors.ts';
import { nameSpelling } from '../../../kernel/initials.ts';
import { type Database, writeOnce } from '../../../platform/db/index.ts';
import { hashPassword } from '../password.ts';
import { type Grant, mayManageAccounts } from '../policy.ts';
import { takenLogins } from '../store.ts';
import { accountFaults, enterAudited, requireGiver, TAKEN } from './accounts.ts';
import type { ManageDeps } from './authority.ts';
import { oneTimePassword } from './keep.ts';
import { normaliseLogin } from './prove.ts';
import type { SignedIn } from './session.ts';

/** Somebody who gets an account; without a login it is proposed from the name. */
export interface Applicant {
  login: string;
  name: string;
  grants: Grant[];
}

/** What an opened account is told with; the password is null when the request is repeated: it is shown once. */
export interface Opened {
  id: string;
  login: string;
  name: string;
  password: string | null;
}

/** Hashing takes its time; more than this are sent in several tables. */
export const MOST_AT_ONCE = 100;

/** Logins for names, `nongxiulan`, and `nongxiulan2` where that is taken; where a name spells to nothing, none. */
async function proposeLogins(db: Database['read'], names: readonly string[]): Promise<string[]> {
  const spelled = names.map((name) => nameSpelling(name).slice(0, 36));
  const taken = new Set(await takenLogins(db, spelled.filter(Boolean)));
  return spelled.map((base) => {
    if (base.length < 2) return '';
    let login = base;
    for (let n = 2; taken.has(login); n++) login = `${base}${n}`;
    taken.add(login);
    return login;
  });
}

/** The same with a login for everybody who came without one. */
export async function withLogins(
  db: Database['read'],
  applicants: readonly Applicant[],
): Promise<Applicant[]> {
  const unnamed = applicants.filter((a) => a.login.trim() === '');
  const logins = await proposeLogins(
    db,
    unnamed.map((a) => a.name),
  );
  return applicants.map((a) => {
    const i = unnamed.indexOf(a);
    return i < 0 ? a : { ...a, login: logins[i] as string };
  });
}

/** Everything wrong with these applicants, each at `/<index>/…`. */
export async function applicantFaults(
  deps: Pick<ManageDeps, 'orgs' | 'db'>,
  who: SignedIn,
  applicants: readonly Applicant[],
): Promise<Fault[]> {
  const logins = applicants.map((a) => normaliseLogin(a.login));
  const taken = new Set(await takenLogins(deps.db.read, logins));
  return applicants.flatMap((a, i) => {
    const login = logins[i] as string;
    const faults = accountFaults(deps.orgs, { ...a, login });
    if (taken.has(login) || logins.indexOf(login) !== i) faults.push(TAKEN);
    if (a.grants.length === 0)
      faults.push({ pointer: '/grants', message: '请选择岗位和机构', code: 'required' });
    for (const [k, { org }] of a.grants.entries())
      if (deps.orgs.find(org) && !mayManageAccounts(who, deps.orgs, org))
        faults.push({ pointer: `/grants/${k}/org`, message: '这个机构不归您管理', code: 'scope' });
    return faults.map((f) => ({ ...f, pointer: `/${i}${f.pointer}` }));
  });
}

/**
 * Opens all of them, or none when anything is wrong with one.
 * @throws AppError 403; 422 with every fault
 */
export async function openAccounts(
  deps: ManageDeps,
  who: SignedIn,
  applicants: readonly Applicant[],
  requestId?: string,
): Promise<Opened[]> {
  const passwords = applicants.map(() => oneTimePassword(deps));
  const hashes = await Promise.all(passwords.map(hashPassword));
  let isFirst = false;
  const asked = { open: applicants };
  const opened = await writeOnce(deps, who, requestId, asked, async (trx) => {
    isFirst = true;
    const named = await withLogins(trx, applicants);
    const faults = await applicantFaults({ ...deps, db: { ...deps.db, read: trx } }, who, named);
    if (faults.length > 0) throw invalid(faults);
    const done = [];
    for (const [i, a] of named.entries()) {
      requireGiver(deps, who, a.grants);
      const account = { ...a, login: normaliseLogin(a.login), name: a.name.trim() };
      const passwordHash = hashes[i] as string;
      const id = await enterAudited(trx, deps, who, { ...account, passwordHash, mustChange: true });
      done.push({ id, login: account.login, name: account.name });
    }
    return done;
  });
  return opened.map((o, i) => ({ ...o, password: isFirst ? (passwords[i] as string) : null }));
}
