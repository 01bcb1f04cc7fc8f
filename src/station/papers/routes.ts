import { requireSession, type SignedIn } from '../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../platform/http/index.ts';
import { recordPrint, renderPaper } from './commands/print.ts';
import { getPaper, papersOfCase } from './queries.ts';
import { serviceRoutes } from './service/routes.ts';
import type { PaperCases, ServiceDeps } from './service/types.ts';

/** Refuses whoever may not see the case a print belongs to. */
export interface ReadGuard {
  mayRead(who: SignedIn, caseId: string): Promise<void>;
}

/** All that papers ask of the cases. */
export type PaperGate = ReadGuard & PaperCases;

/** Shown in the browser, saved under its Chinese name. */
export const asPdf = (title: string, number: string): string =>
  `inline; filename*=UTF-8''${encodeURIComponent(`${title}-${number}.pdf`)}`;

/** The JSON API of papers, and the papers themselves. */
export function papersRoutes(deps: ServiceDeps, gate: PaperGate): ApiRoute[] {
  const session = { tag: 'papers', auth: 'session', method: 'get' } as const;
  return [
    {
      ...session,
      path: '/api/cases/:id/papers',
      summary: 'Papers of a case, oldest first: how often printed, how served, until when they can be fought',
      responses: { 200: { description: 'Papers', schema: { type: 'object' } } },
      async handler(ctx) {
        const id = ctx.params.id as string;
        await gate.mayRead(requireSession(ctx), id);
        ctx.body = { papers: await papersOfCase(deps, id) };
      },
    },
    {
      ...session,
      path: '/api/papers/:id.pdf',
      summary: 'A paper as PDF; a reprint is the same bytes, and every print is written down',
      responses: { 200: { description: 'PDF', type: 'application/pdf', schema: {} } },
      async handler(ctx) {
        const who = requireSession(ctx);
        const paper = await getPaper(deps.db.read, ctx.params.id as string);
        await gate.mayRead(who, paper.caseId);
        const bytes = await renderPaper(deps, paper.id);
        await printed(ctx, deps, { kind: 'paper', id: paper.id });
        ctx.type = 'application/pdf';
        ctx.set('Content-Disposition', asPdf(paper.title, paper.number));
        ctx.body = bytes;
      },
    },
    ...serviceRoutes(deps, gate),
  ];
}

/** Asking only for the head of a print prints nothing. */
export async function printed(
  ctx: RouteContext,
  deps: Parameters<typeof recordPrint>[0],
  what: { kind: 'paper' | 'certificate'; id: string },
): Promise<void> {
  if (ctx.method === 'GET') await recordPrint(deps, requireSession(ctx), what);
}
