/** The layout for people: what the page about the format, and the bank, reads. Worked out from the table itself. */
import { type Field, type Layout, type Letter, lineWidth, PAYMENT, RETURN } from './layout.ts';

/** A line of a file; `fields` in the order in which they stand. */
export interface LayoutTable {
  /** `代发文件 D 行（明细，每笔一行，共 399 字节）` */
  title: string;
  fields: LayoutRow[];
}

/** A field: bytes `from`–`to` of the line, counted from 1. */
interface LayoutRow {
  title: string;
  from: number;
  to: number;
  width: number;
  kind: string;
  note: string;
}

const KINDS: Record<Field['kind'], string> = {
  mark: '固定值',
  number: '数字，右对齐，前面补 0',
  amount: '金额，单位为分，右对齐，前面补 0',
  date: '日期，年月日 8 位数字',
  code: '半角字母、数字和符号，左对齐，后面补空格',
  text: '文字，左对齐，后面补空格',
  checksum: '64 位小写十六进制',
};

const LINES: Record<Letter, string> = { H: '文件头，一行', D: '明细，每笔一行', T: '文件尾，一行' };

/** What holds for both files. */
export const LAYOUT_RULES: readonly string[] = [
  '编码为 GB 18030，不带文件头标记；每行以回车换行结尾，T 行之后没有任何内容。',
  '宽度按编码后的字节计：半角 1 字节，一般汉字 2 字节，生僻字和少数符号 4 字节。',
  '放不下的内容不得截断。行与行、字段与字段之间没有分隔符。',
  '回盘可以分几次，每次只写已有结果的明细；同一笔只能有一次结果。',
  '回盘也可以用工作簿（xlsx）：第一张表每行对应一行文本，每格一个字段，金额以元为单位，账号等文字用文本格式；首格为“行标”的是栏名，不读。校验码按对应的文本行计算。',
];

function note(field: Field): string {
  if (field.fixed !== undefined) return field.fixed;
  return [field.optional ? '可以为空' : '', field.note ?? ''].filter((s) => s !== '').join('；');
}

function fieldsOf(fields: readonly Field[]): LayoutRow[] {
  let to = 0;
  return fields.map((f) => {
    to += f.width;
    return { title: f.title, from: to - f.width + 1, to, width: f.width, kind: KINDS[f.kind], note: note(f) };
  });
}

const tablesOf = (file: string, layout: Layout): LayoutTable[] =>
  (['H', 'D', 'T'] as const).map((letter) => ({
    title: `${file} ${letter} 行（${LINES[letter]}，共 ${lineWidth(layout[letter])} 字节）`,
    fields: fieldsOf(layout[letter]),
  }));

/** Every line of both files. The codes of the answers are `RESULTS`. */
export const layoutTables = (): LayoutTable[] => [
  ...tablesOf('代发文件', PAYMENT),
  ...tablesOf('回盘文件', RETURN),
];
