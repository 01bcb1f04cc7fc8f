import type { Calendar } from '../../../kernel/calendar.ts';
import { standingOf } from '../../../kernel/deadline.ts';
import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { transact } from '../../../platform/db/index.ts';
import type { CaseDeps } from '../deps.ts';
import { nextDue } from '../rules.ts';
import { type DueRow, findCase, listDue, listRunning, saveDue } from '../store.ts';
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

/** Cases of a department that another calendar would move. */
export interface Affected {
  department: string;
  /** The nearest due day becomes another. */
  moved: number;
  /** It was presumed and becomes firm, moved or not. */
  firm: number;
}

const AT_ONCE = 500;

/**
 * Whom another calendar would affect, counted by department; nothing is changed.
 * @param since the first day on which the two calendars differ: what is due before it stays
 */
export async function affectedBy(deps: CaseDeps, calendar: Calendar, since: LocalDate): Promise<Affected[]> {
  const found = new Map<string, Affected>();
  const today = localDate(deps.clock.now());
  const nearest = ({ snapshot }: DueRow, by: Calendar) =>
    snapshot.clocks
      .filter((c) => c.endedOn === undefined)
      .map((c) => standingOf(c, today, by))
      .filter((s) => s.due !== null)
      .sort((a, b) => ((a.due as LocalDate) < (b.due as LocalDate) ? -1 : 1))[0];
  for (let after = '', rows: DueRow[] = []; ; after = rows.at(-1)?.id ?? '') {
    rows = await listDue(deps.db.read, { since, after, limit: AT_ONCE });
    for (const row of rows) {
      const [now, then] = [nearest(row, deps.calendar()), nearest(row, calendar)];
      const moved = then?.due !== row.nextDue;
      const firm = now?.provisional === true && then?.provisional === false;
      if (!moved && !firm) continue;
      const { department } = row;
      const sum = found.get(department) ?? { department, moved: 0, firm: 0 };
      found.set(department, { department, moved: sum.moved + Number(moved), firm: sum.firm + Number(firm) });
    }
    if (rows.length < AT_ONCE)
      return [...found.values()].sort((a, b) => (a.department < b.department ? -1 : 1));
  }
}
