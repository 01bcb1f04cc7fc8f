/** What each picture of the board shows, in what it draws and in words. Pure. */
import type { Board, BoardRow, BoardTable, TableId } from '../types.ts';

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

const tableOf = ({ tables }: Board, id: ChartId): BoardTable => {
  const found = tables.find((t) => t.id === id);
  if (!found) throw new Error(`the board has no table ${id}`);
  return found;
};

const figureAt = (row: BoardRow, i: number): number => row.figures[i]?.value ?? 0;

export interface Series {
  name: string;
  colour: string;
  of(row: BoardRow): number;
}

const WORK: Series[] = [
  { name: '已逾期', colour: RED, of: (row) => figureAt(row, 1) },
  { name: '3 个工作日内到期', colour: YELLOW, of: (row) => figureAt(row, 2) },
  { name: '其余在办', colour: BLUE, of: (row) => figureAt(row, 0) - figureAt(row, 1) - figureAt(row, 2) },
];

interface Spec {
  /** What the picture shows, with its unit. */
  about: string;
  series: Series[];
  /** One bar of parts, or a bar for each. */
  isStacked?: true;
  /** Rows of nought are left out. */
  leavesOut?: true;
}

const SPECS: Record<ChartId, Spec> = {
  departments: { about: '各部门在办（件）', series: WORK, isStacked: true, leavesOut: true },
  townships: { about: '各乡镇在办（件）', series: WORK, isStacked: true, leavesOut: true },
  'days-items': {
    about: '办理用时与承诺的中位数（工作日）',
    series: [
      { name: '用时', colour: BLUE, of: (row) => figureAt(row, 1) },
      { name: '承诺', colour: PALE, of: (row) => figureAt(row, 2) },
    ],
  },
  ratings: {
    about: '评价（件）',
    series: [{ name: '评价', colour: GREEN, of: (row) => figureAt(row, 0) }],
  },
};

export type Chart = Omit<Spec, 'leavesOut'> & { rows: BoardRow[] };

/** A picture holds the rows that the short table beside it holds, in its order. */
export function chartOf(board: Board, id: ChartId): Chart {
  const { leavesOut, ...spec } = SPECS[id];
  const first = tableOf(board, id).rows.filter((row) => !row.isMore && !row.isTotal);
  return { ...spec, rows: leavesOut ? first.filter((row) => figureAt(row, 0) > 0) : first };
}

/** Is there anything to draw? */
export const hasPicture = (board: Board, id: ChartId): boolean => {
  const { rows, series } = chartOf(board, id);
  return rows.some((row) => series.some((s) => s.of(row) > 0));
};

/** What a picture shows, for those who do not see it. */
export function chartText(board: Board, id: ChartId): string {
  const { about, series, rows } = chartOf(board, id);
  const said = rows
    .slice(0, 3)
    .map((row) => `${row.title}${series.map((s) => `${s.name} ${s.of(row)}`).join('、')}`);
  return `条形图：${about}。${said.join('；')}。数字都在旁边的表里。`;
}
