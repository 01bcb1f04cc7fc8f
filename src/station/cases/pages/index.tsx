/** The HTML pages of cases: a new application, filling in, the case, its acts, public progress. */
import type Router from '@koa/router';
import type { CaseDeps } from '../deps.ts';
import { mountAct } from './act.tsx';
import { mountClaims } from './claim.tsx';
import { mountEdit } from './edit.tsx';
import { mountNew } from './new.tsx';
import { mountOwed } from './owed.tsx';
import { mountProgress } from './progress.tsx';
import { mountReview } from './review.tsx';
import { mountRoster } from './roster.tsx';
import { mountShow } from './show.tsx';

export type PageDeps = CaseDeps;

/** Mount every page; `/cases/new` before `/cases/:id`. */
export function mountCasePages(router: Router, deps: PageDeps): void {
  mountProgress(router, deps);
  mountNew(router, deps);
  mountEdit(router, deps);
  mountRoster(router, deps);
  mountAct(router, deps);
  mountClaims(router, deps);
  mountOwed(router, deps);
  mountReview(router, deps);
  mountShow(router, deps);
}
