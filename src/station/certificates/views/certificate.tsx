/** `/certificates/:id`: where a certificate stands, its story, and what may be done with it now. */
import type Router from '@koa/router';
import { AppError } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { multipart, type RouteContext, requireShape, sentForm } from '../../../platform/http/index.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { confirm, decline, type Proposal, propose } from '../commands/legal.ts';
import { printCertificate, turnBack } from '../commands/piece.ts';
import { type CertificateView, certificateView, revealCertificate } from '../queries/certificate.ts';
import { keepPicture } from '../routes/index.ts';
import { PROPOSAL_BODY, REASON_BODY } from '../schema.ts';
import type { CertificateWorld } from '../types.ts';
import { FactsCard, FieldsCard, PicturesCard, PieceCard, StoryCard } from './certificate-view.tsx';
import type { PageDeps } from './index.tsx';
import { ActsCard, DeclineCard, ProposalCard } from './law-view.tsx';
import type { Sent } from './sent.tsx';

type Work = (ctx: RouteContext, id: string, given: Record<string, string>) => Promise<unknown>;

export function mountCertificate(router: Router, deps: PageDeps, world: CertificateWorld): void {
  router.get(
    '/certificates/:id',
    staffPage(async (ctx) => {
      page(ctx, deps, await certificateView(deps, requireSession(ctx), idOf(ctx)), {});
    }),
  );
  router.post('/certificates/:id/reveal', async (ctx: RouteContext) => {
    page(ctx, deps, await revealCertificate(deps, requireSession(ctx), idOf(ctx)), { inFull: true });
  });
  router.post('/certificates/:id/pictures', multipart(), async (ctx: RouteContext) => {
    await keepPicture(ctx, deps);
    leaveFlash(ctx, 'done', '已留存，封存保管。');
    seeOther(ctx, `/certificates/${idOf(ctx)}`);
  });
  const acts = (path: string, form: Sent['form'] | null, done: string, work: Work) =>
    router.post(`/certificates/:id/${path}`, async (ctx: RouteContext) => {
      const id = idOf(ctx);
      const given = Object.fromEntries(
        sentForm(ctx).fields.flatMap(([k, v]) => (k !== '_csrf' && v.trim() !== '' ? [[k, v.trim()]] : [])),
      );
      try {
        await work(ctx, id, given);
      } catch (error) {
        if (!(error instanceof AppError) || !error.faults || form === null) throw error;
        const view = await certificateView(deps, requireSession(ctx), id);
        return page(ctx, deps, view, { sent: { form, given, faults: error.faults } });
      }
      leaveFlash(ctx, 'done', done);
      seeOther(ctx, `/certificates/${id}`);
    });
  acts('print', null, '已登记打印，这份证照现在由本处保管。', (ctx, id) =>
    printCertificate(deps, requireSession(ctx), id),
  );
  acts('turn-back', 'turn-back', '已登记退回。', (ctx, id, given) => {
    const { reason } = requireShape<{ reason: string }>(REASON_BODY, given);
    return turnBack(deps, requireSession(ctx), id, reason);
  });
  acts('proposal', 'proposal', '处理意见已提出，等负责人确认。', (ctx, id, given) =>
    propose(deps, requireSession(ctx), id, requireShape<Proposal>(PROPOSAL_BODY, given)),
  );
  acts('proposal/confirm', null, '已确认生效，决定书已生成，短信已通知持证人。', (ctx, id) =>
    confirm(deps, world, requireSession(ctx), id),
  );
  acts('proposal/decline', 'decline', '已退回处理意见。', (ctx, id, given) => {
    const { reason } = requireShape<{ reason: string }>(REASON_BODY, given);
    return decline(deps, requireSession(ctx), id, reason);
  });
}

const idOf = (ctx: RouteContext): string => ctx.params.id as string;

function page(
  ctx: RouteContext,
  deps: PageDeps,
  view: CertificateView,
  { sent, inFull = false }: { sent?: Sent; inFull?: boolean },
): void {
  const csrf = ctx.state.csrf ?? '';
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="certificates"
      title={`${view.title} ${view.number}`}
      heading={view.title}
      breadcrumbs={[{ href: '/certificates', text: '证照登记簿' }, { text: view.number }]}
    >
      <p class="lead">
        {view.holderName} · {view.villageName} · {view.number}
      </p>
      <FactsCard view={view} />
      <ProposalCard view={view} csrf={csrf} />
      <DeclineCard view={view} csrf={csrf} sent={sent} />
      <PieceCard view={view} csrf={csrf} sent={sent} />
      <PicturesCard view={view} csrf={csrf} />
      <FieldsCard view={view} csrf={csrf} inFull={inFull} />
      <StoryCard view={view} />
      <ActsCard view={view} csrf={csrf} sent={sent} />
    </StationPage>,
    sent ? 422 : 200,
  );
}
