/** Ratings 好差评: what citizens say of a case that is over, once each, and how bad ones are answered. */
import type Router from '@koa/router';
import { mountBad } from './pages/bad.tsx';
import { mountCounterRating } from './pages/counter.tsx';
import { mountRatings } from './pages/list.tsx';
import { mountRating } from './pages/progress.tsx';
import { findRatingOfCase } from './store.ts';
import type { Rating, RatingDeps, RatingGate } from './types.ts';

export { RatingCard } from './pages/form.tsx';
export { ratingRoutes } from './routes.ts';
export { isBad, LEVEL_WORDS, LEVELS, lateSince } from './rules.ts';
export { countLevels, type LevelCount, listOpenBad } from './store.ts';
export type { RatedCase, RatingGate } from './types.ts';

export const ratingOf = (deps: RatingDeps, caseId: string): Promise<Rating | undefined> =>
  findRatingOfCase(deps.db.read, deps.vault, caseId);

/** Mount every page of ratings. */
export function ratingPages(router: Router, deps: RatingDeps, gate: RatingGate): void {
  mountRating(router, deps, gate);
  mountCounterRating(router, deps, gate);
  mountRatings(router, deps);
  mountBad(router, deps);
}
