/** `/ratings`: what citizens said, without who said it. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { invalid, notAllowed } from '../../../errors.ts';
import { chineseDate, isLocalDate } from '../../../kernel/time.ts';
import { requireSession, type SignedIn, visibleScopes } from '../../../people/accounts/index.ts';
import { Badge, EmptyState, FilterForm, Pager, Table, Tabs } from '../../../platform/web/index.ts';
import { departmentName } from '../../departments.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { listRatings, type RatingFilter, type RatingView } from '../queries.ts';
import { isBad, LEVEL_WORDS, LEVELS, levelOf } from '../rules.ts';
import type { Level, RatingDeps } from '../types.ts';

const STANDINGS = ['open', 'late-contact', 'late-remedy'] as const;

/** What the address asks for. @throws invalid for days that are none */
export function filterOf(query: Record<string, unknown>): RatingFilter {
  const said = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' && value !== '' && value.length <= 40 ? value : undefined;
  };
  const level = levelOf(said('level'));
  const standing = STANDINGS.find((s) => s === said('standing'));
  const days = said('days');
  const plain = (['item', 'department', 'township', 'after'] as const).flatMap((name) => {
    const value = said(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(plain),
    ...(level && { level }),
    ...(standing && { standing }),
    ...(days && { days: rangeOf(days) }),
  };
}

function rangeOf(text: string): { from: string; to: string } {
  const [from, to] = text.split('~');
  if (isLocalDate(from) && isLocalDate(to)) return { from, to };
  throw invalid([{ pointer: '/query/days', message: '起止日期不对，应写成 2026-10-01~2026-12-31' }]);
}

/** The address of another page of the same list. */
export function addressOf(path: string, { days, ...filter }: RatingFilter, after?: string): string {
  const query = new URLSearchParams({
    ...(filter as Record<string, string>),
    ...(days && { days: `${days.from}~${days.to}` }),
    ...(after && { after }),
  });
  return query.size > 0 ? `${path}?${query}` : path;
}

/** What the address asks for beyond the choices on the page, in words, and the way to the whole list. */
function Narrowed(props: { deps: RatingDeps; path: string; filter: RatingFilter }): JSX.Element | null {
  const { deps, path, filter } = props;
  const { days, department, township, item } = filter;
  const title = deps.definitions.list().find(({ code }) => code === item)?.title;
  const words = [
    days && `${chineseDate(days.from)}至${chineseDate(days.to)}`,
    department !== undefined && departmentName(department),
    township !== undefined && (deps.orgs.find(township)?.name ?? township),
    item !== undefined && (title ?? item),
  ].filter((word): word is string => typeof word === 'string');
  return words.length === 0 ? null : (
    <p>
      只看：{words.join(' · ')}　<a href={path}>看全部</a>
    </p>
  );
}

/** @throws notAllowed for whoever sees no cases */
export function requireReader(deps: RatingDeps, who: SignedIn): void {
  if (visibleScopes(who, deps.orgs).length === 0) throw notAllowed();
}

export const LevelBadge = ({ level }: { level: Level }): JSX.Element => (
  <Badge tone={isBad(level) ? 'danger' : level === 3 ? 'warn' : 'done'} text={LEVEL_WORDS[level]} />
);

export const Words = ({ rating }: { rating: Pick<RatingView, 'comment' | 'supplement'> }): JSX.Element => (
  <>
    {rating.comment ?? <span class="help">没有写</span>}
    {rating.supplement !== null && <p>补充：{rating.supplement}</p>}
  </>
);

export const RatingTabs = ({ here }: { here: 'all' | 'bad' }): JSX.Element => (
  <Tabs
    label="评价"
    tabs={[
      { href: '/ratings', text: '全部评价', current: here === 'all' },
      { href: '/ratings/bad?standing=open', text: '差评回访', current: here === 'bad' },
    ]}
  />
);

export function mountRatings(router: Router, deps: RatingDeps): void {
  router.get(
    '/ratings',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      requireReader(deps, who);
      const filter = filterOf(ctx.query);
      const { ratings, next } = await listRatings(deps, who, filter);
      show(
        ctx,
        <StationPage ctx={ctx} deps={deps} title="群众评价" heading="群众评价" nav="board">
          <p class="lead">评价不带姓名和办件编号；话里的姓名、号码已经隐去。</p>
          <RatingTabs here="all" />
          <Narrowed deps={deps} path="/ratings" filter={filter} />
          <FilterForm
            action="/ratings"
            filters={[
              {
                name: 'level',
                label: '评价',
                blank: '全部',
                value: filter.level === undefined ? undefined : String(filter.level),
                options: LEVELS.map((l) => ({ value: String(l), text: LEVEL_WORDS[l] })),
              },
            ]}
          />
          <Table
            caption="评价，新的在前"
            rows={ratings}
            rowKey={(r) => r.id}
            empty={<EmptyState title="没有符合条件的评价" />}
            columns={[
              { title: '日期', nowrap: true, cell: (r) => chineseDate(r.day) },
              { title: '事项', head: true, cell: (r) => r.itemTitle },
              { title: '村（社区）', cell: (r) => r.villageName },
              { title: '评价', cell: (r) => <LevelBadge level={r.level} /> },
              { title: '说了什么', cell: (r) => <Words rating={r} /> },
            ]}
          />
          <Pager next={next && addressOf('/ratings', filter, next)} />
        </StationPage>,
      );
    }),
  );
}
