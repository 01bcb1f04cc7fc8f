/** Text, lines and colours of a drawing. Plain attributes only, so that a strict CSP stands. */

export const INK = '#1d2733';
export const BLUE = '#0b4a8f';
export const RED = '#b3131b';
export const GREEN = '#146c37';
const LINE = '#5b6b7b';
/** What a case has not come to. */
export const FAINT = '#b9c4cf';
export const FAINT_INK = '#566472';
/** Size of the words at lines. */
export const LABEL_SIZE = 12;

export type Point = readonly [x: number, y: number];

export const escaped = (s: string) =>
  s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

/** Width of a text in px: a Chinese character or sign is one em, a capital three quarters, others less. */
export const widthOf = (s: string, size: number): number =>
  [...s].reduce((w, c) => w + size * (c > '\u1fff' ? 1 : /[A-Z@%&]/.test(c) ? 0.75 : 0.6), 0);

/** Signs that may not open a line. */
const CLOSING = /^[）」』”、，。；：！？]/;

/** Break a text into lines of at most a width; its last bracket stays whole when that fits. */
export function wrapped(s: string, size: number, width: number): string[] {
  if (widthOf(s, size) <= width) return [s];
  const bracket = s.lastIndexOf('（');
  const tail = s.slice(bracket);
  if (bracket > 0 && widthOf(tail, size) <= width)
    return [...wrapped(s.slice(0, bracket), size, width), tail];
  const lines = [''];
  for (const c of s) {
    const last = lines.at(-1) as string;
    if (widthOf(last + c, size) <= width) lines[lines.length - 1] = last + c;
    else if (CLOSING.test(c)) lines.splice(-1, 1, last.slice(0, -1), `${last.slice(-1)}${c}`);
    else lines.push(c);
  }
  return lines;
}

type Attributes = Record<string, string | number | undefined>;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([, v]) => v !== undefined)
    .map(([k, v]) => `${k}="${typeof v === 'number' ? Math.round(v * 10) / 10 : v}"`)
    .join(' ');

export function text(x: number, y: number, s: string, over: Attributes = {}): string {
  return `<text ${written({ x, y, 'font-size': 14, fill: INK, 'text-anchor': 'middle', ...over })}>${escaped(s)}</text>`;
}

export const rect = (attributes: Attributes): string => `<rect ${written(attributes)}/>`;

export const group = (part: string, content: string): string => `<g data-part="${part}">${content}</g>`;

/** A point on the way from `a` to `b`, `r` px before `b`. */
function before(a: Point, b: Point, r: number): Point {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const share = Math.min(r, length / 2) / length;
  return [b[0] + (a[0] - b[0]) * share, b[1] + (a[1] - b[1]) * share];
}

const spot = ([x, y]: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

/** How strongly a line is drawn: as any, as the way a case went, or as one it did not. */
export type Stroke = 'plain' | 'walked' | 'faint';

const STROKES: Record<Stroke, { colour: string; width: number; arrow: string }> = {
  plain: { colour: LINE, width: 1.5, arrow: 'arrow' },
  walked: { colour: BLUE, width: 3.5, arrow: 'arrow-walked' },
  faint: { colour: FAINT, width: 1.5, arrow: 'arrow-faint' },
};

const arrowhead = ({ colour, width, arrow }: (typeof STROKES)[Stroke]): string => {
  const size = width > 2 ? 4 : 7;
  return `<marker id="${arrow}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="${size}" markerHeight="${size}" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="${colour}"/></marker>`;
};

/** The heads of arrows that a drawing with these lines needs. */
export const arrowheads = (strokes: readonly Stroke[]): string =>
  `<defs>${strokes.map((s) => arrowhead(STROKES[s])).join('')}</defs>`;

/** A line with rounded corners, so that a turn into another line is told from a crossing. */
export function line(
  points: Point[],
  { dashed = false, arrow = true, stroke = 'plain' as Stroke } = {},
): string {
  const d = points.map((p, i) => {
    const [last, next] = [points[i - 1], points[i + 1]];
    if (!last) return `M${spot(p)}`;
    if (!next) return `L${spot(p)}`;
    return `L${spot(before(last, p, 7))}Q${spot(p)} ${spot(before(next, p, 7))}`;
  });
  const dashes = dashed ? ' stroke-dasharray="5 4"' : '';
  const look = STROKES[stroke];
  const head = arrow ? ` marker-end="url(#${look.arrow})"` : '';
  const way = stroke === 'plain' ? '' : ` data-way="${stroke}"`;
  return `<path data-part="line"${way} d="${d.join('')}" fill="none" stroke="${look.colour}" stroke-width="${look.width}"${dashes}${head}/>`;
}
