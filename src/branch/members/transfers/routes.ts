import { requireSession } from '../../../people/accounts/index.ts';
import { type ApiRoute, objectAnswer, requestIdOf } from '../../../platform/http/index.ts';
import { ACT_BODY, APPLY_BODY, ORG_QUERY } from '../schema.ts';
import type { MemberDeps } from '../types.ts';
import { actOnTransfer, applyForTransfer, getTransfer, listTransfers, type TransferAct } from './commands.ts';

const session = { tag: 'members', auth: 'session' } as const;

/** The JSON API of transfers between branches. */
export const transferRoutes = (deps: MemberDeps): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/branch/transfers',
    summary: 'Transfers out of and into a branch, or of everything beneath a committee',
    query: ORG_QUERY,
    responses: { 200: objectAnswer('Transfers') },
    async handler(ctx) {
      ctx.body = { transfers: await listTransfers(deps, requireSession(ctx), String(ctx.query.org)) };
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/branch/transfers',
    summary: 'Apply for a transfer to another branch, for oneself or for a member of one’s branch',
    body: APPLY_BODY,
    responses: { 201: objectAnswer('The id of the transfer') },
    async handler(ctx) {
      const given = ctx.request.body as Parameters<typeof applyForTransfer>[2];
      ctx.body = await applyForTransfer(deps, requireSession(ctx), given, requestIdOf(ctx));
      ctx.status = 201;
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/branch/transfers/:id',
    summary: 'A transfer that one has a part in, and what one may do',
    responses: { 200: objectAnswer('The transfer') },
    async handler(ctx) {
      ctx.body = await getTransfer(deps, requireSession(ctx), ctx.params.id as string);
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/branch/transfers/:id/act',
    summary: 'One step of a transfer',
    body: ACT_BODY,
    responses: { 204: { description: 'Done' } },
    async handler(ctx) {
      const act = ctx.request.body as TransferAct;
      await actOnTransfer(deps, requireSession(ctx), ctx.params.id as string, act, requestIdOf(ctx));
      ctx.status = 204;
    },
  },
];
