import { requireSession } from '../../../people/accounts/index.ts';
import type { ApiRoute } from '../../../platform/http/index.ts';
import { cancelReturn, prepareReturns, receiveReturn, sendReturn } from '../commands/returns.ts';
import { returnView } from '../present.ts';
import * as queries from '../queries/index.ts';
import { COUNT_SUM, REASON, RETURN_BODY } from '../schema.ts';
import type { CashDeps, CashMoney } from '../types.ts';
import { bodyOf, get, idOf, made, ok, post } from './shared.ts';

export const returnRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => [
  {
    ...get,
    path: '/api/cash/returns',
    summary: 'Returns from and to the own desks, the latest first',
    responses: ok('Returns'),
    async handler(ctx) {
      ctx.body = { returns: await queries.listReturnsOf(deps, requireSession(ctx)) };
    },
  },
  {
    ...post,
    path: '/api/cash/returns',
    summary: 'The clerk takes out what nobody called for in time',
    body: RETURN_BODY,
    responses: made('Returns, one for each office the money came from'),
    async handler(ctx) {
      const who = requireSession(ctx);
      const { village, lines } = bodyOf<{ village?: string; lines?: string[] }>(ctx);
      const all = await prepareReturns(deps, who, queries.villageFor(deps, who, village), lines);
      ctx.status = 201;
      ctx.body = { returns: all.map((r) => returnView(deps.orgs, r)) };
    },
  },
  {
    ...get,
    path: '/api/cash/returns/:id',
    summary: 'A return with its list and what can be done with it now',
    responses: ok('The return'),
    async handler(ctx) {
      ctx.body = await queries.returnDetail(deps, requireSession(ctx), idOf(ctx));
    },
  },
  {
    ...post,
    path: '/api/cash/returns/:id/send',
    summary: 'The committee confirms: the money leaves the box',
    responses: ok('The return'),
    async handler(ctx) {
      ctx.body = returnView(deps.orgs, await sendReturn(deps, requireSession(ctx), idOf(ctx)));
    },
  },
  {
    ...post,
    path: '/api/cash/returns/:id/cancel',
    summary: 'Give up a return that was not sent',
    body: REASON,
    responses: ok('The return'),
    async handler(ctx) {
      const { reason } = bodyOf<{ reason: string }>(ctx);
      ctx.body = returnView(deps.orgs, await cancelReturn(deps, requireSession(ctx), idOf(ctx), reason));
    },
  },
  {
    ...post,
    path: '/api/cash/returns/:id/receive',
    summary: 'The office counted what came back, in yuan: the lines are unclaimed and due again',
    body: COUNT_SUM,
    responses: ok('The return'),
    async handler(ctx) {
      ctx.body = returnView(
        deps.orgs,
        await receiveReturn(deps, money, requireSession(ctx), idOf(ctx), bodyOf(ctx)),
      );
    },
  },
];
