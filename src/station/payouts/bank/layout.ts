/** How the lines of the bank files are laid out: the one table that writer, reader and help page follow. */

/**
 * `mark`: always the same text. `number`, `amount` (fen): figures, right-aligned, zeros before. `date`: YYYYMMDD.
 * `code`: visible ASCII. `text`: GB 18030, left-aligned, spaces behind. `checksum`: SHA-256 in lower-case hex.
 */
type FieldKind = 'mark' | 'number' | 'amount' | 'date' | 'code' | 'text' | 'checksum';

/** A field of a line; `width` in encoded bytes. */
export interface Field {
  name: string;
  title: string;
  width: number;
  kind: FieldKind;
  /** What a mark always is. */
  fixed?: string;
  /** May be empty. */
  optional?: true;
  /** The smallest figure allowed; 0 where nothing is said. */
  least?: number;
  note?: string;
}

/** A line begins with the letter of its kind: header, detail, trailer. */
export type Letter = 'H' | 'D' | 'T';

export type Layout = Record<Letter, readonly Field[]>;

const MARK = { name: 'letter', title: '行标', width: 1, kind: 'mark' } as const;
const RUN = { name: 'run', title: '批次号', width: 40, kind: 'text' } as const;
const SEQ = { name: 'seq', title: '序号', width: 6, kind: 'number', least: 1 } as const;
const ACCOUNT = { name: 'account', title: '账号', width: 32, kind: 'code' } as const;
const HOLDER = { name: 'holder', title: '户名', width: 120, kind: 'text' } as const;
const AMOUNT = { name: 'amount', title: '金额', width: 12, kind: 'amount', least: 1 } as const;
const REFERENCE = { name: 'reference', title: '明细编号', width: 48, kind: 'text' } as const;

/** 代发文件: from us to the bank. */
export const PAYMENT = {
  H: [
    { ...MARK, fixed: 'H' },
    { name: 'version', title: '格式版本', width: 4, kind: 'mark', fixed: 'CBP1' },
    RUN,
    { name: 'scheme', title: '发放项目', width: 120, kind: 'text' },
    { name: 'organ', title: '付款单位', width: 120, kind: 'text' },
    { name: 'date', title: '制单日期', width: 8, kind: 'date' },
    { name: 'count', title: '总笔数', width: 6, kind: 'number', least: 1 },
    { name: 'total', title: '总金额', width: 15, kind: 'amount' },
  ],
  D: [
    { ...MARK, fixed: 'D' },
    { ...SEQ, note: '同一批次内不重复' },
    ACCOUNT,
    HOLDER,
    { name: 'bank', title: '开户行', width: 120, kind: 'text', optional: true },
    AMOUNT,
    { ...REFERENCE, note: '回盘时原样带回' },
    { name: 'purpose', title: '用途', width: 60, kind: 'text' },
  ],
  T: [
    { ...MARK, fixed: 'T' },
    { name: 'count', title: '总笔数', width: 6, kind: 'number', least: 1 },
    { name: 'total', title: '总金额', width: 15, kind: 'amount' },
    {
      name: 'checksum',
      title: '校验码',
      width: 64,
      kind: 'checksum',
      note: '全部 D 行字节（含回车换行）的 SHA-256',
    },
  ],
} as const satisfies Layout;

/** 回盘文件: from the bank to us. */
export const RETURN = {
  H: [
    { ...MARK, fixed: 'H' },
    { name: 'version', title: '格式版本', width: 4, kind: 'mark', fixed: 'CBR1' },
    { ...RUN, note: '代发文件的批次号' },
    { name: 'number', title: '回盘号', width: 20, kind: 'text', note: '银行自编，每次回盘不同' },
    { name: 'date', title: '回盘日期', width: 8, kind: 'date' },
  ],
  D: [
    { ...MARK, fixed: 'D' },
    { ...SEQ, note: '代发文件的序号' },
    { ...ACCOUNT, note: '与代发文件相同' },
    { ...HOLDER, note: '银行登记的户名' },
    { ...AMOUNT, note: '与代发文件相同' },
    { ...REFERENCE, note: '与代发文件相同' },
    { name: 'code', title: '结果码', width: 4, kind: 'code' },
    {
      name: 'reason',
      title: '原因',
      width: 120,
      kind: 'text',
      optional: true,
      note: '已付的留空；结果码 9999 必填',
    },
  ],
  T: [
    { ...MARK, fixed: 'T' },
    { name: 'paidCount', title: '已付笔数', width: 6, kind: 'number' },
    { name: 'paidTotal', title: '已付金额', width: 15, kind: 'amount' },
    { name: 'refusedCount', title: '退回笔数', width: 6, kind: 'number' },
    { name: 'refusedTotal', title: '退回金额', width: 15, kind: 'amount' },
    {
      name: 'checksum',
      title: '校验码',
      width: 64,
      kind: 'checksum',
      note: 'H 行和全部 D 行字节（含回车换行）的 SHA-256',
    },
  ],
} as const satisfies Layout;

/** Bytes of a line without its end. */
export const lineWidth = (fields: readonly Field[]): number => fields.reduce((sum, f) => sum + f.width, 0);

/** Figures of a field as a number, all else as text; either where the kind is not known beforehand. */
type ValueOf<Kind extends FieldKind> = Kind extends 'number' | 'amount' ? number : string;

/** The values a line carries; its marks are not among them. */
export type ValuesOf<Fields extends readonly Field[]> = {
  [F in Fields[number] as F['kind'] extends 'mark' ? never : F['name']]: ValueOf<F['kind']>;
};
