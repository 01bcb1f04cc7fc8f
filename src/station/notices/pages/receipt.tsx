/** `/objections/:code`: how an objection stands, for whoever holds its receipt. */
import type Router from '@koa/router';
import { chineseDateTime } from '../../../kernel/time.ts';
import { limit, type RouteContext } from '../../../platform/http/index.ts';
import { Actions, Card, DefinitionList, PrintButton } from '../../../platform/web/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { objectionByReceipt } from '../commands.ts';
import type { BoardDeps } from '../types.ts';

const STATES: Record<string, string> = {
  open: '正在核查',
  sustained: '异议成立，将重新核查',
  dismissed: '异议不成立',
};

export function mountReceipt(router: Router, deps: BoardDeps): void {
  router.get('/objections/:code', limit({ max: 60, perSeconds: 60 }), async (ctx: RouteContext) => {
    const code = ctx.params.code as string;
    const objection = await objectionByReceipt(deps, code);
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        title="异议回执"
        heading="异议回执"
        nav="notices"
        scripts={['reading']}
        narrow
      >
        <Card>
          {objection ? (
            <DefinitionList
              items={[
                { term: '回执编号', detail: objection.receiptCode },
                { term: '提出时间', detail: chineseDateTime(objection.at) },
                { term: '处理情况', detail: STATES[objection.state] ?? objection.state },
                ...(objection.reply ? [{ term: '答复', detail: objection.reply, wide: true }] : []),
              ]}
            />
          ) : (
            <p>没有这个回执编号，请核对。</p>
          )}
        </Card>
        {objection && (
          <Actions>
            <PrintButton>打印回执</PrintButton>
          </Actions>
        )}
        <p>请抄下回执编号。五个工作日内由两名以上工作人员核查，凭编号在本页查看答复。</p>
      </StationPage>,
      objection ? 200 : 404,
    );
  });
}
