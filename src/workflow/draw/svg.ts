/** Text and colours of a drawing. Plain attributes only, so that a strict CSP stands. */

export const INK = '#1d2733';
export const BLUE = '#0b4a8f';

export const escaped = (s: string) =>
  s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

/** Width of a text in px: a Chinese character is one em, others about half. */
export const widthOf = (s: string, size: number) =>
  [...s].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e7f ? size : size * 0.56), 0);

/** Shorten a text to a width, so that it stays inside its box. */
export function clip(s: string, size: number, width: number): string {
  if (widthOf(s, size) <= width) return s;
  let cut = [...s];
  while (cut.length > 1 && widthOf(`${cut.join('')}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut.join('')}…`;
}

export function text(x: number, y: number, s: string, over: Record<string, string | number> = {}): string {
  const attrs = { 'font-size': 14, fill: INK, 'text-anchor': 'middle', ...over };
  const list = Object.entries(attrs).map(([k, v]) => `${k}="${v}"`);
  return `<text x="${x}" y="${y}" ${list.join(' ')}>${escaped(s)}</text>`;
}
