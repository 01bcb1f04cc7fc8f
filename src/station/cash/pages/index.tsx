/** The HTML pages of cash: the box and the bags, one bag, days, one hand-out, one return. */
import type Router from '@koa/router';
import type { CashDeps, CashMoney } from '../types.ts';
import { mountBags } from './bags.tsx';
import { mountBox } from './box.tsx';
import { mountDays } from './days.tsx';
import { mountHandOuts } from './hand-outs.tsx';
import { mountReturns } from './returns.tsx';

export function cashPages(router: Router, deps: CashDeps, money: CashMoney): void {
  mountBox(router, deps, money);
  mountBags(router, deps, money);
  mountDays(router, deps, money);
  mountHandOuts(router, deps);
  mountReturns(router, deps, money);
}
