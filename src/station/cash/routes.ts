import { requireSession } from '../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../platform/http/index.ts';
import { asPdf } from '../papers/index.ts';
import { requestIdOf } from '../sent.ts';
import { cancelBag, countBag, packBag, receiveBag, sendBag } from './commands/bags.ts';
import { closeDay, confirmDay, reopenDay } from './commands/days.ts';
import { askUndo, confirmUndo, declineUndo, handOut } from './commands/hand-out.ts';
import { recordReceiptPrint, renderReceipt } from './commands/receipt.ts';
import { cancelReturn, prepareReturns, receiveReturn, sendReturn } from './commands/returns.ts';
import { bagView, handOutView, returnView } from './present.ts';
import * as queries from './queries.ts';
import { RECEIPT_TITLE } from './receipt.ts';
import {
  BAG_BODY,
  CLOSE_BODY,
  COUNT_SUM,
  DAY_BODY,
  HAND_OUT_BODY,
  REASON,
  REOPEN_BODY,
  RETURN_BODY,
  VILLAGE_QUERY,
} from './schema.ts';
import type { CashDeps, CashMoney } from './types.ts';

const ok = (description: string) => ({ 200: { description, schema: { type: 'object' } } });
const made = (description: string) => ({ 201: { description, schema: { type: 'object' } } });
const get = { tag: 'cash', auth: 'session', method: 'get' } as const;
const post = { tag: 'cash', auth: 'session', method: 'post' } as const;
const idOf = (ctx: RouteContext) => ctx.params.id as string;
const bodyOf = <T>(ctx: RouteContext) => ctx.request.body as T;
const queryOf = (ctx: RouteContext) => ctx.query as { village?: string; day?: string; after?: string };

/** The JSON API of cash. */
export const cashRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => [
  ...bagRoutes(deps, money),
  ...boxRoutes(deps),
  ...dayRoutes(deps, money),
  ...returnRoutes(deps, money),
];

const bagRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => [
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
      const bag = await receiveBag(deps, requireSession(ctx), idOf(ctx), requestIdOf(ctx));
      ctx.body = bagView(deps.orgs, bag);
    },
  },
];

const boxRoutes = (deps: CashDeps): ApiRoute[] => [
  {
    ...get,
    path: '/api/cash/box',
    summary: 'The village’s box: money, lines, what is on its way, what must go back',
    query: VILLAGE_QUERY,
    responses: ok('The box'),
    async handler(ctx) {
      ctx.body = await queries.boxView(deps, requireSession(ctx), queryOf(ctx).village);
    },
  },
  {
    ...get,
    path: '/api/cash/reconciliation',
    summary: 'What the ledger says of the village’s cash against where it lies; the difference must be 0',
    query: VILLAGE_QUERY,
    responses: ok('Sums in fen'),
    async handler(ctx) {
      ctx.body = await queries.reconcile(deps, requireSession(ctx), queryOf(ctx).village);
    },
  },
  {
    ...post,
    path: '/api/cash/lines/:id/hand-out',
    summary: 'Hand one line to its citizen or a proxy, signed, with a witness',
    body: HAND_OUT_BODY,
    responses: made('The hand-out with its receipt'),
    async handler(ctx) {
      const done = await handOut(deps, requireSession(ctx), idOf(ctx), bodyOf(ctx), requestIdOf(ctx));
      ctx.status = 201;
      ctx.body = handOutView(done);
    },
  },
  {
    ...post,
    path: '/api/cash/hand-outs/:id/undo',
    summary: 'The clerk asks to take a hand-out back, on its own day',
    body: REASON,
    responses: ok('The hand-out'),
    async handler(ctx) {
      const { reason } = bodyOf<{ reason: string }>(ctx);
      ctx.body = handOutView(await askUndo(deps, requireSession(ctx), idOf(ctx), reason));
    },
  },
  {
    ...post,
    path: '/api/cash/hand-outs/:id/undo/confirm',
    summary: 'The committee agrees: the money lies in the box again',
    responses: ok('The hand-out'),
    async handler(ctx) {
      ctx.body = handOutView(await confirmUndo(deps, requireSession(ctx), idOf(ctx)));
    },
  },
  {
    ...post,
    path: '/api/cash/hand-outs/:id/undo/decline',
    summary: 'The committee does not agree: it stays handed out',
    responses: ok('The hand-out'),
    async handler(ctx) {
      ctx.body = handOutView(await declineUndo(deps, requireSession(ctx), idOf(ctx)));
    },
  },
  {
    ...post,
    path: '/api/cash/hand-outs/:id/reveal',
    summary: 'Identity number, signatures and photograph in full; the view is audited',
    responses: ok('The hand-out with its details'),
    async handler(ctx) {
      ctx.body = await queries.revealHandOut(deps, requireSession(ctx), idOf(ctx));
    },
  },
  {
    ...get,
    path: '/api/cash/receipts/:id.pdf',
    summary: 'The receipt as PDF; a reprint is the same bytes, and every print is written down',
    responses: { 200: { description: 'PDF', type: 'application/pdf', schema: {} } },
    async handler(ctx) {
      const who = requireSession(ctx);
      const { handOut: found, bytes } = await renderReceipt(deps, who, idOf(ctx));
      if (ctx.method === 'GET') await recordReceiptPrint(deps, who, found);
      ctx.type = 'application/pdf';
      ctx.set('Content-Disposition', asPdf(RECEIPT_TITLE, found.number));
      ctx.body = bytes;
    },
  },
];

const dayRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => {
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

const returnRoutes = (deps: CashDeps, money: CashMoney): ApiRoute[] => [
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
