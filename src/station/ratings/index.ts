/** Ratings 好差评: what citizens say of a case that is over, once each, and how bad ones are answered. */
import type Router from '@koa/router';
import { mountBad } from './pages/bad.tsx';
import { mountCounterRating } from './pages/counter.tsx';
import { mountRatings } from './pages/list.tsx';
import { mountRating } from './pages/progress.tsx';
import type { RatingDeps, RatingGate } from './types.ts';

export { countLevels, type LevelCount, listOpenBad } from './counts.ts';
export { RatingCard } from './pages/form.tsx';
export { ratingOf } from './queries.ts';
export { ratingRoutes } from './routes.ts';
export { isBad, LEVEL_WORDS, LEVELS, lateSince } from './rules.ts';
export type { RatedCase, RatingGate } from './types.ts';

/** Mount every page of ratings. */
export function ratingPages(router: Router, deps: RatingDeps, gate: RatingGate): void {
  mountRating(router, deps, gate);
  mountCounterRating(router, deps, gate);
  mountRatings(router, deps);
  mountBad(router, deps);
}
