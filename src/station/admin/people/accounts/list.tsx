/** `/admin/accounts`: who has an account, with which posts. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDate, localDate } from '../../../../kernel/time.ts';
import {
  type AccountState,
  grantTitle,
  type ListedAccount,
  listRoles,
  searchAccounts,
} from '../../../../people/accounts/index.ts';
import type { OrgMap } from '../../../../people/orgs/index.ts';
import {
  Actions,
  Badge,
  type BadgeTone,
  EmptyState,
  FilterForm,
  LinkButton,
  optionsOf,
  Pager,
  RowLink,
  Table,
} from '../../../../platform/web/index.ts';
import { address, adminPage, answer, chosen, type PeopleDeps } from '../parts.tsx';
import { isFault, orgNamed } from '../places.ts';

export const PATH = '/admin/accounts';
const ON_A_PAGE = 30;

const STATES: Record<AccountState, string> = { disabled: '已停用', locked: '已锁定', never: '从未登录' };

/** How an account stands, the most urgent first. */
export function stateOf(a: ListedAccount): { tone: BadgeTone; text: string } {
  if (a.disabledAt !== null) return { tone: 'neutral', text: STATES.disabled };
  if (a.lockedUntil !== null) return { tone: 'danger', text: STATES.locked };
  if (a.grants.some((g) => g.pending && g.endedAt === null)) return { tone: 'warn', text: '授权待确认' };
  if (a.mustChange) return { tone: 'info', text: '待改密码' };
  if (a.signedInAt === null) return { tone: 'info', text: STATES.never };
  return { tone: 'done', text: '正常' };
}

export const keeperRoots = (who: { grants: readonly { role: string; org: string }[] }): string[] =>
  who.grants.filter((g) => g.role === 'security-admin').map((g) => g.org);

export function mountList(router: Router, deps: PeopleDeps): void {
  router.get(
    PATH,
    adminPage('security-admin', async (ctx, who) => {
      const [text, role, place, state, after] = ['text', 'role', 'org', 'state', 'after'].map((name) =>
        chosen(ctx, name),
      );
      const org = place === undefined ? undefined : orgNamed(deps.orgs, keeperRoots(who), place, '/org');
      const today = localDate(deps.clock.now());
      const search = {
        text,
        role,
        org: org && !isFault(org) ? org.id : undefined,
        state: state !== undefined && Object.hasOwn(STATES, state) ? (state as AccountState) : undefined,
        after,
        limit: ON_A_PAGE,
      };
      const at = { now: deps.wall.now(), today };
      const { accounts, next } =
        org && isFault(org)
          ? { accounts: [], next: null }
          : await searchAccounts(deps.db.read, deps.orgs, who, search, at);
      const query = { text, role, org: place, state };
      answer(
        ctx,
        deps,
        { title: '账号和权限', lead: '您管理范围内的账号。停用、收回的都留有记录。' },
        <>
          <Actions>
            <LinkButton href={`${PATH}/new`} kind="primary" shortcut="n">
              开通账号
            </LinkButton>
            <LinkButton href={`${PATH}/table`} shortcut="t">
              成批开通
            </LinkButton>
          </Actions>
          <Filters query={query} />
          {org && isFault(org) ? (
            <EmptyState title={org.message} />
          ) : (
            <List accounts={accounts} orgs={deps.orgs} today={today} />
          )}
          <Pager
            first={after === undefined ? null : address(PATH, query)}
            next={next === null ? null : address(PATH, { ...query, after: next })}
          />
        </>,
      );
    }),
  );
}

function Filters({ query }: { query: Record<'text' | 'role' | 'org' | 'state', string | undefined> }) {
  const roles = listRoles().map(({ id, title }) => ({ value: id, text: title }));
  return (
    <FilterForm
      action={PATH}
      filters={[
        { name: 'text', label: '姓名或账号', value: query.text },
        { name: 'org', label: '机构（全名或代码，含下级）', value: query.org },
        { name: 'role', label: '岗位', blank: '全部岗位', value: query.role, options: roles },
        { name: 'state', label: '状态', blank: '全部状态', value: query.state, options: optionsOf(STATES) },
      ]}
    />
  );
}

function List(props: { accounts: readonly ListedAccount[]; orgs: OrgMap; today: string }): JSX.Element {
  const { accounts, orgs, today } = props;
  const held = (a: ListedAccount) =>
    a.grants.filter((g) => !g.pending && g.from <= today && (g.to === null || g.to >= today));
  return (
    <Table
      list
      caption="账号"
      captionHidden
      rows={accounts}
      rowKey={(a) => a.id}
      empty={<EmptyState title="没有符合条件的账号">换一个条件再找，或者清空条件。</EmptyState>}
      columns={[
        {
          title: '姓名',
          head: true,
          cell: (a) => <RowLink href={`${PATH}/${a.id}`}>{a.name}</RowLink>,
        },
        { title: '账号', nowrap: true, cell: (a) => a.login },
        {
          title: '岗位',
          cell: (a) =>
            held(a)
              .map((g) => grantTitle(g, orgs))
              .join('、') || '没有',
        },
        {
          title: '最近登录',
          nowrap: true,
          cell: (a) => (a.signedInAt === null ? '从未' : chineseDate(localDate(a.signedInAt))),
        },
        { title: '状态', nowrap: true, cell: (a) => <Badge {...stateOf(a)} /> },
      ]}
    />
  );
}
