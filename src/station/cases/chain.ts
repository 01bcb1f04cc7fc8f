/** Are the logs as they were written? For auditors: numbers of cases and of lines, nothing of what they say. */
import type { CaseDeps } from './deps.ts';
import { brokenAt, listEvents } from './log.ts';

/** A log that does not hold: from this line on, or null when its seal does not open. */
export interface BrokenLog {
  id: string;
  number: string | null;
  seq: number | null;
}

export interface LogCheck {
  cases: number;
  events: number;
  broken: BrokenLog[];
}

/** Which logs: that of one case, by its id or number, or those of the cases opened last. */
export type LogChoice = { one: string } | { last: number };

/** More at once would keep the house waiting. */
export const MOST_LOGS = 1000;

/** @param places paths of the organisations whose villages are meant */
export async function checkLogs(
  deps: Pick<CaseDeps, 'db' | 'vault' | 'log'>,
  places: readonly string[],
  choice: LogChoice,
): Promise<LogCheck> {
  const query = deps.db
    .read('cases as c')
    .join('orgs as o', 'o.id', 'c.village_id')
    .where((any) => {
      any.whereRaw('1 = 0');
      for (const path of places) any.orWhere('o.path', 'like', `${path}%`);
    })
    .select('c.id', 'c.number')
    .orderBy('c.id', 'desc');
  if ('one' in choice) query.where((q) => q.where('c.id', choice.one).orWhere('c.number', choice.one));
  else query.limit(Math.min(choice.last, MOST_LOGS));
  const rows: { id: string; number: string | null }[] = await query;
  const check: LogCheck = { cases: rows.length, events: 0, broken: [] };
  for (const { id, number } of rows) {
    const found = await checkLog(deps, id);
    check.events += found.events;
    if (!found.holds) check.broken.push({ id, number, seq: found.seq });
  }
  return check;
}

async function checkLog(
  deps: Pick<CaseDeps, 'db' | 'vault' | 'log'>,
  id: string,
): Promise<{ events: number; holds: boolean; seq: number | null }> {
  try {
    const events = await listEvents(deps.db.read, deps.vault, id);
    const seq = brokenAt(id, events);
    return { events: events.length, holds: seq === null, seq };
  } catch (error) {
    deps.log.error({ err: error, case: id }, 'a log does not open');
    return { events: 0, holds: false, seq: null };
  }
}
