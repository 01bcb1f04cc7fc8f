/** `/board`: the figures, their pictures and tables; `/board/charts/*.svg`, `/board/board.xlsx`. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { invalid, notAllowed, notFound } from '../../../errors.ts';
import { chineseDate, chineseDateTime, localDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Card,
  FilterForm,
  Fold,
  LinkButton,
  PrintButton,
  StatTiles,
  Table,
  Tabs,
} from '../../../platform/web/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import type { BoardDeps, BoardReader } from '../board.ts';
import { CHARTS, chartSize, chartText, drawChart, hasPicture } from '../charts.ts';
import { exportBoard } from '../export.ts';
import { NOTHING } from '../figures.ts';
import { KINDS, type Period, periodOf } from '../period.ts';
import { maySeeBoard } from '../policy.ts';
import type { Board, BoardTable, Figure } from '../types.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** @throws notAllowed, invalid for days that are none */
export async function boardFor(ctx: RouteContext, deps: BoardDeps, read: BoardReader): Promise<Board> {
  const who = requireSession(ctx);
  if (!maySeeBoard(who)) throw notAllowed();
  const period = periodOf(ctx.query, localDate(deps.clock.now()));
  if (!period)
    throw invalid([
      { pointer: '/query/from', message: '起止日期不对：起不能晚于止，最多五年', code: 'period' },
    ]);
  return read(who, period);
}

export function mountBoard(router: Router, deps: BoardDeps, read: BoardReader): void {
  router.get(
    '/board',
    staffPage(async (ctx) => {
      const board = await boardFor(ctx, deps, read);
      show(ctx, <BoardPage ctx={ctx} deps={deps} board={board} />);
    }),
  );
  router.get('/board/charts/:chart', async (ctx: RouteContext) => {
    const id = CHARTS.find((each) => `${each}.svg` === ctx.params.chart);
    if (!id) throw notFound();
    const board = await boardFor(ctx, deps, read);
    ctx.type = 'image/svg+xml';
    ctx.body = await drawChart(board, id);
  });
  router.get('/board/board.xlsx', async (ctx: RouteContext) => {
    const board = await boardFor(ctx, deps, read);
    const name = `督查一览 ${localDate(board.asOf)}.xlsx`;
    const bytes = await exportBoard(deps, requireSession(ctx), board);
    ctx.set('Content-Type', XLSX);
    ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    ctx.body = bytes;
  });
}

const PERIOD_WORDS = { month: '本月', quarter: '本季度', year: '今年', days: '自选日期' };

/** The same query for everything that belongs to a board. */
const addressOf = (path: string, { query }: Period): string => `${path}?${new URLSearchParams(query)}`;

function BoardPage({ ctx, deps, board }: { ctx: RouteContext; deps: BoardDeps; board: Board }): JSX.Element {
  const { period, tiles, tables } = board;
  return (
    <StationPage ctx={ctx} deps={deps} title="一览" heading="一览" nav="board">
      <p class="lead">
        {period.title}（{chineseDate(period.from)}至{chineseDate(period.to)}）· 数据截至{' '}
        {chineseDateTime(board.asOf)}
      </p>
      <Periods period={period} />
      <StatTiles
        label="要紧的数"
        stats={tiles.map(({ label, figure, ...rest }) => ({
          label,
          value: figure.text,
          ...(figure.href && { href: figure.href }),
          ...rest,
        }))}
      />
      <div class="no-print">
        <Actions>
          <LinkButton href={addressOf('/board/board.xlsx', period)}>导出表格（Excel）</LinkButton>
          <PrintButton>打印</PrintButton>
          <LinkButton kind="quiet" href="/ratings">
            群众评价
          </LinkButton>
        </Actions>
      </div>
      {tables.map((table) => (
        <TableCard key={table.id} board={board} table={table} />
      ))}
    </StationPage>
  );
}

function Periods({ period }: { period: Period }): JSX.Element {
  return (
    <div class="no-print">
      <Tabs
        label="时间"
        tabs={KINDS.map((kind) => ({
          href: `/board?period=${kind}`,
          text: PERIOD_WORDS[kind],
          current: period.kind === kind,
        }))}
      />
      <Fold title={PERIOD_WORDS.days} open={period.kind === 'days'}>
        <FilterForm
          action="/board"
          button="查看"
          filters={[
            { name: 'from', label: '从', type: 'date', value: period.from },
            { name: 'to', label: '到', type: 'date', value: period.to },
          ]}
        />
      </Fold>
    </div>
  );
}

/** Nothing to be known stands where the number would. */
const isNumber = ({ value, text }: Figure): boolean => value !== null || text === NOTHING;

const FigureText = ({ figure: { text, href } }: { figure: Figure }): JSX.Element =>
  href === undefined ? <span>{text}</span> : <a href={href}>{text}</a>;

function TableCard({ board, table }: { board: Board; table: BoardTable }): JSX.Element {
  const chart = CHARTS.find((id) => id === table.id);
  return (
    <Card id={table.id} title={table.title}>
      {chart && hasPicture(board, chart) && (
        <img
          class="board-chart"
          src={addressOf(`/board/charts/${chart}.svg`, board.period)}
          alt={chartText(board, chart)}
          loading="lazy"
          {...chartSize(board, chart)}
        />
      )}
      {table.note && <p class="help">{table.note}</p>}
      <Table
        caption={table.title}
        captionHidden
        rows={table.rows}
        rowKey={(row) => row.id}
        empty={<p>{table.empty}</p>}
        columns={[
          { title: table.head, head: true, cell: (row) => row.title },
          ...table.columns.map((title, i) => ({
            title,
            numeric: table.rows.every((row) => isNumber(row.figures[i] as Figure)),
            cell: (row: BoardTable['rows'][number]) => <FigureText figure={row.figures[i] as Figure} />,
          })),
        ]}
      />
    </Card>
  );
}
