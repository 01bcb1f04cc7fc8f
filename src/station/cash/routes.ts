import type { ApiRoute } from '../../platform/http/index.ts';
import { bagRoutes } from './api/bags.ts';
import { boxRoutes } from './api/box.ts';
import { dayRoutes } from './api/days.ts';
import { returnRoutes } from './api/returns.ts';
import type { CashDeps, CashMoney } from './types.ts';

/** The JSON API of cash. */
export const cashRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => [
  ...bagRoutes(deps, money),
  ...boxRoutes(deps),
  ...dayRoutes(deps, money),
  ...returnRoutes(deps, money),
];
