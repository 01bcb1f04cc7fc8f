/** What is entered about one account: a post, its end, a leave, that it is shut out. */
import type Router from '@koa/router';
import type { PeopleDeps } from '../../parts.tsx';
import { disableForm } from './disable.tsx';
import { leaveForm } from './leave.tsx';
import { grantForm, withdrawForm } from './posts.tsx';

export function mountForms(router: Router, deps: PeopleDeps): void {
  grantForm(router, deps);
  withdrawForm(router, deps);
  disableForm(router, deps);
  leaveForm(router, deps);
}
