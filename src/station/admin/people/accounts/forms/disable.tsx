/** Somebody is shut out. */
import type Router from '@koa/router';
import { disableAccount } from '../../../../../people/accounts/index.ts';
import { Actions, Button, Card, ErrorSummary, TextField } from '../../../../../platform/web/index.ts';
import { answer, fieldOf, formPage, Once, type PeopleDeps } from '../../parts.tsx';
import { PATH } from '../list.tsx';
import { accountOf, CRUMB, pathOf } from '../show.tsx';

export function disableForm(router: Router, deps: PeopleDeps): void {
  formPage(
    router,
    `${PATH}/:id/disable`,
    'security-admin',
    async (ctx, who, filled, status) => {
      const { id, name } = await accountOf(ctx, deps, who);
      answer(
        ctx,
        deps,
        {
          title: `停用${name}的账号`,
          crumbs: [CRUMB, { href: pathOf(id), text: name }],
          lead: '停用后马上不能登录，已经登录的会退出。办过的事和记录都保留，以后可以恢复。',
          status,
        },
        <form method="post" action={`${pathOf(id)}/disable`}>
          <ErrorSummary faults={filled.faults} />
          <Once deps={deps} who={who} />
          <Card>
            <TextField
              {...fieldOf(filled, 'reason')}
              label="原因"
              width="medium"
              required
              help="例如：调离、退休。"
            />
          </Card>
          <Actions>
            <Button kind="danger">停用</Button>
          </Actions>
        </form>,
      );
    },
    async (ctx, { who, one }) => {
      const id = String(ctx.params.id);
      await disableAccount(deps, who, id, one('reason'));
      return { to: pathOf(id), says: '账号已经停用。' };
    },
  );
}
