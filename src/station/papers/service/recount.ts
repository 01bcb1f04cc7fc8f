import type { Knex } from 'knex';
import type { Calendar } from '../../../kernel/calendar.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
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
export const recountServices = (deps: Pick<PaperDeps, 'db' | 'calendar'>): Promise<MovedService[]> =>
  transact(deps.db, async (trx) => {
    const moved = await otherDays(trx, deps.calendar());
    for (const { id, after } of moved) await store.saveDays(trx, id, after);
    return moved.map(({ paperId, before, after }) => ({
      paperId,
      from: daysText(before),
      to: daysText(after),
    }));
  });

/** How many services another calendar would move; nothing is changed. */
export const countMovedServices = async (
  { db }: Pick<PaperDeps, 'db'>,
  calendar: Calendar,
): Promise<number> => (await otherDays(db.read, calendar)).length;

/** Services whose days are others by a calendar. */
async function otherDays(
  db: Trx | Knex,
  calendar: Calendar,
): Promise<{ id: string; paperId: string; before: store.Days; after: store.Days }[]> {
  return (await store.listDated(db)).flatMap(({ id, paperId, way, triedOn, ...before }) => {
    const servedOn = serviceDay(calendar, serviceTerms, way, triedOn);
    const remedies = before.sueUntil === null ? 'review-first' : 'review';
    const until = remedyDays(calendar, serviceTerms, before.reviewUntil === null ? null : remedies, servedOn);
    const after = { servedOn, ...until };
    return JSON.stringify(after) === JSON.stringify(before) ? [] : [{ id, paperId, before, after }];
  });
}

const daysText = ({ servedOn, reviewUntil, sueUntil }: store.Days): string =>
  [servedOn, reviewUntil, sueUntil].filter((d) => d !== null).join(' ');
