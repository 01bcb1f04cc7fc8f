/** One account: who it is, what it may do and since when, where it is signed in, and what can be done about it. */
import type Router from '@koa/router';
import type { ComponentChildren, JSX } from 'preact';
import { chineseDate, chineseDateTime, localDate } from '../../../../kernel/time.ts';
import {
  agreeToGrant,
  enableAccount,
  endSessions,
  getKeptAccount,
  grantTitle,
  type KeptAccount,
  type KeptGrant,
  resetPassword,
  type SignedIn,
  unlockAccount,
} from '../../../../people/accounts/index.ts';
import type { OrgMap } from '../../../../people/orgs/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import {
  Badge,
  type BadgeTone,
  Card,
  DefinitionList,
  EmptyState,
  LinkButton,
  Table,
} from '../../../../platform/web/index.ts';
import { readSent } from '../../../sent.ts';
import { ActButton, adminPage, answer, doAndGo, type PeopleDeps, requireRole } from '../parts.tsx';
import { PATH, stateOf } from './list.tsx';
import { Passwords } from './passwords.tsx';

export const pathOf = (accountId: string): string => `${PATH}/${accountId}`;
export const CRUMB = { href: PATH, text: '账号和权限' };

/** @throws 404 account.not_found */
export const accountOf = (ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Promise<KeptAccount> =>
  getKeptAccount(deps.db.read, deps.orgs, who, String(ctx.params.id), deps.wall.now());

export function mountShow(router: Router, deps: PeopleDeps): void {
  router.get(
    `${PATH}/:id`,
    adminPage('security-admin', async (ctx, who) => {
      const account = await accountOf(ctx, deps, who);
      answer(
        ctx,
        deps,
        { title: `${account.name}（${account.login}）`, crumbs: [CRUMB] },
        <>
          <Facts account={account} deps={deps} who={who} />
          <Grants account={account} deps={deps} who={who} />
          <Sessions account={account} deps={deps} who={who} />
        </>,
      );
    }),
  );
  const act = (name: string, says: string, work: (who: SignedIn, id: string) => Promise<unknown>) =>
    router.post(`${PATH}/:id/${name}`, async (ctx: RouteContext) => {
      const { who } = await readSent(ctx);
      requireRole(ctx, 'security-admin');
      const id = String(ctx.params.id);
      await doAndGo(ctx, pathOf(id), async () => {
        await work(who, id);
        return says;
      });
    });
  act('enable', '账号已经恢复使用。', (who, id) => enableAccount(deps, who, id));
  act('unlock', '账号已经解锁，可以马上登录。', (who, id) => unlockAccount(deps, who, id));
  act('sessions', '登录已经全部退出。', (who, id) => endSessions(deps, who, id));
  router.post(`${PATH}/:id/password`, async (ctx: RouteContext) => {
    const { who } = await readSent(ctx);
    requireRole(ctx, 'security-admin');
    const account = await accountOf(ctx, deps, who);
    const password = await resetPassword(deps, who, account.id);
    const { id, login, name } = account;
    answer(
      ctx,
      deps,
      { title: '新的一次性密码', crumbs: [CRUMB, { href: pathOf(id), text: name }] },
      <Passwords accounts={[{ id, login, name, password }]} back={pathOf(id)} />,
    );
  });
  router.post('/admin/grants/:id/agree', async (ctx: RouteContext) => {
    const { who, requestId, one } = await readSent(ctx);
    requireRole(ctx, 'security-admin');
    await doAndGo(ctx, pathOf(one('account')), async () => {
      await agreeToGrant(deps, who, String(ctx.params.id), requestId);
      return '已经确认，授权生效。';
    });
  });
}

interface Part {
  account: KeptAccount;
  deps: PeopleDeps;
  who: SignedIn;
}

function Facts({ account: a, deps, who }: Part): JSX.Element {
  const isOneself = a.id === who.accountId;
  return (
    <Card title="账号" aside={<Badge {...stateOf(a)} />}>
      <DefinitionList
        items={[
          { term: '账号', detail: a.login },
          { term: '开通', detail: chineseDateTime(a.createdAt) },
          { term: '最近登录', detail: a.signedInAt === null ? '从未登录' : chineseDateTime(a.signedInAt) },
          ...(a.lockedUntil === null ? [] : [{ term: '锁定到', detail: chineseDateTime(a.lockedUntil) }]),
          ...(a.disabledAt === null
            ? []
            : [
                { term: '停用', detail: `${chineseDateTime(a.disabledAt)}，${a.disabledReason}`, wide: true },
              ]),
        ]}
      />
      {isOneself ? (
        <p class="help">这是您自己的账号，要请另一位安全管理员办理。</p>
      ) : (
        <AccountActs account={a} deps={deps} who={who} />
      )}
    </Card>
  );
}

function AccountActs({ account: a, deps, who }: Part): JSX.Element {
  const path = pathOf(a.id);
  const button = (act: string, text: string, more: { confirm?: string; shortcut?: string } = {}) => (
    <ActButton deps={deps} who={who} action={`${path}/${act}`} text={text} {...more} />
  );
  if (a.disabledAt !== null) return button('enable', '恢复使用', { shortcut: 'e' });
  return (
    <div class="acts">
      <LinkButton href={`${path}/grant`} kind="primary" shortcut="g">
        授予岗位
      </LinkButton>
      <LinkButton href={`${path}/leave`} shortcut="l">
        请假代班
      </LinkButton>
      {a.lockedUntil !== null && button('unlock', '解锁', { shortcut: 'u' })}
      {button('password', '重设密码', {
        shortcut: 'p',
        confirm: `${a.name}现在的密码马上作废，登录会退出。重设吗？`,
      })}
      <LinkButton href={`${path}/disable`} shortcut="d">
        停用
      </LinkButton>
    </div>
  );
}

function standingOf(g: KeptGrant, today: string): { tone: BadgeTone; text: string } {
  if (g.endedAt !== null && (g.to ?? '') < today)
    return { tone: 'neutral', text: g.pending ? '没有确认' : '已收回' };
  if (g.pending) return { tone: 'warn', text: '待另一位确认' };
  if (g.to !== null && g.to < today) return { tone: 'neutral', text: '已到期' };
  if (g.from > today) return { tone: 'info', text: '还没开始' };
  return { tone: 'done', text: g.endedAt === null ? '有效' : '有效，将收回' };
}

const isOver = (g: KeptGrant, today: string): boolean =>
  g.endedAt !== null || (g.to !== null && g.to < today);

function Grants({ account, deps, who }: Part): JSX.Element {
  const today = localDate(deps.clock.now());
  return (
    <Card title="岗位和权限">
      <Table
        caption="岗位和权限，含以前的"
        captionHidden
        rows={account.grants.toReversed()}
        rowKey={(g) => g.id}
        empty={<EmptyState title="没有岗位" />}
        columns={[
          { title: '岗位', head: true, cell: (g) => grantTitle(g, deps.orgs) },
          { title: '起', nowrap: true, cell: (g) => chineseDate(g.from) },
          { title: '止', nowrap: true, cell: (g) => lastDay(g) },
          { title: '状态', nowrap: true, cell: (g) => <Badge {...standingOf(g, today)} /> },
          { title: '经手', cell: (g) => <Hands grant={g} /> },
          {
            title: '办理',
            cell: (g) =>
              account.id !== who.accountId &&
              !isOver(g, today) && <GrantActs grant={g} deps={deps} who={who} orgs={deps.orgs} />,
          },
        ]}
      />
    </Card>
  );
}

const lastDay = (g: KeptGrant): string => {
  if (g.to === null) return '长期';
  return g.to < g.from ? '当天收回' : chineseDate(g.to);
};

const Hands = ({ grant: g }: { grant: KeptGrant }): JSX.Element => (
  <>
    {g.givenByName && g.givenAt ? `${g.givenByName}授予` : '系统建立'}
    {g.endedByName && `，${g.endedByName}收回`}
  </>
);

function GrantActs(props: { grant: KeptGrant; deps: PeopleDeps; who: SignedIn; orgs: OrgMap }) {
  const { grant: g, deps, who, orgs } = props;
  const about = `：${grantTitle(g, orgs)}`;
  return (
    <div class="acts">
      {g.pending && g.givenBy !== who.accountId && (
        <ActButton
          deps={deps}
          who={who}
          action={`/admin/grants/${g.id}/agree`}
          fields={{ account: g.accountId }}
          text="确认"
          about={about}
        />
      )}
      <LinkButton href={`/admin/grants/${g.id}/withdraw`}>
        收回<span class="vh">{about}</span>
      </LinkButton>
    </div>
  );
}

function Sessions({ account: a, deps, who }: Part): JSX.Element {
  const body: ComponentChildren =
    a.sessions.length === 0 ? (
      <EmptyState title="现在没有登录" />
    ) : (
      <>
        <Table
          caption="现在的登录"
          captionHidden
          rows={a.sessions}
          rowKey={(s) => s.id}
          columns={[
            { title: '登录时间', head: true, cell: (s) => chineseDateTime(s.createdAt) },
            { title: '最近操作', cell: (s) => chineseDateTime(s.lastSeenAt) },
          ]}
        />
        {a.id !== who.accountId && (
          <ActButton
            deps={deps}
            who={who}
            action={`${pathOf(a.id)}/sessions`}
            text="全部退出"
            confirm={`${a.name}没有保存的内容会丢失。退出全部登录吗？`}
          />
        )}
      </>
    );
  return <Card title="现在的登录">{body}</Card>;
}
