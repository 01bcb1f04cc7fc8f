/**
 * A table as it is uploaded, to the grid that is published. What a workbook carries unseen (hidden sheets, rows, comments,
 * copies of data behind pivots) is refused in words of the person who made it: nothing of the file itself goes out.
 */
import { type Fault, invalid, tooLarge } from '../../errors.ts';
import { parseCsv } from '../../kernel/csv.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { unpackNamed } from '../../platform/files/unzip.ts';
import { looksLikeWorkbook, readWorkbook } from '../../platform/files/workbook.ts';
import { columnName, FINDING_WORDS, scan } from './rules/scan.ts';
import type { Grid } from './types.ts';

const MB = 1024 * 1024;
const MOST = 5 * MB;
const MOST_UNPACKED = 40 * MB;
const MOST_ROWS = 500;
const MOST_COLUMNS = 30;

const fault = (message: string, code: string): Fault => ({ pointer: '/file', message, code });

/**
 * The grid of an uploaded table: CSV, or a workbook of one sheet without anything unseen.
 * @throws AppError 422 disclosure.bad_table with every fault, file.empty; 413 file.too_large
 */
export async function readGrid(bytes: Buffer, today: LocalDate): Promise<Grid> {
  if (bytes.length === 0) throw invalid([fault('文件是空的', 'empty')], 'file.empty');
  if (bytes.length > MOST) throw tooLarge('file.too_large');
  const rows = looksLikeWorkbook(bytes) ? await sheetRows(bytes, today) : csvRows(bytes);
  return gridOf(rows);
}

const refuse = (faults: Fault[]): never => {
  throw invalid(faults, 'disclosure.bad_table');
};
const UNREADABLE = '这个文件读不出来：请在电脑表格软件里另存为 .xlsx，或者 UTF-8 的 .csv，再上传';

function csvRows(bytes: Buffer): string[][] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no table has them
    if (/[\x00-\x08\x0E-\x1F]|^%PDF-/.test(text)) return refuse([fault(UNREADABLE, 'unreadable')]);
    return parseCsv(text).map(({ cells }) => cells.map(cellText));
  } catch (error) {
    if (error instanceof TypeError) return refuse([fault(UNREADABLE, 'unreadable')]);
    throw error;
  }
}

