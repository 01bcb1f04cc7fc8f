import { requireSession } from '../../../people/accounts/index.ts';
import { type ApiRoute, requestIdOf } from '../../../platform/http/index.ts';
import { asPdf } from '../../papers/index.ts';
import { handOut } from '../commands/hand-out.ts';
import { recordReceiptPrint, renderReceipt } from '../commands/receipt.ts';
import { askUndo, confirmUndo, declineUndo } from '../commands/undo.ts';
import { handOutView } from '../present.ts';
import * as queries from '../queries/index.ts';
import { RECEIPT_TITLE } from '../receipt.ts';
import { HAND_OUT_BODY, REASON, VILLAGE_QUERY } from '../schema.ts';
import type { CashDeps } from '../types.ts';
import { bodyOf, get, idOf, made, ok, post, queryOf } from './shared.ts';

export const boxRoutes = (deps: CashDeps): ApiRoute[] => [
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
