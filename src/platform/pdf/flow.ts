import { type Doc, PAGE, SIZE, wrap, writeLine } from './sheet.ts';

/** Where on its page a strip stands. */
interface Place {
  first: boolean;
  last: boolean;
}

/** A piece of print that stands on one page: a line of text, a row of a table, the signature. In points. */
export interface Strip {
  height: number;
  /** A high row of a table, in two: a beginning no higher than `room`, and the rest. */
  cut?(room: number): [Strip, Strip] | undefined;
  /** Blank above, unless it opens a page. */
  before?: number;
  /** Stands on the same page as the strip after it. */
  keep?: boolean;
  /** Stands above it again where it opens a page: the head row of a table. */
  head?: Strip;
  draw(doc: Doc, top: number, place: Place): void;
}

const heightOf = (strip: Strip, opens: boolean): number =>
  strip.height + (opens ? (strip.head?.height ?? 0) : (strip.before ?? 0));

/** Chains of strips that stay together. */
function chainsOf(strips: Strip[]): Strip[][] {
  const chains: Strip[][] = [];
  strips.forEach((strip, i) => {
    if (strips[i - 1]?.keep) chains.at(-1)?.push(strip);
    else chains.push([strip]);
  });
  return chains;
}

/** Height of strips that fill a page from its top. */
export const heightOn = (page: Strip[]): number => totalOf(page, true);

const totalOf = (strips: Strip[], opens: boolean): number =>
  strips.reduce((sum, strip, i) => sum + heightOf(strip, opens && i === 0), 0);

/** A beginning lower than this is not worth dividing a row for. */
const LEAST = 110;

/** Room that a chain needs before it may begin on a page. */
const neededBy = (chain: Strip[], opens: boolean): number =>
  chain.reduce((sum, strip, i) => {
    const height = heightOf(strip, opens && i === 0);
    return sum + (strip.cut ? Math.min(height, LEAST) : height);
  }, 0);

/** Strips on pages `room` points high; rows that may be cut are, and chains that are higher than a page. */
export function paginate(strips: Strip[], room: number): Strip[][] {
  let page: Strip[] = [];
  let left = room;
  const pages = [page];
  const turn = (): void => {
    page = [];
    left = room;
    pages.push(page);
  };
  const put = (strip: Strip): void => {
    left -= heightOf(strip, page.length === 0);
    page.push(strip);
  };
  const place = ([strip, ...others]: Strip[]): void => {
    if (!strip) return;
    const height = heightOf(strip, page.length === 0);
    // What follows in the chain takes the end of a row along.
    const isTooHigh = height + totalOf(others, false) > left;
    const cut = isTooHigh ? strip.cut?.(left - (height - strip.height)) : undefined;
    if (cut) put(cut[0]);
    if (cut || (height > left && page.length > 0)) turn();
    if (!cut) put(strip);
    place(cut ? [cut[1], ...others] : others);
  };
  for (const chain of chainsOf(strips)) {
    const isEmpty = page.length === 0;
    if (!isEmpty && neededBy(chain, false) > left && neededBy(chain, true) <= room) turn();
    place(chain);
  }
  return pages;
}

/** Draws pages of strips; `ground` and `foot` add what every page carries, before and after its text. */
export function drawPages(
  doc: Doc,
  pages: Strip[][],
  { ground, foot }: { ground?: (doc: Doc) => void; foot?: (doc: Doc, page: number) => void },
): void {
  pages.forEach((strips, i) => {
    doc.addPage();
    ground?.(doc);
    let top: number = PAGE.top;
    strips.forEach((strip, at) => {
      const first = at === 0;
      if (first && strip.head) {
        strip.head.draw(doc, top, { first: true, last: false });
        top += strip.head.height;
      } else if (!first) top += strip.before ?? 0;
      strip.draw(doc, top, { first: first && !strip.head, last: at === strips.length - 1 });
      top += strip.height;
    });
    foot?.(doc, i + 1);
  });
}

/** A note in small type at the foot of the text. */
export function noteStrips(note: string, size: number = SIZE.note): Strip[] {
  const pitch = size * 1.5;
  return wrap(note, { size }, PAGE.textWidth).map((line, i) => ({
    height: pitch,
    before: i === 0 ? 4 : 0,
    keep: true,
    draw: (doc, top) => writeLine(doc, line, PAGE.left, top, { size }, PAGE.textWidth),
  }));
}
