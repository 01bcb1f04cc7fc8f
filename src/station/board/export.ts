/** The tables of a board as a workbook, one sheet each. */
import writeXlsx from 'write-excel-file/node';
import { chineseDate, chineseDateTime } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import type { BoardDeps } from './board.ts';
import type { Board, BoardTable, Figure } from './types.ts';

/** Amounts are yuan in a workbook and fen in a figure. */
function cellOf({ text, value }: Figure, isMoney: boolean) {
  if (value === null) return { value: text, type: String, format: '@' };
  return isMoney
    ? { value: value / 100, type: Number, format: '#,##0.00' }
    : { value, type: Number, format: Number.isInteger(value) ? '0' : '0.0' };
}

const bold = (value: string) => ({ value, fontWeight: 'bold' as const });

function sheetOf({ asOf, period }: Board, table: BoardTable) {
  const head = [bold(table.head), ...table.columns.map(bold)];
  const rows = table.rows.map(({ title, figures }) => [
    { value: title, type: String, format: '@' },
    ...figures.map((f) => cellOf(f, table.id === 'money')),
  ]);
  const about = [
    table.title,
    `${chineseDate(period.from)}至${chineseDate(period.to)}`,
    `数据截至 ${chineseDateTime(asOf)}`,
    ...(table.unit === undefined ? [] : [`单位：${table.unit}`]),
  ];
  return {
    // A sheet's name holds no more than 31 signs and none of these.
    sheet: table.title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    columns: head.map((_, i) => ({ width: i === 0 ? 32 : 18 })),
    stickyRowsCount: 2,
    data: [
      [bold(about.join('，'))],
      head,
      ...rows,
      ...(table.note ? [[{ value: table.note, type: String }]] : []),
    ],
  };
}

/** That it was taken is written down before it leaves the house. A board is bounded by its villages, items and schemes. */
export async function exportBoard(deps: BoardDeps, who: SignedIn, board: Board): Promise<Buffer> {
  const rows = board.tables.reduce((sum, t) => sum + t.rows.length, 0);
  await auditAlone(deps, who, 'board.export', null, { ...board.period.query, rows });
  return writeXlsx(board.tables.map((table) => sheetOf(board, table))).toBuffer();
}
