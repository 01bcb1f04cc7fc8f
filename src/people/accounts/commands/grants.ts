/** Roles at places, given and taken: the security administrator's own work. What ended stays in the history. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { addDays } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { overlaps } from '../deputies/rules.ts';
import { findKeptGrant, type KeptGrant, listKeptGrants, saveAgreed, saveEnd } from '../grants-store.ts';
import { ADMINISTRATORS, type Grant, mayManageAccounts, personsActing, rolesClash } from '../policy.ts';
import { holdAccount, insertGrant } from '../store.ts';
import { grantFaults, SEPARATE } from './accounts.ts';
import { type ManageDeps, mayKnow, needsSecond } from './authority.ts';
import { todayOf } from './deps.ts';
import type { SignedIn } from './session.ts';

/**
 * Give an account a role at a place. An administrator's role waits for a second administrator where there is one.
 * @returns whether it waits
 * @throws 404 account.not_found; 403 not_allowed, account.oneself; 409 account.disabled; 422 with every fault
 */
export function giveGrant(
  deps: ManageDeps,
  who: SignedIn,
  accountId: string,
  grant: Grant,
  requestId?: string,
): Promise<{ id: string; pending: boolean }> {
  return writeOnce(deps, who, requestId, { accountId, grant }, async (trx) => {
    const account = await holdAccount(trx, accountId);
    const before = await listKeptGrants(trx, [accountId]);
    if (!account || !mayKnow(who, deps.orgs, before)) throw notFound('account.not_found');
    if (who.accountId === accountId) throw notAllowed('account.oneself');
    if (account.disabledAt !== null) throw conflict('account.disabled');
    const faults = newGrantFaults(deps, grant, before, todayOf(deps));
    if (faults.length > 0) throw invalid(faults);
    if (!mayManageAccounts(who, deps.orgs, grant.org)) throw notAllowed();
    const pending = ADMINISTRATORS.has(grant.role) && (await needsSecond(trx, deps, who, grant, accountId));
    const at = deps.clock.now();
    const id = newId(at, deps.random);
    await insertGrant(trx, id, accountId, grant, { by: who.accountId, at, pending });
    await auditBy(trx, deps, who, 'grant.give', accountId, {
      before: standing(before, todayOf(deps)),
      given: briefOf(grant),
      waits: pending,
    });
    return { id, pending };
  });
}

const briefOf = ({ role, org, subtree, from, to }: Grant) => ({ role, org, subtree, from, to });

const standing = (grants: readonly KeptGrant[], today: LocalDate) =>
  grants.filter((g) => g.to === null || g.to >= today).map(briefOf);

function newGrantFaults(
  deps: ManageDeps,
  grant: Grant,
  before: readonly KeptGrant[],
  today: LocalDate,
): Fault[] {
  const faults = grantFaults(deps.orgs, grant, '');
  if (grant.from < today) faults.push({ pointer: '/from', message: '开始日期不能早于今天', code: 'past' });
  const same = before.filter((g) => overlaps(g, grant.from, grant.to ?? '9999-12-31'));
  if (rolesClash([...same, grant].map((g) => g.role))) faults.push(SEPARATE);
  if (same.some((g) => g.role === grant.role && g.org === grant.org && g.subtree === grant.subtree))
    faults.push({ pointer: '/role', message: '这个账号在这些天里已经有这个岗位', code: 'known' });
  return faults;
}

/** @throws 404 grant.not_found, also for one in another's reach; 403 account.oneself */
async function requireGrant(trx: Trx, deps: ManageDeps, who: SignedIn, id: string): Promise<KeptGrant> {
  const grant = await findKeptGrant(trx, id);
  if (!grant || !mayManageAccounts(who, deps.orgs, grant.org)) throw notFound('grant.not_found');
  if (grant.accountId === who.accountId) throw notAllowed('account.oneself');
  return grant;
}

/**
 * The second administrator agrees; from now on the grant counts.
 * @throws 404 grant.not_found; 403 grant.second_person, account.oneself; 409 grant.over
 */
export function agreeToGrant(
  deps: ManageDeps,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<{ id: string; accountId: string }> {
  return writeOnce(deps, who, requestId, { agree: id }, async (trx) => {
    const grant = await requireGrant(trx, deps, who, id);
    const persons = personsActing(who, (h) => mayManageAccounts(h, deps.orgs, grant.org));
    if (grant.givenBy !== null && persons.includes(grant.givenBy)) throw notAllowed('grant.second_person');
    if (!grant.pending || grant.endedAt !== null) throw conflict('grant.over');
    await saveAgreed(trx, id, who.accountId, deps.clock.now());
    await auditBy(trx, deps, who, 'grant.agree', grant.accountId, { given: briefOf(grant) });
    return { id, accountId: grant.accountId };
  });
}

/**
 * Take a grant away from a day on (Shanghai date, not before today): the day before is its last.
 * @throws 404 grant.not_found; 403 account.oneself; 409 grant.over; 422 at `/on`
 */
export function withdrawGrant(
  deps: ManageDeps,
  who: SignedIn,
  id: string,
  { on, reason }: { on: LocalDate; reason: string },
  requestId?: string,
): Promise<{ id: string; accountId: string }> {
  return writeOnce(deps, who, requestId, { withdraw: id, on, reason }, async (trx) => {
    const grant = await requireGrant(trx, deps, who, id);
    const today = todayOf(deps);
    if (grant.endedAt !== null || (grant.to !== null && grant.to < today)) throw conflict('grant.over');
    const faults: Fault[] = [];
    if (on < today) faults.push({ pointer: '/on', message: '不能早于今天', code: 'past' });
    if (grant.to !== null && on > grant.to)
      faults.push({ pointer: '/on', message: `这项授权到 ${grant.to} 就结束了`, code: 'late' });
    if (reason.trim() === '')
      faults.push({ pointer: '/reason', message: '请填写收回的原因', code: 'required' });
    if (faults.length > 0) throw invalid(faults);
    const to = addDays(on, -1);
    await saveEnd(trx, id, { to, by: who.accountId, at: deps.clock.now() });
    await auditBy(trx, deps, who, 'grant.withdraw', grant.accountId, {
      before: briefOf(grant),
      after: { ...briefOf(grant), to },
      reason: reason.trim(),
    });
    return { id, accountId: grant.accountId };
  });
}
