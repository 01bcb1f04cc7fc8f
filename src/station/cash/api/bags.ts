import { requireSession } from '../../../people/accounts/index.ts';
import { type ApiRoute, requestIdOf } from '../../../platform/http/index.ts';
import { cancelBag, packBag, sendBag } from '../commands/bags.ts';
import { countBag, receiveBag } from '../commands/receive.ts';
import { bagView } from '../present.ts';
import * as queries from '../queries/index.ts';
import { BAG_BODY, COUNT_SUM, REASON, VILLAGE_QUERY } from '../schema.ts';
import type { CashDeps, CashMoney } from '../types.ts';
import { bodyOf, get, idOf, made, ok, post, queryOf } from './shared.ts';

export const bagRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => [
  {
    ...get,
    path: '/api/cash/waiting',
    summary: 'Villages with money to be packed; with `village` its lines',
    query: VILLAGE_QUERY,
    responses: ok('Villages or lines'),
    async handler(ctx) {
      const who = requireSession(ctx);
      const { village } = queryOf(ctx);
      ctx.body =
        village === undefined
          ? { villages: await queries.waitingVillages(deps, money, who) }
          : { lines: await queries.waitingLines(deps, money, who, village) };
    },
  },
  {
    ...get,
    path: '/api/cash/bags',
    summary: 'Bags from and to the own desks, the latest first',
    query: VILLAGE_QUERY,
    responses: ok('Bags'),
    async handler(ctx) {
      ctx.body = await queries.listBags(deps, requireSession(ctx), queryOf(ctx));
    },
  },
  {
    ...post,
    path: '/api/cash/bags',
    summary: 'Pack a bag for a village from what waits to be handed out there',
    body: BAG_BODY,
    responses: made('The bag'),
    async handler(ctx) {
      const bag = await packBag(deps, money, requireSession(ctx), bodyOf(ctx), requestIdOf(ctx));
      ctx.status = 201;
      ctx.body = bagView(deps.orgs, bag);
    },
  },
  {
    ...get,
    path: '/api/cash/bags/:id',
    summary: 'A bag with its list, differences and what can be done with it now',
    responses: ok('The bag'),
    async handler(ctx) {
      ctx.body = await queries.bagDetail(deps, requireSession(ctx), idOf(ctx));
    },
  },
  {
    ...post,
    path: '/api/cash/bags/:id/send',
    summary: 'Send a bag: its money is the village’s in the books',
    responses: ok('The bag'),
    async handler(ctx) {
      const bag = await sendBag(deps, money, requireSession(ctx), idOf(ctx), requestIdOf(ctx));
      ctx.body = bagView(deps.orgs, bag);
    },
  },
  {
    ...post,
    path: '/api/cash/bags/:id/cancel',
    summary: 'Unpack a bag that was not sent',
    body: REASON,
    responses: ok('The bag'),
    async handler(ctx) {
      const { reason } = bodyOf<{ reason: string }>(ctx);
      ctx.body = bagView(deps.orgs, await cancelBag(deps, requireSession(ctx), idOf(ctx), reason));
    },
  },
  {
    ...post,
    path: '/api/cash/bags/:id/count',
    summary: 'The clerk counted it, in yuan: to the fen, else the difference is reported and it is refused',
    body: COUNT_SUM,
    responses: ok('The bag'),
    async handler(ctx) {
      ctx.body = bagView(deps.orgs, await countBag(deps, requireSession(ctx), idOf(ctx), bodyOf(ctx)));
    },
  },
  {
    ...post,
    path: '/api/cash/bags/:id/receive',
    summary: 'The committee confirms what was counted: the money lies in the box',
    responses: ok('The bag'),
    async handler(ctx) {
      const bag = await receiveBag(deps, money, requireSession(ctx), idOf(ctx), requestIdOf(ctx));
      ctx.body = bagView(deps.orgs, bag);
    },
  },
];
