/** The first look round: where it begins, and that it ended. */
import type { SignedIn } from '../../people/accounts/index.ts';
import { tourStart } from '../../people/frame/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, transact } from '../../platform/db/index.ts';
import { hasTour, saveTour, type TourEnd } from './store.ts';

export interface TourDeps {
  db: Database;
  clock: Clock;
}

/** Where somebody begins the first time: the tour; undefined when he has seen it, or wanted none. */
export async function firstLook({ db }: Pick<TourDeps, 'db'>, who: SignedIn): Promise<string | undefined> {
  return (await hasTour(db.read, who.accountId)) ? undefined : tourStart(who);
}

/** Both ends are remembered: whoever wanted no tour is not asked again. */
export async function endTour({ db, clock }: TourDeps, who: SignedIn, end: TourEnd): Promise<void> {
  await transact(db, (trx) => saveTour(trx, who.accountId, end, clock.now()));
}
