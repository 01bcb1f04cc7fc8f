import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, objectAnswer, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import { listMentions, mentionsFor, remark, remarksOf, type Said, strike } from './commands.ts';
import { addPhrase, type NewPhrase, phrasesOf, removePhrase } from './phrases/commands.ts';
import { MENTIONS_QUERY, PHRASE_BODY, REMARK_BODY } from './schema.ts';
import type { CaseGate, RemarkDeps } from './types.ts';

const session = { tag: 'remarks', auth: 'session' } as const;

/** The JSON API of remarks, mentions and phrases. */
export const remarkRoutes = (deps: RemarkDeps, gate: CaseGate): ApiRoute[] => [
  ...onCases(deps, gate),
  ...ofPhrases(deps),
];

function onCases(deps: RemarkDeps, gate: CaseGate): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id/remarks',
      summary: 'What colleagues said about a case, oldest first',
      responses: { 200: objectAnswer('Remarks') },
      async handler(ctx: RouteContext) {
        const id = ctx.params.id as string;
        await gate.mayRead(requireSession(ctx), id);
        ctx.body = { remarks: await remarksOf(deps, id) };
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/cases/:id/remarks',
      summary: 'Say something about a case to the colleagues who may see it',
      body: REMARK_BODY,
      responses: { 201: objectAnswer('The id of the remark') },
      async handler(ctx: RouteContext) {
        const said = ctx.request.body as Said;
        ctx.body = await remark(
          deps,
          gate,
          requireSession(ctx),
          ctx.params.id as string,
          said,
          requestIdOf(ctx),
        );
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/cases/:id/remarks/:remark/strike',
      summary: 'Take back what one said: it stays, marked as struck',
      responses: { 204: { description: 'Struck' } },
      async handler(ctx: RouteContext) {
        const { id = '', remark: said = '' } = ctx.params as Record<string, string>;
        await strike(deps, gate, requireSession(ctx), id, said);
        ctx.status = 204;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/mentions',
      summary: 'Remarks that mention the account, newest first, and how many are unread',
      query: MENTIONS_QUERY,
      responses: { 200: objectAnswer('Mentions') },
      async handler(ctx: RouteContext) {
        const who = requireSession(ctx);
        const { after } = ctx.query as { after?: string };
        const { lines, next } = await listMentions(deps, gate, who, after);
        ctx.body = {
          mentions: lines.filter((l) => l.caseTitle !== null),
          next,
          unread: await mentionsFor(deps, who),
        };
      },
    },
  ];
}

function ofPhrases(deps: RemarkDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/phrases',
      summary: 'Phrases of the account and its offices',
      responses: { 200: objectAnswer('Phrases') },
      async handler(ctx: RouteContext) {
        ctx.body = { phrases: await phrasesOf(deps, requireSession(ctx)) };
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/phrases',
      summary: 'Keep a phrase for oneself or for an office one works at',
      body: PHRASE_BODY,
      responses: { 201: objectAnswer('The id of the phrase') },
      async handler(ctx: RouteContext) {
        ctx.body = await addPhrase(
          deps,
          requireSession(ctx),
          ctx.request.body as NewPhrase,
          requestIdOf(ctx),
        );
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'delete',
      path: '/api/phrases/:id',
      summary: 'Take a phrase away',
      responses: { 204: { description: 'Taken away' } },
      async handler(ctx: RouteContext) {
        await removePhrase(deps, requireSession(ctx), ctx.params.id as string);
        ctx.status = 204;
      },
    },
  ];
}
