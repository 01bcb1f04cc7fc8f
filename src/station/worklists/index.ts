/** Worklists: inbox and list of cases as people work on them: filters that stay, saved views, columns, bulk, export. */
import type Router from '@koa/router';
import type { CaseDeps } from '../cases/index.ts';
import { mountBulk } from './pages/bulk.tsx';
import { mountList } from './pages/list.tsx';
import { mountPrint } from './pages/print.tsx';
import { mountViews } from './pages/views.tsx';

export { worklistRoutes } from './routes.ts';

/** Mount every page of the lists. */
export function mountWorklistPages(router: Router, deps: CaseDeps): void {
  mountList(router, deps, 'inbox');
  mountList(router, deps, 'cases');
  mountPrint(router, deps);
  mountViews(router, deps);
  mountBulk(router, deps);
}
