/** The JSON API of thought reports. */
import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, objectAnswer, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import type { BranchDeps } from '../records/index.ts';
import {
  actOnReport,
  addressees,
  countReports,
  type NewReport,
  type ReportAct,
  sendReport,
} from './commands.ts';
import { listReports, lookAtReport } from './queries.ts';
import { ORG_QUERY, REPORT_BODY, REPORT_EVENT_BODY } from './schema.ts';

const session = { tag: 'thought-reports', auth: 'session' } as const;
const orgOf = (ctx: RouteContext): string => (ctx.query as { org: string }).org;

export const reportRoutes = (deps: BranchDeps): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/thought-reports',
    summary: 'Reports one wrote or may read',
    responses: { 200: objectAnswer('Reports') },
    async handler(ctx) {
      ctx.body = { reports: await listReports(deps, requireSession(ctx)) };
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/thought-reports/addressees',
    summary: 'Whom a member of an organisation may write to',
    query: ORG_QUERY,
    responses: { 200: objectAnswer('Names') },
    async handler(ctx) {
      const people = await addressees(deps, requireSession(ctx), orgOf(ctx));
      ctx.body = { addressees: people.map(({ accountId, name }) => ({ accountId, name })) };
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/thought-reports/counts',
    summary: 'How many there are beneath an organisation, by state: for its secretary and those above',
    query: ORG_QUERY,
    responses: { 200: objectAnswer('Counts') },
    async handler(ctx) {
      ctx.body = { counts: await countReports(deps, requireSession(ctx), orgOf(ctx)) };
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/thought-reports/:id',
    summary: 'A report, for its author and its addressee',
    responses: { 200: objectAnswer('A report') },
    async handler(ctx) {
      ctx.body = await lookAtReport(deps, requireSession(ctx), ctx.params.id as string);
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/thought-reports',
    summary: 'Write to the secretary or an officer of the own branch',
    body: REPORT_BODY,
    responses: { 201: objectAnswer('Its id') },
    async handler(ctx) {
      ctx.body = await sendReport(deps, requireSession(ctx), ctx.request.body as NewReport, requestIdOf(ctx));
      ctx.status = 201;
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/thought-reports/:id/events',
    summary: 'An act on a report',
    body: REPORT_EVENT_BODY,
    responses: { 200: objectAnswer('State and version') },
    async handler(ctx) {
      const act = ctx.request.body as ReportAct;
      ctx.body = await actOnReport(deps, requireSession(ctx), ctx.params.id as string, act, requestIdOf(ctx));
    },
  },
];
