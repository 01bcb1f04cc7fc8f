/** The JSON API of commitments. No address takes an order, and none puts members or branches beside one another. */
import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, objectAnswer, requestIdOf } from '../../platform/http/index.ts';
import type { BranchDeps } from '../records/index.ts';
import { actOnCommitment, type CommitmentAct, makeCommitment, type NewCommitment } from './commands.ts';
import { commitmentsAt, lookAtCommitment, ownCommitments } from './queries.ts';
import { COMMITMENT_BODY, COMMITMENT_EVENT_BODY, COMMITMENTS_QUERY } from './schema.ts';

const session = { tag: 'commitments', auth: 'session' } as const;
const open = { tag: 'commitments', auth: 'public' } as const;

export const commitmentRoutes = (deps: BranchDeps): ApiRoute[] => [
  {
    ...open,
    method: 'get',
    path: '/api/commitments',
    summary:
      'Commitments of one organisation, as they were made: to strangers those of organisations and leaders',
    query: COMMITMENTS_QUERY,
    responses: { 200: objectAnswer('Commitments; how many came to what, for those in it and above') },
    async handler(ctx) {
      ctx.body = await commitmentsAt(deps, ctx.state.actor ?? null, (ctx.query as { org: string }).org);
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/commitments/own',
    summary: 'One’s own commitments',
    responses: { 200: objectAnswer('Commitments') },
    async handler(ctx) {
      ctx.body = { commitments: await ownCommitments(deps, requireSession(ctx)) };
    },
  },
  {
    ...open,
    method: 'get',
    path: '/api/commitments/:id',
    summary: 'A commitment',
    responses: { 200: objectAnswer('A commitment') },
    async handler(ctx) {
      ctx.body = await lookAtCommitment(deps, ctx.state.actor ?? null, ctx.params.id as string);
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/commitments',
    summary: 'Make a commitment',
    body: COMMITMENT_BODY,
    responses: { 201: objectAnswer('Its id') },
    async handler(ctx) {
      const given = ctx.request.body as NewCommitment;
      const key = requestIdOf(ctx);
      ctx.body = await makeCommitment(deps, requireSession(ctx), given, key);
      ctx.status = 201;
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/commitments/:id/events',
    summary: 'An act on a commitment',
    body: COMMITMENT_EVENT_BODY,
    responses: { 200: objectAnswer('State and version') },
    async handler(ctx) {
      const act = ctx.request.body as CommitmentAct;
      const key = requestIdOf(ctx);
      ctx.body = await actOnCommitment(deps, requireSession(ctx), ctx.params.id as string, act, key);
    },
  },
];
