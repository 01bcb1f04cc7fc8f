/** The board as a page: figures, pictures and tables beside them. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Card,
  Chips,
  FilterForm,
  Fold,
  LinkButton,
  PrintButton,
  StatTiles,
  Table,
  Tabs,
} from '../../../platform/web/index.ts';
import { StationPage } from '../../shell.tsx';
import type { BoardDeps } from '../board.ts';
import { CHARTS, type ChartId, chartSize, chartText, hasPicture } from '../charts/index.ts';
import { NOTHING } from '../figures.ts';
import { KINDS, type Period } from '../period.ts';
import type { Board, BoardRow, BoardTable, Figure, TableId } from '../types.ts';

const PERIOD_WORDS = { month: '本月', quarter: '本季度', year: '今年', days: '自选日期' };

/** Small tables stand two beside each other. */
const SMALL: readonly TableId[] = [
  'outcomes',
  'certificates',
  'ratings',
  'ratings-departments',
  'bad',
  'money',
];

/** The same query for everything that belongs to a board. */
const addressOf = (path: string, { query }: Period, more: Record<string, string> = {}): string =>
  `${path}?${new URLSearchParams({ ...query, ...more })}`;

/** @param isWhole every row, and not the first ones of each table */
export function BoardPage(props: {
  ctx: RouteContext;
  deps: BoardDeps;
  board: Board;
  isWhole: boolean;
}): JSX.Element {
  const { ctx, deps, board, isWhole } = props;
  const { period, tiles, tables } = board;
  return (
    <StationPage ctx={ctx} deps={deps} title="一览" heading="一览" nav="board" scripts={['reading']}>
      <p class="lead">
        {period.title}（{chineseDate(period.from)}至{chineseDate(period.to)}）· 数据截至{' '}
        {chineseDateTime(board.asOf)}
      </p>
      <Periods period={period} />
      <div class="board-tiles">
        <StatTiles
          label="要紧的数"
          stats={tiles.map(({ label, figure, ...rest }) => ({
            label,
            value: figure.text,
            ...(figure.href && { href: figure.href }),
            ...rest,
          }))}
        />
      </div>
      <BoardActions period={period} isWhole={isWhole} />
      <Chips label="本页内容" chips={tables.map(({ id, title }) => ({ text: title, href: `#${id}` }))} />
      <div class="board-cards">
        {tables.map((table) => (
          <div key={table.id} class={SMALL.includes(table.id) ? 'board-small' : 'board-large'}>
            <TableCard board={board} table={table} isWhole={isWhole} />
          </div>
        ))}
      </div>
    </StationPage>
  );
}

function Periods({ period }: { period: Period }): JSX.Element {
  return (
    <div class="no-print">
      <Tabs
        label="时间"
        tabs={KINDS.map((kind, i) => ({
          href: `/board?period=${kind}`,
          text: PERIOD_WORDS[kind],
          current: period.kind === kind,
          shortcut: String(i + 1),
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

const BoardActions = ({ period, isWhole }: { period: Period; isWhole: boolean }): JSX.Element => (
  <div class="board-actions">
    <Actions>
      <LinkButton href={addressOf('/board/board.xlsx', period)} shortcut="e">
        导出表格（Excel）
      </LinkButton>
      <PrintButton>打印</PrintButton>
      <LinkButton kind="quiet" href="/ratings" shortcut="r">
        群众评价
      </LinkButton>
      <LinkButton kind="quiet" href={addressOf('/board', period, isWhole ? {} : { all: '1' })} shortcut="w">
        {isWhole ? '只看主要的' : '看全部行'}
      </LinkButton>
    </Actions>
  </div>
);

/** Nothing to be known stands where the number would. */
const isNumber = ({ value, text }: Figure): boolean => value !== null || text === NOTHING;

const FigureText = ({ figure: { text, href } }: { figure: Figure }): JSX.Element =>
  href === undefined ? <span>{text}</span> : <a href={href}>{text}</a>;

function TableCard(props: { board: Board; table: BoardTable; isWhole: boolean }): JSX.Element {
  const { board, table, isWhole } = props;
  const { id, title, unit, note, rows } = table;
  const chart = CHARTS.find((each) => each === id);
  const shown = isWhole ? rows : rows.filter((row) => !row.isMore);
  return (
    <Card
      id={id}
      title={title}
      aside={unit !== undefined && rows.length > 0 && <span class="help">单位：{unit}</span>}
    >
      {note && <p class="help">{note}</p>}
      <div class="board-pair">
        {chart && hasPicture(board, chart) && <Picture board={board} chart={chart} />}
        <div class={rows.some((row) => row.isTotal) ? 'board-figures board-total' : 'board-figures'}>
          <Figures table={table} rows={shown} />
        </div>
      </div>
      {shown.length < rows.length && (
        <p class="no-print">
          <a href={`${addressOf('/board', board.period, { all: '1' })}#${id}`}>
            全部 {rows.filter((row) => !row.isTotal).length} 行
          </a>
        </p>
      )}
    </Card>
  );
}

/** Drawn twice, so that the letters of a phone's picture are as large as its own. */
function Picture({ board, chart }: { board: Board; chart: ChartId }): JSX.Element {
  const src = `/board/charts/${chart}.svg`;
  return (
    <picture>
      <source
        media="(max-width: 40rem)"
        srcset={addressOf(src, board.period, { for: 'phone' })}
        {...chartSize(board, chart, 'phone')}
      />
      <img
        class="board-chart"
        src={addressOf(src, board.period)}
        alt={chartText(board, chart)}
        loading="lazy"
        {...chartSize(board, chart, 'half')}
      />
    </picture>
  );
}

function Figures({ table, rows }: { table: BoardTable; rows: BoardRow[] }): JSX.Element {
  return (
    <Table
      caption={table.title}
      captionHidden
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p>{table.empty}</p>}
      columns={[
        { title: table.head, head: true, cell: (row) => row.title },
        ...table.columns.map((title, i) => ({
          title,
          numeric: table.rows.every((row) => isNumber(row.figures[i] as Figure)),
          cell: (row: BoardRow) => <FigureText figure={row.figures[i] as Figure} />,
        })),
      ]}
    />
  );
}
