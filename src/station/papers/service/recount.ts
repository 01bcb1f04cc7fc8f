import { transact } from '../../../platform/db/index.ts';
import { serviceTerms } from '../templates.ts';
import type { PaperDeps } from '../types.ts';
import { remedyDays, serviceDay } from './rules.ts';
import * as store from './store.ts';

/** A service whose days another holiday table has moved. */
export interface MovedService {
  paperId: string;
  from: string;
  to: string;
}

/**
 * Count the days of every service again by the present holiday tables: a day in a year whose table comes in later
 * was presumed until then.
 */
export async function recountServices(deps: Pick<PaperDeps, 'db' | 'calendar'>): Promise<MovedService[]> {
  const moved: MovedService[] = [];
  await transact(deps.db, async (trx) => {
    for (const { id, paperId, way, triedOn, ...before } of await store.listDated(trx)) {
      const calendar = deps.calendar();
      const servedOn = serviceDay(calendar, serviceTerms, way, triedOn);
      const remedies = before.sueUntil === null ? 'review-first' : 'review';
      const until = remedyDays(
        calendar,
        serviceTerms,
        before.reviewUntil === null ? null : remedies,
        servedOn,
      );
      const after = { servedOn, ...until };
      if (JSON.stringify(after) === JSON.stringify(before)) continue;
      await store.saveDays(trx, id, after);
      moved.push({ paperId, from: daysText(before), to: daysText(after) });
    }
  });
  return moved;
}

const daysText = ({ servedOn, reviewUntil, sueUntil }: store.Days): string =>
  [servedOn, reviewUntil, sueUntil].filter((d) => d !== null).join(' ');
