import { localDate } from '../../../kernel/time.ts';
import { transact } from '../../../platform/db/index.ts';
import type { CaseDeps } from '../deps.ts';
import { nextDue } from '../rules.ts';
import { findCase, listRunning, saveDue } from '../store.ts';
import { arm } from './step.ts';

/**
 * Count every running term again, after a holiday table came in or changed: deadlines are armed anew and the
 * nearest due day is kept for the lists. One transaction per case, so that a long list stops nobody.
 * @returns the cases whose nearest due day moved: those the new table affects
 */
export async function recountTerms(
  deps: CaseDeps,
): Promise<{ id: string; number: string | null; from: string | null; to: string | null }[]> {
  const moved = [];
  const today = localDate(deps.clock.now());
  for (const id of await listRunning(deps.db.read)) {
    const change = await transact(deps.db, async (trx) => {
      const row = await findCase(trx, deps.vault, id);
      if (!row || row.phase === 'closed') return null;
      const to = nextDue(row.snapshot, today, deps.calendar());
      await arm(trx, deps, row);
      if (to === row.nextDue) return null;
      await saveDue(trx, id, to);
      return { id, number: row.number, from: row.nextDue, to };
    });
    if (change) moved.push(change);
  }
  return moved;
}
