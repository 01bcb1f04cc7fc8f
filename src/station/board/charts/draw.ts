/** Pictures of the board's tables, drawn on the server, as wide as half a page or as a phone. */
import type { EChartsOption } from 'echarts';
import type { Board } from '../types.ts';
import { type Chart, type ChartId, chartOf } from './specs.ts';

const INK = '#1b1f24';
const LINES = '#c9ced6';
/** Without quotes: the library writes them into an attribute as they are. */
const FONTS = 'Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif';

/** Pixels; letters are drawn as large as they are read. */
interface Size {
  width: number;
  row: number;
  /** For the names of the rows. */
  names: number;
  foot: number;
}
export type ChartWidth = 'half' | 'phone';
const SIZES: Record<ChartWidth, Size> = {
  half: { width: 620, row: 37, names: 170, foot: 44 },
  phone: { width: 300, row: 40, names: 90, foot: 72 },
};
const HEAD = 40;
const AXIS = 24;
/** Room at the right for a number behind its bar. */
const RIGHT = 40;
const LETTER = 9;
/** Bars side by side need more room. */
const SIDE_BY_SIDE = 10;

const heightOf = ({ rows, series, isStacked }: Chart, { row, foot }: Size): number =>
  HEAD +
  AXIS +
  foot +
  Math.max(1, rows.length) * (row + (isStacked || series.length === 1 ? 0 : SIDE_BY_SIDE));

export function chartSize(board: Board, id: ChartId, width: ChartWidth): { width: number; height: number } {
  const size = SIZES[width];
  return { width: size.width, height: heightOf(chartOf(board, id), size) };
}

/** Parts of one bar bear their number where it finds room; bars of their own bear it at their end. */
function labelled({ rows, series, isStacked }: Chart, { width, names }: Size) {
  const longest = Math.max(1, ...rows.map((row) => series.reduce((sum, s) => sum + s.of(row), 0)));
  const pixels = (value: number): number => (value / longest) * (width - names - RIGHT);
  const hasRoom = (value: number): boolean =>
    value > 0 && (!isStacked || pixels(value) > LETTER * (String(value).length + 1));
  return (value: number) => ({ value, label: { show: hasRoom(value) } });
}

const barLabel = (isStacked: boolean, colour: string) =>
  isStacked
    ? { position: 'inside' as const, color: '#ffffff', textBorderColor: colour, textBorderWidth: 4 }
    : { position: 'right' as const, color: INK };

function optionOf(chart: Chart, size: Size): EChartsOption {
  const { about, series, isStacked = false } = chart;
  // The first row stands on top.
  const rows = [...chart.rows].reverse();
  const withLabel = labelled(chart, size);
  return {
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    color: series.map((s) => s.colour),
    textStyle: { fontFamily: FONTS, color: INK, fontSize: 14 },
    title: { text: about, left: 0, textStyle: { fontSize: 15, color: INK } },
    legend: {
      show: series.length > 1,
      bottom: 0,
      left: 0,
      itemWidth: 22,
      itemHeight: 14,
      textStyle: { fontSize: 14, color: INK },
    },
    grid: { left: 0, right: RIGHT, top: HEAD, bottom: size.foot, containLabel: true },
    xAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 4,
      splitLine: { lineStyle: { color: LINES } },
      axisLabel: { color: INK, fontSize: 13 },
    },
    yAxis: {
      type: 'category',
      data: rows.map((row) => row.title),
      axisLabel: { color: INK, fontSize: 14, lineHeight: 16, width: size.names, overflow: 'break' },
      axisTick: { show: false },
    },
    series: series.map((s) => ({
      name: s.name,
      type: 'bar',
      barMaxWidth: 22,
      ...(isStacked && { stack: about }),
      label: barLabel(isStacked, s.colour),
      data: rows.map((row) => withLabel(s.of(row))),
    })),
  };
}

/** The picture as SVG; the library is read when the first one is drawn. */
export async function drawChart(board: Board, id: ChartId, width: ChartWidth): Promise<string> {
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...chartSize(board, id, width) });
  try {
    chart.setOption(optionOf(chartOf(board, id), SIZES[width]));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
