/** The JSON API of surveys. */
import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, objectAnswer, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import type { BranchDeps } from '../records/index.ts';
import {
  actOnSurvey,
  answerSurvey,
  draftSurvey,
  editSurvey,
  type NewSurvey,
  type SurveyAct,
  screenText,
} from './commands.ts';
import { listFor, lookAtSurvey, namedAnswers, resultsCsv } from './queries.ts';
import { ANSWERS_BODY, SCREEN_BODY, SURVEY_BODY, SURVEY_EVENT_BODY } from './schema.ts';
import type { Answer } from './types.ts';

const session = { tag: 'surveys', auth: 'session' } as const;
const open = { tag: 'surveys', auth: 'public' } as const;
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

export const surveyRoutes = (deps: BranchDeps): ApiRoute[] => [
  ...reading(deps),
  ...keeping(deps),
  ...answering(deps),
];

function reading(deps: BranchDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/surveys',
      summary: 'Surveys to be answered, kept, and told',
      responses: { 200: objectAnswer('Surveys') },
      async handler(ctx) {
        ctx.body = await listFor(deps, requireSession(ctx));
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/surveys/:id',
      summary: 'A survey: questions while it is open to whom it asks, results to everybody once published',
      responses: { 200: objectAnswer('A survey') },
      async handler(ctx) {
        ctx.body = await lookAtSurvey(deps, ctx.state.actor ?? null, idOf(ctx));
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/surveys/:id/results.csv',
      summary: 'Counts of a survey whose results are published',
      responses: { 200: { description: 'UTF-8 with its mark', type: 'text/csv', schema: {} } },
      async handler(ctx) {
        ctx.body = await resultsCsv(deps, idOf(ctx));
        ctx.set('Content-Type', 'text/csv; charset=utf-8');
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/surveys/:id/named',
      summary: 'Answers with names of a survey that was declared so, for those who ask',
      responses: { 200: objectAnswer('Answers') },
      async handler(ctx) {
        ctx.body = { answers: await namedAnswers(deps, requireSession(ctx), idOf(ctx)) };
      },
    },
  ];
}

function keeping(deps: BranchDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/surveys',
      summary: 'Draft a survey',
      body: SURVEY_BODY,
      responses: { 201: objectAnswer('Its id') },
      async handler(ctx) {
        ctx.body = await draftSurvey(
          deps,
          requireSession(ctx),
          ctx.request.body as NewSurvey,
          requestIdOf(ctx),
        );
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'put',
      path: '/api/surveys/:id',
      summary: 'Change a draft',
      body: SURVEY_BODY,
      responses: { 204: { description: 'Changed' } },
      async handler(ctx) {
        await editSurvey(deps, requireSession(ctx), idOf(ctx), ctx.request.body as NewSurvey);
        ctx.status = 204;
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/surveys/:id/events',
      summary: 'An act on a survey',
      body: SURVEY_EVENT_BODY,
      responses: { 200: objectAnswer('State and version') },
      async handler(ctx) {
        const act = ctx.request.body as SurveyAct;
        ctx.body = await actOnSurvey(deps, requireSession(ctx), idOf(ctx), act, requestIdOf(ctx));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/surveys/:id/texts/:text',
      summary: 'Say whether an opinion in words is published',
      body: SCREEN_BODY,
      responses: { 204: { description: 'Screened' } },
      async handler(ctx) {
        const { publish } = ctx.request.body as { publish: boolean };
        await screenText(deps, requireSession(ctx), idOf(ctx), ctx.params.text as string, publish);
        ctx.status = 204;
      },
    },
  ];
}

function answering(deps: BranchDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/surveys/:id/answers',
      summary: 'Answer a survey, once',
      body: ANSWERS_BODY,
      responses: { 204: { description: 'Taken; of an anonymous survey nothing tells whose it is' } },
      async handler(ctx) {
        const { answers } = ctx.request.body as { answers: Answer[] };
        await answerSurvey(deps, requireSession(ctx), idOf(ctx), answers, 'web');
        ctx.status = 204;
      },
    },
  ];
}
