/** `/admin/orgs`: the tree, branch by branch; an organisation as it is and as it was. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notFound } from '../../../../errors.ts';
import { chineseDate, isLocalDate } from '../../../../kernel/time.ts';
import { mayManageOrgs, type SignedIn } from '../../../../people/accounts/index.ts';
import {
  listHanging,
  listPasts,
  type Org,
  type OrgMap,
  type OrgPast,
  orgAsOf,
  searchOrgs,
} from '../../../../people/orgs/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import {
  Badge,
  Card,
  DefinitionList,
  EmptyState,
  FilterForm,
  LinkButton,
  Pager,
  RowLink,
  Table,
} from '../../../../platform/web/index.ts';
import { isRefusal } from '../../../shell.tsx';
import { address, adminPage, answer, chosen, type PeopleDeps } from '../parts.tsx';
import { KINDS } from './words.ts';

export const PATH = '/admin/orgs';
const ON_A_PAGE = 50;

export const pathOf = (id: string): string => `${PATH}/${id}`;
export const CRUMB = { href: PATH, text: '机构' };

/** Where this system administrator begins to look. */
const rootsOf = (deps: PeopleDeps, who: SignedIn): Org[] =>
  who.grants.filter((g) => g.role === 'system-admin').flatMap((g) => deps.orgs.find(g.org) ?? []);

