/** `/worklists/:list/views`: saved views by name, which one the list opens with; and every small write of a list. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { maskNumbers } from '../../../kernel/mask.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Button, Card, CsrfField, EmptyState, TextField } from '../../../platform/web/index.ts';
import type { CaseDeps } from '../../cases/index.ts';
import { readSent } from '../../sent.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { columnsOf } from '../columns.ts';
import {
  chooseColumns,
  deleteView,
  makeDefault,
  rememberFilters,
  renameView,
  restoreView,
  saveView,
} from '../commands.ts';
import { exportList } from '../export.ts';
import { addressOf, filtersOf, isNarrowed } from '../filters.ts';
import { NO_VIEW, type SavedView, viewsOf } from '../state.ts';
import { listOf, PATHS, TITLES } from './scene.ts';

export function mountViews(router: Router, deps: CaseDeps): void {
  router.get(
    '/worklists/:list/views',
    staffPage((ctx) => viewsPage(ctx, deps)),
  );
  mountSettings(router, deps);
  mountOneView(router, deps);
}

function mountSettings(router: Router, deps: CaseDeps): void {
  router.post('/worklists/:list/filters', async (ctx: RouteContext) => {
    const list = listOf(ctx);
    const { who, body } = await readSent(ctx);
    const { text, ...others } = filtersOf(body);
    const isNumber = text !== undefined && maskNumbers(text) !== text;
    // The number of a person comes into no address, where it would stay.
    if (isNumber) leaveFlash(ctx, 'warn', '这里按姓名或者办件编号查找，不按证件号码、电话查找。');
    const filters = isNumber || text === undefined ? others : { ...others, text };
    await rememberFilters(deps, who, list, filters);
    const isPlain = !isNarrowed(filters) && filters.sort === undefined;
    seeOther(ctx, addressOf(PATHS[list], filters, isPlain ? { view: NO_VIEW } : {}));
  });
  router.post('/worklists/:list/columns', async (ctx: RouteContext) => {
    const list = listOf(ctx);
    const { who, all, one } = await readSent(ctx);
    await chooseColumns(deps, who, list, one('usual') === '1' ? null : columnsOf(all('column')));
    leaveFlash(ctx, 'done', '列已保存。');
    seeOther(ctx, PATHS[list]);
  });
  router.post('/worklists/:list/views', async (ctx: RouteContext) => {
    const list = listOf(ctx);
    const { who, body, all, one, requestId } = await readSent(ctx);
    const input = { list, name: one('name'), filters: filtersOf(body), columns: columnsOf(all('column')) };
    const { id } = await saveView(deps, who, input, requestId);
    leaveFlash(ctx, 'done', '视图已保存。');
    seeOther(ctx, `${PATHS[list]}?view=${id}`);
  });
  router.post('/worklists/:list/export', async (ctx: RouteContext) => {
    const list = listOf(ctx);
    const { who, body, all, one } = await readSent(ctx);
    const kind = one('kind') === 'csv' ? 'csv' : 'xlsx';
    const columns = columnsOf(all('column'));
    ctx.body = await exportList(deps, who, { list, filters: filtersOf(body), columns, kind });
    ctx.type = kind === 'csv' ? 'text/csv; charset=utf-8' : XLSX;
    ctx.set(
      'Content-Disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(`${TITLES[list]}.${kind}`)}`,
    );
  });
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function mountOneView(router: Router, deps: CaseDeps): void {
  const write = (
    path: string,
    work: (who: SignedIn, id: string, one: (name: string) => string) => Promise<unknown>,
  ) =>
    router.post(`/worklists/views/:id/${path}`, async (ctx: RouteContext) => {
      const { who, one } = await readSent(ctx);
      const id = ctx.params.id as string;
      await work(who, id, one);
      leaveFlash(ctx, 'done', '已保存。');
      seeOther(ctx, `/worklists/${one('list') === 'cases' ? 'cases' : 'inbox'}/views`);
    });
  write('rename', (who, id, one) => renameView(deps, who, id, one('name')));
  write('default', (who, id, one) => makeDefault(deps, who, id, one('on') === '1'));
  router.post('/worklists/views/:id/delete', async (ctx: RouteContext) => {
    const { who } = await readSent(ctx);
    const { id, list } = await deleteView(deps, who, ctx.params.id as string);
    seeOther(ctx, `${PATHS[list]}?view=${NO_VIEW}&deleted=${id}`);
  });
  router.post('/worklists/views/:id/restore', async (ctx: RouteContext) => {
    const { who } = await readSent(ctx);
    const { id, list } = await restoreView(deps, who, ctx.params.id as string);
    leaveFlash(ctx, 'done', '视图已恢复。');
    seeOther(ctx, `${PATHS[list]}?view=${id}`);
  });
}

async function viewsPage(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const who = requireSession(ctx);
  const list = listOf(ctx);
  const views = await viewsOf(deps, who, list);
  const title = `${TITLES[list]}的视图`;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={title}
      heading={title}
      nav={list}
      breadcrumbs={[{ href: PATHS[list], text: TITLES[list] }, { text: '视图' }]}
    >
      {views.length === 0 && (
        <EmptyState title="还没有视图">在列表上选好条件和列，点“保存为视图”。</EmptyState>
      )}
      {views.map((view) => (
        <ViewCard key={view.id} view={view} csrf={who.csrf} />
      ))}
    </StationPage>,
  );
}

function ViewCard({ view, csrf }: { view: SavedView; csrf: string }): JSX.Element {
  const { id, list, name, isDefault } = view;
  const hidden = (
    <>
      <CsrfField token={csrf} />
      <input type="hidden" name="list" value={list} />
    </>
  );
  const at = `/worklists/views/${id}`;
  return (
    <Card title={name} aside={<a href={`${PATHS[list]}?view=${id}`}>打开</a>}>
      <form method="post" action={`${at}/rename`} class="search">
        {hidden}
        <TextField id={`name-${id}`} name="name" label="名字" value={name} mark={false} width="medium" />
        <Button kind="secondary">改名</Button>
      </form>
      <div class="actions">
        <form method="post" action={`${at}/default`}>
          {hidden}
          <input type="hidden" name="on" value={isDefault ? '0' : '1'} />
          <Button kind="secondary">{isDefault ? '不再默认打开' : '设为默认打开'}</Button>
        </form>
        <form method="post" action={`${at}/delete`}>
          {hidden}
          <Button kind="danger">删除</Button>
        </form>
      </div>
    </Card>
  );
}
