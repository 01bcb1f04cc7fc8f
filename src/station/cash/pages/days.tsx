/** `/cash/days`: the cash book, one sheet to the day, closing and confirming it. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { notFound } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate, isLocalDate, localTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Card,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  type FormSchema,
  Pager,
  parseForm,
  Table,
} from '../../../platform/web/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { today } from '../commands/common.ts';
import { closeDay, confirmDay, reopenDay } from '../commands/days.ts';
import * as queries from '../queries/index.ts';
import { stationOf } from '../receipt.ts';
import { DENOMINATIONS } from '../rules.ts';
import { COUNT_BOX, REASON } from '../schema.ts';
import type { CashDeps, CashMoney, Day, Move, Pieces } from '../types.ts';
import { ActButton, reasonOf, SchemaForm, StateBadge, sentPlain, who, Yuan } from './parts.tsx';
import { doAndGo, faultsOf } from './refused.tsx';

const DAY_WORDS: Record<Day['state'], string> = {
  open: '未日清',
  counted: '已清点，待村委会确认',
  closed: '已日清',
};

interface Typed {
  value: Record<string, unknown>;
  faults: readonly Fault[];
}

export function mountDays(router: Router, deps: CashDeps, money: CashMoney): void {
  router.get(
    '/cash/days',
    staffPage(async (ctx) => {
      const { village, before } = ctx.query as { village?: string; before?: string };
      const { days, next } = await queries.listDays(deps, requireSession(ctx), {
        ...(village !== undefined && { village }),
        ...(isLocalDate(before) && { before }),
      });
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          title="现金日记账"
          heading="现金日记账"
          nav="cash"
          breadcrumbs={[{ href: '/cash', text: '现金发放' }, { text: '现金日记账' }]}
        >
          <DayList days={days} />
          <Pager
            next={next && `/cash/days?${new URLSearchParams({ ...(village && { village }), before: next })}`}
          />
        </StationPage>,
      );
    }),
  );
  router.get(
    '/cash/days/:day',
    staffPage((ctx) => dayPage(ctx, deps, null)),
  );
  router.post('/cash/days/:day/close', async (ctx: RouteContext) => {
    const { who, fields } = sentPlain(ctx);
    const { value } = parseForm(COUNT_BOX as FormSchema, Object.fromEntries(fields));
    const faults = checkAgainst(COUNT_BOX, value, { today: today(deps) });
    if (faults.length > 0) return dayPage(ctx, deps, { value, faults });
    try {
      await closeDay(deps, who, refOf(ctx, deps), value as Pieces);
    } catch (error) {
      if (!isRefusal(error) || error.status !== 409) throw error;
      return dayPage(ctx, deps, { value, faults: faultsOf(error) });
    }
    leaveFlash(ctx, 'done', '账款相符，请村委会的同志确认。');
    seeOther(ctx, pathOf(ctx));
  });
  router.post('/cash/days/:day/confirm', async (ctx: RouteContext) => {
    const { who } = sentPlain(ctx);
    await doAndGo(ctx, pathOf(ctx), '已日清。', () => confirmDay(deps, money, who, refOf(ctx, deps)));
  });
  router.post('/cash/days/:day/reopen', async (ctx: RouteContext) => {
    const { who, fields } = sentPlain(ctx);
    const reason = reasonOf(fields);
    await doAndGo(ctx, pathOf(ctx), '已退回代办员重新清点。', () =>
      reopenDay(deps, who, refOf(ctx, deps), reason),
    );
  });
}

function dayOf(ctx: RouteContext): string {
  const { day } = ctx.params as { day?: string };
  if (!isLocalDate(day)) throw notFound();
  return day;
}

const villageQuery = (ctx: RouteContext): { village?: string } =>
  typeof ctx.query.village === 'string' ? { village: ctx.query.village } : {};

const pathOf = (ctx: RouteContext): string =>
  `/cash/days/${dayOf(ctx)}?${new URLSearchParams(villageQuery(ctx))}`;

const refOf = (ctx: RouteContext, deps: CashDeps) => ({
  villageId: queries.villageFor(deps, requireSession(ctx), villageQuery(ctx).village),
  day: dayOf(ctx),
});

function DayList({ days }: { days: Day[] }): JSX.Element {
  return (
    <Table
      caption="有现金收付的日子，最近的在前"
      rows={days}
      rowKey={(d) => d.day}
      empty={<EmptyState title="还没有现金收付">没有收付的日子不用日清。</EmptyState>}
      columns={[
        {
          title: '日期',
          head: true,
          cell: (d) => <a href={`/cash/days/${d.day}?village=${d.villageId}`}>{chineseDate(d.day)}</a>,
        },
        { title: '状态', cell: (d) => <StateBadge title={DAY_WORDS[d.state]} done={d.state === 'closed'} /> },
        { title: '清点', numeric: true, cell: (d) => (d.counted === null ? '—' : <Yuan fen={d.counted} />) },
        { title: '日清', cell: (d) => who(d.closed) },
        { title: '确认', cell: (d) => who(d.confirmed) },
      ]}
    />
  );
}

async function dayPage(ctx: RouteContext, deps: CashDeps, typed: Typed | null): Promise<void> {
  const { csrf } = requireSession(ctx);
  const day = dayOf(ctx);
  const view = await queries.dayView(deps, requireSession(ctx), { day, ...villageQuery(ctx) });
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={`现金日记账 ${chineseDate(day)}`}
      heading={`现金日记账 ${chineseDate(day)}`}
      nav="cash"
      breadcrumbs={[
        { href: '/cash', text: '现金发放' },
        { href: `/cash/days?village=${view.village.id}`, text: '现金日记账' },
        { text: chineseDate(day) },
      ]}
    >
      {typed && (
        <ErrorSummary
          faults={typed.faults}
          schema={COUNT_BOX as FormSchema}
          idPrefix="count"
          title="还不能日清"
        />
      )}
      <p class="lead">{stationOf(deps, view.village.id)}</p>
      <Sums view={view} />
      <Card>
        <Moves view={view} />
      </Card>
      {view.state?.pieces && (
        <Card>
          <PieceTable pieces={view.state.pieces} />
        </Card>
      )}
      <DayActs view={view} csrf={csrf} typed={typed} />
      <p class="print-only">
        代办员签名：＿＿＿＿＿＿＿＿　　村委会签名：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿
      </p>
    </StationPage>,
    typed ? 422 : 200,
  );
}

function Sums({ view: { sums, state } }: { view: queries.DayView }): JSX.Element {
  return (
    <Card
      title="账面"
      {...(state && { aside: <StateBadge title={DAY_WORDS[state.state]} done={state.state === 'closed'} /> })}
    >
      <DefinitionList
        items={[
          { term: '上日结存', detail: <Yuan fen={sums.opening} /> },
          { term: '收入（款袋）', detail: <Yuan fen={sums.received} /> },
          { term: '发放', detail: <Yuan fen={sums.handedOut} /> },
          { term: '退回', detail: <Yuan fen={sums.returned} /> },
          { term: '应有现金', detail: <strong>￥{yuan(sums.expected)}</strong> },
          ...(state?.counted === null || state === null
            ? []
            : [{ term: '清点现金', detail: <strong>￥{yuan(state.counted)}</strong> }]),
          ...(state?.closed ? [{ term: '代办员日清', detail: who(state.closed) }] : []),
          ...(state?.confirmed ? [{ term: '村委会确认', detail: who(state.confirmed) }] : []),
          ...(state?.reason ? [{ term: '村委会退回', detail: state.reason, wide: true }] : []),
        ]}
      />
    </Card>
  );
}

function PieceTable({ pieces }: { pieces: Pieces }): JSX.Element {
  const rows = DENOMINATIONS.filter(({ key }) => (pieces[key] ?? 0) > 0);
  return (
    <Table
      caption="清点的面额"
      rows={rows}
      rowKey={(r) => r.key}
      columns={[
        { title: '面额', head: true, cell: (r) => r.title },
        { title: '张（枚）', numeric: true, cell: (r) => pieces[r.key] },
        { title: '金额', numeric: true, cell: (r) => <Yuan fen={r.fen * (pieces[r.key] ?? 0)} /> },
      ]}
    />
  );
}

function Moves({ view }: { view: queries.DayView }): JSX.Element {
  const byId = new Map(view.handOuts.map((h) => [h.id, h]));
  const about = (m: Move): JSX.Element | string =>
    byId.has(m.about) ? <a href={`/cash/hand-outs/${m.about}`}>{m.memo}</a> : m.memo;
  return (
    <Table
      caption="收付明细"
      rows={view.moves}
      rowKey={(m) => m.id}
      empty={<EmptyState title="这一天没有现金收付">不用日清。</EmptyState>}
      columns={[
        { title: '时间', nowrap: true, cell: (m) => localTime(m.at) },
        { title: '摘要', head: true, cell: about },
        { title: '收入', numeric: true, nowrap: true, cell: (m) => (m.fen > 0 ? <Yuan fen={m.fen} /> : '') },
        { title: '付出', numeric: true, nowrap: true, cell: (m) => (m.fen < 0 ? <Yuan fen={-m.fen} /> : '') },
        { title: '经手', nowrap: true, cell: (m) => m.by.name },
      ]}
    />
  );
}

function DayActs(props: { view: queries.DayView; csrf: string; typed: Typed | null }): JSX.Element {
  const { view, csrf, typed } = props;
  const at = (act: string) => `/cash/days/${view.day}/${act}?village=${view.village.id}`;
  const pending = view.handOuts.filter((h) => h.state === 'undoing');
  return (
    <div class="no-print">
      {pending.length > 0 && (
        <Card title="撤回还等村委会确认" tone="warn">
          <ul class="plain-list">
            {pending.map((h) => (
              <li key={h.id}>
                <a href={`/cash/hand-outs/${h.id}`}>收据 {h.number}</a>：{h.reason}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {view.possible.close && (
        <Card title="清点、日清" tone="now">
          <p class="help">把钱箱里的现金按面额数清，填张数；没有的不用填。与应有现金一分不差才能日清。</p>
          <SchemaForm
            action={at('close')}
            csrf={csrf}
            schema={COUNT_BOX as FormSchema}
            button="日清"
            idPrefix="count"
            {...(typed && { value: typed.value, faults: typed.faults })}
          />
        </Card>
      )}
      {view.possible.confirm && (
        <Card title="村委会确认" tone="now">
          <p>请复点现金、核对收据存根。确认以后这一天不能再改，当天发放的款项转为已发放。</p>
          <ActButton action={at('confirm')} csrf={csrf} text="账款相符，确认日清" />
          <details class="folded">
            <summary>不符，退回重新清点</summary>
            <SchemaForm
              action={at('reopen')}
              csrf={csrf}
              schema={REASON as FormSchema}
              button="退回"
              idPrefix="reopen"
              kind="secondary"
            />
          </details>
        </Card>
      )}
      {view.state?.state === 'counted' && !view.possible.confirm && (
        <p class="lead">已清点，账款相符，等村委会的另一位同志确认。</p>
      )}
    </div>
  );
}
