import { notFound } from '../../errors.ts';
import { type ApiRoute, limit, type RouteContext } from '../../platform/http/index.ts';
import { fileObjection, getNotice, type NewObjection, noticesOnDisplay } from './commands.ts';
import { BOARD_QUERY, OBJECTION_BODY } from './schema.ts';
import type { BoardDeps, Notice, ObjectionSink } from './types.ts';

/** What the public sees: no case id, so that a notice leads nowhere else. */
const publicNotice = ({ caseId: _, step: __, ...notice }: Notice) => notice;

/** Path of the organisation whose boards are asked for; everything when none is named. */
export function boardPath(deps: BoardDeps, ctx: RouteContext): { boardPath?: string } {
  const id = ctx.query.org;
  if (typeof id !== 'string' || id === '') return {};
  const org = deps.orgs.find(id);
  if (!org) throw notFound('org.not_found');
  return { boardPath: org.path };
}

export const OBJECTION_LIMIT = { max: 20, perSeconds: 600 };

/** The JSON API of the public board. */
export function noticesRoutes(deps: BoardDeps, sink: ObjectionSink): ApiRoute[] {
  const open = { tag: 'public', auth: 'public' } as const;
  return [
    {
      ...open,
      method: 'get',
      path: '/api/notices',
      summary: 'Notices on display, newest first',
      query: BOARD_QUERY,
      responses: { 200: { description: 'A page', schema: { type: 'object' } } },
      async handler(ctx) {
        const before = ctx.query.before as string | undefined;
        const { state } = ctx.query as { state?: Notice['state'] };
        const page = await noticesOnDisplay(deps, {
          ...boardPath(deps, ctx),
          ...(before && { before }),
          ...(state && { state }),
        });
        ctx.body = { notices: page.notices.map(publicNotice), next: page.next };
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/notices/:id',
      summary: 'One notice on display',
      responses: { 200: { description: 'The notice', schema: { type: 'object' } } },
      async handler(ctx) {
        ctx.body = publicNotice(await getNotice(deps, ctx.params.id as string));
      },
    },
    {
      ...open,
      method: 'post',
      path: '/api/notices/:id/objections',
      summary: 'Object to a notice, by name or anonymously',
      body: OBJECTION_BODY,
      before: [limit(OBJECTION_LIMIT)],
      responses: { 201: { description: 'The receipt', schema: { type: 'object' } } },
      async handler(ctx) {
        const body = ctx.request.body as Omit<NewObjection, 'noticeId'>;
        const { objection } = await fileObjection(deps, { ...body, noticeId: ctx.params.id as string });
        await sink.onObjection(objection.caseId, objection.id);
        ctx.status = 201;
        ctx.body = { receiptCode: objection.receiptCode, at: objection.at };
      },
    },
  ];
}
