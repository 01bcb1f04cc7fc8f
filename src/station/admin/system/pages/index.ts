/** The HTML pages of the system administrator, and the front page of all three. */
import type Router from '@koa/router';
import type { SystemDeps } from '../house.ts';
import { mountBackups } from './backups.tsx';
import { mountDefinitions } from './definitions.tsx';
import { mountFront } from './front.tsx';
import { mountHolidays } from './holidays.tsx';
import { mountJobs } from './jobs.tsx';
import { mountParameters } from './parameters.tsx';

export function adminSystemPages(router: Router, deps: SystemDeps): void {
  mountFront(router, deps);
  mountHolidays(router, deps);
  mountParameters(router, deps);
  mountDefinitions(router, deps);
  mountJobs(router, deps);
  mountBackups(router, deps);
}
