/**
 * The part of a TrueType typeface that a document embeds: the tables a PDF needs (ISO 32000-1, 9.9) with the used
 * glyphs alone. The parser's own subset decodes every outline again for every document, a quarter of the time of a
 * whole paper; here glyphs are copied as they are.
 */

/** Tables copied as they are: the instructions that all glyphs share. */
const SHARED = ['cvt ', 'fpgm', 'prep'];

/** The tables of a TrueType file by their tags. */
function tablesOf(font: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let i = 0, at = 12; i < font.readUInt16BE(4); i += 1, at += 16) {
    const start = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12)));
  }
  return tables;
}

/** How pdfkit collects the glyphs of a document and asks for the typeface at its end. */
export interface Subset {
  /** The number of a glyph in the subset. */
  includeGlyph(id: number): number;
  encode(): Buffer;
}

/** @throws Error when the typeface is no TrueType one */
export function subsetter(font: Buffer): () => Subset {
  const tables = tablesOf(font);
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new Error(`a typeface without the table ${tag}`);
    return found;
  };
  const [head, hhea, maxp, loca, glyf, hmtx] = ['head', 'hhea', 'maxp', 'loca', 'glyf', 'hmtx'].map(
    table,
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const isLong = head.readInt16BE(50) === 1;
  const offset = (id: number): number => (isLong ? loca.readUInt32BE(id * 4) : loca.readUInt16BE(id * 2) * 2);
  const metrics = hhea.readUInt16BE(34);
  const metricOf = (id: number): [advance: number, bearing: number] => [
    hmtx.readUInt16BE(Math.min(id, metrics - 1) * 4),
    hmtx.readInt16BE(id < metrics ? id * 4 + 2 : metrics * 4 + (id - metrics) * 2),
  ];
  return () => {
    const ids = [0];
    const places = new Map([[0, 0]]);
    const includeGlyph = (id: number): number => {
      const known = places.get(id);
      if (known !== undefined) return known;
      places.set(id, ids.length);
      return ids.push(id) - 1;
    };
    const encode = (): Buffer => {
      const glyphs: Buffer[] = [];
      // Parts of composite glyphs join the list while it is walked.
      for (const id of ids) glyphs.push(withParts(glyf.subarray(offset(id), offset(id + 1)), includeGlyph));
      return fileOf([
        ...SHARED.filter((tag) => tables.has(tag)).map((tag): [string, Buffer] => [tag, table(tag)]),
        ['glyf', Buffer.concat(glyphs)],
        ['head', patched(head, 50, 1)],
        ['hhea', patched(hhea, 34, ids.length)],
        ['hmtx', metricsTable(ids.map(metricOf))],
        ['loca', offsetsTable(glyphs)],
        ['maxp', patched(maxp, 4, ids.length)],
      ]);
    };
    return { includeGlyph, encode };
  };
}

/** Flags of a part of a composite glyph: what follows its number, and whether another part comes. */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const FOUR_SCALES = 0x0080;

/** A glyph's bytes; those of a composite name its parts by their numbers in the subset. */
function withParts(glyph: Buffer, includeGlyph: (id: number) => number): Buffer {
  if (glyph.length === 0 || glyph.readInt16BE(0) >= 0) return glyph;
  const copy = Buffer.from(glyph);
  for (let at = 10, flags = MORE; flags & MORE; ) {
    flags = copy.readUInt16BE(at);
    copy.writeUInt16BE(includeGlyph(copy.readUInt16BE(at + 2)), at + 2);
    at += 4 + (flags & WORDS ? 4 : 2);
    at += flags & FOUR_SCALES ? 8 : flags & TWO_SCALES ? 4 : flags & SCALE ? 2 : 0;
  }
  return copy;
}

function patched(table: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(table);
  copy.writeUInt16BE(value, at);
  return copy;
}

function metricsTable(metrics: [advance: number, bearing: number][]): Buffer {
  const table = Buffer.alloc(metrics.length * 4);
  metrics.forEach(([advance, bearing], i) => {
    table.writeUInt16BE(advance, i * 4);
    table.writeInt16BE(bearing, i * 4 + 2);
  });
  return table;
}

function offsetsTable(glyphs: Buffer[]): Buffer {
  const table = Buffer.alloc((glyphs.length + 1) * 4);
  let offset = 0;
  glyphs.forEach(({ length }, i) => {
    offset += length;
    table.writeUInt32BE(offset, (i + 1) * 4);
  });
  return table;
}

const align = (n: number): number => (n + 3) & ~3;

/** A TrueType file of these tables, in the order of their tags. */
export function fileOf(tables: [tag: string, bytes: Buffer][]): Buffer {
  const start = 12 + tables.length * 16;
  const file = Buffer.alloc(tables.reduce((size, [, bytes]) => size + align(bytes.length), start));
  file.writeUInt32BE(0x00010000, 0);
  file.writeUInt16BE(tables.length, 4);
  let offset = start;
  tables.forEach(([tag, bytes], i) => {
    const at = 12 + i * 16;
    bytes.copy(file, offset);
    file.write(tag, at, 'latin1');
    file.writeUInt32BE(checksum(file, offset, align(bytes.length)), at + 4);
    file.writeUInt32BE(offset, at + 8);
    file.writeUInt32BE(bytes.length, at + 12);
    offset += align(bytes.length);
  });
  return file;
}

function checksum(file: Buffer, from: number, length: number): number {
  let sum = 0;
  for (let at = from; at < from + length; at += 4) sum = (sum + file.readUInt32BE(at)) >>> 0;
  return sum;
}
