import { requireSession } from '../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../platform/http/index.ts';
import { asPdf } from '../papers/index.ts';
import { getAnswer, listAnswers, renderAnswer } from './commands.ts';
import { NOTE_TITLE } from './print.ts';
import type { AnswerPrintDeps } from './types.ts';

const session = { tag: 'answers', auth: 'session' } as const;

/** The JSON API of answers that nothing needs to be filed, and their prints. */
export const answerRoutes = (deps: AnswerPrintDeps): ApiRoute[] => [
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
    path: '/api/answers/:id.pdf',
    summary: 'A note as PDF; a reprint is the same bytes',
    responses: { 200: { description: 'PDF', type: 'application/pdf', schema: {} } },
    async handler(ctx: RouteContext) {
      const { note, bytes } = await renderAnswer(deps, requireSession(ctx), ctx.params.id as string);
      ctx.type = 'application/pdf';
      ctx.set('Content-Disposition', asPdf(NOTE_TITLE, note.number));
      ctx.body = bytes;
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
