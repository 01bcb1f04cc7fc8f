/** `/account/leave`: I am away from … to …, my deputy is …. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate, isLocalDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { type RouteContext, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  type BadgeTone,
  Button,
  Card,
  CsrfField,
  EmptyState,
  ErrorSummary,
  Page,
  render,
  SelectField,
  Table,
  TextField,
} from '../../../platform/web/index.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { type AccountDeps, todayOf } from '../commands/deps.ts';
import type { SignedIn } from '../commands/session.ts';
import { requireSession } from '../middleware.ts';
import type { Frame } from '../pages.tsx';
import type { Grant } from '../policy.ts';
import { grantTitle } from '../present.ts';
import { roleTitle } from '../roles.ts';
import { endLeave, enterLeave } from './commands.ts';
import { type Candidate, listCandidates, listDeputies, type NamedDeputy } from './queries.ts';
import type { Post } from './rules.ts';

const PATH = '/account/leave';
const SHOWN = 50;
const ALL = 'all';

type PagesDeps = AccountDeps & { orgs: OrgMap };

export function leavePages(router: Router, deps: PagesDeps, frame: (ctx: RouteContext) => Frame): void {
  const page = async (ctx: RouteContext, more: Partial<LeaveView> = {}, status = 200): Promise<void> => {
    const who = requireSession(ctx);
    const today = todayOf(deps);
    const own = who.grants.filter((g) => !g.for);
    const [leaves, candidates] = await Promise.all([
      listDeputies(deps.db.read, who.accountId, SHOWN),
      listCandidates(deps.db.read, deps.orgs, { accountId: who.accountId, grants: own }, today),
    ]);
    const requestId = newId(deps.clock.now(), deps.random);
    const view = {
      frame: frame(ctx),
      action: PATH,
      absent: { accountId: who.accountId, name: who.name, grants: own },
      csrf: who.csrf,
      orgs: deps.orgs,
      today,
      leaves,
      candidates,
      requestId,
    };
    ctx.status = status;
    ctx.body = render(<LeavePage {...view} {...more} />);
  };
  router.get(PATH, (ctx: RouteContext) => page(ctx, { done: DONE[String(ctx.query.done)] }));
  router.post(PATH, async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const sent = new Map(sentForm(ctx).fields);
    const faults = await tryLeave(deps, who, who.accountId, sent);
    if (faults.length > 0) return page(ctx, { faults, sent }, 422);
    seeOther(ctx, `${PATH}?done=entered`);
  });
  router.post(`${PATH}/:id/end`, async (ctx: RouteContext) => {
    const sent = new Map(sentForm(ctx).fields);
    await endLeave(deps, requireSession(ctx), String(ctx.params.id), sent.get('_request') || undefined);
    seeOther(ctx, `${PATH}?done=ended`);
  });
}

const DONE: Record<string, string> = { entered: '代班已经登记，到日子自动生效。', ended: '代班已经结束。' };

function seeOther(ctx: RouteContext, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
}

/** `window@532628` */
const postKey = ({ role, org }: Post): string => `${role}@${org}`;

/** The post a key names; null for all of them. */
function postOf(key: string): Post | null {
  const [role = '', org = ''] = key.split('@');
  return key === ALL ? null : { role, org };
}

/** Enters the leave that a form asks for; what is wrong with it otherwise. */
export async function tryLeave(
  deps: PagesDeps,
  who: SignedIn,
  absentId: string,
  sent: ReadonlyMap<string, string>,
): Promise<readonly Fault[]> {
  const text = (name: string) => sent.get(name)?.trim() ?? '';
  const days = (['from', 'to'] as const).filter((name) => !isLocalDate(text(name)));
  if (days.length > 0)
    return days.map((name) => ({ pointer: `/${name}`, message: '请选择日期', code: 'required' }));
  const leave = {
    absentId,
    deputyId: text('deputy'),
    post: postOf(text('post')),
    from: text('from'),
    to: text('to'),
    reason: text('reason'),
  };
  try {
    await enterLeave(deps, who, leave, sent.get('_request') || undefined);
    return [];
  } catch (error) {
    if (error instanceof AppError && error.faults) return error.faults;
    throw error;
  }
}

/** What the form of a leave and its list need. */
export interface LeaveParts {
  /** Where the form is sent, and `<action>/<id>/end`. */
  action: string;
  absent: { accountId: string; name: string; grants: readonly Grant[] };
  csrf: string;
  orgs: OrgMap;
  today: LocalDate;
  leaves: readonly NamedDeputy[];
  candidates: readonly Candidate[];
  requestId: string;
  faults?: readonly Fault[];
  sent?: ReadonlyMap<string, string>;
}

interface LeaveView extends LeaveParts {
  frame: Frame;
  done?: string | undefined;
}

