/** `/cash/days`: the cash book, one sheet to the day, closing and confirming it. */
import type Router from '@koa/router';
import { notFound } from '../../../errors.ts';
import { chineseDate, isLocalDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Card, ErrorSummary, type FormSchema, Pager, parseForm } from '../../../platform/web/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { stationOf } from '../../prints.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { today } from '../commands/common.ts';
import { closeDay, confirmDay, reopenDay } from '../commands/days.ts';
import * as queries from '../queries/index.ts';
import { COUNT_BOX } from '../schema.ts';
import type { CashDeps, CashMoney, Pieces } from '../types.ts';
import { DayActs, DayList, Moves, PieceTable, Sums, type Typed } from './day-view.tsx';
import { reasonOf, sentPlain } from './parts.tsx';
import { doAndGo, faultsOf } from './refused.tsx';

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
