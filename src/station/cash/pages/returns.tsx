/** `/cash/returns/:id`: money nobody came for, on its way back. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Card, DefinitionList, ErrorSummary, type FormSchema } from '../../../platform/web/index.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import type { CountInput } from '../commands/receive.ts';
import { cancelReturn, receiveReturn, sendReturn } from '../commands/returns.ts';
import * as queries from '../queries/index.ts';
import { COUNT_SUM, REASON } from '../schema.ts';
import type { CashDeps, CashMoney } from '../types.ts';
import { readCount, type Typed } from './bags.tsx';
import {
  ActButton,
  Differences,
  LineTable,
  reasonOf,
  SchemaForm,
  StateBadge,
  sentPlain,
  who,
  Yuan,
} from './parts.tsx';
import { doAndGo, faultsOf } from './refused.tsx';

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
  router.post('/cash/returns/:id/receive', async (ctx: RouteContext) => {
    const { who, fields } = sentPlain(ctx);
    const typed = readCount(deps, fields);
    if (typed.faults.length > 0) return returnPage(ctx, deps, typed);
    try {
      await receiveReturn(deps, money, who, idOf(ctx), typed.value as unknown as CountInput);
    } catch (error) {
      if (!isRefusal(error, 'cash.difference', 'request.invalid')) throw error;
      return returnPage(ctx, deps, { ...typed, faults: faultsOf(error) });
    }
    leaveFlash(ctx, 'done', '已收回，这些款项重新列入待发。');
    seeOther(ctx, back(ctx));
  });
}

async function returnPage(ctx: RouteContext, deps: CashDeps, typed: Typed | null): Promise<void> {
  const { csrf } = requireSession(ctx);
  const found = await queries.returnDetail(deps, requireSession(ctx), ctx.params.id as string);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={found.number}
      heading={found.number}
      nav="cash"
      breadcrumbs={[{ href: '/cash', text: '现金发放' }, { text: '退款单' }]}
    >
      {typed && <ErrorSummary faults={typed.faults} schema={COUNT_SUM as FormSchema} idPrefix="count" />}
      <Card
        title={`${found.village.name}退给${found.to.name}`}
        aside={<StateBadge title={found.stateTitle} done={found.state === 'received'} />}
      >
        <DefinitionList
          items={[
            { term: '金额', detail: <Yuan fen={found.total} /> },
            { term: '笔数', detail: String(found.count) },
            { term: '列单', detail: who(found.prepared) },
            { term: '村委会确认、送回', detail: who(found.sent) },
            { term: '收回', detail: who(found.received) },
            ...(found.reason === null ? [] : [{ term: '取消理由', detail: found.reason }]),
          ]}
        />
        <Differences differences={found.differences} />
      </Card>
      <ReturnActs found={found} csrf={csrf} typed={typed} />
      {found.lines.length > 0 && <LineTable caption="清单" lines={found.lines} />}
    </StationPage>,
    typed ? 422 : 200,
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
          <SchemaForm
            action={at('receive')}
            csrf={csrf}
            schema={COUNT_SUM as FormSchema}
            button="登记收回"
            idPrefix="count"
            {...(typed && { value: typed.value, faults: typed.faults })}
          />
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
