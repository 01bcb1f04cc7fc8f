/** `/inbox` and `/cases`: what presses, saved views, filters that stay, the table, and what may be done with it. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import {
  Actions,
  Button,
  CsrfField,
  EmptyState,
  LinkButton,
  Pager,
  Tabs,
} from '../../../platform/web/index.ts';
import { type CaseDeps, inboxCounts, type ListPage, SCANNED } from '../../cases/index.ts';
import { mentionsFor } from '../../remarks/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { readerOf } from '../export.ts';
import { addressOf, isNarrowed, type ListId } from '../filters.ts';
import { type ListState, NO_VIEW, stateOf } from '../state.ts';
import { Counters, type Counts } from './counters.tsx';
import { Filters } from './filters.tsx';
import { PATHS, type Scene, TITLES } from './scene.ts';
import { CaseTable } from './table.tsx';
import { Tools } from './tools.tsx';

/** Lines of a page. */
const PAGE = 20;

export function mountList(router: Router, deps: CaseDeps, list: ListId): void {
  router.get(
    PATHS[list],
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const state = await stateOf(deps, who, list, ctx.query);
      const { after, before } = state;
      const reader = readerOf(list);
      const page = await reader(deps, who, {
        ...state.filters,
        ...(after && { after }),
        ...(before && { before }),
        limit: PAGE,
      });
      const counts = list === 'inbox' ? await countsOf(deps, who) : null;
      show(ctx, listPage({ ctx, deps, who, state }, page, counts));
    }),
  );
}

const countsOf = async (deps: CaseDeps, who: SignedIn): Promise<Counts> => ({
  ...(await inboxCounts(deps, who)),
  mentions: await mentionsFor(deps, who),
});

function listPage(scene: Scene, page: ListPage, counts: Counts | null): JSX.Element {
  const { ctx, deps, who, state } = scene;
  const { list, filters, views, view } = state;
  const isClerk = who.grants.some((g) => g.role === 'clerk');
  return (
    <StationPage ctx={ctx} deps={deps} title={TITLES[list]} heading={TITLES[list]} nav={list}>
      {list === 'inbox' ? (
        isClerk && (
          <Actions>
            <LinkButton kind="primary" href="/items" shortcut="n">
              受理新的申请
            </LinkButton>
          </Actions>
        )
      ) : (
        <p class="lead">
          依法不需要办理、没有立办件的，见<a href="/answers">无需办理告知单</a>。
        </p>
      )}
      {counts && <Counters counts={counts} filters={filters} />}
      {views.length > 0 && (
        <Tabs
          label="视图"
          tabs={[
            { href: `${PATHS[list]}?view=${NO_VIEW}`, text: '全部', current: !view && !isNarrowed(filters) },
            ...views.map((v) => ({
              href: `${PATHS[list]}?view=${v.id}`,
              text: v.name,
              current: v.id === view?.id,
            })),
          ]}
        />
      )}
      <Undo scene={scene} />
      <Filters scene={scene} />
      {page.isPartial && (
        <p class="help" role="note">
          姓名、编号开头相符的都找到了；中间一段相符的，只在最先到期的
          {SCANNED.toLocaleString('en')} 件里找。要找全，请从姓或编号开头写起。
        </p>
      )}
      <Lines scene={scene} page={page} isClerk={isClerk} />
      <Paging state={state} page={page} />
      <Tools scene={scene} isEmpty={page.cases.length === 0} />
    </StationPage>
  );
}

/** A view was just deleted: one step back. */
function Undo({ scene: { ctx, who, state } }: { scene: Scene }): JSX.Element | null {
  const { deleted } = ctx.query;
  if (typeof deleted !== 'string') return null;
  return (
    <form
      method="post"
      action={`/worklists/views/${encodeURIComponent(deleted)}/restore`}
      class="inline-form"
    >
      <CsrfField token={who.csrf} />
      <span>视图已删除。</span>
      <Button kind="quiet">撤销删除</Button>
      <input type="hidden" name="list" value={state.list} />
    </form>
  );
}

function Lines(props: { scene: Scene; page: ListPage; isClerk: boolean }): JSX.Element {
  const { scene, page, isClerk } = props;
  const { ctx, deps, who, state } = scene;
  const { list, filters, columns } = state;
  const shared = { cases: page.cases, columns };
  if (page.cases.length === 0) return <NoLines scene={scene} isClerk={isClerk} />;
  if (list === 'cases') return <CaseTable {...shared} caption="我能看到的办件" />;
  const all = ctx.query.ticked === 'all';
  const { ticked: _, ...here } = ctx.query as Record<string, string>;
  return (
    <form method="post" action="/worklists/bulk">
      <CsrfField token={who.csrf} />
      <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />
      <input type="hidden" name="back" value={addressOf(PATHS[list], filters)} />
      <CaseTable {...shared} caption="待办的办件" ticked={all ? 'all' : 'none'} />
      <Actions>
        <LinkButton
          kind="quiet"
          shortcut="a"
          href={`${PATHS[list]}?${new URLSearchParams({ ...here, ...(!all && { ticked: 'all' }) })}`}
        >
          {all ? '全不选' : '全选本页'}
        </LinkButton>
        <Button kind="secondary" shortcut="c" formAction="/worklists/bulk/claim">
          领办选中的
        </Button>
        <Button kind="secondary" shortcut="b">
          批量办理选中的
        </Button>
      </Actions>
    </form>
  );
}

function NoLines({ scene: { state }, isClerk }: { scene: Scene; isClerk: boolean }): JSX.Element {
  const { list, filters } = state;
  const isInbox = list === 'inbox';
  if (isNarrowed(filters))
    return (
      <EmptyState title={isInbox ? '没有符合条件的待办' : '没有符合条件的办件'}>
        <a href={`${PATHS[list]}?view=${NO_VIEW}`}>查看全部</a>
      </EmptyState>
    );
  if (!isInbox) return <EmptyState title="还没有办件" />;
  return (
    <EmptyState title="现在没有待办">
      {isClerk ? '有群众来办事，点“受理新的申请”收件。' : '新的办件到了会出现在这里。'}
    </EmptyState>
  );
}

function Paging({ state, page }: { state: ListState; page: ListPage }): JSX.Element | null {
  const { list, filters, view, from } = state;
  const to = (more: Record<string, string>) =>
    addressOf(PATHS[list], view ? {} : filters, { ...(view && { view: view.id }), ...more });
  const isFirst = page.prev === null;
  if (isFirst && page.next === null) return null;
  return (
    <>
      <p class="help">
        第 {isFirst ? 1 : from} 条起
        {!isFirst && (
          <>
            {' · '}
            <a href={to(view || isNarrowed(filters) ? {} : { view: NO_VIEW })}>回到第一页</a>
          </>
        )}
      </p>
      <Pager
        prev={isFirst ? null : to({ before: page.prev as string, from: String(Math.max(1, from - PAGE)) })}
        next={page.next && to({ after: page.next, from: String((isFirst ? 1 : from) + PAGE) })}
      />
    </>
  );
}
