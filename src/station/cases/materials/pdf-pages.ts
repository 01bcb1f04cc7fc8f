/** How many pages a PDF has, as far as it says so in the open or in packed lists of objects. Pure. */
import { inflateSync } from 'node:zlib';

const PAGE = /\/Type\s*\/Page(?![a-zA-Z])/g;
const PACKED = /\/Type\s*\/ObjStm[\s\S]*?stream\r?\n/g;
/** A packed list is not unpacked beyond this: it could be made to burst. */
const MOST = 8 * 1024 * 1024;

const count = (text: string): number => text.match(PAGE)?.length ?? 0;

/** @returns null when it does not say: it is encrypted, or damaged */
export function countPages(bytes: Buffer): number | null {
  const text = bytes.toString('latin1');
  let pages = count(text);
  for (const found of text.matchAll(PACKED)) {
    const from = found.index + found[0].length;
    const to = text.indexOf('endstream', from);
    pages += count(unpack(bytes.subarray(from, to === -1 ? undefined : to)));
  }
  return pages === 0 ? null : pages;
}

/** What cannot be unpacked holds no pages that could be counted. */
function unpack(packed: Buffer): string {
  try {
    return inflateSync(packed, { maxOutputLength: MOST }).toString('latin1');
  } catch {
    return '';
  }
}
