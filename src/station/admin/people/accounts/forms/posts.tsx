/** A post is given, and taken back from a day on. */
import type Router from '@koa/router';
import { notFound } from '../../../../../errors.ts';
import { addDays, localDate } from '../../../../../kernel/time.ts';
import {
  findGrant,
  giveGrant,
  grantTitle,
  type KeptGrant,
  mayManageAccounts,
  type SignedIn,
  withdrawGrant,
} from '../../../../../people/accounts/index.ts';
import type { RouteContext } from '../../../../../platform/http/index.ts';
import { Actions, Button, Card, ErrorSummary, TextField } from '../../../../../platform/web/index.ts';
import { answer, dayOf, fieldOf, formPage, Once, type PeopleDeps } from '../../parts.tsx';
import { PATH } from '../list.tsx';
import { accountOf, CRUMB, pathOf } from '../show.tsx';
import { PostFields, postSent } from './post-fields.tsx';

export function grantForm(router: Router, deps: PeopleDeps): void {
  formPage(
    router,
    `${PATH}/:id/grant`,
    'security-admin',
    async (ctx, who, filled, status) => {
      const { id, name } = await accountOf(ctx, deps, who);
      answer(
        ctx,
        deps,
        {
          title: `授予${name}岗位`,
          crumbs: [CRUMB, { href: pathOf(id), text: name }],
          lead: '管理员岗位单独设账号；有另一位安全管理员时，要由他确认才生效。',
          status,
        },
        <form method="post" action={`${pathOf(id)}/grant`}>
          <ErrorSummary faults={filled.faults} />
          <Once deps={deps} who={who} />
          <Card>
            <PostFields filled={filled} today={localDate(deps.clock.now())} />
          </Card>
          <Actions>
            <Button>授予</Button>
          </Actions>
        </form>,
      );
    },
    async (ctx, sent) => {
      const id = String(ctx.params.id);
      const { pending } = await giveGrant(deps, sent.who, id, postSent(deps, sent), sent.requestId);
      const says = pending ? '已经登记，等另一位安全管理员确认后生效。' : '已经授予，马上生效。';
      return { to: pathOf(id), says };
    },
  );
}

/** @throws 404 grant.not_found */
async function grantOf(ctx: RouteContext, deps: PeopleDeps, who: SignedIn): Promise<KeptGrant> {
  const grant = await findGrant(deps.db.read, String(ctx.params.id));
  if (!grant || !mayManageAccounts(who, deps.orgs, grant.org)) throw notFound('grant.not_found');
  return grant;
}

export function withdrawForm(router: Router, deps: PeopleDeps): void {
  formPage(
    router,
    '/admin/grants/:id/withdraw',
    'security-admin',
    async (ctx, who, filled, status) => {
      const grant = await grantOf(ctx, deps, who);
      const today = localDate(deps.clock.now());
      answer(
        ctx,
        deps,
        {
          title: '收回岗位',
          crumbs: [CRUMB, { href: pathOf(grant.accountId), text: '账号' }],
          lead: grantTitle(grant, deps.orgs),
          status,
        },
        <form method="post" action={`/admin/grants/${grant.id}/withdraw`}>
          <ErrorSummary faults={filled.faults} />
          <Once deps={deps} who={who} />
          <Card>
            <TextField
              {...fieldOf(filled, 'on', today)}
              label="从哪天起收回"
              type="date"
              width="short"
              required
              help="选今天，马上收回。以前办的事仍然算数。"
            />
            <TextField {...fieldOf(filled, 'reason')} label="原因" width="medium" required />
          </Card>
          <Actions>
            <Button kind="danger">收回</Button>
          </Actions>
        </form>,
      );
    },
    async (ctx, sent) => {
      const end = { on: dayOf(sent, 'on'), reason: sent.one('reason') };
      const { accountId } = await withdrawGrant(deps, sent.who, String(ctx.params.id), end, sent.requestId);
      return { to: pathOf(accountId), says: `从 ${end.on} 起收回，${addDays(end.on, -1)} 是最后一天。` };
    },
  );
}
