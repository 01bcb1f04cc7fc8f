/** 代班: somebody goes on leave and names who stands in; the deputy has the posts as long as the leave lasts. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { type AccountDeps, todayOf } from '../commands/deps.ts';
import type { SignedIn } from '../commands/session.ts';
import { mayManageAccounts } from '../policy.ts';
import { holdAccount, listGrants } from '../store.ts';
import { daysFaults, deputyFaults, isPost, type Leave, overlaps } from './rules.ts';
import * as store from './store.ts';

type LeaveDeps = AccountDeps & { orgs: OrgMap };

/** Oneself, or the security administrator of every post concerned. */
const mayEnter = (
  deps: LeaveDeps,
  who: SignedIn,
  absentId: string,
  posts: readonly { org: string }[],
): boolean =>
  who.accountId === absentId ||
  (posts.length > 0 && posts.every((g) => mayManageAccounts(who, deps.orgs, g.org)));

/**
 * Enter a leave with its deputy.
 * @throws 403 not_allowed; 404 account.not_found; 422 with every fault
 */
export function enterLeave(
  deps: LeaveDeps,
  who: SignedIn,
  leave: Leave,
  requestId?: string,
): Promise<{ id: string }> {
  return writeOnce(deps, who, requestId, { ...leave }, async (trx) => {
    const absent = await holdAccount(trx, leave.absentId);
    if (!absent) throw notFound('account.not_found');
    const grants = await listGrants(trx, absent.id);
    const posts = grants.filter((g) => isPost(g, leave.post) && overlaps(g, leave.from, leave.to));
    if (!mayEnter(deps, who, absent.id, leave.post ? posts : grants)) throw notAllowed();
    const faults = daysFaults(leave, todayOf(deps));
    if (posts.length === 0) faults.push({ pointer: '/post', message: '这些天没有这个岗位', code: 'unknown' });
    faults.push(...(await personFaults(trx, deps, leave, posts)));
    if (faults.length > 0) throw invalid(faults);
    const now = deps.clock.now();
    const id = newId(now, deps.random);
    const entered = { id, enteredBy: who.accountId, enteredAt: now, endedAt: null };
    await store.insertDeputy(trx, { ...leave, reason: leave.reason.trim(), ...entered });
    const { deputyId, post, from, to, reason } = leave;
    await auditBy(trx, deps, who, 'deputy.enter', absent.id, { deputyId, post, from, to, reason });
    return { id };
  });
}

async function personFaults(
  trx: Trx,
  deps: LeaveDeps,
  leave: Leave,
  posts: Parameters<typeof deputyFaults>[0],
): Promise<Fault[]> {
  const { absentId, deputyId, from, to } = leave;
  if (deputyId === absentId) return [{ pointer: '/deputy', message: '代班人不能是本人', code: 'self' }];
  const deputy = await holdAccount(trx, deputyId);
  if (!deputy || deputy.disabledAt !== null)
    return [{ pointer: '/deputy', message: '请选择代班人', code: 'required' }];
  const own = (await listGrants(trx, deputyId)).filter((g) => overlaps(g, from, to));
  const faults = deputyFaults(posts, own, deputy.name, deps.orgs);
  const leaves = await store.listOverlapping(trx, [absentId, deputyId], from, to);
  if (leaves.some((d) => d.absentId === deputyId))
    faults.push({ pointer: '/deputy', message: `${deputy.name}在这些天里也请假`, code: 'absent' });
  const taken = leaves.find(
    (d) => d.absentId === absentId && (d.post === null || leave.post === null || isPost(d.post, leave.post)),
  );
  if (taken)
    faults.push({
      pointer: '/from',
      message: `${taken.from} 至 ${taken.to} 已经安排了代班；要改请先结束那一次`,
      code: 'overlap',
    });
  return faults;
}

/**
 * End a leave before its last day, or call it off: from this moment the deputy has the posts no more.
 * @throws 404 deputy.not_found; 403 not_allowed; 409 deputy.over
 */
export function endLeave(
  deps: LeaveDeps,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<{ id: string }> {
  return writeOnce(deps, who, requestId, { end: id }, async (trx) => {
    const leave = await store.findDeputy(trx, id);
    if (!leave) throw notFound('deputy.not_found');
    const posts = (await listGrants(trx, leave.absentId)).filter((g) => isPost(g, leave.post));
    if (!mayEnter(deps, who, leave.absentId, posts)) throw notFound('deputy.not_found');
    if (leave.endedAt !== null || leave.to < todayOf(deps)) throw conflict('deputy.over');
    await store.saveEnded(trx, id, who.accountId, deps.clock.now());
    await auditBy(trx, deps, who, 'deputy.end', leave.absentId, { deputyId: leave.deputyId });
    return { id };
  });
}
