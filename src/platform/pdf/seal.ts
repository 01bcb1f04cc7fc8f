import { faceFor } from './faces.ts';
import { type Doc, mm, writeCentred } from './sheet.ts';
import type { SignatureBlock } from './types.ts';

/** Seals of county organs are 42 mm wide (国发〔1999〕25号). */
export const SEAL_SIZE = mm(42);

const RED = '#d9534f';

/**
 * The seal in its place, before the text that stands over it. Without the organ's own picture it is a
 * demonstration: broken ring, hollow star and the word 演示, so that nobody may take it for the organ's own.
 */
export function drawSeal(
  doc: Doc,
  { organ, seal, sealImage }: Pick<SignatureBlock, 'organ' | 'seal' | 'sealImage'>,
  centreX: number,
  centreY: number,
): void {
  const radius = SEAL_SIZE / 2;
  if (sealImage) {
    doc.image(sealImage, centreX - radius, centreY - radius, { fit: [SEAL_SIZE, SEAL_SIZE] });
    return;
  }
  doc.save();
  doc
    .lineWidth(1.6)
    .dash(7, { space: 2.5 })
    .circle(centreX, centreY, radius - 1)
    .stroke(RED);
  doc.undash().lineWidth(0.8);
  drawStar(doc, centreX, centreY - 24, 9.5);
  doc.fillColor(RED);
  drawArc(doc, organ, centreX, centreY, radius - 5);
  writeCentred(doc, '演示章（盖章）', centreX, centreY - 13, { size: 8, weight: 'bold' });
  writeCentred(doc, seal, centreX, centreY + 40, { size: 8.5 });
  doc.restore();
}

/** A five-pointed star, hollow. */
function drawStar(doc: Doc, x: number, y: number, radius: number): void {
  const points = Array.from({ length: 10 }, (_, i): [number, number] => {
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    const r = i % 2 === 0 ? radius : radius * 0.382;
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
  });
  doc.polygon(...points).stroke(RED);
}

/** Widest part of the ring that the name takes, in radians: the foot stays free. */
const SPAN = (250 * Math.PI) / 180;

/** The name along the upper edge, as outlines: it is a picture, not text to be read out or searched. */
function drawArc(doc: Doc, organ: string, x: number, y: number, radius: number): void {
  const chars = [...organ];
  const size = Math.min(15, (radius * SPAN) / (chars.length * 1.15));
  const middle = radius - size / 2;
  const step = Math.min(SPAN / chars.length, (1.3 * size) / middle);
  chars.forEach((char, i) => {
    const outline = faceFor(char, 'bold')?.outline(char);
    const angle = (i - (chars.length - 1) / 2) * step;
    const [sin, cos] = [size * Math.sin(angle), size * Math.cos(angle)];
    const [midX, midY] = [x + middle * Math.sin(angle), y - middle * Math.cos(angle)];
    doc.save().transform(cos, sin, sin, -cos, midX - HALF * cos - RISE * sin, midY - HALF * sin + RISE * cos);
    doc.addContent(`${outline} f`).restore();
  });
}

/** The middle of a full character, in ems right of its left edge and above its baseline. */
const HALF = 0.5;
const RISE = 0.38;
