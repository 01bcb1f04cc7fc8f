import { invalid } from '../../../errors.ts';
import { csvBytes } from '../../../kernel/csv.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type ApiRoute, multipart, type RouteContext, requireShape } from '../../../platform/http/index.ts';
import { asPdf, printed, type ReadGuard } from '../../papers/index.ts';
import { readSent } from '../../sent.ts';
import { type AttachedKind, attachmentOf, attachToCollection } from '../commands/attach.ts';
import { getCertificate, renderCertificate } from '../commands/issue.ts';
import { confirm, decline, type Proposal, propose } from '../commands/legal.ts';
import { printCertificate, turnBack } from '../commands/piece.ts';
import { certificateView, revealCertificate } from '../queries/certificate.ts';
import { exportRegister, listRegister } from '../queries/register.ts';
import { filterOf, registerCsv } from '../register-file.ts';
import {
  ATTACH_FORM,
  ATTACH_KIND,
  LOOK_UP_BODY,
  PROPOSAL_BODY,
  REASON_BODY,
  REGISTER_QUERY,
} from '../schema.ts';
import type { CertificateDeps, CertificateWorld } from '../types.ts';
import { transferRoutes } from './transfers.ts';

const session = { tag: 'certificates', auth: 'session' } as const;
const ANSWER = { type: 'object' };
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** The JSON API of certificates. Checking one by its code is a page that also answers JSON: `/verify/:code`. */
export const certificatesRoutes = (
  deps: CertificateDeps,
  guard: ReadGuard,
  world: CertificateWorld,
): ApiRoute[] => [
  ...transferRoutes(deps),
  ...registering(deps),
  ...printing(deps, guard),
  ...acting(deps, world),
  ...attaching(deps),
];

function registering(deps: CertificateDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/certificates',
      summary: 'The register, the latest first, as far as somebody may see it',
      query: REGISTER_QUERY,
      responses: { 200: { description: 'A page of certificates', schema: ANSWER } },
      async handler(ctx) {
        ctx.body = await listRegister(deps, requireSession(ctx), filterOf(ctx.query));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/certificates/look-up',
      summary: 'Certificates of the person with exactly this identity number; audited',
      body: LOOK_UP_BODY,
      responses: { 200: { description: 'Certificates', schema: ANSWER } },
      async handler(ctx) {
        const { idNumber } = ctx.request.body as { idNumber: string };
        ctx.body = await listRegister(deps, requireSession(ctx), { idNumber });
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/certificates/register.csv',
      summary: 'The register as a spreadsheet; each download is written down',
      query: REGISTER_QUERY,
      responses: { 200: { description: 'UTF-8 with its mark', type: 'text/csv', schema: {} } },
      async handler(ctx) {
        const lines = await exportRegister(deps, requireSession(ctx), filterOf(ctx.query));
        ctx.set('Content-Type', 'text/csv; charset=utf-8');
        ctx.set(
          'Content-Disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent('证照登记簿.csv')}`,
        );
        ctx.body = csvBytes(registerCsv(lines), 'utf-8');
      },
    },
  ];
}

function printing(deps: CertificateDeps, guard: ReadGuard): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/certificates/:id.pdf',
      summary: 'An issued certificate as PDF; a reprint is the same bytes, and every print is written down',
      responses: { 200: { description: 'PDF', type: 'application/pdf', schema: {} } },
      async handler(ctx) {
        const who = requireSession(ctx);
        const { id, caseId, title, number } = await getCertificate(deps.db.read, idOf(ctx));
        await guard.mayRead(who, caseId);
        const bytes = await renderCertificate(deps, id);
        await printed(ctx, deps, { kind: 'certificate', id });
        ctx.type = 'application/pdf';
        ctx.set('Content-Disposition', asPdf(title, number));
        ctx.body = bytes;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/certificates/:id',
      summary: 'A certificate: standing, masked fields, story, what may be done now',
      responses: { 200: { description: 'The certificate', schema: ANSWER } },
      async handler(ctx) {
        ctx.body = await certificateView(deps, requireSession(ctx), idOf(ctx));
      },
    },
  ];
}