async function sheetRows(bytes: Buffer, today: LocalDate): Promise<string[][]> {
  const unpacked = unpackNamed(bytes, MOST_UNPACKED);
  if (unpacked === 'too_large') throw tooLarge('file.too_large');
  if (unpacked === 'broken') return refuse([fault(UNREADABLE, 'unreadable')]);
  const parts = new Map(
    unpacked.map(({ name, content }) => [name.replace(/^\//, ''), content.toString('utf8')]),
  );
  if (parts.size !== unpacked.length) return refuse([fault(UNREADABLE, 'unreadable')]);
  const faults = unseen(parts, today);
  if (faults.length > 0) return refuse(faults);
  const rows = await readWorkbook(bytes, MOST_UNPACKED);
  if (typeof rows === 'string') return refuse([fault(UNREADABLE, 'unreadable')]);
  return rows.map((row) => row.map(cellText));
}

/** A cell as it is read on the page. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return String(cell).trim();
}

function gridOf(lines: string[][]): Grid {
  const rows = lines.filter((row) => row.some((cell) => cell !== ''));
  const width = Math.max(0, ...rows.map((row) => row.length));
  const [columns, ...rest] = rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? ''));
  if (!columns || rest.length === 0) return refuse([fault('表格里除了标题行没有内容', 'empty')]);
  if (rest.length > MOST_ROWS || width > MOST_COLUMNS)
    return refuse([fault(`表格太大：最多 ${MOST_ROWS} 行、${MOST_COLUMNS} 列，请分成几份公开`, 'too_large')]);
  return { columns, rows: rest };
}

type Parts = ReadonlyMap<string, string>;

/** Parts of a workbook that carry what nobody sees in the table, by their names. */
const CARRIED: readonly (readonly [RegExp, string])[] = [
  [/^xl\/(comments|threadedComments)/i, '表格里有批注：请在“审阅”里删除全部批注'],
  [
    /^xl\/pivot(Cache|Tables)/i,
    '表格里有数据透视表，它背后存着全部原始数据：请复制结果，只粘贴数值到一张新表',
  ],
  [/^xl\/externalLinks/i, '表格连着别的文件，存有那里的数据：请复制结果，只粘贴数值到一张新表'],
  [/^xl\/(embeddings|media|drawings|charts)/i, '表格里有图片、图表或者嵌入的文件：请删除，只留文字和数字'],
  [/^xl\/vbaProject/i, '表格里有宏：请另存为不含宏的 .xlsx'],
];

/** What of a workbook cannot be seen in its one table: every fault, with sheet and cell. */
function unseen(parts: Parts, today: LocalDate): Fault[] {
  const names = [...parts.keys()];
  const sheets = sheetsOf(parts);
  const visible = sheets.filter((s) => !s.hidden);
  return [
    ...sheets
      .filter((s) => s.hidden)
      .map((s) =>
        fault(`有一张看不见的工作表“${s.name}”：右键点表名，选“取消隐藏”，看过以后删除它`, 'hidden_sheet'),
      ),
    ...(visible.length > 1
      ? [
          fault(
            `有 ${visible.length} 张工作表（${visible.map((s) => s.name).join('、')}）：每份公开只留一张`,
            'more_sheets',
          ),
        ]
      : []),
    ...CARRIED.filter(([pattern]) => names.some((n) => pattern.test(n))).map(([, message]) =>
      fault(message, 'carried'),
    ),
    ...sheets.flatMap((s) => hiddenIn(s)),
    ...numbersIn(parts, sheets, today),
  ];
}

interface Sheet {
  name: string;
  hidden: boolean;
  xml: string;
}

const attribute = (tag: string, name: string): string =>
  unescaped(
    new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
      .exec(tag)
      ?.slice(1)
      .find((v) => v !== undefined) ?? '',
  );
const tags = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?=[\\s/>])[^>]*>`, 'g'))].map(([tag]) => tag);
const isOn = (value: string): boolean => value === '1' || value === 'true';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescaped = (xml: string): string =>
  xml.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    name
      ? (ENTITIES[name] ?? whole)
      : String.fromCodePoint(Math.min(hex ? Number.parseInt(hex, 16) : Number(decimal), 0x10ffff)),
  );

/** The sheets the workbook names, and those that lie in it without being named. */
function sheetsOf(parts: Parts): Sheet[] {
  const targets = new Map(
    tags(parts.get('xl/_rels/workbook.xml.rels') ?? '', 'Relationship').map((tag) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target').replace(/^\/?(xl\/)?/, 'xl/'),
    ]),
  );
  const named = tags(parts.get('xl/workbook.xml') ?? '', 'sheet').map((tag) => ({
    name: attribute(tag, 'name'),
    hidden: /hidden/i.test(attribute(tag, 'state')),
    part: targets.get(attribute(tag, 'r:id') || attribute(tag, 'id')) ?? '',
  }));
  const left = [...parts.keys()]
    .filter((n) => /^xl\/\w*sheets\/[^/]+\.xml$/.test(n) && !named.some((s) => s.part === n))
    .map((part) => ({ name: part.split('/').at(-1) as string, hidden: true, part }));
  return [...named, ...left].map(({ part, ...sheet }) => ({ ...sheet, xml: parts.get(part) ?? '' }));
}

function hiddenIn({ name, hidden, xml }: Sheet): Fault[] {
  if (hidden) return [];
  const isHidden = (tag: string, size: string) =>
    isOn(attribute(tag, 'hidden')) || (attribute(tag, size) !== '' && Number(attribute(tag, size)) === 0);
  const rows = tags(xml, 'row')
    .filter((t) => isHidden(t, 'ht'))
    .map((t) => attribute(t, 'r'));
  const columns = tags(xml, 'col')
    .filter((t) => isHidden(t, 'width'))
    .map((t) => {
      const [from, to] = [Number(attribute(t, 'min')), Number(attribute(t, 'max'))];
      return from === to ? columnName(from - 1) : `${columnName(from - 1)}–${columnName(to - 1)}`;
    });
  const flat = tags(xml, 'sheetFormatPr').some((t) => isOn(attribute(t, 'zeroHeight')));
  return [
    ...(rows.length > 0
      ? [
          fault(
            `“${name}”表第 ${rows.slice(0, 20).join('、')} 行看不见：选中上下两行，右键“取消隐藏”或者取消筛选，看过以后再决定留不留`,
            'hidden_row',
          ),
        ]
      : []),
    ...(flat ? [fault(`“${name}”表把没有写明高度的行都隐藏了：全选，右键“取消隐藏”`, 'hidden_row')] : []),
    ...(columns.length > 0
      ? [
          fault(
            `“${name}”表第 ${columns.join('、')} 列看不见：选中左右两列，右键“取消隐藏”，看过以后再决定留不留`,
            'hidden_column',
          ),
        ]
      : []),
  ];
}

const CELL = /<(?:\w+:)?c(?=[\s/>])([^>]*)>([\s\S]*?)<\/(?:\w+:)?c>/g;
const inside = (xml: string, name: string): string[] =>
  [
    ...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?=[\\s>])[^>]*>([\\s\\S]*?)</(?:\\w+:)?${name}>`, 'g')),
  ].map(([, text]) => text ?? '');
