import { requireSession } from '../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../platform/http/index.ts';
import { asPdf, printed, type ReadGuard } from '../papers/index.ts';
import { getCertificate, renderCertificate } from './commands/issue.ts';
import { confirm, decline, type Proposal, propose } from './commands/legal.ts';
import { printCertificate, turnBack } from './commands/piece.ts';
import { cancelTransfer, receivePieces, sendPieces } from './commands/transfer.ts';
import { certificateView, revealCertificate } from './queries/certificate.ts';
import { exportRegister, listRegister } from './queries/register.ts';
import { listLying, type TransferFilter, transfersOf, transferView } from './queries/transfers.ts';
import { filterOf, registerCsv } from './register-file.ts';
import {
  LOOK_UP_BODY,
  PROPOSAL_BODY,
  REASON_BODY,
  RECEIVE_BODY,
  REGISTER_QUERY,
  SEND_BODY,
  TRANSFERS_QUERY,
} from './schema.ts';
import type { CertificateDeps, CertificateWorld } from './types.ts';

const session = { tag: 'certificates', auth: 'session' } as const;
const ANSWER = { type: 'object' };
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** The JSON API of certificates. Checking one by its code is a page that also answers JSON: `/verify/:code`. */
export const certificatesRoutes = (
  deps: CertificateDeps,
  guard: ReadGuard,
  world: CertificateWorld,
): ApiRoute[] => [
  ...transferring(deps),
  ...registering(deps),
  ...printing(deps, guard),
  ...acting(deps, world),
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
        ctx.body = registerCsv(lines);
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

function transferring(deps: CertificateDeps): ApiRoute[] {
  const detail = { 200: { description: 'The transfer with its list', schema: ANSWER } };
  const showing = async (ctx: RouteContext, id = idOf(ctx)) => {
    ctx.body = await transferView(deps, requireSession(ctx), id);
  };
  return [
    {
      ...session,
      method: 'get',
      path: '/api/transfers',
      summary: 'Transfers from and to the desks of this account, the latest first',
      query: TRANSFERS_QUERY,
      responses: { 200: { description: 'A page of transfers', schema: ANSWER } },
      async handler(ctx) {
        ctx.body = await transfersOf(deps, requireSession(ctx), ctx.query as TransferFilter);
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/transfers/pieces',
      summary: 'Pieces lying at the desks of this account, with where they could be sent',
      responses: { 200: { description: 'Pieces by desk', schema: ANSWER } },
      async handler(ctx) {
        ctx.body = { desks: await listLying(deps, requireSession(ctx)) };
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/transfers',
      summary: 'Send pieces to the next desk',
      body: SEND_BODY,
      responses: { 201: { description: 'The transfer with its list', schema: ANSWER } },
      async handler(ctx) {
        const sent = ctx.request.body as { to: string; certificates: string[] };
        await showing(ctx, await sendPieces(deps, requireSession(ctx), sent));
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/transfers/:id',
      summary: 'A transfer with its list',
      responses: detail,
      handler: (ctx) => showing(ctx),
    },
    {
      ...session,
      method: 'post',
      path: '/api/transfers/:id/receive',
      summary: 'Confirm what arrived, piece by piece; what is not named is missing and stays with the sender',
      body: RECEIVE_BODY,
      responses: detail,
      async handler(ctx) {
        const got = ctx.request.body as { received: string[]; note?: string };
        await receivePieces(deps, requireSession(ctx), idOf(ctx), got);
        await showing(ctx);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/transfers/:id/cancel',
      summary: 'Take a transfer back before it is confirmed',
      responses: detail,
      async handler(ctx) {
        await cancelTransfer(deps, requireSession(ctx), idOf(ctx));
        await showing(ctx);
      },
    },
  ];
}
