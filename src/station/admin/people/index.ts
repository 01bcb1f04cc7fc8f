/** The HTML pages about people and places: accounts, organisations, the log of acts. */
import type Router from '@koa/router';
import { mountForms } from './accounts/forms/index.ts';
import { mountList } from './accounts/list.tsx';
import { mountNew } from './accounts/new.tsx';
import { mountShow } from './accounts/show.tsx';
import { mountTable } from './accounts/table.tsx';
import { mountAudit } from './audit/pages.tsx';
import { mountForms as mountOrgForms } from './orgs/forms/index.tsx';
import { mountShow as mountOrgs } from './orgs/show.tsx';
import type { PeopleDeps } from './parts.tsx';

export function adminPeoplePages(router: Router, deps: PeopleDeps): void {
  mountList(router, deps);
  mountNew(router, deps);
  mountTable(router, deps);
  mountForms(router, deps);
  mountShow(router, deps);
  mountOrgForms(router, deps);
  mountOrgs(router, deps);
  mountAudit(router, deps);
}