const textOf = (xml: string): string => unescaped(inside(xml, 't').join(''));

/** Cells of a sheet with what stands in them, shared texts looked up. */
function cellsOf(xml: string, shared: readonly string[]): { at: string; text: string }[] {
  return [...xml.matchAll(CELL)].map(([, attributes = '', body = '']) => {
    const value = unescaped(inside(body, 'v')[0] ?? '');
    const text = attribute(attributes, 't') === 's' ? (shared[Number(value)] ?? '') : value || textOf(body);
    return { at: attribute(attributes, 'r'), text: plainNumber(text) };
  });
}

/** 5.3262E+17 is what a spreadsheet makes of an identity number. */
const plainNumber = (text: string): string =>
  /^\d(\.\d+)?E\+?1[4-9]$/i.test(text) ? BigInt(Math.round(Number(text))).toString() : text;

/** Numbers of persons anywhere in the workbook: in which sheet and cell, or where no cell shows them. */
function numbersIn(parts: Parts, sheets: readonly Sheet[], today: LocalDate): Fault[] {
  const shared = inside(parts.get('xl/sharedStrings.xml') ?? '', 'si').map(textOf);
  const found = (text: string) =>
    scan(
      { title: '', text, grid: null },
      { today, names: true, wording: { address: [], minor: [], health: [], hardship: [] } },
    ).find((f) => f.blocks);
  const inCells = sheets.flatMap(({ name, xml }) =>
    cellsOf(xml, shared).flatMap(({ at, text }) => {
      const number = found(text);
      if (number)
        return [
          fault(
            `“${name}”表 ${at} 格是${FINDING_WORDS[number.kind]}（${number.shown}）：请遮挡或者删除这一列`,
            'number',
          ),
        ];
      return /^\d{15,}$/.test(text)
        ? [
            fault(
              `“${name}”表 ${at} 格是一个很长的数字，可能是身份证号或者卡号：请遮挡或者删除这一列`,
              'number',
            ),
          ]
        : [];
    }),
  );
  if (inCells.length > 0) return inCells.slice(0, 20);
  const elsewhere = [...parts].find(
    ([name, xml]) =>
      !/^xl\/\w*sheets\//.test(name) &&
      [...xml.matchAll(/>([^<]+)</g)].some(([, text]) => found(unescaped(text ?? ''))),
  );
  return elsewhere
    ? [
        fault(
          '表格文件里看不见的地方还存着身份证号、手机号或者卡号：请复制内容，只粘贴数值到一个新文件',
          'number',
        ),
      ]
    : [];
}
