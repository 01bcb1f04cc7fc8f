/** `/filing/drafts`: what is not handed in yet; handing over, taking over, putting aside and bringing back. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { addDays, chineseDate, chineseDateTime, localDate } from '../../../kernel/time.ts';
import type { Instant } from '../../../kernel/types.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Button,
  CsrfField,
  EmptyState,
  FilterForm,
  Pager,
  RowLink,
  Table,
  Tabs,
} from '../../../platform/web/index.ts';
import {
  type DraftLine,
  type DraftView,
  discardDraft,
  draftsFor,
  handDraftOver,
  restoreDraft,
  takeDraftOver,
  UNDO_DAYS,
} from '../../cases/index.ts';
import { readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import type { FilingDeps } from '../deps.ts';
import { draftPage } from './draft.tsx';

const VIEWS: Record<DraftView, string> = { own: '我的', others: '本村同事的', discarded: '已放弃' };
const EMPTY: Record<DraftView, string> = {
  own: '没有草稿',
  others: '同事没有草稿',
  discarded: `${UNDO_DAYS} 天内没有放弃过草稿`,
};

const isView = (text: unknown): text is DraftView => typeof text === 'string' && Object.hasOwn(VIEWS, text);
const one = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 80) : '');
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

export function mountDrafts(router: Router, deps: FilingDeps): void {
  router.get(
    '/filing/drafts',
    staffPage((ctx) => listPage(ctx, deps)),
  );
  router.get(
    '/filing/drafts/:id',
    staffPage((ctx) => draftPage(ctx, deps, idOf(ctx), {})),
  );
  router.post('/filing/drafts/:id/hand', async (ctx: RouteContext) =>
    handOver(ctx, deps, await readSent(ctx)),
  );
  router.post('/filing/drafts/:id/take', async (ctx: RouteContext) => {
    const { who, requestId } = await readSent(ctx);
    await takeDraftOver(deps, who, idOf(ctx), requestId);
    seeOther(ctx, `/cases/${idOf(ctx)}/edit`);
  });
  router.post('/filing/drafts/:id/discard', async (ctx: RouteContext) => {
    const { who, requestId } = await readSent(ctx);
    await discardDraft(deps, who, idOf(ctx), requestId);
    const undo = { text: '恢复', action: `/filing/drafts/${idOf(ctx)}/restore` };
    leaveFlash(ctx, 'done', `草稿已放弃，${UNDO_DAYS} 天内可以恢复。`, undo);
    seeOther(ctx, '/filing/drafts');
  });
  router.post('/filing/drafts/:id/restore', async (ctx: RouteContext) => {
    const { who, requestId } = await readSent(ctx);
    await restoreDraft(deps, who, idOf(ctx), requestId);
    leaveFlash(ctx, 'done', '草稿已恢复，填过的都在。');
    seeOther(ctx, `/cases/${idOf(ctx)}/edit`);
  });
}

async function handOver(
  ctx: RouteContext,
  deps: FilingDeps,
  { who, requestId, one: sent }: Sent,
): Promise<void> {
  const typed = { to: sent('to'), note: sent('note').slice(0, 300) };
  try {
    await handDraftOver(deps, who, idOf(ctx), typed, requestId);
  } catch (error) {
    if (!isRefusal(error) || !error.faults) throw error;
    return draftPage(ctx, deps, idOf(ctx), { ...typed, faults: error.faults });
  }
  leaveFlash(ctx, 'done', '草稿已转给同事。');
  seeOther(ctx, '/filing/drafts');
}

async function listPage(ctx: RouteContext, deps: FilingDeps): Promise<void> {
  const who = requireSession(ctx);
  const view = isView(ctx.query.view) ? ctx.query.view : 'own';
  const text = one(ctx.query.q);
  const after = one(ctx.query.after);
  const { drafts, next } = await draftsFor(deps, who, { view, text, ...(after !== '' && { after }) });
  const here = `/filing/drafts?view=${view}${text === '' ? '' : `&q=${encodeURIComponent(text)}`}`;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title="草稿"
      heading="草稿"
      breadcrumbs={[{ href: '/filing', text: '收件' }, { text: '草稿' }]}
    >
      <Tabs
        label="哪些草稿"
        tabs={Object.entries(VIEWS).map(([id, title], i) => ({
          href: `/filing/drafts?view=${id}`,
          text: title,
          current: id === view,
          shortcut: String(i + 1),
        }))}
      />
      <FilterForm
        action="/filing/drafts"
        filters={[
          { name: 'q', label: '姓名或者事项', value: text },
          view !== 'own' && {
            name: 'view',
            label: '哪些',
            value: view,
            blank: VIEWS.own,
            options: Object.entries(VIEWS).map(([value, title]) => ({ value, text: title })),
          },
        ]}
      />
      <DraftTable
        drafts={drafts}
        view={view}
        csrf={ctx.state.csrf ?? ''}
        today={deps.clock.now()}
        isSearched={text !== ''}
      />
      <Pager next={next && `${here}&after=${encodeURIComponent(next)}`} />
    </StationPage>,
  );
}

/** 今天, 昨天, 5 天前; older ones by their date. */
function ageOf(at: Instant, now: Instant): string {
  const day = localDate(at);
  const today = localDate(now);
  const days = [...Array(10).keys()].find((n) => addDays(day, n) === today);
  if (days === undefined) return chineseDate(day);
  return ['今天', '昨天'][days] ?? `${days} 天前`;
}

