/** Somebody is away, and who keeps his desk meanwhile. */
import type Router from '@koa/router';
import { invalid } from '../../../../../errors.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { localDate } from '../../../../../kernel/time.ts';
import {
  endLeave,
  LeaveForm,
  type LeaveParts,
  LeaveTable,
  listCandidates,
  listDeputies,
  type SignedIn,
  tryLeave,
} from '../../../../../people/accounts/index.ts';
import type { RouteContext } from '../../../../../platform/http/index.ts';
import { Card, ErrorSummary } from '../../../../../platform/web/index.ts';
import { readSent } from '../../../../sent.ts';
import { answer, doAndGo, formPage, type PeopleDeps, requireRole } from '../../parts.tsx';
import { PATH } from '../list.tsx';
import { accountOf, CRUMB, pathOf } from '../show.tsx';

export function leaveForm(router: Router, deps: PeopleDeps): void {
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
    'security-admin',
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
    requireRole(ctx, 'security-admin');
    await doAndGo(ctx, `${pathOf(String(ctx.params.id))}/leave`, async () => {
      await endLeave(deps, who, String(ctx.params.leave), requestId);
      return '代班已经结束。';
    });
  });
}
