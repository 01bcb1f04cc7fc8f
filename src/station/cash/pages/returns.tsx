/** `/cash/returns/:id`: money nobody came for, on its way back. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Card, type FormSchema } from '../../../platform/web/index.ts';
import { staffPage } from '../../shell.tsx';
import { cancelReturn, receiveReturn, sendReturn } from '../commands/returns.ts';
import * as queries from '../queries/index.ts';
import { REASON } from '../schema.ts';
import type { CashDeps, CashMoney } from '../types.ts';
import { ActButton, reasonOf, SchemaForm, sentPlain, who, Yuan } from './parts.tsx';
import { doAndGo } from './refused.tsx';
import { CountForm, postCount, showSlip, type Typed } from './slip.tsx';

export function mountReturns(router: Router, deps: CashDeps, money: CashMoney): void {
  router.get(
    '/cash/returns/:id',
    staffPage((ctx) => returnPage(ctx, deps, null)),
  );
  const back = (ctx: RouteContext) => `/cash/returns/${ctx.params.id}`;
  const idOf = (ctx: RouteContext) => ctx.params.id as string;
  router.post('/cash/returns/:id/send', async (ctx: RouteContext) => {
    const { who } = sentPlain(ctx);
    await doAndGo(ctx, back(ctx), '已确认，款项已从钱箱取出送回。', () => sendReturn(deps, who, idOf(ctx)));
  });
  router.post('/cash/returns/:id/cancel', async (ctx: RouteContext) => {
    const { who, fields } = sentPlain(ctx);
    const reason = reasonOf(fields);
    await doAndGo(ctx, back(ctx), '退款单已取消，款项仍可领取。', () =>
      cancelReturn(deps, who, idOf(ctx), reason),
    );
  });
  postCount(router, '/cash/returns/:id/receive', {
    deps,
    said: '已收回，这些款项重新列入待发。',
    back,
    page: (ctx, typed) => returnPage(ctx, deps, typed),
    count: (ctx, who, input) => receiveReturn(deps, money, who, idOf(ctx), input),
  });
}

async function returnPage(ctx: RouteContext, deps: CashDeps, typed: Typed | null): Promise<void> {
  const { csrf } = requireSession(ctx);
  const found = await queries.returnDetail(deps, requireSession(ctx), ctx.params.id as string);
  const title = `${found.village.name}退给${found.to.name}`;
  showSlip(
    { ctx, deps, typed, slip: found, name: '退款单', title },
    [
      { term: '列单', detail: who(found.prepared) },
      { term: '村委会确认、送回', detail: who(found.sent) },
      { term: '收回', detail: who(found.received) },
      ...(found.reason === null ? [] : [{ term: '取消理由', detail: found.reason }]),
    ],
    <ReturnActs found={found} csrf={csrf} typed={typed} />,
  );
}

function ReturnActs(props: { found: queries.ReturnDetail; csrf: string; typed: Typed | null }): JSX.Element {
  const { found, csrf, typed } = props;
  const { possible } = found;
  const at = (act: string) => `/cash/returns/${found.id}/${act}`;
  return (
    <>
      {possible.send && (
        <Card title="村委会确认" tone="now">
          <p>
            请当面清点 <Yuan fen={found.total} />
            ，核对清单，确认后从钱箱取出送回。
          </p>
          <ActButton
            action={at('send')}
            csrf={csrf}
            text="清点无误，送回"
            confirm="确认以后钱从钱箱取出，确定送回吗？"
          />
        </Card>
      )}
      {possible.receive && (
        <Card title="收回清点" tone="now">
          <CountForm action={at('receive')} csrf={csrf} button="登记收回" typed={typed} />
        </Card>
      )}
      {possible.cancel && (
        <details class="folded">
          <summary>领款人来了，取消这张退款单</summary>
          <SchemaForm
            action={at('cancel')}
            csrf={csrf}
            schema={REASON as FormSchema}
            button="取消退款单"
            idPrefix="cancel"
            kind="danger"
          />
        </details>
      )}
    </>
  );
}
