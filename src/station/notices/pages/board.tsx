/** `/notices`: what hangs, and what has ended and is not taken down yet. */
import type Router from '@koa/router';
import type { JSX, VNode } from 'preact';
import { chineseDate } from '../../../kernel/time.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Badge, Button, EmptyState, Pager, SelectField, Table, Tabs } from '../../../platform/web/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { boardsOnDisplay, noticesOnDisplay } from '../commands.ts';
import { boardPath } from '../routes.ts';
import type { BoardDeps, Notice } from '../types.ts';

export const NoticeState = ({ notice }: { notice: Notice }): JSX.Element =>
  notice.state === 'open' ? <Badge tone="info" text="公示中" /> : <Badge text="已结束" />;

/** Who it is about; of a batch whose list it is: the first thing shown. */
const aboutWhom = ({ shown }: Notice): string =>
  (shown.find((s) => s.label === '姓名') ?? shown[1] ?? shown[0])?.value || '—';

/** Which notices are looked at, as the address says it. */
interface Look {
  org: string;
  isEnded: boolean;
  before: string;
}

const lookOf = ({ query }: RouteContext): Look => ({
  org: typeof query.org === 'string' ? query.org : '',
  isEnded: query.state === 'ended',
  before: typeof query.before === 'string' ? query.before : '',
});

function addressOf({ org, isEnded, before }: Look): string {
  const query = new URLSearchParams({
    ...(org && { org }),
    ...(isEnded && { state: 'ended' }),
    ...(before && { before }),
  }).toString();
  return query === '' ? '/notices' : `/notices?${query}`;
}

const Nothing = ({ look }: { look: Look }): JSX.Element =>
  look.isEnded ? (
    <EmptyState title="没有结束了的公示">公示结束以后在这里留 30 天，到期取下。</EmptyState>
  ) : (
    <EmptyState title="现在没有公示">有新的公示时会在这里展示，村公示栏同时张贴。</EmptyState>
  );

function Board(props: { notices: Notice[]; next: string | null; look: Look }): JSX.Element {
  const { notices, next, look } = props;
  const first = { ...look, before: '' };
  if (notices.length === 0) return <Nothing look={look} />;
  return (
    <>
      <Table
        caption={look.isEnded ? '结束了的公示，结束 30 天后取下' : '正在公示'}
        rows={notices}
        rowKey={(n) => n.id}
        columns={[
          { title: '公示', head: true, cell: (n) => <a href={`/notices/${n.id}`}>{n.title}</a> },
          { title: '公示人', cell: (n) => aboutWhom(n) },
          { title: '张贴处', cell: (n) => n.board.name },
          { title: '截止', nowrap: true, cell: (n) => chineseDate(n.until) },
          { title: '状态', cell: (n) => <NoticeState notice={n} /> },
        ]}
      />
      <Pager next={next && addressOf({ ...look, before: next })} />
      {look.before !== '' && <a href={addressOf(first)}>回到第一页</a>}
    </>
  );
}

/** Look at one board only; works without a script. */
function BoardChoice(props: { boards: { id: string; name: string }[]; look: Look }): JSX.Element {
  const { boards, look } = props;
  return (
    <form method="get" action="/notices" class="search">
      {look.isEnded && <input type="hidden" name="state" value="ended" />}
      <SelectField
        id="org"
        name="org"
        label="张贴在哪里"
        blank="全部"
        value={look.org}
        options={boards.map(({ id, name }) => ({ value: id, text: name }))}
        mark={false}
      />
      <Button kind="secondary">查看</Button>
    </form>
  );
}

/** A board on which nothing hangs can be chosen all the same: that is the answer. */
const withChosen = <B extends { id: string; name: string }>(boards: B[], org: B | undefined): B[] =>
  org && !boards.some((b) => b.id === org.id) ? [...boards, org] : boards;

/** What else hangs on the board of an organisation: a section, or null. */
export type Beside = (ctx: RouteContext, orgId: string) => Promise<VNode | null>;

export function mountBoard(router: Router, deps: BoardDeps, beside: Beside): void {
  router.get('/notices', async (ctx: RouteContext) => {
    const look = lookOf(ctx);
    const page = await noticesOnDisplay(deps, {
      ...boardPath(deps, ctx),
      state: look.isEnded ? 'closed' : 'open',
      ...(look.before && { before: look.before }),
    });
    const boards = withChosen(
      await boardsOnDisplay(deps),
      look.org === '' ? undefined : deps.orgs.find(look.org),
    );
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="公示" heading="公示" nav="notices">
        <p class="lead">对公示内容有不同意见的，任何人都可以提出异议，可以不留姓名。</p>
        <Tabs
          label="公示"
          tabs={[
            {
              text: '正在公示',
              href: addressOf({ ...look, isEnded: false, before: '' }),
              current: !look.isEnded,
            },
            {
              text: '已经结束',
              href: addressOf({ ...look, isEnded: true, before: '' }),
              current: look.isEnded,
            },
          ]}
        />
        {(boards.length > 1 || look.org !== '') && <BoardChoice boards={boards} look={look} />}
        <Board {...page} look={look} />
        {look.org !== '' && (await beside(ctx, look.org))}
      </StationPage>,
    );
  });
}
