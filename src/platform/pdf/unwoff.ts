import { inflateSync } from 'node:zlib';
import { fileOf } from './subset.ts';

/**
 * The TrueType file inside a WOFF 1.0 file (W3C Recommendation of 2012-12-13): the same tables, inflated. The
 * parser would inflate all outlines again for every single character.
 * @throws Error when the bytes are no WOFF
 */
export function unwoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF file');
  return fileOf(
    Array.from({ length: woff.readUInt16BE(12) }, (_, i): [string, Buffer] => {
      const at = 44 + i * 20;
      const start = woff.readUInt32BE(at + 4);
      const packed = woff.subarray(start, start + woff.readUInt32BE(at + 8));
      const isPacked = packed.length < woff.readUInt32BE(at + 12);
      return [woff.toString('latin1', at, at + 4), isPacked ? inflateSync(packed) : packed];
    }),
  );
}
