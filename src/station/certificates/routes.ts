import { requireSession } from '../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../platform/http/index.ts';
import { asPdf, type ReadGuard } from '../papers/index.ts';
import { getCertificate, renderCertificate } from './commands.ts';
import type { Certificate, CertificateDeps } from './types.ts';

/** The JSON API of certificates. Checking one by its code is a page that also answers JSON: `/verify/:code`. */
export function certificatesRoutes(deps: CertificateDeps, guard: ReadGuard): ApiRoute[] {
  const session = { tag: 'certificates', auth: 'session', method: 'get' } as const;
  const allowed = async (ctx: RouteContext): Promise<Certificate> => {
    const who = requireSession(ctx);
    const certificate = await getCertificate(deps.db.read, ctx.params.id as string);
    await guard.mayRead(who, certificate.caseId);
    return certificate;
  };
  return [
    {
      ...session,
      path: '/api/certificates/:id.pdf',
      summary: 'An issued certificate as PDF; a reprint is the same bytes',
      responses: { 200: { description: 'PDF', type: 'application/pdf', schema: {} } },
      async handler(ctx) {
        const { id, title, number } = await allowed(ctx);
        ctx.type = 'application/pdf';
        ctx.set('Content-Disposition', asPdf(title, number));
        ctx.body = await renderCertificate(deps, id);
      },
    },
    {
      ...session,
      path: '/api/certificates/:id',
      summary: 'A certificate',
      responses: { 200: { description: 'The certificate', schema: { type: 'object' } } },
      async handler(ctx) {
        ctx.body = await allowed(ctx);
      },
    },
  ];
}
