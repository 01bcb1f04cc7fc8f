/** The bytes of a text file, cut into lines; nothing is believed of what they say. */
import { LINE_END } from './codec.ts';
import type { LineFault } from './types.ts';

/** A line with its end, and its number in the file from 1. */
export interface RawLine {
  line: number;
  bytes: Buffer;
}

export interface RawLines {
  lines: RawLine[];
  faults: LineFault[];
}

/** More lines than a file of the largest size has, when they are as long as they must be. */
const MOST_LINES = 100_000;

const MARKS = ['efbbbf', 'fffe', 'feff'].map((hex) => Buffer.from(hex, 'hex'));

/**
 * Is it text in another encoding? Bytes that are UTF-8 and give Chinese characters when read so cannot be names in
 * GB 18030: they would be rare characters in threes.
 */
function isUnicode(bytes: Buffer): boolean {
  if (MARKS.some((m) => bytes.subarray(0, m.length).equals(m))) return true;
  try {
    return /\p{Script=Han}/u.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

const fault = (line: number, code: string, message: string): LineFault => ({ line, code, message });

/** Every line of the file; one that does not end as it must is a fault, and left out when the file breaks off in it. */
export function linesOf(bytes: Buffer): RawLines {
  if (isUnicode(bytes)) {
    const first = bytes.findIndex((b) => b > 0x7f);
    const line = bytes.subarray(0, first).filter((b) => b === 0x0a).length + 1;
    return { lines: [], faults: [fault(line, 'encoding', '编码不对：文件应是 GB 18030，这是 Unicode')] };
  }
  const lines: RawLine[] = [];
  const faults: LineFault[] = [];
  for (let from = 0, line = 1; from < bytes.length; line++) {
    if (line > MOST_LINES) {
      faults.push(fault(line, 'too_large', `文件超过 ${MOST_LINES} 行`));
      break;
    }
    const feed = bytes.indexOf(0x0a, from);
    if (feed === -1) {
      faults.push(fault(line, 'cut_off', '这一行没有完，文件不完整'));
      break;
    }
    const one = bytes.subarray(from, feed + 1);
    if (one.subarray(-2).equals(LINE_END)) lines.push({ line, bytes: one });
    else faults.push(fault(line, 'line_end', '这一行不是以回车换行结尾'));
    from = feed + 1;
  }
  return { lines, faults };
}
