/** `/ratings/bad`: bad ratings, what is to be done about each and until when; whose they are only to call back. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate } from '../../../kernel/time.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type RouteContext, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  FilterForm,
  fieldId,
  Light,
  Numbered,
  Pager,
  RowLink,
  Table,
  TextArea,
  Timeline,
} from '../../../platform/web/index.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { followUp } from '../commands.ts';
import { type BadView, getBad, listBad, type RatingFilter } from '../queries.ts';
import { STEP_WORDS } from '../rules.ts';
import { type FollowStep, type RatingDeps, STEPS } from '../types.ts';
import { addressOf, filterOf, LevelBadge, RatingTabs, requireReader, Words } from './list.tsx';

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

interface Typed {
  text: string;
  faults: readonly Fault[];
}

async function onePage(ctx: RouteContext, deps: RatingDeps, who: SignedIn, typed?: Typed): Promise<void> {
  requireReader(deps, who);
  const one = await getBad(deps, who, ctx.params.id as string);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title="差评"
      heading={one.itemTitle}
      nav="board"
      narrow
      breadcrumbs={[
        { href: '/ratings', text: '群众评价' },
        { href: '/ratings/bad?standing=open', text: '差评回访' },
        { text: one.itemTitle },
      ]}
    >
      <OneCard one={one} />
      {one.followups.length > 0 && (
        <Card title="办理经过">
          <Timeline
            entries={one.followups.map((f) => ({
              title: STEP_WORDS[f.step],
              when: chineseDate(f.day),
              dateTime: f.day,
              detail: f.text,
            }))}
          />
        </Card>
      )}
      {one.case && one.standing.step && (
        <StepForm
          id={one.id}
          step={one.standing.step}
          csrf={who.csrf}
          requestId={newId(deps.clock.now(), deps.random)}
          {...(typed && { typed })}
        />
      )}
    </StationPage>,
    typed ? 422 : 200,
  );
}

const OneCard = ({ one }: { one: BadView }): JSX.Element => (
  <Card title="评价" aside={<Light light={one.standing.light} text={one.standing.text} />}>
    <DefinitionList
      items={[
        { term: '评价', detail: <LevelBadge level={one.level} /> },
        { term: '日期', detail: chineseDate(one.day) },
        { term: '村（社区）', detail: one.villageName },
        ...(one.standing.due === null ? [] : [{ term: '最迟', detail: chineseDate(one.standing.due) }]),
        ...(one.case
          ? [
              {
                term: '办件',
                detail: (
                  <a href={`/cases/${one.case.id}`}>
                    <Numbered>{one.case.number}</Numbered>
                  </a>
                ),
                wide: true,
              },
            ]
          : []),
        { term: '说了什么', detail: <Words rating={one} />, wide: true },
      ]}
    />
    {!one.case && <p class="help">由主管部门联系核实；是谁评的，只有要联系他的部门看得到。</p>}
  </Card>
);

const STEP_HELP: Record<FollowStep, string> = {
  contact: '打电话或者上门，问清楚哪里不满意，写下核实的情况。',
  remedy: '写下怎样整改、怎样答复了群众；核实后评价不属实的，写明理由。',
  visit: '整改以后再问一次群众，写下他现在满意不满意。',
};

function StepForm(props: {
  id: string;
  step: FollowStep;
  csrf: string;
  requestId: string;
  typed?: Typed;
}): JSX.Element {
  const { id, step, csrf, requestId, typed } = props;
  const error = typed?.faults.find((f) => f.pointer === '/text')?.message;
  return (
    <Card title={STEP_WORDS[step]} tone="now">
      <form method="post" action={`/ratings/bad/${id}`}>
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={requestId} />
        <input type="hidden" name="step" value={step} />
        <ErrorSummary faults={typed?.faults ?? []} />
        <TextArea
          id={fieldId('/text')}
          name="text"
          label={`${STEP_WORDS[step]}情况`}
          help={STEP_HELP[step]}
          required
          value={typed?.text ?? ''}
          {...(error && { error })}
        />
        <Actions>
          <Button>登记{STEP_WORDS[step]}</Button>
        </Actions>
      </form>
    </Card>
  );
}
