/** Pictures of pages made small: a page has few colours, so a palette holds them (PNG, ISO/IEC 15948). */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const MAGIC = Buffer.from('89504e470d0a1a0a', 'hex');
/** Shades that a reader can tell apart at a glance: the edges of letters need no more. */
const COLOURS = 48;

interface Pixels {
  width: number;
  height: number;
  /** Three bytes each. */
  rgb: Buffer;
}

/** The nearest of what stands left, above, and above left. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/** What Chromium writes: eight bits, red, green, blue, perhaps opacity; not interlaced. */
function decode(png: Buffer): Pixels {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const samples = png[25] === 6 ? 4 : 3;
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(packed));
  const stride = width * samples;
  const rgb = Buffer.alloc(width * height * 3);
  let last = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const line = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let i = 0; i < stride; i++) {
      const left = i >= samples ? (line[i - samples] as number) : 0;
      const above = last[i] as number;
      const corner = i >= samples ? (last[i - samples] as number) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter as number];
      line[i] = (line[i] as number) + (guess as number);
    }
    for (let x = 0; x < width; x++) line.copy(rgb, (y * width + x) * 3, x * samples, x * samples + 3);
    last = line;
  }
  return { width, height, rgb };
}

const channels = (colour: number): [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

const distance = (one: number, other: number): number => {
  const [a, b] = [channels(one), channels(other)];
  return a.reduce((sum, v, i) => sum + (v - (b[i] as number)) ** 2, 0);
};

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** The same picture with the colours that it uses most; every other becomes the nearest of them. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3)
    counts.set(rgb.readUIntBE(at, 3), (counts.get(rgb.readUIntBE(at, 3)) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, COLOURS);
  const index = new Map<number, number>();
  for (const colour of counts.keys()) {
    const far = palette.map(([own]) => distance(own, colour));
    index.set(colour, far.indexOf(Math.min(...far)));
  }
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      lines[y * (width + 1) + 1 + x] = index.get(rgb.readUIntBE((y * width + x) * 3, 3)) as number;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    MAGIC,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(([colour]) => channels(colour)))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
