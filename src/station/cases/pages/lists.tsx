import type Router from '@koa/router';
import type { JSX } from 'preact';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  type Column,
  EmptyState,
  FilterForm,
  Light,
  LinkButton,
  optionsOf,
  Pager,
  Table,
} from '../../../platform/web/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import type { ListedCase, ListInput } from '../lists.ts';
import type { Phase } from '../store.ts';
import { inbox, listCases } from './door.ts';
import { endText, leftText, PHASE_WORDS, toneOf } from './words.ts';

type Filters = Pick<ListInput, 'item' | 'phase' | 'text' | 'after'>;

const MOST = { item: 20, text: 40, after: 60 };

/** The filters of the address; anything that is none is left out. */
function filtersOf(ctx: RouteContext): Filters {
  const read = (name: keyof typeof MOST) => {
    const value = ctx.query[name];
    return typeof value === 'string' && value.trim() !== '' && value.length <= MOST[name]
      ? { [name]: value.trim() }
      : {};
  };
  const phase = ctx.query.phase;
  const isPhase = typeof phase === 'string' && Object.hasOwn(PHASE_WORDS, phase);
  return { ...read('item'), ...read('text'), ...read('after'), ...(isPhase && { phase: phase as Phase }) };
}

const address = (path: string, filters: Filters): string => {
  const query = new URLSearchParams(Object.entries(filters));
  return query.size > 0 ? `${path}?${query}` : path;
};

/** `/inbox` and `/cases`. */
export function mountLists(router: Router, deps: CaseDeps): void {
  router.get(
    '/inbox',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const filters = filtersOf(ctx);
      const { cases, next } = await inbox(deps, who, filters);
      const isClerk = who.grants.some((g) => g.role === 'clerk');
      show(
        ctx,
        <StationPage ctx={ctx} deps={deps} title="待办" heading="待办" nav="inbox">
          <p class="lead">到了您手上的办件，先到期的在前。</p>
          {isClerk && (
            <Actions>
              <LinkButton kind="primary" href="/items">
                受理新的申请
              </LinkButton>
            </Actions>
          )}
          <Filter path="/inbox" filters={filters} deps={deps} />
          <CaseTable
            cases={cases}
            caption="待办的办件"
            empty={
              <EmptyState title={isFiltered(filters) ? '没有符合条件的待办' : '现在没有待办'}>
                {isClerk ? '有群众来办事，点“受理新的申请”收件。' : '新的办件到了会出现在这里。'}
              </EmptyState>
            }
          />
          <Paging path="/inbox" filters={filters} next={next} />
        </StationPage>,
      );
    }),
  );
  router.get(
    '/cases',
    staffPage(async (ctx) => {
      const filters = filtersOf(ctx);
      const { cases, next } = await listCases(deps, requireSession(ctx), filters);
      show(
        ctx,
        <StationPage ctx={ctx} deps={deps} title="办件" heading="办件" nav="cases">
          <p class="lead">
            依法不需要办理、没有立办件的，见<a href="/answers">无需办理告知单</a>。
          </p>
          <Filter path="/cases" filters={filters} deps={deps} hasPhase />
          <CaseTable
            cases={cases}
            caption="我能看到的办件"
            empty={
              <EmptyState title={isFiltered(filters) ? '没有符合条件的办件' : '还没有办件'}>
                {isFiltered(filters) && <a href="/cases">查看全部</a>}
              </EmptyState>
            }
          />
          <Paging path="/cases" filters={filters} next={next} />
        </StationPage>,
      );
    }),
  );
}

const isFiltered = ({ after: _, ...filters }: Filters): boolean => Object.keys(filters).length > 0;

function Filter(props: { path: string; filters: Filters; deps: CaseDeps; hasPhase?: boolean }): JSX.Element {
  const { path, filters, deps, hasPhase = false } = props;
  return (
    <FilterForm
      action={path}
      filters={[
        { name: 'text', label: '申请人姓名或办件编号', value: filters.text },
        {
          name: 'item',
          label: '事项',
          blank: '全部事项',
          width: 'medium',
          value: filters.item,
          options: deps.definitions.list().map((d) => ({ value: d.code, text: d.title })),
        },
        hasPhase && {
          name: 'phase',
          label: '阶段',
          blank: '全部阶段',
          value: filters.phase,
          options: optionsOf(PHASE_WORDS),
        },
      ]}
    />
  );
}

function Term({ line }: { line: ListedCase }): JSX.Element {
  if (line.light === null) return <span class="help">—</span>;
  const end = endText({ ...line, due: line.nextDue });
  // Something granted waits for its next review: no light for what lies months away.
  if (line.phase === 'kept')
    return (
      <div>
        {end}
        <p class="help">下次认证、复核</p>
      </div>
    );
  return (
    <div>
      <Light light={line.light} text={leftText(line)} />
      <p class="help">{end}</p>
    </div>
  );
}

const COLUMNS: Column<ListedCase>[] = [
  {
    title: '申请人',
    nowrap: true,
    head: true,
    cell: (c) => (
      <a href={c.phase === 'draft' ? `/cases/${c.id}/edit` : `/cases/${c.id}`}>
        {c.applicantName || '（未填姓名）'}
      </a>
    ),
  },
  { title: '期限', cell: (c) => <Term line={c} /> },
  { title: '事项', cell: (c) => c.itemTitle },
  { title: '村（社区）', cell: (c) => c.villageName },
  {
    title: '状态',
    cell: (c) => (
      <div>
        <Badge tone={toneOf(c)} text={c.phase === 'draft' ? '草稿' : c.stateTitle} />
      </div>
    ),
  },
  { title: '办件编号', cell: (c) => c.number ?? '提交后生成' },
];

function CaseTable(props: {
  cases: readonly ListedCase[];
  caption: string;
  empty: JSX.Element;
}): JSX.Element {
  return (
    <Table
      caption={props.caption}
      captionHidden
      columns={COLUMNS}
      rows={props.cases}
      rowKey={(c) => c.id}
      empty={props.empty}
    />
  );
}

function Paging(props: { path: string; filters: Filters; next: string | null }): JSX.Element {
  const { path, filters, next } = props;
  const { after, ...rest } = filters;
  return (
    <>
      {after !== undefined && (
        <p>
          <a href={address(path, rest)}>回到第一页</a>
        </p>
      )}
      <Pager next={next === null ? null : address(path, { ...rest, after: next })} />
    </>
  );
}
