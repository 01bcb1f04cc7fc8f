/** Pictures of the board's tables, drawn on the server. Each says in words what it shows, and its table stands beside it. */
import type { EChartsOption } from 'echarts';
import type { Board, BoardRow, BoardTable, TableId } from './types.ts';

export const CHARTS = [
  'departments',
  'townships',
  'days-items',
  'ratings',
] as const satisfies readonly TableId[];
export type ChartId = (typeof CHARTS)[number];

/** Station blue, the yellow and red of the lights, green for what is good; patterns tell them apart on grey paper. */
const BLUE = '#0b4a8f';
const PALE = '#7fa8d6';
const YELLOW = '#d99a00';
const RED = '#b3131b';
const GREEN = '#1e6b3a';
const INK = '#1b1f24';
const LINES = '#c9ced6';
/** Without quotes: the library writes them into an attribute as they are. */
const FONTS = 'Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif';
const WIDTH = 880;
const ROW = 34;
const FRAME = 96;
/** More rows than this make no picture that anybody reads. */
const MOST_ROWS = 20;

const tableOf = ({ tables }: Board, id: ChartId): BoardTable => {
  const found = tables.find((t) => t.id === id);
  if (!found) throw new Error(`the board has no table ${id}`);
  return found;
};

const figureAt = (row: BoardRow, i: number): number => row.figures[i]?.value ?? 0;

interface Series {
  name: string;
  colour: string;
  of(row: BoardRow): number;
  stack?: string;
}

const onTime = (row: BoardRow): number => figureAt(row, 0) - figureAt(row, 1) - figureAt(row, 2);
const WORK: Series[] = [
  { name: '没有到期', colour: BLUE, of: onTime, stack: '在办' },
  { name: '3 个工作日内到期', colour: YELLOW, of: (row) => figureAt(row, 2), stack: '在办' },
  { name: '已逾期', colour: RED, of: (row) => figureAt(row, 1), stack: '在办' },
];

interface Chart {
  /** What the picture shows, with its unit. */
  about: string;
  series: Series[];
  /** The rows worth drawing, the largest first. */
  rows(table: BoardTable): BoardRow[];
}

const largest = ({ rows }: BoardTable): BoardRow[] =>
  [...rows].sort((a, b) => figureAt(b, 0) - figureAt(a, 0)).slice(0, MOST_ROWS);
const inHand = (table: BoardTable): BoardRow[] => largest(table).filter((row) => figureAt(row, 0) > 0);

const SPECS: Record<ChartId, Chart> = {
  departments: { about: '各部门在办件数', series: WORK, rows: inHand },
  townships: { about: '各乡镇在办件数', series: WORK, rows: inHand },
  'days-items': {
    about: '各事项办理用时与承诺的中位数（工作日）',
    series: [
      { name: '用时', colour: BLUE, of: (row) => figureAt(row, 1) },
      { name: '承诺', colour: PALE, of: (row) => figureAt(row, 2) },
    ],
    rows: largest,
  },
  ratings: {
    about: '群众评价件数',
    series: [{ name: '评价', colour: GREEN, of: (row) => figureAt(row, 0) }],
    rows: ({ rows }) => [...rows],
  },
};

/** Is there anything to draw? */
export const hasPicture = (board: Board, id: ChartId): boolean => {
  const { rows, series } = SPECS[id];
  return rows(tableOf(board, id)).some((row) => series.some((s) => s.of(row) > 0));
};

/** What a picture shows, for those who do not see it. */
export function chartText(board: Board, id: ChartId): string {
  const { about, series, rows } = SPECS[id];
  const said = rows(tableOf(board, id))
    .slice(0, 3)
    .map((row) => `${row.title}${series.map((s) => `${s.name} ${s.of(row)}`).join('、')}`);
  return `条形图：${about}。${said.join('；')}。数字都在旁边的表里。`;
}

export const chartSize = (board: Board, id: ChartId): { width: number; height: number } => ({
  width: WIDTH,
  height: FRAME + Math.max(1, SPECS[id].rows(tableOf(board, id)).length) * heightOf(id),
});

/** Bars side by side need twice the room. */
const heightOf = (id: ChartId): number =>
  SPECS[id].series.some((s) => s.stack === undefined) ? ROW + 10 : ROW;

function optionOf(board: Board, id: ChartId): EChartsOption {
  const { about, series, rows } = SPECS[id];
  // The first row stands on top.
  const drawn = [...rows(tableOf(board, id))].reverse();
  return {
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    color: series.map((s) => s.colour),
    textStyle: {
      fontFamily: FONTS,
      color: INK,
      fontSize: 14,
    },
    title: { text: about, textStyle: { fontSize: 16, color: INK } },
    legend: { bottom: 0, itemWidth: 28, itemHeight: 16, textStyle: { fontSize: 14, color: INK } },
    grid: { left: 8, right: 48, top: 40, bottom: 40, containLabel: true },
    xAxis: {
      type: 'value',
      minInterval: 1,
      splitLine: { lineStyle: { color: LINES } },
      axisLabel: { color: INK },
    },
    yAxis: {
      type: 'category',
      data: drawn.map((row) => row.title),
      axisLabel: { color: INK, width: 190, overflow: 'break' },
      axisTick: { show: false },
    },
    series: series.map((s) => ({
      name: s.name,
      type: 'bar',
      barMaxWidth: 22,
      ...(s.stack !== undefined && { stack: s.stack }),
      label: {
        show: true,
        position: s.stack === undefined ? 'right' : 'inside',
        color: s.stack === undefined ? INK : '#ffffff',
        textBorderColor: s.stack === undefined ? 'transparent' : s.colour,
        textBorderWidth: s.stack === undefined ? 0 : 4,
      },
      // A number on no bar says nothing.
      data: drawn.map((row) => ({ value: s.of(row), label: { show: s.of(row) > 0 } })),
    })),
  };
}

/** The picture as SVG; the library is read when the first one is drawn. */
export async function drawChart(board: Board, id: ChartId): Promise<string> {
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...chartSize(board, id) });
  try {
    chart.setOption(optionOf(board, id));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
