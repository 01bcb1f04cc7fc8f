import type { Strip } from './flow.ts';
import { drawSeal, SEAL_SIZE } from './seal.ts';
import {
  balanced,
  type Doc,
  drawQr,
  measure,
  mm,
  PAGE,
  SIZE,
  type Type,
  write,
  writeCentred,
} from './sheet.ts';
import type { SignatureBlock } from './types.ts';

const QR_SIZE = mm(28);
/** Distance of the lines under the code. */
const NOTE_PITCH = 13;
const NOTE: Type = { size: SIZE.note };
const TEXT: Type = { size: SIZE.text };
/** Distance of organ and date. */
const PITCH = 22;
/** Room for the name of the organ, right of the code. */
const ORGAN_WIDTH = PAGE.textWidth - mm(44);
/** The date lies in the lower half of the seal, the organ above it (GB/T 9704-2012, 7.3.5.1). */
const DATE_BELOW_TOP = SEAL_SIZE / 2 + 21;

/** The end of a paper: organ and date at the right with the seal over both, the code at the left. */
export function closingStrip(signature: SignatureBlock): Strip {
  const codeHeight = QR_SIZE + 4 + NOTE_PITCH * signature.qr.lines.length;
  const height = Math.max(SEAL_SIZE, codeHeight);
  return {
    height,
    before: 2,
    draw(doc, top) {
      drawOrgan(doc, signature, top);
      drawCode(doc, signature.qr, top + height - codeHeight);
    },
  };
}

/** The date ends four characters before the edge; a long name of the organ moves both to the left. */
function drawOrgan(doc: Doc, signature: SignatureBlock, top: number): void {
  const { organ, date } = signature;
  const lines = balanced(organ, TEXT, ORGAN_WIDTH);
  const widest = Math.max(...lines.map((line) => measure(line, TEXT)));
  const right = PAGE.left + PAGE.textWidth;
  const centre = Math.min(right - 4 * SIZE.text - measure(date, TEXT) / 2, right - widest / 2);
  drawSeal(doc, signature, centre, top + SEAL_SIZE / 2);
  [...lines, date].forEach((line, i) => {
    writeCentred(doc, line, centre, top + DATE_BELOW_TOP - (lines.length - i) * PITCH, TEXT);
  });
}

function drawCode(doc: Doc, { text, lines }: SignatureBlock['qr'], top: number): void {
  drawQr(doc, text, PAGE.left, top, QR_SIZE);
  lines.forEach((line, i) => {
    write(doc, line, PAGE.left, top + QR_SIZE + 4 + i * NOTE_PITCH, NOTE);
  });
}