/** Acts on one certificate; the answer is the certificate as it stands afterwards. */
function acting(deps: CertificateDeps, world: CertificateWorld): ApiRoute[] {
  const acts = (
    path: string,
    summary: string,
    act: (ctx: RouteContext, id: string) => Promise<void>,
    body?: object,
  ): ApiRoute => ({
    ...session,
    method: 'post',
    path: `/api/certificates/:id/${path}`,
    summary,
    ...(body && { body: body as ApiRoute['body'] & object }),
    responses: { 200: { description: 'The certificate afterwards', schema: ANSWER } },
    async handler(ctx) {
      await act(ctx, idOf(ctx));
      ctx.body = await certificateView(deps, requireSession(ctx), idOf(ctx));
    },
  });
  const reasonIn = (ctx: RouteContext) => (ctx.request.body as { reason: string }).reason;
  return [
    {
      ...session,
      method: 'post',
      path: '/api/certificates/:id/reveal',
      summary: 'A certificate with every number in full; audited',
      responses: { 200: { description: 'The certificate', schema: ANSWER } },
      async handler(ctx) {
        ctx.body = await revealCertificate(deps, requireSession(ctx), idOf(ctx));
      },
    },
    acts('print', 'A copy was printed at this desk', (ctx, id) =>
      printCertificate(deps, requireSession(ctx), id),
    ),
    acts(
      'turn-back',
      'The piece comes back: nobody called for it, or its holder handed it in',
      (ctx, id) => turnBack(deps, requireSession(ctx), id, reasonIn(ctx)),
      REASON_BODY,
    ),
    acts(
      'proposal',
      'An officer proposes to suspend, resume, revoke, withdraw or annul',
      (ctx, id) => propose(deps, requireSession(ctx), id, ctx.request.body as Proposal),
      PROPOSAL_BODY,
    ),
    acts('proposal/confirm', 'The leader confirms what is proposed: it takes effect', (ctx, id) =>
      confirm(deps, world, requireSession(ctx), id),
    ),
    acts(
      'proposal/decline',
      'The leader does not agree',
      (ctx, id) => decline(deps, requireSession(ctx), id, reasonIn(ctx)),
      REASON_BODY,
    ),
  ];
}

/** Pictures of a hand-over. */
function attaching(deps: CertificateDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/certificates/:id/pictures',
      summary: 'Keep a picture with the hand-over: of whoever collected, or the letter of a proxy; sealed',
      body: 'multipart',
      form: ATTACH_FORM,
      before: [multipart()],
      responses: { 201: { description: 'The certificate afterwards', schema: ANSWER } },
      async handler(ctx) {
        await keepPicture(ctx, deps);
        ctx.body = await certificateView(deps, requireSession(ctx), idOf(ctx));
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/certificates/:id/pictures/:seq',
      summary: 'A picture of the hand-over; audited',
      responses: { 200: { description: 'JPEG, PNG or PDF', type: 'application/octet-stream', schema: {} } },
      async handler(ctx) {
        const { bytes, mime } = await attachmentOf(
          deps,
          requireSession(ctx),
          idOf(ctx),
          Number(ctx.params.seq),
        );
        ctx.type = mime;
        ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
        ctx.body = bytes;
      },
    },
  ];
}

/** Keep the picture of a form, sent by a page or by a program. */
export async function keepPicture(ctx: RouteContext, deps: CertificateDeps): Promise<void> {
  const { who, files, one } = await readSent(ctx);
  const { kind } = requireShape<{ kind: AttachedKind }>(ATTACH_KIND, { kind: one('kind') });
  const [file] = files;
  if (!file) throw invalid([{ pointer: '/file', message: '没有收到文件' }], 'file.missing');
  await attachToCollection(deps, who, idOf(ctx), { kind, bytes: file.bytes });
}
