/**
 * Chinese text broken into lines. Lengths are in ems (the width of a full character). Closing marks never begin a
 * line and opening marks never end one (GB/T 15834-2011, 5.1 and GB/T 9704-2012); words and figures are kept whole.
 */

const NOT_FIRST = new Set('、。，．：；？！·）〕》〉」』】〗”’)]}%％‰℃～');
const NOT_LAST = new Set('（〔《〈「『【〖“‘([{￥');
/** Marks whose right half is blank: at the end of a line it may stand outside the type area. */
const HALF = new Set('、。，．：；？！）〕》〉」』】〗”’');
const PAIRED = new Set('…—');
const isWord = (char: string): boolean => /[\p{Script=Latin}\p{Nd}!-~]/u.test(char);

export interface Line {
  text: string;
  /** Natural width. */
  width: number;
  /** Blank at the left: the indent of a first line. */
  indent: number;
  /** Does the paragraph go on? Such a line is set as wide as the type area. */
  goesOn: boolean;
}

/** May a line end between two neighbouring characters? */
function mayBreak(before: string, after: string): boolean {
  if (after === ' ') return false;
  if (before === ' ') return true;
  if (NOT_FIRST.has(after) || NOT_LAST.has(before)) return false;
  if (before === after && PAIRED.has(after)) return false;
  return !(isWord(before) && isWord(after));
}

/** Stretches between which a line may end. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let before = '';
  for (const char of text) {
    if (before === '' || mayBreak(before, char)) pieces.push(char);
    else pieces[pieces.length - 1] += char;
    before = char;
  }
  return pieces;
}

type Advance = (char: string) => number;

export const widthOf = (text: string, advance: Advance): number => {
  let width = 0;
  for (const char of text) width += advance(char);
  return width;
};

/** Width that must find room: blanks at the end need none, nor does the blank half of a closing mark. */
function needed(text: string, advance: Advance): number {
  const inked = text.trimEnd();
  return widthOf(inked, advance) - (HALF.has(inked.at(-1) ?? '') ? 0.5 : 0);
}

const EPSILON = 1e-6;

/** Lines no wider than `room`; every line end of the text begins a new paragraph, indented by `indent`. */
export function setLines(text: string, room: number, advance: Advance, indent = 0): Line[] {
  return text.split('\n').flatMap((paragraph) => fill(paragraph, room, advance, indent));
}

function fill(text: string, room: number, advance: Advance, indent: number): Line[] {
  const lines: Line[] = [];
  let line = '';
  let width = 0;
  const left = () => (lines.length === 0 ? indent : 0);
  const end = (goesOn: boolean) => {
    const inked = line.trimEnd();
    lines.push({ text: inked, width: widthOf(inked, advance), indent: left(), goesOn });
    line = '';
    width = 0;
  };
  const fits = (piece: string) => width + needed(piece, advance) <= room - left() + EPSILON;
  const add = (piece: string) => {
    if (line !== '' && !fits(piece)) end(true);
    line += piece;
    width += widthOf(piece, advance);
  };
  for (const piece of piecesOf(text)) {
    const isTooLong = needed(piece, advance) > room + EPSILON;
    for (const part of isTooLong ? piece : [piece]) add(part);
  }
  end(false);
  return lines;
}

/** Most that characters are moved apart to make a line end at the edge. */
const LOOSEST = 0.25;

/** Blank between the characters of a line, so that it ends at the right edge. */
export function spacingOf({ text, width, indent, goesOn }: Line, room: number): number {
  const gaps = [...text].length - 1;
  const spacing = goesOn && gaps > 0 ? Math.max(0, room - indent - width) / gaps : 0;
  return spacing <= LOOSEST ? spacing : 0;
}

/**
 * A title in lines that end between words and make a trapezoid or a lozenge, never an hourglass, with no character
 * left alone (GB/T 9704-2012, 7.3.1).
 */
export function balance(title: string, room: number, advance: Advance): string[] {
  const words = wordsOf(title);
  const least = Math.ceil(widthOf(title, advance) / room - EPSILON);
  for (let count = least; count <= words.length; count += 1) {
    const [best] = splits(words, count, (line) => needed(line, advance) <= room + EPSILON)
      .map((lines) => ({ lines, cost: unevenness(lines.map((line) => widthOf(line, advance))) }))
      .sort((a, b) => a.cost - b.cost);
    if (best) return best.lines;
  }
  return setLines(title, room, advance).map(({ text }) => text);
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words that may begin a line. */
function wordsOf(title: string): string[] {
  const words: string[] = [];
  for (const { segment } of segmenter.segment(title)) {
    const before = words.at(-1)?.at(-1);
    if (before === undefined || mayBreak(before, segment.charAt(0))) words.push(segment);
    else words[words.length - 1] += segment;
  }
  return words;
}

/** All ways to put words on `count` lines that fit. */
function splits(words: string[], count: number, fits: (line: string) => boolean): string[][] {
  const ways: string[][] = [];
  const longest = count === 1 ? words.length : words.length - count + 1;
  for (let first = count === 1 ? longest : 1; first <= longest; first += 1) {
    const line = words.slice(0, first).join('');
    if (!fits(line)) break;
    const rest = count === 1 ? [[]] : splits(words.slice(first), count - 1, fits);
    for (const lines of rest) ways.push([line, ...lines]);
  }
  return ways;
}

/** Neighbouring lines best differ by two characters: equal ones make a box, very different ones look broken. */
function unevenness(widths: number[]): number {
  const steps = widths.slice(1).map((width, i) => width - (widths[i] ?? 0));
  const isHourglass = steps.some((step, i) => step < 0 && steps.slice(i + 1).some((later) => later > 0));
  return steps.reduce((sum, step) => sum + (Math.abs(step) - 2) ** 2, isHourglass ? 100 : 0);
}
