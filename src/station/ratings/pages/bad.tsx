/** `/ratings/bad`: bad ratings, what is to be done about each and until when; whose they are only to call back. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError } from '../../../errors.ts';
import { chineseDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type RouteContext, sentForm } from '../../../platform/http/index.ts';
import { EmptyState, FilterForm, Light, Pager, RowLink, Table } from '../../../platform/web/index.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { followUp } from '../commands.ts';
import { type BadView, listBad, type RatingFilter } from '../queries.ts';
import { STEP_WORDS } from '../rules.ts';
import { type FollowStep, type RatingDeps, STEPS } from '../types.ts';
import { onePage } from './bad-one.tsx';
import { addressOf, filterOf, LevelBadge, RatingTabs, requireReader } from './list.tsx';

const STANDING_WORDS = { open: '还没有回访', 'late-contact': '联系核实超期', 'late-remedy': '整改反馈超期' };

export function mountBad(router: Router, deps: RatingDeps): void {
  router.get(
    '/ratings/bad',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      requireReader(deps, who);
      const filter = filterOf(ctx.query);
      const { ratings, next } = await listBad(deps, who, filter);
      show(ctx, <BadPage {...{ ctx, deps, filter, ratings, next }} />);
    }),
  );
  router.get(
    '/ratings/bad/:id',
    staffPage((ctx) => onePage(ctx, deps, requireSession(ctx))),
  );
  router.post('/ratings/bad/:id', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const id = ctx.params.id as string;
    const sent = new Map(sentForm(ctx).fields);
    const step = STEPS.find((s) => s === sent.get('step')) as FollowStep;
    const text = sent.get('text') ?? '';
    try {
      await followUp(deps, who, id, { step, text }, sent.get('_request') || undefined);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return onePage(ctx, deps, who, { text, faults: error.faults });
    }
    leaveFlash(ctx, 'done', `${STEP_WORDS[step]}已登记。`);
    seeOther(ctx, `/ratings/bad/${id}`);
  });
}

function BadPage(props: {
  ctx: RouteContext;
  deps: RatingDeps;
  filter: RatingFilter;
  ratings: BadView[];
  next: string | null;
}): JSX.Element {
  const { ctx, deps, filter, ratings, next } = props;
  return (
    <StationPage ctx={ctx} deps={deps} title="差评回访" heading="差评回访" nav="board">
      <p class="lead">差评 1 个工作日内联系核实，15 个工作日内整改反馈，件件回访。</p>
      <RatingTabs here="bad" />
      <FilterForm
        action="/ratings/bad"
        filters={[
          {
            name: 'standing',
            label: '办到哪里',
            blank: '全部差评',
            value: filter.standing,
            width: 'medium',
            options: Object.entries(STANDING_WORDS).map(([value, text]) => ({ value, text })),
          },
        ]}
      />
      <Table
        caption="差评，先评的在前"
        list
        rows={ratings}
        rowKey={(r) => r.id}
        empty={<EmptyState title="没有符合条件的差评" />}
        columns={[
          {
            title: '事项',
            head: true,
            cell: (r) => <RowLink href={`/ratings/bad/${r.id}`}>{r.itemTitle}</RowLink>,
          },
          { title: '村（社区）', cell: (r) => r.villageName },
          { title: '日期', nowrap: true, cell: (r) => chineseDate(r.day) },
          { title: '评价', cell: (r) => <LevelBadge level={r.level} /> },
          { title: '现在', cell: (r) => <Light light={r.standing.light} text={r.standing.text} /> },
        ]}
      />
      <Pager next={next && addressOf('/ratings/bad', filter, next)} />
    </StationPage>
  );
}