function LeavePage(view: LeaveView): JSX.Element {
  const { frame, absent, faults = [], done } = view;
  const own = view.leaves.filter((d) => d.absentId === absent.accountId);
  const others = view.leaves.filter((d) => d.deputyId === absent.accountId);
  return (
    <Page
      {...frame}
      flash={done ? { kind: 'done', text: done } : null}
      title="请假代班"
      heading="请假代班"
      breadcrumbs={[
        { href: '/', text: '首页' },
        { href: '/account', text: '我的账号' },
        { text: '请假代班' },
      ]}
    >
      <ErrorSummary faults={faults} />
      <Card title="我请假">
        <LeaveForm {...view} />
      </Card>
      <Card title="我的代班安排">
        <LeaveTable view={view} rows={own} caption="我的代班安排" empty="还没有安排过代班" />
      </Card>
      <Card title="我代别人">
        <LeaveTable view={view} rows={others} caption="我代别人" empty="没有人请您代班" />
      </Card>
    </Page>
  );
}

/** Who is away when, and who stands in. */
export function LeaveForm(view: LeaveParts): JSX.Element {
  const { action, absent, csrf, orgs, candidates, requestId, faults = [], sent, today } = view;
  const own = absent.grants;
  if (candidates.length === 0)
    return (
      <EmptyState title="没有可以代班的同事">
        同一个县里没有岗位相当的同事；请找县级安全管理员安排。
      </EmptyState>
    );
  const field = (name: string, value = '') => {
    const fault = faults.find((f) => f.pointer === `/${name}`);
    return {
      id: `f-${name}`,
      name,
      required: true,
      mark: false,
      value: sent?.get(name) ?? value,
      ...(fault && { error: fault.message }),
    };
  };
  return (
    <form method="post" action={action}>
      <CsrfField token={csrf} />
      <input type="hidden" name="_request" value={requestId} />
      <p class="help">
        代班人在这些天里可以办理这些岗位上的事，每件事都记明“某某（代{absent.name}
        ）”。代别人的岗位不会再转给代班人。
      </p>
      <TextField {...field('from', today)} label="从哪天起" type="date" width="short" />
      <TextField {...field('to')} label="到哪天止（含当天）" type="date" width="short" />
      <SelectField
        {...field('deputy')}
        label="代班人"
        width="medium"
        options={candidates.map((c) => ({
          value: c.accountId,
          text: `${c.name}（${grantTitle(c.grant, orgs)}）`,
        }))}
      />
      {own.length > 1 && (
        <SelectField
          {...field('post', ALL)}
          label="代哪个岗位"
          width="medium"
          options={[
            { value: ALL, text: '全部岗位' },
            ...own.map((g) => ({ value: postKey(g), text: grantTitle(g, orgs) })),
          ]}
        />
      )}
      <TextField
        {...field('reason')}
        label="事由"
        width="medium"
        help="例如：年休假、外出培训。不要写病情。"
      />
      <Actions>
        <Button>登记代班</Button>
      </Actions>
    </form>
  );
}

/** Leaves, those that are not over with a button to end them. */
export function LeaveTable(props: {
  view: LeaveParts;
  rows: readonly NamedDeputy[];
  caption: string;
  empty: string;
}): JSX.Element {
  const { view, rows, caption, empty } = props;
  return (
    <Table
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={(d) => d.id}
      empty={<EmptyState title={empty} />}
      columns={[
        {
          title: '谁',
          head: true,
          cell: (d) =>
            d.absentId === view.absent.accountId ? `由 ${d.deputyName} 代` : `代 ${d.absentName}`,
        },
        { title: '岗位', cell: (d) => postTitle(d.post, view.orgs) },
        { title: '起', nowrap: true, cell: (d) => chineseDate(d.from) },
        { title: '止', nowrap: true, cell: (d) => chineseDate(d.to) },
        { title: '事由', cell: (d) => d.reason },
        { title: '状态', cell: (d) => <Badge {...standingOf(d, view.today)} /> },
        {
          title: '办理',
          cell: (d) =>
            isOpen(d, view.today) &&
            d.absentId === view.absent.accountId && (
              <form method="post" action={`${view.action}/${d.id}/end`}>
                <CsrfField token={view.csrf} />
                <Button kind="secondary" confirm="结束后代班人马上不能再办您岗位上的事。结束吗？">
                  {d.from > view.today ? '取消' : '提前结束'}
                  <span class="vh">：{d.deputyName}</span>
                </Button>
              </form>
            ),
        },
      ]}
    />
  );
}

/** `富宁县 窗口受理员`, or that it is all of them. */
const postTitle = (post: Post | null, orgs: OrgMap): string =>
  post === null ? '全部岗位' : `${orgs.find(post.org)?.name ?? post.org} ${roleTitle(post.role)}`;

/** May it still be ended? */
const isOpen = (d: NamedDeputy, today: LocalDate): boolean => d.endedAt === null && d.to >= today;

/** How a leave stands on a day. */
function standingOf(d: NamedDeputy, today: LocalDate): { tone: BadgeTone; text: string } {
  if (d.endedAt !== null) return { tone: 'neutral', text: '提前结束' };
  if (d.to < today) return { tone: 'neutral', text: '已结束' };
  return d.from > today ? { tone: 'info', text: '还没开始' } : { tone: 'done', text: '生效中' };
}
