import { inflateSync } from 'node:zlib';

const align = (n: number): number => (n + 3) & ~3;

/**
 * The TrueType file inside a WOFF 1.0 file (W3C Recommendation of 2012-12-13): the same tables, inflated. The
 * parser would inflate all outlines again for every single character.
 * @throws Error when the bytes are no WOFF
 */
export function unwoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF file');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + i * 20;
    const start = woff.readUInt32BE(at + 4);
    const packed = woff.subarray(start, start + woff.readUInt32BE(at + 8));
    const length = woff.readUInt32BE(at + 12);
    return {
      tag: woff.subarray(at, at + 4),
      sum: woff.readUInt32BE(at + 16),
      bytes: packed.length < length ? inflateSync(packed) : packed,
    };
  });
  const head = 12 + count * 16;
  const out = Buffer.alloc(tables.reduce((size, { bytes }) => size + align(bytes.length), head));
  woff.copy(out, 0, 4, 8);
  out.writeUInt16BE(count, 4);
  let offset = head;
  tables.forEach(({ tag, sum, bytes }, i) => {
    const at = 12 + i * 16;
    tag.copy(out, at);
    out.writeUInt32BE(sum, at + 4);
    out.writeUInt32BE(offset, at + 8);
    out.writeUInt32BE(bytes.length, at + 12);
    bytes.copy(out, offset);
    offset += align(bytes.length);
  });
  return out;
}
