/** The HTML pages of money: schemes, runs, who is paid, what was paid too much, the report, the bank's files. */
import type Router from '@koa/router';
import type { PayoutPorts } from '../types.ts';
import { mountClaim } from './claim.tsx';
import { mountClaims } from './claims.tsx';
import { mountDebt } from './debt.tsx';
import { mountDebts } from './debts.tsx';
import { mountFormat } from './format.tsx';
import { mountOverview } from './overview.tsx';
import type { PageDeps } from './parts.tsx';
import { mountReport } from './report.tsx';
import { mountRuns } from './run.tsx';
import { mountSchemes } from './scheme.tsx';
import { mountNewRun } from './scheme-new.tsx';

/** Mount every page. */
export function mountPayoutPages(router: Router, deps: PageDeps, ports: PayoutPorts): void {
  mountOverview(router, deps);
  mountSchemes(router, deps);
  mountNewRun(router, deps);
  mountRuns(router, deps, ports);
  mountClaims(router, deps);
  mountClaim(router, deps);
  mountDebts(router, deps);
  mountDebt(router, deps);
  mountReport(router, deps);
  mountFormat(router, deps);
}
