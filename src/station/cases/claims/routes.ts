import { requireSession } from '../../../people/accounts/index.ts';
import { type ApiRoute, type RouteContext, requestIdOf } from '../../../platform/http/index.ts';
import type { CaseDeps } from '../deps.ts';
import { getCase } from '../queries.ts';
import { claimCase, handCaseOver, releaseCase } from './commands.ts';
import { claimScene } from './queries.ts';

const HAND_OVER_BODY = {
  type: 'object',
  properties: {
    to: {
      type: 'string',
      minLength: 1,
      maxLength: 40,
      description: 'Account of a colleague of the same desk',
    },
    note: { type: 'string', maxLength: 500 },
  },
  required: ['to'],
  additionalProperties: false,
} as const;

const session = { tag: 'cases', auth: 'session' } as const;
const responses = {
  200: { description: 'Who works on it, and what this person may do about it', schema: { type: 'object' } },
};

/** The JSON API of claims. */
export function claimRoutes(deps: CaseDeps): ApiRoute[] {
  const answer = async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const { row } = await getCase(deps, { kind: 'account', who }, ctx.params.id as string);
    ctx.body = await claimScene(deps, who, row);
  };
  const route = (method: ApiRoute['method'], path: string, summary: string) => ({
    ...session,
    method,
    path: `/api/cases/:id/${path}`,
    summary,
    responses,
  });
  return [
    { ...route('get', 'claim', 'Who works on a case'), handler: answer },
    {
      ...route('post', 'claim', 'Work on a case; an absent colleague’s is taken over'),
      async handler(ctx) {
        await claimCase(deps, requireSession(ctx), ctx.params.id as string, requestIdOf(ctx));
        await answer(ctx);
      },
    },
    {
      ...route('delete', 'claim', 'Give a case back to the desk'),
      async handler(ctx) {
        await releaseCase(deps, requireSession(ctx), ctx.params.id as string, requestIdOf(ctx));
        await answer(ctx);
      },
    },
    {
      ...route('post', 'claim/hand-over', 'Hand a case to a colleague of the same desk'),
      body: HAND_OVER_BODY,
      async handler(ctx) {
        const body = ctx.request.body as { to: string; note?: string };
        await handCaseOver(deps, requireSession(ctx), ctx.params.id as string, body, requestIdOf(ctx));
        await answer(ctx);
      },
    },
  ];
}
