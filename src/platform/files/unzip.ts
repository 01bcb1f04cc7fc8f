/** Archives from outside, unpacked within bounds. A small one can hold more than the machine does. */
import { inflateRawSync } from 'node:zlib';

/** Why an archive was not read: it is none or a broken one, or it unpacks to more than allowed. */
export type Unread = 'broken' | 'too_large';

/** A part of a zip by its central directory (APPNOTE 4.3.12): where its bytes are, and the size it claims. */
interface Part {
  name: string;
  from: number;
  to: number;
  method: number;
  size: number;
}

/**
 * Every part unpacked, of a zip that holds together: parts are as large as they claim, for readers behind this one
 * believe it. `most`: bytes that all parts together may unpack to.
 */
export function unpackAll(bytes: Buffer, most: number): Buffer[] | Unread {
  const parts = unpackNamed(bytes, most);
  return typeof parts === 'string' ? parts : parts.map(({ content }) => content);
}

/** The same with the names of the parts, in the order of the directory. */
export function unpackNamed(bytes: Buffer, most: number): { name: string; content: Buffer }[] | Unread {
  const parts = partsOf(bytes);
  if (!parts) return 'broken';
  const unpacked: { name: string; content: Buffer }[] = [];
  let left = most;
  for (const part of parts) {
    const content = unpack(bytes, part, left);
    if (typeof content === 'string') return content;
    if (content.length !== part.size) return 'broken';
    left -= content.length;
    if (left <= 0) return 'too_large';
    unpacked.push({ name: part.name, content });
  }
  return unpacked;
}

function unpack(bytes: Buffer, { from, to, method }: Part, most: number): Buffer | Unread {
  const packed = bytes.subarray(from, to);
  if (method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    return error instanceof RangeError ? 'too_large' : 'broken';
  }
}

function partsOf(bytes: Buffer): Part[] | null {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1 || end + 22 > bytes.length) return null;
  const parts: Part[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length) return null;
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    parts.push({ name, from, to: from + packed, method: bytes.readUInt16LE(at + 10), size });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}
