import { requireSession } from '../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../platform/http/index.ts';
import { type AnswerDeps, getAnswer, listAnswers } from './commands.ts';

const session = { tag: 'answers', auth: 'session' } as const;

/** The JSON API of answers that nothing needs to be filed. */
export const answerRoutes = (deps: AnswerDeps): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/answers',
    summary: 'Notes that nothing needed to be filed, latest first',
    responses: { 200: { description: 'Notes', schema: { type: 'object' } } },
    async handler(ctx: RouteContext) {
      ctx.body = { answers: await listAnswers(deps, requireSession(ctx)) };
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/answers/:id',
    summary: 'One note',
    responses: { 200: { description: 'The note', schema: { type: 'object' } } },
    async handler(ctx: RouteContext) {
      ctx.body = await getAnswer(deps, requireSession(ctx), ctx.params.id as string);
    },
  },
];
