/** Typefaces: read and parsed once, shared by all prints, with a second one for characters that the first lacks. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { subsetter } from './subset.ts';
import { unwoff } from './unwoff.ts';

export type Weight = 'regular' | 'bold';

interface Glyph {
  id: number;
  /** In units of the typeface. */
  advanceWidth: number;
  codePoints: number[];
}

/**
 * One typeface, as pdfkit asks for it. Characters are laid out one by one, without the typeface's own
 * substitutions: so a print does not depend on what was printed before it, and the parsed typeface can be shared.
 */
export interface Face {
  name: string;
  unitsPerEm: number;
  /** The character's glyph; undefined when the typeface lacks it. */
  find(char: string): Glyph | undefined;
  /** Outline of a character as PDF path operators, an em to the unit, y upwards. */
  outline(char: string): string;
}

/** What pdfkit reads of a typeface to describe it in the document. */
const METRICS = [
  'postscriptName',
  'unitsPerEm',
  'ascent',
  'descent',
  'xHeight',
  'capHeight',
  'lineGap',
  'bbox',
  'italicAngle',
  'OS/2',
  'post',
  'head',
] as const;

function openFace(name: string, bytes: Buffer): Face {
  // The published types know only single typefaces less two tables; files of several are not used here.
  const font = create(bytes) as Font & { post: unknown; head: unknown };
  const glyphs = new Map<string, Glyph | undefined>();
  const find = (char: string): Glyph | undefined => {
    if (!glyphs.has(char)) glyphs.set(char, glyphOf(font, char.codePointAt(0) ?? 0));
    return glyphs.get(char);
  };
  const outlines = new Map<string, string>();
  const outline = (char: string): string => {
    const known = outlines.get(char) ?? outlineOf(font, char.codePointAt(0) ?? 0);
    outlines.set(char, known);
    return known;
  };
  const metrics = Object.fromEntries(METRICS.map((key) => [key, font[key]])) as Pick<Font, 'unitsPerEm'>;
  const forPdfkit = {
    createSubset: subsetter(bytes),
    getGlyph: (id: number) => font.getGlyph(id),
    layout: (text: string) => layOut(text, find),
  };
  return { ...metrics, ...forPdfkit, name, find, outline };
}

function glyphOf(font: Font, codePoint: number): Glyph | undefined {
  if (!font.hasGlyphForCodePoint(codePoint)) return undefined;
  const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
  return { id, advanceWidth, codePoints: [codePoint] };
}

/** Glyphs side by side. pdfkit scales the positions in place and reads the width afterwards. */
function layOut(text: string, find: Face['find']) {
  const glyphs = [...text].map((char) => {
    const glyph = find(char);
    if (!glyph) throw new Error(`no glyph for ${JSON.stringify(char)}`);
    return glyph;
  });
  const still = { yAdvance: 0, xOffset: 0, yOffset: 0 };
  const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, ...still }));
  return {
    glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  };
}

function outlineOf(font: Font, codePoint: number): string {
  const say = (...units: number[]) => units.map((n) => (n / font.unitsPerEm).toFixed(4)).join(' ');
  let [x, y] = [0, 0];
  return font
    .glyphForCodePoint(codePoint)
    .path.commands.map(({ command, args }) => {
      const [a = 0, b = 0, c = 0, d = 0] = args;
      const [fromX, fromY] = [x, y];
      [x = fromX, y = fromY] = args.slice(-2);
      if (command === 'moveTo') return `${say(a, b)} m`;
      if (command === 'lineTo') return `${say(a, b)} l`;
      if (command === 'closePath') return 'h';
      // A TrueType curve has one control point, a PDF curve two.
      const toward = (from: number, control: number) => from + (2 / 3) * (control - from);
      return `${say(toward(fromX, a), toward(fromY, b), toward(c, a), toward(d, b), c, d)} c`;
    })
    .join(' ');
}

const require = createRequire(import.meta.url);
const read = (path: string): Buffer => readFileSync(require.resolve(path));
const serif = (weight: string): Buffer =>
  read(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`);

function once(name: string, bytes: () => Buffer): () => Face {
  let face: Face | undefined;
  return () => {
    face ??= openFace(name, bytes());
    return face;
  };
}

const rare = once('rare', () =>
  unwoff(read('@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff')),
);
/** In order of choice. The last one is opened when the first rare character comes; it has one weight for both. */
const FACES: Record<Weight, (() => Face)[]> = {
  regular: [once('serif', () => serif('400Regular')), rare],
  bold: [once('serif-bold', () => serif('700Bold')), rare],
};

/** The typeface that prints a character; undefined when none has it. */
export function faceFor(char: string, weight: Weight): Face | undefined {
  for (const open of FACES[weight]) {
    const face = open();
    if (face.find(char)) return face;
  }
  return undefined;
}

/** Width of a character in ems; 0 for one that no typeface has. */
export function advanceOf(char: string, weight: Weight): number {
  const face = faceFor(char, weight);
  return face ? (face.find(char)?.advanceWidth ?? 0) / face.unitsPerEm : 0;
}

/** A text as stretches of one typeface each; characters that no typeface has are left out. */
export function runsOf(text: string, weight: Weight): { face: Face; text: string }[] {
  const runs: { face: Face; text: string }[] = [];
  for (const char of text) {
    const face = faceFor(char, weight);
    const last = runs.at(-1);
    if (face && last?.face === face) last.text += char;
    else if (face) runs.push({ face, text: char });
  }
  return runs;
}
