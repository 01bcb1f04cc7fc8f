/** Is a picture whole? A signature that cannot be drawn must be refused while its writer still stands there. */
import { crc32, inflateSync } from 'node:zlib';

const PREFIX = 'data:image/png;base64,';
const MAGIC = Buffer.from('89504e470d0a1a0a', 'hex');
/** Wider or higher than any pad that signs. */
const MOST = 4096;
/** Samples for each pixel by colour type: grey and colour, each with and without opacity; no palettes. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** A `data:` URL of a picture as `isPng` wants it. */
export const isPngUrl = (text: string): boolean =>
  text.startsWith(PREFIX) && isPng(Buffer.from(text.slice(PREFIX.length), 'base64'));

/** A PNG (ISO/IEC 15948) that every reader can draw: whole chunks, right sums, all its lines; no palette, not interlaced. */
export function isPng(bytes: Buffer): boolean {
  const chunks = chunksOf(bytes);
  const header = chunks?.[0];
  if (!chunks || header?.type !== 'IHDR' || header.body.length !== 13) return false;
  if (chunks.at(-1)?.type !== 'IEND') return false;
  const lines = chunks.filter((c) => c.type === 'IDAT').map((c) => c.body);
  return lines.length > 0 && hasAllLines(header.body, Buffer.concat(lines));
}

interface Chunk {
  type: string;
  body: Buffer;
}

/** The chunks of a file, or null when one is cut off or damaged, or something follows the last. */
function chunksOf(bytes: Buffer): Chunk[] | null {
  if (!bytes.subarray(0, 8).equals(MAGIC)) return null;
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    if (at + 12 > bytes.length) return null;
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length) return null;
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return null;
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

function hasAllLines(header: Buffer, packed: Buffer): boolean {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const samples = SAMPLES[header[9] as number];
  if (samples === undefined || width < 1 || height < 1 || width > MOST || height > MOST) return false;
  if (header[12] !== 0) return false;
  const size = height * (1 + Math.ceil((width * samples * (header[8] as number)) / 8));
  try {
    return inflateSync(packed, { maxOutputLength: size + 1 }).length === size;
  } catch (error) {
    if ((error as { code?: string }).code?.match(/^Z_|^ERR_BUFFER_TOO_LARGE/)) return false;
    throw error;
  }
}
