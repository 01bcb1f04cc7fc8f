import { requireSession } from '../../../people/accounts/index.ts';
import { treeAsOf } from '../../../people/orgs/index.ts';
import { type ApiRoute, objectAnswer, requestIdOf } from '../../../platform/http/index.ts';
import type { BranchDeps } from '../../records/index.ts';
import { AS_OF_QUERY, ORG_ACT_BODY, ORG_QUERY } from '../schema.ts';
import { askForAct, type Decision, decideAct, reportFor } from './commands.ts';

const session = { tag: 'organisations', auth: 'session' } as const;
const DECISIONS: Record<Decision, string> = {
  approve: 'Approve an act: it is carried out at once',
  refuse: 'Refuse an act',
  undo: 'Take an act back within thirty days',
};

/** The JSON API of the tree of the party: as it was, what is open, and what becomes of organisations. */
export const orgActRoutes = (deps: BranchDeps): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/branch/tree',
    summary: 'An organisation with everything beneath it, as they stood on a day',
    query: AS_OF_QUERY,
    responses: { 200: objectAnswer('Organisations, by path') },
    async handler(ctx) {
      const { org, on } = ctx.query as { org: string; on: string };
      ctx.body = { orgs: await treeAsOf(deps, org, on) };
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/branch/orgs/report',
    summary: 'What is open at an organisation: members, records by module, transfers, grants',
    query: ORG_QUERY,
    responses: { 200: objectAnswer('The report') },
    async handler(ctx) {
      const [report] = await reportFor(deps, requireSession(ctx), [String(ctx.query.org)]);
      ctx.body = report;
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/branch/orgs/acts',
    summary: 'Ask for a merger, a split, a dissolution or a change of kind',
    body: ORG_ACT_BODY,
    responses: { 201: objectAnswer('The id of the act, and what is open') },
    async handler(ctx) {
      const given = ctx.request.body as Parameters<typeof askForAct>[2];
      ctx.body = await askForAct(deps, requireSession(ctx), given, requestIdOf(ctx));
      ctx.status = 201;
    },
  },
  ...(Object.keys(DECISIONS) as Decision[]).map(
    (decision): ApiRoute => ({
      ...session,
      method: 'post',
      path: `/api/branch/orgs/acts/:id/${decision}`,
      summary: DECISIONS[decision],
      responses: { 204: { description: 'Done' } },
      async handler(ctx) {
        await decideAct(deps, requireSession(ctx), ctx.params.id as string, decision, requestIdOf(ctx));
        ctx.status = 204;
      },
    }),
  ),
];