function DraftTable(props: {
  drafts: readonly DraftLine[];
  view: DraftView;
  csrf: string;
  today: Instant;
  isSearched: boolean;
}): JSX.Element {
  const { drafts, view, csrf, today, isSearched } = props;
  return (
    <Table
      list
      caption={VIEWS[view]}
      captionHidden
      rows={drafts}
      rowKey={(d) => d.caseId}
      empty={<EmptyState title={isSearched ? '没有找到这样的草稿' : EMPTY[view]} />}
      columns={[
        { title: '申请人', head: true, cell: (d) => <Opening draft={d} view={view} /> },
        { title: '事项', cell: (d) => d.itemTitle },
        {
          title: '最后填写',
          cell: (d) => (
            <>
              {d.typedByName} <time dateTime={d.typedAt}>{ageOf(d.typedAt, today)}</time>
            </>
          ),
        },
        {
          title: view === 'own' ? '转来' : '在谁名下',
          cell: (d) => (view === 'own' ? <From draft={d} /> : d.holderName),
        },
        { title: '办理', cell: (d) => <Act draft={d} view={view} csrf={csrf} /> },
      ]}
    />
  );
}

function Opening({ draft, view }: { draft: DraftLine; view: DraftView }): JSX.Element {
  const name = draft.applicantName || '还没有填姓名';
  if (view === 'discarded') return <>{name}</>;
  return (
    <RowLink href={view === 'own' ? `/cases/${draft.caseId}/edit` : `/filing/drafts/${draft.caseId}`}>
      {name}
    </RowLink>
  );
}

function From({ draft: { fromName, note } }: { draft: DraftLine }): JSX.Element {
  return <>{fromName === null ? '' : `${fromName}${note === null ? '' : `：${note}`}`}</>;
}

function Act({ draft, view, csrf }: { draft: DraftLine; view: DraftView; csrf: string }): JSX.Element {
  const { caseId, applicantName, discardedAt } = draft;
  if (view === 'own')
    return (
      <a href={`/filing/drafts/${caseId}`}>
        转交、放弃<span class="vh">{applicantName}的草稿</span>
      </a>
    );
  const [act, text] = view === 'others' ? ['take', '接手'] : ['restore', '恢复'];
  return (
    <form method="post" action={`/filing/drafts/${caseId}/${act}`}>
      <CsrfField token={csrf} />
      {discardedAt && <span class="help">{chineseDateTime(discardedAt)}放弃 </span>}
      <Button kind="secondary">
        {text}
        <span class="vh">{applicantName}的草稿</span>
      </Button>
    </form>
  );
}
