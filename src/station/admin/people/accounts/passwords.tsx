import type { JSX } from 'preact';
import type { Opened } from '../../../../people/accounts/index.ts';
import { Actions, Card, LinkButton, Table } from '../../../../platform/web/index.ts';

/** Passwords for one sign-in, shown this once; the page can be printed and cut. */
export function Passwords({ accounts, back }: { accounts: readonly Opened[]; back: string }): JSX.Element {
  const isShown = accounts.some((a) => a.password !== null);
  return (
    <Card title={isShown ? '请当面交给本人' : '账号已经开通'} tone={isShown ? 'now' : 'warn'}>
      <p>
        {isShown
          ? '密码只在这里显示这一次，离开本页就看不到了。本人第一次登录时要改成自己的密码。'
          : '这次提交先前已经办过，密码当时显示过一次，不再显示。没有记下的，请到账号页重设密码。'}
      </p>
      <Table
        caption="账号和一次性密码"
        captionHidden
        rows={accounts}
        rowKey={(a) => a.id}
        columns={[
          { title: '姓名', head: true, cell: (a) => a.name },
          { title: '账号', cell: (a) => <code>{a.login}</code> },
          {
            title: '一次性密码',
            nowrap: true,
            cell: (a) => (a.password === null ? '不再显示' : <code>{a.password}</code>),
          },
        ]}
      />
      <Actions>
        <LinkButton href={back}>已经交给本人</LinkButton>
      </Actions>
    </Card>
  );
}
