/** `/desk`: who has something lying ready; one page for one person; the list of a day. */
import type Router from '@koa/router';
import type { DeskCases, DeskDeps } from '../types.ts';
import { mountDesk } from './desk.tsx';
import { mountList } from './list.tsx';
import { mountPerson } from './person.tsx';

export function deskPages(router: Router, deps: DeskDeps, cases: DeskCases): void {
  mountDesk(router, deps);
  mountList(router, deps);
  mountPerson(router, deps, cases);
}
