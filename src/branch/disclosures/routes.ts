/** The JSON API of disclosures. */
import { invalid } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import { requireSession } from '../../people/accounts/index.ts';
import {
  type ApiRoute,
  limit,
  multipart,
  objectAnswer,
  type RouteContext,
  requestIdOf,
  sentForm,
} from '../../platform/http/index.ts';
import { type BranchDeps, sightOf } from '../records/index.ts';
import * as acts from './acts.ts';
import { catalogue } from './catalogue.ts';
import { checkContent } from './commands/propose.ts';
import { csvOf } from './present.ts';
import * as queries from './queries.ts';
import {
  AGAIN_BODY,
  ANSWER_BODY,
  BOARD_QUERY,
  CHECK_BODY,
  DECISION_BODY,
  DUES_QUERY,
  HAPPENED_BODY,
  OBJECTION_BODY,
  PROPOSAL_BODY,
} from './schema.ts';
import { readGrid } from './workbook.ts';

export const OBJECTION_LIMIT = { max: 20, perSeconds: 600 };
const session = { tag: 'disclosures', auth: 'session' } as const;
const open = { tag: 'public', auth: 'public' } as const;
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** The JSON API. */
export const disclosureRoutes = (deps: BranchDeps): ApiRoute[] => [
  ...ofDues(deps),
  ...inHand(deps),
  ...ofBoards(deps),
];

function ofDues(deps: BranchDeps): ApiRoute[] {
  return [
    {
      ...open,
      method: 'get',
      path: '/api/disclosures/catalogue',
      summary: 'The catalogue: what is disclosed, how, when, to whom, by what source',
      responses: { 200: objectAnswer('The catalogue') },
      async handler(ctx) {
        ctx.body = catalogue();
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/disclosures/dues',
      summary: 'What is due at the organisations one answers for, by day',
      query: DUES_QUERY,
      responses: { 200: objectAnswer('A page') },
      async handler(ctx) {
        ctx.body = await queries.duesOf(deps, requireSession(ctx), ctx.query);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/disclosures/dues',
      summary: 'Something happened that has to be disclosed',
      body: HAPPENED_BODY,
      responses: { 201: objectAnswer('What is due now') },
      async handler(ctx) {
        ctx.body = await acts.noteOccasion(
          deps,
          requireSession(ctx),
          ctx.request.body as never,
          requestIdOf(ctx),
        );
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/disclosures/figures',
      summary: 'How many are due, on time, late, overdue, withheld; objections answered and waiting',
      query: DUES_QUERY,
      responses: { 200: objectAnswer('Counters, each the length of a list') },
      async handler(ctx) {
        ctx.body = await queries.figuresOf(deps, requireSession(ctx), ctx.query);
      },
    },
  ];
}

function inHand(deps: BranchDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/disclosures/check',
      summary: 'What of a text is about persons, and the text as it would be masked',
      body: CHECK_BODY,
      responses: { 200: objectAnswer('Findings and a suggestion') },
      async handler(ctx) {
        const { item, ...content } = ctx.request.body as { item: string } & Parameters<
          typeof checkContent
        >[2];
        ctx.body = checkContent(deps, item, content);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/disclosures/grids',
      summary: 'The table of a workbook, refused with what is hidden in it; the file is not kept',
      body: 'multipart',
      form: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
      before: [multipart()],
      responses: { 200: objectAnswer('Columns and rows') },
      async handler(ctx) {
        const file = sentForm(ctx).files.find((f) => f.field === 'file');
        if (!file) throw invalid([{ pointer: '/file', message: '请选择文件' }], 'file.missing');
        ctx.body = await readGrid(file.bytes, localDate(deps.clock.now()));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/disclosures',
      summary: 'Propose what is due',
      body: PROPOSAL_BODY,
      responses: { 201: objectAnswer('Id and version') },
      async handler(ctx) {
        ctx.body = await acts.propose(deps, requireSession(ctx), ctx.request.body as never, requestIdOf(ctx));
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/disclosures/:id/work',
      summary: 'A disclosure for those who work on it',
      responses: { 200: objectAnswer('The disclosure') },
      async handler(ctx) {
        ctx.body = await queries.workOf(deps, requireSession(ctx), idOf(ctx));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/disclosures/:id/proposal',
      summary: 'Propose a returned text again',
      body: AGAIN_BODY,
      responses: { 200: objectAnswer('Id and version') },
      async handler(ctx) {
        const body = ctx.request.body as object;
        ctx.body = await acts.proposeAgain(
          deps,
          requireSession(ctx),
          { ...body, id: idOf(ctx) } as never,
          requestIdOf(ctx),
        );
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/disclosures/:id/acts',
      summary: 'Review, return, reject, defer, approve, publish, archive, withdraw',
      body: DECISION_BODY,
      responses: { 200: objectAnswer('Id and version') },
      async handler(ctx) {
        const body = ctx.request.body as object;
        ctx.body = await acts.decide(
          deps,
          requireSession(ctx),
          { ...body, id: idOf(ctx) } as never,
          requestIdOf(ctx),
        );
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/disclosures/:id/objections/:objection/answer',
      summary: 'Answer what a reader said',
      body: ANSWER_BODY,
      responses: { 200: objectAnswer('Id and version') },
      async handler(ctx) {
        const given = { ...(ctx.request.body as object), id: idOf(ctx), objectionId: ctx.params.objection };
        ctx.body = await acts.answerObjection(deps, requireSession(ctx), given as never, requestIdOf(ctx));
      },
    },
  ];
}

function ofBoards(deps: BranchDeps): ApiRoute[] {
  return [
    {
      ...open,
      method: 'get',
      path: '/api/disclosures',
      summary:
        'What hangs on the boards, as far as one may see, newest first; of one organisation also what it withheld',
      query: BOARD_QUERY,
      responses: { 200: objectAnswer('A page') },
      async handler(ctx) {
        ctx.body = await queries.boardOf(deps, ctx.state.actor ?? null, ctx.query);
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/disclosures/:id',
      summary: 'One disclosure on the board with objections and answers',
      responses: { 200: objectAnswer('The disclosure') },
      async handler(ctx) {
        ctx.body = await queries.onBoard(deps, ctx.state.actor ?? null, idOf(ctx));
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/disclosures/:id/grid.csv',
      summary: 'Its table, made anew',
      responses: { 200: { description: 'CSV', type: 'text/csv' } },
      async handler(ctx) {
        const { grid } = await queries.onBoard(deps, ctx.state.actor ?? null, idOf(ctx));
        ctx.type = 'text/csv';
        ctx.attachment(`${idOf(ctx)}.csv`);
        ctx.body = grid === null ? '' : csvOf(grid);
      },
    },
    {
      ...open,
      method: 'post',
      path: '/api/disclosures/:id/objections',
      summary: 'Say something to a disclosure; nobody asks who one is',
      body: OBJECTION_BODY,
      before: [limit(OBJECTION_LIMIT)],
      responses: { 201: objectAnswer('Receipt and the day of the answer') },
      async handler(ctx) {
        const body = ctx.request.body as { text: string; contact?: string };
        ctx.body = await acts.object(deps, sightOf(ctx.state.actor ?? null, deps.orgs), {
          ...body,
          id: idOf(ctx),
        });
        ctx.status = 201;
      },
    },
  ];
}
