/**
 * A bank, for tests: reads our file by offsets of its own and writes the return, or misbehaves. It shares nothing
 * with what it tests.
 */
import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';

/** A payment as the bank understood it; amounts in fen. */
export interface Order {
  seq: number;
  account: string;
  holder: string;
  bank: string;
  amount: number;
  reference: string;
  purpose: string;
}

/** Everything the bank read in our file. */
export interface Orders {
  run: string;
  scheme: string;
  organ: string;
  date: string;
  count: number;
  total: number;
  checksum: string;
  rows: Order[];
}

/** What the bank answers: a code, one with a reason, or nothing yet. */
export type Answer = string | { code: string; reason?: string; holder?: string } | undefined;

export type Misbehaviour =
  | 'wrong_total'
  | 'wrong_checksum'
  | 'foreign_row'
  | 'other_amount'
  | 'doubled_row'
  | 'wrong_encoding'
  | 'truncated'
  | 'trailing';

export interface ReturnOptions {
  /** The bank's number of the return. */
  number?: string;
  date?: string;
  misbehave?: Misbehaviour;
}

/** Cells of a line that has no more than eight. */
type Cells = [string, string, string, string, string, string, string, string];

const WIDTHS = {
  H: [1, 4, 40, 120, 120, 8, 6, 15],
  D: [1, 6, 32, 120, 120, 12, 48, 60],
  T: [1, 6, 15, 64],
};

function split(line: Buffer, widths: readonly number[]): string[] {
  let from = 0;
  const parts = widths.map((w) => {
    from += w;
    return iconv.decode(line.subarray(from - w, from), 'gb18030').trimEnd();
  });
  if (from !== line.length) throw new Error(`the bank wants ${from} bytes, this line has ${line.length}`);
  return parts;
}

/** Lines of a file without their ends. */
export function linesOf(bytes: Buffer): Buffer[] {
  const text = bytes.toString('latin1');
  if (!text.endsWith('\r\n')) throw new Error('the bank wants a whole last line');
  return text
    .slice(0, -2)
    .split('\r\n')
    .map((l) => Buffer.from(l, 'latin1'));
}

const sha256 = (lines: readonly Buffer[]): string =>
  createHash('sha256')
    .update(Buffer.concat(lines.flatMap((l) => [l, Buffer.from('\r\n')])))
    .digest('hex');

/** Our file, as the bank reads it. Throws when it would send it back. */
export function readOrders(exported: Buffer): Orders {
  const lines = linesOf(exported);
  const [head, tail, body] = [lines[0] as Buffer, lines.at(-1) as Buffer, lines.slice(1, -1)];
  const [h, version, run, scheme, organ, date, count, total] = split(head, WIDTHS.H) as Cells;
  const [t, tailCount, tailTotal, checksum] = split(tail, WIDTHS.T) as Cells;
  const rows = body.map((line): Order => {
    const [d, seq, account, holder, bank, amount, reference, purpose] = split(line, WIDTHS.D) as Cells;
    if (d !== 'D') throw new Error(`the bank wants a detail line, not ${d}`);
    return { seq: Number(seq), account, holder, bank, amount: Number(amount), reference, purpose };
  });
  const sum = rows.reduce((s, r) => s + r.amount, 0);
  const agrees =
    `${h}${version}${t}` === 'HCBP1T' &&
    [count, tailCount].every((c) => Number(c) === rows.length) &&
    [total, tailTotal].every((c) => Number(c) === sum) &&
    checksum === sha256(body);
  if (!agrees) throw new Error('the bank finds that the file contradicts itself');
  return { run, scheme, organ, date, count: rows.length, total: sum, checksum, rows };
}

const text = (value: string, width: number): Buffer => {
  const bytes = iconv.encode(value, 'gb18030');
  return Buffer.concat([bytes, Buffer.alloc(width - bytes.length, ' ')]);
};

const figures = (value: number, width: number): Buffer => Buffer.from(String(value).padStart(width, '0'));

