/** `/desk/list`: 领取清单 of a day, to be looked at and printed on A4. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notFound } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate, isLocalDate, localTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import {
  Actions,
  Button,
  Card,
  EmptyState,
  Numbered,
  Table,
  TextField,
} from '../../../platform/web/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { dayList } from '../queries.ts';
import { queryOf } from '../routes.ts';
import type { DeskDeps, ListLine } from '../types.ts';

export function mountList(router: Router, deps: DeskDeps): void {
  router.get(
    '/desk/list',
    staffPage(async (ctx) => {
      const query = queryOf(ctx);
      if (query.day !== undefined && !isLocalDate(query.day)) throw notFound();
      const { village, day, handed, waiting } = await dayList(deps, requireSession(ctx), query);
      const title = `领取清单 ${chineseDate(day)}`;
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          title={title}
          heading={title}
          nav="desk"
          breadcrumbs={[{ href: '/desk', text: '领取台' }, { text: '领取清单' }]}
        >
          <p class="lead">{village.name}便民服务站</p>
          <DayChoice day={day} village={query.village} />
          <Lines caption={`已领取（${handed.length}）`} lines={handed} empty="这一天没有领取" />
          {waiting.length > 0 && <Lines caption={`待领取（${waiting.length}）`} lines={waiting} empty="" />}
          <p class="print-only">经办人签名：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿</p>
        </StationPage>,
      );
    }),
  );
}

function DayChoice({ day, village }: { day: string; village: string | undefined }): JSX.Element {
  return (
    <div class="no-print">
      <Card>
        <form method="get" action="/desk/list">
          {village !== undefined && <input type="hidden" name="village" value={village} />}
          <TextField id="day" name="day" label="日期" type="date" value={day} width="short" mark={false} />
          <Actions>
            <Button kind="secondary">查看</Button>
          </Actions>
        </form>
        <p class="help">用浏览器打印（A4）；待领取的可以先打印，领取时在“签名”栏签名或者按指印。</p>
      </Card>
    </div>
  );
}

function Lines(props: { caption: string; lines: readonly ListLine[]; empty: string }): JSX.Element {
  const { caption, lines, empty } = props;
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(l, i) => `${l.number}${i}`}
      empty={<EmptyState title={empty} />}
      columns={[
        { title: '姓名', head: true, nowrap: true, cell: (l) => l.name },
        { title: '村民小组', cell: (l) => l.group },
        { title: '领取', cell: (l) => l.title },
        { title: '编号', cell: (l) => (l.number === '' ? '' : <Numbered>{l.number}</Numbered>) },
        {
          title: '金额',
          numeric: true,
          nowrap: true,
          cell: (l) => (l.amount === null ? '' : `${yuan(l.amount)} 元`),
        },
        {
          title: '签名',
          cell: (l) => (l.at === null ? '＿＿＿＿＿＿' : `${localTime(l.at)} ${l.signed ?? ''}`),
        },
      ]}
    />
  );
}
