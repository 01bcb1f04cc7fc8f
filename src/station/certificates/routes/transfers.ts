import { requireSession } from '../../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../../platform/http/index.ts';
import { cancelTransfer, receivePieces, sendPieces } from '../commands/transfer.ts';
import { listLying, type TransferFilter, transfersOf, transferView } from '../queries/transfers.ts';
import { RECEIVE_BODY, SEND_BODY, TRANSFERS_QUERY } from '../schema.ts';
import type { CertificateDeps } from '../types.ts';

const session = { tag: 'certificates', auth: 'session' } as const;
const ANSWER = { type: 'object' };
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** The JSON API of transfers 证照交接. */
export function transferRoutes(deps: CertificateDeps): ApiRoute[] {
  const detail = { 200: { description: 'The transfer with its list', schema: ANSWER } };
  const showing = async (ctx: RouteContext, id = idOf(ctx)) => {
    ctx.body = await transferView(deps, requireSession(ctx), id);
  };
  return [
    {
      ...session,
      method: 'get',
      path: '/api/transfers',
      summary: 'Transfers from and to the desks of this account, the latest first',
      query: TRANSFERS_QUERY,
      responses: { 200: { description: 'A page of transfers', schema: ANSWER } },
      async handler(ctx) {
        ctx.body = await transfersOf(deps, requireSession(ctx), ctx.query as TransferFilter);
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/transfers/pieces',
      summary: 'Pieces lying at the desks of this account, with where they could be sent',
      responses: { 200: { description: 'Pieces by desk', schema: ANSWER } },
      async handler(ctx) {
        ctx.body = { desks: await listLying(deps, requireSession(ctx)) };
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/transfers',
      summary: 'Send pieces to the next desk',
      body: SEND_BODY,
      responses: { 201: { description: 'The transfer with its list', schema: ANSWER } },
      async handler(ctx) {
        const sent = ctx.request.body as { to: string; certificates: string[] };
        await showing(ctx, await sendPieces(deps, requireSession(ctx), sent));
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/transfers/:id',
      summary: 'A transfer with its list',
      responses: detail,
      handler: (ctx) => showing(ctx),
    },
    {
      ...session,
      method: 'post',
      path: '/api/transfers/:id/receive',
      summary: 'Confirm what arrived, piece by piece; what is not named is missing and stays with the sender',
      body: RECEIVE_BODY,
      responses: detail,
      async handler(ctx) {
        const got = ctx.request.body as { received: string[]; note?: string };
        await receivePieces(deps, requireSession(ctx), idOf(ctx), got);
        await showing(ctx);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/transfers/:id/cancel',
      summary: 'Take a transfer back before it is confirmed',
      responses: detail,
      async handler(ctx) {
        await cancelTransfer(deps, requireSession(ctx), idOf(ctx));
        await showing(ctx);
      },
    },
  ];
}
