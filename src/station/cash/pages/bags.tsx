/** `/cash/bags/new` and `/cash/bags/:id`: packing, sending, counting, receiving. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { yuan } from '../../../kernel/money.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  CsrfField,
  EmptyState,
  type FormSchema,
} from '../../../platform/web/index.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { cancelBag, packBag, sendBag } from '../commands/bags.ts';
import { countBag, receiveBag } from '../commands/receive.ts';
import * as queries from '../queries/index.ts';
import { REASON } from '../schema.ts';
import type { CashDeps, CashMoney } from '../types.ts';
import { ActButton, reasonOf, SchemaForm, sentPlain, who, Yuan } from './parts.tsx';
import { doAndGo } from './refused.tsx';
import { CountForm, postCount, showSlip, type Typed } from './slip.tsx';

export function mountBags(router: Router, deps: CashDeps, money: CashMoney): void {
  router.get(
    '/cash/bags/new',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const village = String(ctx.query.village ?? '');
      const lines = await queries.waitingLines(deps, money, who, village);
      show(ctx, <NewBag ctx={ctx} deps={deps} village={village} lines={lines} csrf={who.csrf} />);
    }),
  );
  router.post('/cash/bags', async (ctx: RouteContext) => {
    const { who, fields, all } = sentPlain(ctx);
    const bag = await packBag(deps, money, who, { village: fields.get('village') ?? '', lines: all('line') });
    leaveFlash(ctx, 'done', '已装袋，核对清单和金额以后送出。');
    seeOther(ctx, `/cash/bags/${bag.id}`);
  });
  router.get(
    '/cash/bags/:id',
    staffPage((ctx) => bagPage(ctx, deps, null)),
  );
  const back = (ctx: RouteContext) => `/cash/bags/${ctx.params.id}`;
  const idOf = (ctx: RouteContext) => ctx.params.id as string;
  router.post('/cash/bags/:id/send', async (ctx: RouteContext) => {
    const { who } = sentPlain(ctx);
    await doAndGo(ctx, back(ctx), '款袋已送出，等村里清点、签收。', () =>
      sendBag(deps, money, who, idOf(ctx)),
    );
  });
  router.post('/cash/bags/:id/receive', async (ctx: RouteContext) => {
    const { who } = sentPlain(ctx);
    await doAndGo(ctx, back(ctx), '款袋已签收，可以发放了。', () => receiveBag(deps, money, who, idOf(ctx)));
  });
  router.post('/cash/bags/:id/cancel', async (ctx: RouteContext) => {
    const { who, fields } = sentPlain(ctx);
    const reason = reasonOf(fields);
    await doAndGo(ctx, '/cash', '款袋已拆开。', () => cancelBag(deps, who, idOf(ctx), reason));
  });
  postCount(router, '/cash/bags/:id/count', {
    deps,
    said: '清点相符，请村委会的同志签收。',
    back,
    page: (ctx, typed) => bagPage(ctx, deps, typed),
    count: (ctx, who, input) => countBag(deps, who, idOf(ctx), input),
  });
}

function NewBag(props: {
  ctx: RouteContext;
  deps: CashDeps;
  village: string;
  lines: Awaited<ReturnType<typeof queries.waitingLines>>;
  csrf: string;
}): JSX.Element {
  const { ctx, deps, village, lines, csrf } = props;
  const { name } = deps.orgs.get(village);
  return (
    <StationPage
      ctx={ctx}
      deps={deps}
      title={`装袋：${name}`}
      heading={`装袋：${name}`}
      nav="cash"
      breadcrumbs={[{ href: '/cash', text: '现金发放' }, { text: '装袋' }]}
    >
      {lines.length === 0 ? (
        <EmptyState title="这个村现在没有待装袋的现金">
          发放批次报送以后，选现金发放的款项列在这里。
        </EmptyState>
      ) : (
        <form method="post" action="/cash/bags">
          <CsrfField token={csrf} />
          <input type="hidden" name="village" value={village} />
          <Card title={`共 ${lines.length} 笔，${yuan(sumOf(lines))} 元`}>
            <p class="help">这次不装的，去掉前面的勾。装好以后核对清单，再送出。</p>
            {lines.map((l, i) => (
              <CheckField
                key={l.lineId}
                id={`line-${i}`}
                name="line"
                value={l.lineId}
                checked
                label={`${l.name}（${l.idMasked}）${l.schemeTitle} ${l.periodsTitle} ${yuan(l.net)}\u00a0元`}
              />
            ))}
          </Card>
          <Actions>
            <Button>装袋</Button>
          </Actions>
        </form>
      )}
    </StationPage>
  );
}

const sumOf = (lines: readonly { net: number }[]): number => lines.reduce((sum, l) => sum + l.net, 0);

async function bagPage(ctx: RouteContext, deps: CashDeps, typed: Typed | null): Promise<void> {
  const { csrf } = requireSession(ctx);
  const bag = await queries.bagDetail(deps, requireSession(ctx), ctx.params.id as string);
  showSlip(
    { ctx, deps, typed, slip: bag, name: '款袋', title: `送往${bag.village.name}` },
    [
      { term: '装袋', detail: `${bag.from.name} ${who(bag.packed)}` },
      { term: '送出', detail: who(bag.sent) },
      { term: '清点', detail: who(bag.counted) },
      { term: '签收', detail: who(bag.received) },
      ...(bag.reason === null ? [] : [{ term: '拆袋理由', detail: bag.reason }]),
    ],
    <BagActs bag={bag} csrf={csrf} typed={typed} />,
  );
}

function BagActs(props: { bag: queries.BagDetail; csrf: string; typed: Typed | null }): JSX.Element {
  const { bag, csrf, typed } = props;
  const { possible } = bag;
  const at = (act: string) => `/cash/bags/${bag.id}/${act}`;
  return (
    <>
      {possible.send && (
        <Card title="送出款袋" tone="now">
          <p class="help">送出以后，这笔钱记在村里名下；村里两人清点签收以后才能发放。</p>
          <ActButton action={at('send')} csrf={csrf} text="送出" confirm="送出以后不能拆袋，确定送出吗？" />
          <details class="folded">
            <summary>拆袋重装</summary>
            <SchemaForm
              action={at('cancel')}
              csrf={csrf}
              schema={REASON as FormSchema}
              button="拆袋"
              idPrefix="cancel"
              kind="danger"
            />
          </details>
        </Card>
      )}
      {possible.count && (
        <Card title="清点款袋" tone="now">
          <p class="help">两人当面清点，把数出来的金额填在下面；与清单一分不差才能签收。</p>
          <CountForm action={at('count')} csrf={csrf} button="登记清点" typed={typed} />
        </Card>
      )}
      {possible.receive && (
        <Card title="村委会签收" tone="now">
          <p>
            代办员清点 <Yuan fen={bag.total} />
            ，与清单相符。请您再点一遍，确认无误后签收。
          </p>
          <ActButton
            action={at('receive')}
            csrf={csrf}
            text="清点无误，签收"
            confirm="签收以后由村里保管、发放，确定签收吗？"
          />
        </Card>
      )}
      {bag.state === 'counted' && !possible.receive && (
        <p class="lead">已清点相符，等村委会的另一位同志签收。</p>
      )}
    </>
  );
}
