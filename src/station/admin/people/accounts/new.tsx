/** `/admin/accounts/new`: one account. The login may be left out; it is made from the name. */
import type Router from '@koa/router';
import { localDate } from '../../../../kernel/time.ts';
import { openAccounts } from '../../../../people/accounts/index.ts';
import { Actions, Button, Card, ErrorSummary, TextField } from '../../../../platform/web/index.ts';
import { answer, fieldOf, formPage, Once, type PeopleDeps } from '../parts.tsx';
import { PostFields, postSent } from './forms/post-fields.tsx';
import { PATH } from './list.tsx';
import { Passwords } from './passwords.tsx';
import { CRUMB, pathOf } from './show.tsx';
import { atFields } from './table-rows.ts';

export function mountNew(router: Router, deps: PeopleDeps): void {
  formPage(
    router,
    `${PATH}/new`,
    'security-admin',
    async (ctx, who, filled, status) => {
      answer(
        ctx,
        deps,
        { title: '开通账号', crumbs: [CRUMB], status },
        <form method="post" action={`${PATH}/new`}>
          <ErrorSummary faults={filled.faults} />
          <Once deps={deps} who={who} />
          <Card>
            <TextField {...fieldOf(filled, 'name')} label="姓名" width="medium" required />
            <TextField
              {...fieldOf(filled, 'login')}
              label="账号"
              width="medium"
              help="不填的，按姓名的拼音取；重名的后面加数字。"
            />
            <PostFields filled={filled} today={localDate(deps.clock.now())} />
          </Card>
          <Actions>
            <Button>开通</Button>
          </Actions>
        </form>,
      );
    },
    async (ctx, sent) => {
      const grant = postSent(deps, sent);
      const applicant = { name: sent.one('name').trim(), login: sent.one('login').trim(), grants: [grant] };
      const opened = await atFields(() => openAccounts(deps, sent.who, [applicant], sent.requestId));
      const [one] = opened;
      answer(
        ctx,
        deps,
        { title: '账号已经开通', crumbs: [CRUMB] },
        <Passwords accounts={opened} back={one ? pathOf(one.id) : PATH} />,
      );
      return undefined;
    },
  );
}
