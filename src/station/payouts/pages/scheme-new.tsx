/** `/payouts/schemes/:code/new`: a run is prepared. */
import type Router from '@koa/router';
import { type Fault, notAllowed } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Button, Card, ErrorSummary, LinkButton, RadioField } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { readSent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { mayPrepare } from '../policy.ts';
import { nextPeriod, periodOf, periodTitle } from '../rules/periods.ts';
import { prepareRun } from '../runs/prepare.ts';
import { runList } from '../runs/view.ts';
import { OnceFields, type PageDeps, page } from './parts.tsx';
import { RunTable } from './run-table.tsx';
import { schemeAt, schemePath } from './scheme-at.ts';
import { HELD_REASONS } from './words.ts';

export function mountNewRun(router: Router, deps: PageDeps): void {
  router.get(
    '/payouts/schemes/:code/new',
    staffPage((ctx) => newPage(ctx, deps, {})),
  );
  router.post('/payouts/schemes/:code/new', (ctx: RouteContext) => prepareSent(ctx, deps));
}

/** The period that runs now, and how many before it may be chosen. */
const BACK = 2;

interface New {
  period?: string;
  faults?: readonly Fault[];
  problem?: string;
  status?: number;
  requestId?: string | undefined;
}

async function newPage(ctx: RouteContext, deps: PageDeps, given: New): Promise<void> {
  const scheme = schemeAt(ctx, deps);
  if (!mayPrepare(requireSession(ctx), deps.orgs, scheme)) throw notAllowed();
  const now = periodOf(scheme.rhythm, localDate(deps.clock.now()));
  const periods = Array.from({ length: BACK + 1 }, (_, i) => nextPeriod(now, -i));
  const { runs } = await runList(deps, requireSession(ctx), { scheme: scheme.code, state: 'draft' });
  page(
    ctx,
    deps,
    {
      title: `编制批次：${scheme.title}`,
      heading: '编制批次',
      crumbs: [{ href: schemePath(scheme), text: scheme.title }, { text: '编制批次' }],
      lead: scheme.title,
      status: given.status ?? 200,
      problem: given.problem,
    },
    runs.length > 0 ? (
      <Card tone="warn" title="这个项目还有一个批次没有审批">
        <p>批准或者作废它以后，才能编制新的批次。</p>
        <RunTable runs={runs} />
      </Card>
    ) : (
      <form method="post" action={`${schemePath(scheme)}/new`}>
        <OnceFields ctx={ctx} deps={deps} requestId={given.requestId} />
        <ErrorSummary faults={given.faults ?? []} />
        <RadioField
          id="f-period"
          name="period"
          label="发到哪一期"
          help="到这一期为止应发而没有发的，一次编入：包括以前各期漏发的、银行退回要重发的。编制以后先看预览，另一人批准以后才会发出。"
          required
          value={given.period ?? now}
          options={periods.map((p, i) => ({
            value: p,
            text: `${periodTitle(p)}${i === 0 ? '（本期）' : ''}`,
          }))}
        />
        <Actions>
          <Button>编制并预览</Button>
          <LinkButton kind="quiet" href={schemePath(scheme)}>
            返回
          </LinkButton>
        </Actions>
      </form>
    ),
  );
}

async function prepareSent(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const sent = await readSent(ctx);
  const { code } = schemeAt(ctx, deps);
  const { requestId } = sent;
  const period = sent.one('period');
  try {
    const id = await prepareRun(deps, sent.who, { scheme: code, period }, requestId);
    leaveFlash(ctx, 'done', '批次已编制，请核对预览。');
    return seeOther(ctx, `/payouts/runs/${id}`);
  } catch (error) {
    if (isRefusal(error, 'payout.draft_open', 'payout.nothing_due', 'payout.moved'))
      return newPage(ctx, deps, { period, problem: problemOf(error), status: 409 });
    if (!isRefusal(error) || !error.faults || error.code === 'request.reused') throw error;
    return newPage(ctx, deps, { period, faults: error.faults, status: 422, requestId });
  }
}

/** 没有应发的钱……暂停发放 2 人，账户有误 1 人 */
function problemOf({ code, data }: { code: string; data: Record<string, unknown> | undefined }): string {
  const held = Object.entries((data?.held ?? {}) as Record<keyof typeof HELD_REASONS, number>);
  const told = held.map(([why, count]) => `${HELD_REASONS[why as keyof typeof HELD_REASONS]} ${count} 人`);
  const words = ERROR_WORDING[code as keyof typeof ERROR_WORDING];
  return told.length > 0 ? `${words}暂不发放的：${told.join('，')}。` : words;
}
