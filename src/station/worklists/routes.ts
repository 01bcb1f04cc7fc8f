import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, requestIdOf } from '../../platform/http/index.ts';
import { type CaseDeps, inboxCounts } from '../cases/index.ts';
import { actOnAll, claimAll } from './bulk.ts';
import { BULK_BODY, BULK_CLAIM_BODY, type BulkAct } from './schema.ts';

const session = { tag: 'worklists', auth: 'session' } as const;
const outcomes = {
  200: {
    description:
      'What became of each case; a refusal leaves the others alone. A repeat with the same key does each once',
    schema: { type: 'object', properties: { outcomes: { type: 'array', items: { type: 'object' } } } },
  },
};

/** The JSON API of work on lists. */
export function worklistRoutes(deps: CaseDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/inbox/counts',
      summary: 'How much lies on the desks of the account, by how it presses; each counted up to 1,000',
      responses: { 200: { description: 'Counts', schema: { type: 'object' } } },
      async handler(ctx) {
        ctx.body = await inboxCounts(deps, requireSession(ctx));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/inbox/bulk',
      summary: 'One act with one opinion on many cases, each in a transaction of its own',
      body: BULK_BODY,
      responses: outcomes,
      async handler(ctx) {
        const { opinion = '', ...body } = ctx.request.body as {
          event: BulkAct;
          opinion?: string;
          cases: { id: string; version: number }[];
        };
        const input = { ...body, opinion };
        ctx.body = { outcomes: await actOnAll(deps, requireSession(ctx), input, requestIdOf(ctx)) };
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/inbox/bulk/claim',
      summary: 'Claim many cases',
      body: BULK_CLAIM_BODY,
      responses: outcomes,
      async handler(ctx) {
        const { cases } = ctx.request.body as { cases: string[] };
        ctx.body = { outcomes: await claimAll(deps, requireSession(ctx), cases, requestIdOf(ctx)) };
      },
    },
  ];
}
