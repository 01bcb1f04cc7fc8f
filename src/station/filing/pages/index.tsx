/** The HTML pages of the filing desk. */
import type Router from '@koa/router';
import type { FilingDeps } from '../deps.ts';
import { mountCitizens } from './citizens.tsx';
import { mountDrafts } from './drafts.tsx';
import { mountItems } from './items.tsx';
import { mountReceipt } from './receipt.tsx';

export function filingPages(router: Router, deps: FilingDeps): void {
  mountCitizens(router, deps);
  mountItems(router, deps);
  mountDrafts(router, deps);
  mountReceipt(router, deps);
}
