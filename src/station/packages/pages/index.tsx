/** The HTML pages of packages: list, guide, start, filling in, the whole. */
import type Router from '@koa/router';
import type { CaseDeps } from '../../cases/index.ts';
import { mountEdit } from './edit.tsx';
import { mountGuide } from './guide.tsx';
import { mountShow } from './show.tsx';

export function mountPackagePages(router: Router, deps: CaseDeps): void {
  mountGuide(router, deps);
  mountEdit(router, deps);
  mountShow(router, deps);
}
