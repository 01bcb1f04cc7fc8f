/** 回盘文件: what the bank answers. Everything is checked before anything is believed. */
import { looksLikeWorkbook } from '../../../platform/files/workbook.ts';
import { LINE_END, takeLine } from './codec.ts';
import { type Letter, lineWidth, PAYMENT, RETURN, type ValuesOf } from './layout.ts';
import { linesOf, type RawLine } from './lines.ts';
import { linesOfWorkbook } from './return-workbook.ts';
import { assemble } from './sums.ts';
import type { LineFault, ReturnFile } from './types.ts';

/** A file of ninety thousand payments. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Enough to see what is wrong; a picture read as text has thousands. */
const MOST_FAULTS = 200;

/** A line of which every field is sound. */
export type Parsed = {
  [L in Letter]: { line: number; letter: L; bytes: Buffer; values: ValuesOf<(typeof RETURN)[L]> };
}[Letter];

type Read = { ok: true; file: ReturnFile } | { ok: false; faults: LineFault[] };

const fault = (line: number, code: string, message: string): LineFault => ({ line, code, message });

function refused(faults: readonly LineFault[]): Read {
  const sorted = [...faults].sort((a, b) => a.line - b.line);
  const next = sorted[MOST_FAULTS];
  if (!next) return { ok: false, faults: sorted };
  const rest = fault(next.line, 'too_many', `从这一行起还有 ${sorted.length - MOST_FAULTS} 处错误`);
  return { ok: false, faults: [...sorted.slice(0, MOST_FAULTS), rest] };
}

/**
 * Read a return file: text in GB 18030 laid out as `RETURN`, or a workbook of the same lines. A file with faults is
 * refused whole, with every fault by its line; sums and checksum are compared once every line is sound.
 */
export async function readReturn(bytes: Buffer): Promise<Read> {
  if (bytes.length === 0) return refused([fault(1, 'empty_file', '文件是空的')]);
  if (bytes.length > MOST_BYTES) return refused([fault(1, 'too_large', '文件超过 32 MB')]);
  const raw = looksLikeWorkbook(bytes) ? await linesOfWorkbook(bytes) : linesOf(bytes);
  if (raw === 'too_large') return refused([fault(1, 'too_large', '工作簿展开后太大')]);
  if (raw === 'broken') return refused([fault(1, 'broken', '工作簿打不开，文件已损坏')]);
  if (isPayment(raw.lines)) return refused([fault(1, 'payment_file', '这是代发文件，不是回盘文件')]);
  const isWhole = raw.faults.length === 0;
  const end = raw.lines.findIndex((l) => letterOf(l) === 'T');
  const parsed = raw.lines.slice(0, end === -1 ? undefined : end + 1).map(parseLine);
  const faults = [...raw.faults, ...checkOrder(raw.lines, isWhole), ...parsed.flatMap((p) => p.faults)];
  if (faults.length > 0) return refused(faults);
  const told = assemble(parsed.flatMap((p) => p.sound));
  return Array.isArray(told) ? refused(told) : { ok: true, file: told };
}

const letterOf = ({ bytes }: RawLine): string => bytes.subarray(0, 1).toString('latin1');

/** Our own file handed back by mistake. */
const isPayment = ([first]: readonly RawLine[]): boolean =>
  first?.bytes.toString('latin1').startsWith(PAYMENT.H[0].fixed + PAYMENT.H[1].fixed) === true;

const isLetter = (letter: string): letter is Letter => Object.hasOwn(RETURN, letter);

/**
 * One header first, details, one trailer last. Of a file in which lines are broken already (`isWhole` false) only
 * what the others do not explain is told.
 */
function checkOrder(lines: readonly RawLine[], isWhole: boolean): LineFault[] {
  const letters = lines.map(letterOf);
  const end = letters.indexOf('T');
  const faults = lines.flatMap(({ line }, i) => {
    if (end !== -1 && i > end) return [fault(line, 'after_trailer', 'T 行之后还有内容')];
    return letters[i] === 'H' && i > 0 ? [fault(line, 'second_header', 'H 行只能有一行，是第一行')] : [];
  });
  return isWhole ? [...faults, ...checkEnds(lines, letters, end)] : faults;
}

function checkEnds(lines: readonly RawLine[], letters: readonly string[], end: number): LineFault[] {
  const first = lines[0]?.line ?? 1;
  const last = lines[end === -1 ? lines.length - 1 : end]?.line ?? 1;
  const faults = letters[0] === 'H' ? [] : [fault(first, 'no_header', '第一行应是 H 行')];
  if (end === -1) return [...faults, fault(last, 'no_trailer', '最后没有 T 行，文件不完整')];
  return letters.slice(0, end).includes('D') ? faults : [...faults, fault(last, 'no_rows', '没有 D 行')];
}

/** Length, and every field by itself. */
function parseLine(raw: RawLine): { sound: Parsed[]; faults: LineFault[] } {
  const { line, bytes } = raw;
  const broken = (...faults: LineFault[]) => ({ sound: [], faults });
  const letter = letterOf(raw);
  if (!isLetter(letter)) return broken(fault(line, 'unknown_line', '应以 H、D 或 T 开头'));
  const [width, length] = [lineWidth(RETURN[letter]), bytes.length - LINE_END.length];
  if (length !== width)
    return broken(fault(line, 'length', `${letter} 行应有 ${width} 字节，这一行有 ${length} 字节`));
  const values = takeLine(RETURN[letter], bytes.subarray(0, length));
  if (Array.isArray(values)) return broken(...values.map((w) => fault(line, w.code, w.message)));
  return { sound: [{ line, letter, bytes, values } as Parsed], faults: [] };
}
