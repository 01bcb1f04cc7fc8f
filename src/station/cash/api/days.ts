import { requireSession } from '../../../people/accounts/index.ts';
import { type ApiRoute, type RouteContext, requestIdOf } from '../../../platform/http/index.ts';
import { closeDay, confirmDay, reopenDay } from '../commands/days.ts';
import * as queries from '../queries/index.ts';
import { CLOSE_BODY, DAY_BODY, REOPEN_BODY, VILLAGE_QUERY } from '../schema.ts';
import type { CashDeps, CashMoney } from '../types.ts';
import { bodyOf, get, ok, post, queryOf } from './shared.ts';

export const dayRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => {
  const refOf = (ctx: RouteContext) => ({
    villageId: queries.villageFor(deps, requireSession(ctx), queryOf(ctx).village),
    day: bodyOf<{ day: string }>(ctx).day,
  });
  return [
    {
      ...get,
      path: '/api/cash/days',
      summary: 'Days on which something moved, the latest first',
      query: VILLAGE_QUERY,
      responses: ok('Days'),
      async handler(ctx) {
        const { village, day } = queryOf(ctx);
        const input = {
          ...(village !== undefined && { village }),
          ...(day !== undefined && { before: day }),
        };
        ctx.body = await queries.listDays(deps, requireSession(ctx), input);
      },
    },
    {
      ...get,
      path: '/api/cash/days/:day',
      summary: 'A day of the box: opening, movements, what must be there',
      query: VILLAGE_QUERY,
      responses: ok('The day'),
      async handler(ctx) {
        const { village } = queryOf(ctx);
        const day = ctx.params.day as string;
        ctx.body = await queries.dayView(deps, requireSession(ctx), {
          day,
          ...(village !== undefined && { village }),
        });
      },
    },
    {
      ...post,
      path: '/api/cash/days/close',
      summary: 'The clerk closes a day with what was counted; it must balance to the fen',
      query: VILLAGE_QUERY,
      body: CLOSE_BODY,
      responses: ok('The day'),
      async handler(ctx) {
        const { pieces } = bodyOf<{ pieces: Record<string, number> }>(ctx);
        ctx.body = await closeDay(deps, requireSession(ctx), refOf(ctx), pieces);
      },
    },
    {
      ...post,
      path: '/api/cash/days/confirm',
      summary: 'The committee confirms a day: it is final',
      query: VILLAGE_QUERY,
      body: DAY_BODY,
      responses: ok('The day'),
      async handler(ctx) {
        ctx.body = await confirmDay(deps, money, requireSession(ctx), refOf(ctx), requestIdOf(ctx));
      },
    },
    {
      ...post,
      path: '/api/cash/days/reopen',
      summary: 'The committee sends a day back to the clerk',
      query: VILLAGE_QUERY,
      body: REOPEN_BODY,
      responses: ok('The day'),
      async handler(ctx) {
        const { reason } = bodyOf<{ reason: string }>(ctx);
        ctx.body = await reopenDay(deps, requireSession(ctx), refOf(ctx), reason);
      },
    },
  ];
};
