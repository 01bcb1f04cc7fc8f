import { requireSession, type SignedIn } from '../../people/accounts/index.ts';
import type { ApiRoute } from '../../platform/http/index.ts';
import { getPaper, listPapers, renderPaper } from './commands.ts';
import type { PaperDeps } from './types.ts';

/** Refuses whoever may not see the case a print belongs to. */
export interface ReadGuard {
  mayRead(who: SignedIn, caseId: string): Promise<void>;
}

/** Shown in the browser, saved under its Chinese name. */
export const asPdf = (title: string, number: string): string =>
  `inline; filename*=UTF-8''${encodeURIComponent(`${title}-${number}.pdf`)}`;

/** The JSON API of papers, and the papers themselves. */
export function papersRoutes(deps: PaperDeps, guard: ReadGuard): ApiRoute[] {
  const session = { tag: 'papers', auth: 'session', method: 'get' } as const;
  return [
    {
      ...session,
      path: '/api/cases/:id/papers',
      summary: 'Papers of a case, oldest first',
      responses: { 200: { description: 'Papers', schema: { type: 'object' } } },
      async handler(ctx) {
        const id = ctx.params.id as string;
        await guard.mayRead(requireSession(ctx), id);
        const papers = await listPapers(deps.db.read, id);
        ctx.body = { papers: papers.map((p) => ({ ...p, href: `/api/papers/${p.id}.pdf` })) };
      },
    },
    {
      ...session,
      path: '/api/papers/:id.pdf',
      summary: 'A paper as PDF; a reprint is the same bytes',
      responses: { 200: { description: 'PDF', type: 'application/pdf', schema: {} } },
      async handler(ctx) {
        const who = requireSession(ctx);
        const paper = await getPaper(deps.db.read, ctx.params.id as string);
        await guard.mayRead(who, paper.caseId);
        ctx.type = 'application/pdf';
        ctx.set('Content-Disposition', asPdf(paper.title, paper.number));
        ctx.body = await renderPaper(deps, paper.id);
      },
    },
  ];
}
