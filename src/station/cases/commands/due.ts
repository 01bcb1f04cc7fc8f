import { newId } from '../../../kernel/ids.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import { type DeadlineRow, markFired, recordEscalation } from '../../../platform/jobs/index.ts';
import { factData } from '../../../workflow/clocks.ts';
import { FACTS } from '../../../workflow/types.ts';
import type { CaseDeps } from '../deps.ts';
import { type CaseRow, findCase } from '../store.ts';
import { actIn } from './act.ts';

/**
 * A rung of a clock fell due. The fact the clock waits for is reported as of the moment it fell due
 * (B1-5: silence accepts from the day the file came in); every other rung is told to whoever holds the
 * case, once: the deadline row and its escalation share one transaction.
 */
export async function fallDue(deps: CaseDeps, deadline: DeadlineRow): Promise<void> {
  await transact(deps.db, async (trx) => {
    if (!(await markFired(trx, deadline.id, deps.clock.now()))) return;
    const row = await findCase(trx, deps.vault, deadline.caseId);
    const ledger = row?.snapshot.clocks.find((c) => c.name === deadline.clock);
    if (!row || !ledger || ledger.endedOn !== undefined) return;
    const fact = FACTS.find((f) => f === ledger.onDue);
    if (deadline.rung === 'due' && fact) {
      await actIn(trx, deps, HOUSE, row.id, { event: fact, data: factData(ledger) }, deadline.firesAt);
      // Silence in a joint review is consent, and a red light for everybody to see.
      if (fact !== 'OPINION_DEEMED') return;
    }
    await escalate(trx, deps, row, deadline);
  });
}

const HOUSE = { kind: 'system' } as const;

async function escalate(trx: Trx, deps: CaseDeps, row: CaseRow, deadline: DeadlineRow): Promise<void> {
  const now = deps.clock.now();
  await recordEscalation(trx, {
    id: newId(now, deps.random),
    caseId: row.id,
    clock: deadline.clock,
    rung: deadline.rung,
    at: now,
    told: row.deskOrg === null ? [] : [{ org: row.deskOrg, role: row.deskRole }],
  });
}
