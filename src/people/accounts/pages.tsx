import type { JSX } from 'preact';
import type { Fault } from '../../errors.ts';
import { chineseDate } from '../../kernel/time.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  EmptyState,
  ErrorSummary,
  Page,
  type PageProps,
  SITE_PATHS,
  Table,
  TextField,
} from '../../platform/web/index.ts';
import { MIN_PASSWORD } from './password.ts';
import type { Grant } from './policy.ts';
import type { GrantView } from './present.ts';

export type Frame = Pick<PageProps, 'signedIn' | 'banner' | 'flash'>;

/** Sign-in. `next` is where the reader wanted to go; `problem` says why the last try failed. */
export function SignInPage(props: {
  frame: Frame;
  login?: string;
  next?: string | undefined;
  problem?: string | undefined;
}): JSX.Element {
  const { frame, login, next, problem } = props;
  return (
    <Page
      {...frame}
      title="登录"
      heading="工作人员登录"
      narrow
      {...(problem && { flash: { kind: 'error', text: problem } })}
    >
      <Card>
        <form method="post" action={SITE_PATHS.signIn}>
          {next && <input type="hidden" name="next" value={next} />}
          <TextField
            id="login"
            name="login"
            label="账号"
            mark={false}
            required
            autocomplete="username"
            autofocus={!login}
            {...(login && { value: login })}
          />
          <TextField
            id="password"
            name="password"
            label="密码"
            type="password"
            mark={false}
            required
            autocomplete="current-password"
            autofocus={Boolean(login)}
          />
          <Actions>
            <Button wide>登录</Button>
          </Actions>
        </form>
      </Card>
      <p class="help">
        群众查询办件进度、核验证照不需要登录。连续输错 5 次密码，账号会锁定 15
        分钟。忘记密码请找县级安全管理员。
      </p>
    </Page>
  );
}

/** My roles, and a new password. */
export function AccountPage(props: {
  frame: Frame;
  name: string;
  login: string;
  grants: readonly (GrantView & Pick<Grant, 'from' | 'to' | 'for'>)[];
  csrf: string;
  /** The password was given by an administrator. */
  mustChange: boolean;
  faults?: readonly Fault[];
}): JSX.Element {
  const { frame, name, login, grants, csrf, mustChange, faults = [] } = props;
  return (
    <Page
      {...frame}
      title="我的账号"
      heading="我的账号"
      breadcrumbs={[{ href: '/', text: '首页' }, { text: '我的账号' }]}
    >
      <ErrorSummary faults={faults} />
      {mustChange && (
        <Card title="请先修改密码" tone="now">
          <p>现在的密码是管理员给的，只能用一次。改成您自己的密码以后，才能办别的事。</p>
          <PasswordForm csrf={csrf} faults={faults} />
        </Card>
      )}
      <StandingIn grants={grants} />
      <Card title={`${name}（${login}）`} aside={<a href="/account/leave">请假代班</a>}>
        <Table
          caption="我的岗位"
          columns={[
            { title: '岗位', head: true, cell: (g) => g.roleTitle + (g.for ? `（代${g.for.name}）` : '') },
            { title: '机构', cell: (g) => (g.subtree ? `${g.orgName}及其下级` : g.orgName) },
            { title: '起', nowrap: true, cell: (g) => chineseDate(g.from) },
            { title: '止', nowrap: true, cell: (g) => (g.to === null ? '长期' : chineseDate(g.to)) },
          ]}
          rows={grants}
          rowKey={(g, i) => `${g.role}-${g.org}-${i}`}
          empty={<EmptyState title="现在没有岗位">请联系县级安全管理员授予岗位。</EmptyState>}
        />
      </Card>
      {!mustChange && (
        <Card title="修改密码">
          <PasswordForm csrf={csrf} faults={faults} />
        </Card>
      )}
    </Page>
  );
}

/** Told to a deputy for as long as the leave lasts. */
function StandingIn({ grants }: Pick<Parameters<typeof AccountPage>[0], 'grants'>): JSX.Element | null {
  const lent = grants.filter((g) => g.for);
  if (lent.length === 0) return null;
  return (
    <Card title="您正在代班" tone="now">
      <p>您正在代：{lent.map((g) => `${g.for?.name}（${g.orgName} ${g.roleTitle}）`).join('、')}。</p>
      <p class="help">办这些岗位的事时，记录上写明您和您代的人。</p>
    </Card>
  );
}

function PasswordForm({ csrf, faults }: { csrf: string; faults: readonly Fault[] }): JSX.Element {
  const error = (pointer: string) => {
    const fault = faults.find((f) => f.pointer === pointer);
    return fault && { error: fault.message };
  };
  return (
    <form method="post" action="/account/password">
      <CsrfField token={csrf} />
      <TextField
        id="f-current"
        name="current"
        label="现在的密码"
        type="password"
        required
        mark={false}
        autocomplete="current-password"
        width="medium"
        {...error('/current')}
      />
      <TextField
        id="f-next"
        name="next"
        label="新密码"
        help={`至少 ${MIN_PASSWORD} 个字符。修改后，您在其他电脑上的登录会退出。`}
        type="password"
        required
        mark={false}
        autocomplete="new-password"
        width="medium"
        {...error('/next')}
      />
      <TextField
        id="f-again"
        name="again"
        label="再输一遍新密码"
        type="password"
        required
        mark={false}
        autocomplete="new-password"
        width="medium"
        {...error('/again')}
      />
      <Actions>
        <Button>修改密码</Button>
      </Actions>
    </form>
  );
}
