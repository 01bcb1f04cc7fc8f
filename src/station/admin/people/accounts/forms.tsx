/** What is entered about one account: a post, its end, a leave, that it is shut out. */
import type Router from '@koa/router';
import { invalid, notFound } from '../../../../errors.ts';
import { newId } from '../../../../kernel/ids.ts';
import { addDays, localDate } from '../../../../kernel/time.ts';
import {
  disableAccount,
  endLeave,
  findGrant,
  type Grant,
  giveGrant,
  grantTitle,
  type KeptGrant,
  LeaveForm,
  type LeaveParts,
  LeaveTable,
  listCandidates,
  listDeputies,
  listRoles,
  mayManageAccounts,
  type SignedIn,
  tryLeave,
  withdrawGrant,
} from '../../../../people/accounts/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  ErrorSummary,
  SelectField,
  TextField,
} from '../../../../platform/web/index.ts';
import { readSent, type Sent } from '../../../sent.ts';
import {
  answer,
  dayOf,
  dayOrNull,
  doAndGo,
  type Filled,
  fieldOf,
  formPage,
  Once,
  type PeopleDeps,
  requireRole,
} from '../parts.tsx';
import { isFault, orgNamed } from '../places.ts';
import { keeperRoots, PATH } from './list.tsx';
import { accountOf, CRUMB, pathOf } from './show.tsx';

const ROLE = 'security-admin';

export function mountForms(router: Router, deps: PeopleDeps): void {
  grantForm(router, deps);
  withdrawForm(router, deps);
  disableForm(router, deps);
  leaveForm(router, deps);
}

/** The fields of a post: which role, where, from when to when. */
export function PostFields({ filled, today }: { filled: Filled; today: string }) {
  return (
    <>
      <SelectField
        {...fieldOf(filled, 'role')}
        label="岗位"
        required
        width="medium"
        options={listRoles().map(({ id, title, does }) => ({ value: id, text: `${title}：${does}` }))}
      />
      <TextField
        {...fieldOf(filled, 'org')}
        label="机构"
        required
        width="medium"
        help="机构的全名或代码，例如：剥隘镇、富宁县民政局、532628103201。"
      />
      <CheckField
        id="f-subtree"
        name="subtree"
        label="连同下级机构"
        checked={filled.one('subtree') === 'on'}
      />
      <TextField {...fieldOf(filled, 'from', today)} label="从哪天起" type="date" width="short" required />
      <TextField
        {...fieldOf(filled, 'to')}
        label="到哪天止（含当天）"
        type="date"
        width="short"
        help="长期的不填。"
      />
    </>
  );
}

/** The post that those fields name. @throws invalid at the fields */
export function postSent(deps: PeopleDeps, { who, ...sent }: Sent): Grant {
  const org = orgNamed(deps.orgs, keeperRoots(who), sent.one('org'), '/org');
  const role = sent.one('role');
  const faults = [
    ...(role === '' ? [{ pointer: '/role', message: '请选择岗位', code: 'required' }] : []),
    ...(isFault(org) ? [org] : []),
  ];
  if (faults.length > 0 || isFault(org)) throw invalid(faults);
  return {
    role,
    org: org.id,
    subtree: sent.one('subtree') === 'on',
    from: dayOf({ who, ...sent }, 'from'),
    to: dayOrNull({ who, ...sent }, 'to'),
  };
}

function grantForm(router: Router, deps: PeopleDeps): void {
  formPage(
    router,
    `${PATH}/:id/grant`,
    ROLE,
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

function withdrawForm(router: Router, deps: PeopleDeps): void {
  formPage(
    router,
    '/admin/grants/:id/withdraw',
    ROLE,
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

function disableForm(router: Router, deps: PeopleDeps): void {
  formPage(
    router,
    `${PATH}/:id/disable`,
    ROLE,
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

function leaveForm(router: Router, deps: PeopleDeps): void {
  const path = `${PATH}/:id/leave`;
  const partsOf = async (ctx: RouteContext, who: SignedIn): Promise<LeaveParts> => {
    const { id: accountId, name, grants } = await accountOf(ctx, deps, who);
    const today = localDate(deps.clock.now());
    const held = grants.filter((g) => !g.pending && (g.to === null || g.to >= today));
    const absent = { accountId, name, grants: held };
    return {
      action: `${pathOf(accountId)}/leave`,
      absent,
      csrf: who.csrf,
      orgs: deps.orgs,
      today,
      requestId: newId(deps.clock.now(), deps.random),
      leaves: await listDeputies(deps.db.read, accountId, 50),
      candidates: await listCandidates(deps.db.read, deps.orgs, absent, today),
    };
  };
  formPage(
    router,
    path,
    ROLE,
    async (ctx, who, filled, status) => {
      const parts = await partsOf(ctx, who);
      const sent = new Map(
        ['deputy', 'from', 'to', 'post', 'reason'].flatMap((name) => {
          const value = filled.one(name);
          return value === undefined ? [] : [[name, value] as const];
        }),
      );
      const view = { ...parts, faults: filled.faults, ...(status !== 200 && { sent }) };
      const { accountId, name } = parts.absent;
      answer(
        ctx,
        deps,
        {
          title: `${name}请假代班`,
          crumbs: [CRUMB, { href: pathOf(accountId), text: name }],
          status,
        },
        <>
          <ErrorSummary faults={filled.faults} />
          <Card title="登记">
            <LeaveForm {...view} />
          </Card>
          <Card title="代班安排">
            <LeaveTable view={view} rows={view.leaves} caption="代班安排" empty="还没有安排过代班" />
          </Card>
        </>,
      );
    },
    async (ctx, { who, body, one }) => {
      const id = String(ctx.params.id);
      const sent = new Map([...Object.keys(body)].map((name) => [name, one(name)]));
      const faults = await tryLeave(deps, who, id, sent);
      if (faults.length > 0) throw invalid([...faults]);
      return { to: `${pathOf(id)}/leave`, says: '代班已经登记，到日子自动生效。' };
    },
  );
  router.post(`${path}/:leave/end`, async (ctx: RouteContext) => {
    const { who, requestId } = await readSent(ctx);
    requireRole(ctx, ROLE);
    await doAndGo(ctx, `${pathOf(String(ctx.params.id))}/leave`, async () => {
      await endLeave(deps, who, String(ctx.params.leave), requestId);
      return '代班已经结束。';
    });
  });
}
