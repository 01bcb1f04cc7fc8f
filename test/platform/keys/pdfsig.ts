import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';

/** What `tool` says of a PDF; what it cannot read it says nothing of. */
function asked(pdf: Uint8Array, tool: string, args: (file: string) => string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'cunban-signed-'));
  try {
    const file = join(folder, 'print.pdf');
    writeFileSync(file, pdf);
    return spawnSync(tool, args(file), { maxBuffer: 64 << 20 }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Signature {
  /** The signature holds for the bytes it covers. */
  isValid: boolean;
  /** Nothing stands outside it. */
  coversAll: boolean;
  says: string;
}

/** The signatures of a PDF as poppler's `pdfsig` sees them. */
export function signaturesOf(pdf: Uint8Array): Signature[] {
  const told = asked(pdf, 'pdfsig', (file) => [file]).toString('utf8');
  return told
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .map((says) => ({
      isValid: says.includes('Signature Validation: Signature is Valid.'),
      coversAll: says.includes('- Total document signed'),
      says,
    }));
}

/** The text in the QR code on a page, read from the page as it is printed at `dpi`. */
export function qrOf(pdf: Uint8Array, page: number, dpi: number): string | null {
  const image = asked(pdf, 'pdftoppm', (file) => [
    '-gray',
    '-r',
    `${dpi}`,
    '-f',
    `${page}`,
    '-l',
    `${page}`,
    file,
  ]);
  const [head = '', width, height] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(image.subarray(0, 40).toString('latin1')) ?? [];
  const grey = image.subarray(head.length);
  const rgba = new Uint8ClampedArray(grey.length * 4);
  for (const [i, value] of grey.entries()) rgba.set([value, value, value, 255], i * 4);
  const read = (jsqr as unknown as { default: typeof jsqr.default }).default ?? jsqr;
  return read(rgba, Number(width), Number(height))?.data ?? null;
}