/** @throws 404 org.not_found, also for one beyond the reader's reach */
export function orgOf(ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Org {
  const org = deps.orgs.find(String(ctx.params.id));
  if (!org || !mayManageOrgs(who, deps.orgs, org.id)) throw notFound('org.not_found');
  return org;
}

/** From below the administrator's own root down to the organisation's parent. */
export function crumbsOf(deps: PeopleDeps, who: SignedIn, org: Org) {
  const above = org.path
    .split('/')
    .filter((id) => id !== '' && id !== org.id && mayManageOrgs(who, deps.orgs, id));
  return [CRUMB, ...above.map((id) => ({ href: pathOf(id), text: deps.orgs.get(id).short }))];
}

export function mountShow(router: Router, deps: PeopleDeps): void {
  router.get(
    PATH,
    adminPage('system-admin', (ctx, who) => frontPage(ctx, deps, who)),
  );
  router.get(
    `${PATH}/:id`,
    adminPage('system-admin', (ctx, who) => orgPage(ctx, deps, who)),
  );
}

async function frontPage(ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Promise<void> {
  const text = chosen(ctx, 'text');
  const after = chosen(ctx, 'after');
  const roots = rootsOf(deps, who);
  const search = { places: roots.map((o) => o.path), text: text ?? '', after, limit: ON_A_PAGE + 1 };
  const found = text === undefined ? roots : await searchOrgs(deps.db.read, search);
  const page = found.slice(0, ON_A_PAGE);
  const last = found.length > ON_A_PAGE ? page.at(-1)?.id : undefined;
  answer(
    ctx,
    deps,
    { title: '机构', lead: '点开一级看下一级，或者按名称、代码查找。' },
    <>
      <FilterForm action={PATH} filters={[{ name: 'text', label: '名称或代码', value: text }]} />
      <OrgTable orgs={page} tree={deps.orgs} caption={text === undefined ? '您管理的' : '查到的机构'} />
      <Pager
        first={after === undefined ? null : address(PATH, { text })}
        next={last === undefined ? null : address(PATH, { text, after: last })}
      />
    </>,
  );
}

function OrgTable({ orgs, tree, caption }: { orgs: readonly Org[]; tree: OrgMap; caption: string }) {
  return (
    <Table
      list
      caption={caption}
      captionHidden
      rows={orgs}
      rowKey={(o) => o.id}
      empty={<EmptyState title="没有查到机构">换一个名称或者代码再找。</EmptyState>}
      columns={[
        { title: '名称', head: true, cell: (o) => <RowLink href={pathOf(o.id)}>{o.name}</RowLink> },
        { title: '代码', nowrap: true, cell: (o) => o.id },
        { title: '类别', nowrap: true, cell: (o) => KINDS[o.kind] },
        { title: '上级', cell: (o) => (o.parentId === null ? '' : tree.find(o.parentId)?.name) },
        { title: '下级', numeric: true, cell: (o) => tree.children(o.id).length },
        { title: '状态', nowrap: true, cell: (o) => <Standing org={o} /> },
      ]}
    />
  );
}

const Standing = ({ org }: { org: Org }): JSX.Element =>
  org.closedOn === null ? <Badge tone="done" text="正常" /> : <Badge tone="neutral" text="已撤销" />;

async function orgPage(ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Promise<void> {
  const org = orgOf(ctx, deps, who);
  const on = chosen(ctx, 'on');
  const [hanging, pasts] = await Promise.all([
    listHanging(deps.db.read, org.id),
    listPasts(deps.db.read, org.id),
  ]);
  answer(
    ctx,
    deps,
    { title: org.name, crumbs: crumbsOf(deps, who, org) },
    <>
      <Facts org={org} deps={deps} who={who} />
      {hanging.length > 0 && (
        <Card title={`下级机构（${hanging.filter((o) => o.closedOn === null).length} 个）`}>
          <OrgTable orgs={hanging} tree={deps.orgs} caption="下级机构" />
        </Card>
      )}
      <Card title="历史">
        <FilterForm
          action={pathOf(org.id)}
          button="看那一天"
          filters={[{ name: 'on', label: '某一天的情况', type: 'date', value: on }]}
        />
        {on !== undefined && <AsOf on={on} past={await pastOf(deps, org.id, on)} tree={deps.orgs} />}
        <Pasts pasts={pasts} tree={deps.orgs} />
      </Card>
    </>,
  );
}

function Facts({ org, deps, who }: { org: Org; deps: PeopleDeps; who: SignedIn }): JSX.Element {
  const path = pathOf(org.id);
  const parent = org.parentId === null ? undefined : deps.orgs.find(org.parentId);
  const isOpen = org.closedOn === null;
  const mayLeave = isOpen && parent !== undefined && mayManageOrgs(who, deps.orgs, parent.id);
  const hasBelow = ['prefecture', 'county', 'township'].includes(org.kind);
  return (
    <Card title="现在" aside={<Standing org={org} />}>
      <DefinitionList
        items={[
          { term: '代码', detail: org.id },
          { term: '类别', detail: KINDS[org.kind] },
          { term: '上级', detail: parent?.name ?? '没有' },
          { term: '简称', detail: org.short },
          { term: '机关代字', detail: org.docWord ?? '不发文' },
          ...(org.departments.length > 0 ? [{ term: '承接的部门', detail: org.departments.join('、') }] : []),
          ...(org.closedOn === null ? [] : [{ term: '撤销日期', detail: chineseDate(org.closedOn) }]),
        ]}
      />
      {isOpen && (
        <div class="acts">
          {hasBelow && (
            <LinkButton href={`${path}/add`} shortcut="n">
              增加下级
            </LinkButton>
          )}
          <LinkButton href={`${path}/rename`} shortcut="r">
            改名
          </LinkButton>
          {mayLeave && (
            <>
              <LinkButton href={`${path}/move`} shortcut="m">
                调整上级
              </LinkButton>
              <LinkButton href={`${path}/close`} shortcut="c">
                撤销
              </LinkButton>
            </>
          )}
        </div>
      )}
    </Card>
  );
}

async function pastOf(deps: PeopleDeps, id: string, on: string): Promise<OrgPast | null> {
  if (!isLocalDate(on)) return null;
  try {
    return await orgAsOf(deps, id, on);
  } catch (error) {
    if (isRefusal(error, 'org.not_found')) return null;
    throw error;
  }
}

const parentName = (tree: OrgMap, past: OrgPast): string =>
  past.parentId === null ? '没有' : (tree.find(past.parentId)?.name ?? past.parentId);

function AsOf({ on, past, tree }: { on: string; past: OrgPast | null; tree: OrgMap }): JSX.Element {
  if (!past) return <EmptyState title={`${isLocalDate(on) ? chineseDate(on) : on}没有这个机构`} />;
  return (
    <p class="lead">
      {chineseDate(on)}：{past.name}，上级是{parentName(tree, past)}。
    </p>
  );
}

const Pasts = ({ pasts, tree }: { pasts: readonly OrgPast[]; tree: OrgMap }): JSX.Element => (
  <Table
    caption="名称和上级的变化"
    captionHidden
    rows={pasts}
    rowKey={(p) => p.from}
    columns={[
      { title: '起', head: true, nowrap: true, cell: (p) => chineseDate(p.from) },
      { title: '止（不含）', nowrap: true, cell: (p) => (p.to === null ? '现在' : chineseDate(p.to)) },
      { title: '名称', cell: (p) => p.name },
      { title: '上级', cell: (p) => parentName(tree, p) },
    ]}
  />
);