function detail(row: Order, answer: Exclude<Answer, undefined>): Buffer {
  const { code, reason = '', holder = row.holder } = typeof answer === 'string' ? { code: answer } : answer;
  return Buffer.concat([
    Buffer.from('D'),
    figures(row.seq, 6),
    text(row.account, 32),
    text(holder, 120),
    figures(row.amount, 12),
    text(row.reference, 48),
    text(code, 4),
    text(reason, 120),
  ]);
}

/** What a bank does that answers for payments it was not asked for, or twice, or with another amount. */
function altered(rows: Order[], misbehave: Misbehaviour | undefined): Order[] {
  const [first, ...rest] = rows as [Order, ...Order[]];
  if (misbehave === 'foreign_row') return [...rows, { ...first, seq: 999_999 }];
  if (misbehave === 'doubled_row') return [...rows, first];
  if (misbehave === 'other_amount') return [{ ...first, amount: first.amount + 1 }, ...rest];
  return rows;
}

/** A trailer over lines of a return: header and details. An amount that is no figure counts for nothing. */
export function trailer(lines: readonly Buffer[], misbehave?: Misbehaviour): Buffer {
  const sums = { '0000': [0, 0], other: [0, 0] } as Record<string, [number, number]>;
  for (const line of lines.slice(1)) {
    const sum = sums[line.subarray(219, 223).toString()] ?? (sums.other as [number, number]);
    sum[0] += 1;
    sum[1] += Number(line.subarray(159, 171)) || 0;
  }
  const [paid, refused] = [sums['0000'], sums.other] as [[number, number], [number, number]];
  if (misbehave === 'wrong_total') paid[1] += 100;
  const checksum = misbehave === 'wrong_checksum' ? '0'.repeat(64) : sha256(lines);
  return Buffer.concat([
    Buffer.from('T'),
    ...[paid, refused].flatMap(([count, total]) => [figures(count, 6), figures(total, 15)]),
    Buffer.from(checksum),
  ]);
}

/** Lines with their ends, as a file. */
export const fileOf = (lines: readonly Buffer[]): Buffer =>
  Buffer.concat(lines.flatMap((l) => [l, Buffer.from('\r\n')]));

/**
 * The return to an exported file. `decide` gives the answer for each payment; those without one are left out.
 * Header: letter, version, run, number of the return, date.
 */
export function simulateReturn(
  exported: Buffer,
  decide: (row: Order) => Answer,
  { number = 'R0001', date = '20260928', misbehave }: ReturnOptions = {},
): Buffer {
  const { run, rows } = readOrders(exported);
  const head = Buffer.concat([Buffer.from('HCBR1'), text(run, 40), text(number, 20), Buffer.from(date)]);
  const answered = rows.filter((r) => decide(r) !== undefined);
  const details = altered(answered, misbehave).map((r) => detail(r, decide(r) ?? '0000'));
  const lines = [head, ...details];
  const file = fileOf([...lines, trailer(lines, misbehave)]);
  if (misbehave === 'wrong_encoding') return Buffer.from(iconv.decode(file, 'gb18030'));
  if (misbehave === 'truncated') return file.subarray(0, Math.floor(file.length / 2));
  if (misbehave === 'trailing') return Buffer.concat([file, Buffer.from([0x1a])]);
  return file;
}

const RETURN_WIDTHS: Record<string, number[]> = {
  H: [1, 4, 40, 20, 8],
  D: [1, 6, 32, 120, 12, 48, 4, 120],
  T: [1, 6, 15, 6, 15, 64],
};
const FIGURES: Record<string, number[]> = { H: [], D: [1], T: [1, 3] };
const AMOUNTS: Record<string, number[]> = { H: [], D: [4], T: [2, 4] };

/** A return as the rows of a workbook: figures as numbers, amounts in yuan, everything else as text. */
export const returnCells = (file: Buffer): (string | number | null)[][] =>
  linesOf(file).map((line) => {
    const letter = line.subarray(0, 1).toString();
    return split(line, RETURN_WIDTHS[letter] as number[]).map((cell, i) => {
      if (FIGURES[letter]?.includes(i)) return Number(cell);
      if (AMOUNTS[letter]?.includes(i)) return Number(cell) / 100;
      return cell === '' ? null : cell;
    });
  });
