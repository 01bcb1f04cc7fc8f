/** `/transfers`: pieces on their way, what lies at this desk, sending and confirming. */
import type Router from '@koa/router';
import { AppError, type Fault } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape, sentForm } from '../../../platform/http/index.ts';
import { EmptyState, ErrorSummary, LinkButton, Pager, Tabs } from '../../../platform/web/index.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { cancelTransfer, receivePieces, sendPieces } from '../commands/transfer.ts';
import { listLying, transfersOf, transferView } from '../queries/transfers.ts';
import { RECEIVE_BODY, SEND_BODY, TRANSFERS_QUERY } from '../schema.ts';
import type { PageDeps } from './index.tsx';
import { ListSheet, PiecesForm, TransferCard, TransferTable } from './transfer-view.tsx';

const CRUMBS = [
  { href: '/certificates', text: '证照登记簿' },
  { href: '/transfers', text: '证照交接' },
];

export function mountTransfers(router: Router, deps: PageDeps): void {
  router.get(
    '/transfers',
    staffPage((ctx) => listPage(ctx, deps)),
  );
  router.get(
    '/transfers/new',
    staffPage((ctx) => newPage(ctx, deps, [])),
  );
  router.get(
    '/transfers/:id',
    staffPage((ctx) => detailPage(ctx, deps, [])),
  );
  router.get(
    '/transfers/:id/print',
    staffPage((ctx) => printPage(ctx, deps)),
  );
  router.post('/transfers', async (ctx: RouteContext) => {
    const { fields } = sentForm(ctx);
    const sent = { to: new Map(fields).get('to') ?? '', certificates: ticked(fields) };
    await orAgain(
      () => sendPieces(deps, requireSession(ctx), requireShape(SEND_BODY, sent)),
      (id) => {
        leaveFlash(ctx, 'done', '已移交，等对方确认收到。请打印交接清单，随证照一起送。');
        seeOther(ctx, `/transfers/${id}`);
      },
      (faults) => newPage(ctx, deps, faults),
    );
  });
  router.post('/transfers/:id/receive', async (ctx: RouteContext) => {
    const { fields } = sentForm(ctx);
    const note = (new Map(fields).get('note') ?? '').trim();
    const sent = { received: ticked(fields), ...(note !== '' && { note }) };
    await orAgain(
      () => receivePieces(deps, requireSession(ctx), idOf(ctx), requireShape(RECEIVE_BODY, sent)),
      () => {
        leaveFlash(ctx, 'done', '已确认收到。');
        seeOther(ctx, `/transfers/${idOf(ctx)}`);
      },
      (faults) => detailPage(ctx, deps, faults),
    );
  });
  router.post('/transfers/:id/cancel', async (ctx: RouteContext) => {
    await cancelTransfer(deps, requireSession(ctx), idOf(ctx));
    leaveFlash(ctx, 'done', '已撤回移交，证照仍在本处。');
    seeOther(ctx, `/transfers/${idOf(ctx)}`);
  });
}

const idOf = (ctx: RouteContext): string => ctx.params.id as string;
const ticked = (fields: [string, string][]): string[] =>
  fields.filter(([name]) => name === 'certificates').map(([, value]) => value);

/** Do what was sent; when something is wrong with it, show the page again with what is wrong. */
async function orAgain<T>(
  work: () => Promise<T>,
  done: (result: T) => void,
  again: (faults: Fault[]) => Promise<void>,
): Promise<void> {
  try {
    done(await work());
  } catch (error) {
    if (!(error instanceof AppError) || !error.faults) throw error;
    await again(error.faults);
  }
}

async function listPage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const filter = requireShape<{ direction?: 'in' | 'out'; after?: string }>(
    TRANSFERS_QUERY,
    { ...ctx.query },
    '/query',
  );
  const { transfers, next } = await transfersOf(deps, requireSession(ctx), filter);
  const { direction } = filter;
  const path = (d?: string) => (d ? `/transfers?direction=${d}` : '/transfers');
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title="证照交接"
      heading="证照交接"
      nav="certificates"
      breadcrumbs={[CRUMBS[0] as { href: string; text: string }, { text: '证照交接' }]}
    >
      <p class="lead">打印好的证照从县到乡镇、再到村，每一站由另一位同志逐件确认收到。</p>
      <p>
        <LinkButton kind="primary" href="/transfers/new">
          移交证照
        </LinkButton>
      </p>
      <Tabs
        label="交接单"
        tabs={[
          { href: path(), text: '全部', current: direction === undefined },
          { href: path('in'), text: '送来的', current: direction === 'in' },
          { href: path('out'), text: '送出的', current: direction === 'out' },
        ]}
      />
      <TransferTable transfers={transfers} />
      <Pager next={next && `${path(direction)}${direction ? '&' : '?'}after=${next}`} />
    </StationPage>,
  );
}

async function newPage(ctx: RouteContext, deps: PageDeps, faults: Fault[]): Promise<void> {
  const desks = await listLying(deps, requireSession(ctx));
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title="移交证照"
      heading="移交证照"
      nav="certificates"
      breadcrumbs={[...CRUMBS, { text: '移交证照' }]}
    >
      <ErrorSummary faults={faults} />
      {desks.length === 0 && (
        <EmptyState title="本处没有可以移交的证照">
          打印证照并登记以后，或者确认收到以后，会列在这里。
        </EmptyState>
      )}
      {desks.map((desk) => (
        <PiecesForm key={desk.place.id} desk={desk} csrf={ctx.state.csrf ?? ''} />
      ))}
    </StationPage>,
    faults.length > 0 ? 422 : 200,
  );
}

async function detailPage(ctx: RouteContext, deps: PageDeps, faults: Fault[]): Promise<void> {
  const transfer = await transferView(deps, requireSession(ctx), idOf(ctx));
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={`交接单 ${transfer.number}`}
      heading={`${transfer.from.name} → ${transfer.to.name}`}
      nav="certificates"
      breadcrumbs={[...CRUMBS, { text: transfer.number }]}
    >
      <ErrorSummary faults={faults} />
      <TransferCard transfer={transfer} csrf={ctx.state.csrf ?? ''} faults={faults} />
    </StationPage>,
    faults.length > 0 ? 422 : 200,
  );
}

async function printPage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const transfer = await transferView(deps, requireSession(ctx), idOf(ctx));
  show(
    ctx,
    <StationPage ctx={ctx} deps={deps} title={`证照交接清单 ${transfer.number}`} heading="证照交接清单">
      <ListSheet transfer={transfer} />
    </StationPage>,
  );
}
