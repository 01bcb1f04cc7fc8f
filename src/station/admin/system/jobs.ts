/** What a system administrator does about work that did not succeed; every act is written down. */
import { conflict, notAllowed, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import * as jobs from '../../../platform/jobs/index.ts';
import type { SystemDeps } from './house.ts';
import { mayKeepSystem } from './policy.ts';

type Act = 'retry' | 'park';

const change = (trx: Trx, act: Act, id: string, now: string): Promise<boolean> =>
  act === 'retry' ? jobs.releaseJob(trx, id, now) : jobs.parkJob(trx, id, now);

/**
 * Try an effect again at once, or set it aside until somebody takes it up again.
 * @throws 403; 404 `job.not_found`; 409 `job.in_hand` when it is being worked on or done
 */
export async function actOnJob(
  deps: SystemDeps,
  who: SignedIn,
  act: Act,
  id: string,
  requestId: string | undefined,
): Promise<void> {
  if (!mayKeepSystem(who)) throw notAllowed();
  const { caseId } = await writeOnce(deps, who, requestId, { act, id }, async (trx) => {
    const job = await jobs.findJob(trx, id);
    if (!job) throw notFound('job.not_found');
    if (!(await change(trx, act, id, deps.clock.now()))) throw conflict('job.in_hand');
    await auditBy(trx, deps, who, `job.${act}`, id, { effect: job.effect });
    return { caseId: job.caseId };
  });
  if (act === 'retry') await deps.jobs.drain(caseId);
}

/** Take up everything parked of one effect; the next round works it off. @returns how many */
export async function releaseAll(
  deps: SystemDeps,
  who: SignedIn,
  effect: string,
  requestId: string | undefined,
): Promise<number> {
  if (!mayKeepSystem(who)) throw notAllowed();
  const { n } = await writeOnce(deps, who, requestId, { effect }, async (trx) => {
    const n = await jobs.releaseParked(trx, effect, deps.clock.now());
    await auditBy(trx, deps, who, 'job.retry-all', null, { effect, jobs: n });
    return { n };
  });
  return n;
}

/** Have a deadline that could not be acted on tried again in the next round. @throws 403; 409 `job.in_hand` */
export async function retryDeadline(
  deps: SystemDeps,
  who: SignedIn,
  id: string,
  requestId: string | undefined,
): Promise<void> {
  if (!mayKeepSystem(who)) throw notAllowed();
  await writeOnce(deps, who, requestId, { deadline: id }, async (trx) => {
    if (!(await jobs.releaseDeadline(trx, id, deps.clock.now()))) throw conflict('job.in_hand');
    await auditBy(trx, deps, who, 'deadline.retry', id);
    return {};
  });
}
