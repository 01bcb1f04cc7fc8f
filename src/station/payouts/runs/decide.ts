import { conflict, notAllowed } from '../../../errors.ts';
import { maskName } from '../../../kernel/mask.ts';
import { personsActing, type SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { owePassed } from '../debts/found.ts';
import { mayApprove } from '../policy.ts';
import type { PayoutDeps } from '../types.ts';
import { changesSince } from './changes.ts';
import { composeClaims } from './composed.ts';
import { voidPlanned } from './endings-store.ts';
import { listLines, type PlainLine } from './lines-store.ts';
import { moveRun } from './store.ts';
import { type Acted, requireMoved, requireRun, stale } from './writing.ts';

/**
 * Approve a draft: by a leader of the department, who is another person than who prepared it. Everybody in it is
 * looked at once more; a draft that is no longer as people are must be made anew. Approving again what one approved
 * changes nothing.
 * @throws notAllowed `payout.second_person`, conflict `payout.stale` / `payout.changed`
 */
export async function approveRun(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  version: number,
  requestId?: string,
): Promise<void> {
  await writeOnce(deps, who, requestId, { approve: id, version }, async (trx) => {
    const acted = await requireRun(trx, deps, who, id, 'approve');
    const { run, scheme } = acted;
    const persons = personsActing(who, (h) => mayApprove(h, deps.orgs, scheme));
    if (run.prepared.by !== null && persons.includes(run.prepared.by))
      throw notAllowed('payout.second_person');
    const now = deps.clock.now();
    const by = { approved_by: who.accountId, approved_name: who.name, approved_at: now };
    if (!(await moveRun(trx, { id, version }, 'draft', 'approved', by))) {
      const { approved } = await requireMoved(trx, deps, id, 'approved', version);
      if (approved?.by === who.accountId) return null;
      throw stale(run);
    }
    await requireUnchanged(trx, deps, acted);
    await auditBy(trx, deps, who, 'payout.approve', id, {
      number: run.number,
      lines: run.count,
      total: run.total,
    });
    return null;
  });
}

/**
 * Is everybody in the run still as when it was prepared? Claims that became due since are not asked for: they wait
 * for the next run.
 * @returns its lines
 * @throws conflict `payout.changed` with the lines that are not, names masked
 */
export async function requireUnchanged(
  trx: Trx,
  deps: PayoutDeps,
  { run, scheme }: Acted,
): Promise<PlainLine[]> {
  const { id: runId, number, period, caseId } = run;
  const lines = await listLines(trx, { runId, states: ['planned'] });
  const now = await composeClaims(trx, deps, { scheme, period, caseId, runId }, deps.clock.now());
  const before = lines.map((l) => ({ ...l, periods: l.periods.map((p) => p.period) }));
  const changed = changesSince(before, now);
  if (changed.length > 0)
    throw conflict('payout.changed', {
      number,
      changed: changed.map(({ seq, name, why }) => ({ seq, name: maskName(name), why })),
    });
  return lines;
}

/**
 * Give up a run that has not left the house: a draft by the officer or the leader, an approved one by the leader.
 * What it would have paid is due again.
 * @throws notAllowed, conflict `payout.stale`
 */
export async function discardRun(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  version: number,
  requestId?: string,
): Promise<void> {
  await writeOnce(deps, who, requestId, { discard: id, version }, async (trx) => {
    const { run, scheme } = await requireRun(trx, deps, who, id, 'discard');
    const from = run.state === 'approved' ? 'approved' : 'draft';
    if (from === 'approved' && !mayApprove(who, deps.orgs, scheme)) throw notAllowed();
    if (!(await moveRun(trx, { id, version }, from, 'discarded'))) {
      await requireMoved(trx, deps, id, 'discarded', version);
      return null;
    }
    await owePassed(trx, deps, await voidPlanned(trx, id, deps.clock.now()), deps.clock.now());
    await auditBy(trx, deps, who, 'payout.discard', id, { number: run.number, state: from });
    return null;
  });
}
