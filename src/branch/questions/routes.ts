import { requireSession } from '../../people/accounts/index.ts';
import {
  type ApiRoute,
  limit,
  objectAnswer,
  type RouteContext,
  requestIdOf,
} from '../../platform/http/index.ts';
import { CODE_LIMIT, type MailDeps, WRITE_LIMIT } from '../mailbox/index.ts';
import { actOnQuestion, askQuestion, followUp, openQuestion, readQuestion } from './commands.ts';
import { lineOf, listQuestions, publishedQuestions, questionNumbers } from './queries.ts';
import {
  ACT_BODY,
  CODE_BODY,
  FOLLOW_UP_BODY,
  QUESTION_BODY,
  type QuestionAct,
  type QuestionBody,
} from './schema.ts';

const session = { tag: 'questions', auth: 'session' } as const;
const open = { tag: 'questions', auth: 'public' } as const;
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** The JSON API of the consultation. */
export const questionRoutes = (deps: MailDeps): ApiRoute[] => [...askersRoutes(deps), ...deskRoutes(deps)];

function askersRoutes(deps: MailDeps): ApiRoute[] {
  return [
    {
      ...open,
      method: 'post',
      path: '/api/ask/questions',
      summary: 'Ask about the work of the party; the code is told this once',
      body: QUESTION_BODY,
      before: [limit(WRITE_LIMIT)],
      responses: { 201: objectAnswer('The receipt code') },
      async handler(ctx) {
        ctx.body = await askQuestion(deps, ctx.request.body as QuestionBody);
        ctx.status = 201;
      },
    },
    {
      ...open,
      method: 'post',
      path: '/api/ask/read',
      summary: 'A question and its answer, by receipt code',
      body: CODE_BODY,
      before: [limit(CODE_LIMIT)],
      responses: { 200: objectAnswer('Question and answer') },
      async handler(ctx) {
        ctx.body = await readQuestion(deps, (ctx.request.body as { code: string }).code);
      },
    },
    {
      ...open,
      method: 'post',
      path: '/api/ask/follow-up',
      summary: 'Ask on after an answer',
      body: FOLLOW_UP_BODY,
      before: [limit(CODE_LIMIT)],
      responses: { 200: objectAnswer('Question and answer') },
      async handler(ctx) {
        const { code, text } = ctx.request.body as { code: string; text: string };
        ctx.body = await followUp(deps, code, text);
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/ask/published',
      summary: 'Published questions with their answers, and the numbers by office',
      responses: { 200: objectAnswer('Published and counts') },
      async handler(ctx) {
        ctx.body = { published: await publishedQuestions(deps), offices: await questionNumbers(deps) };
      },
    },
  ];
}

function deskRoutes(deps: MailDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/questions',
      summary: 'Questions of the own desks, what is due first on top',
      responses: { 200: objectAnswer('Questions') },
      async handler(ctx) {
        const who = requireSession(ctx);
        ctx.body = { questions: (await listQuestions(deps, who)).map((q) => lineOf(deps, who, q)) };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/questions/:id',
      summary: 'One question',
      responses: { 200: objectAnswer('The question') },
      async handler(ctx) {
        const who = requireSession(ctx);
        ctx.body = lineOf(deps, who, await openQuestion(deps, who, idOf(ctx)));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/questions/:id/acts',
      summary: 'One act of the desk or the approver',
      body: ACT_BODY,
      responses: { 200: objectAnswer('State and version after it') },
      async handler(ctx) {
        const key = requestIdOf(ctx);
        const act = ctx.request.body as QuestionAct;
        ctx.body = await actOnQuestion(deps, requireSession(ctx), idOf(ctx), act, key);
      },
    },
  ];
}
