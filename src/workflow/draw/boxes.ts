import { LEVEL_WORDS, ROLE_WORDS } from '../words.ts';
import { BOX, type Node, xOf, yOf } from './nodes.ts';
import { BLUE, clip, INK, text, widthOf } from './svg.ts';

/** What to mark: the situation drawn, the state a case is in, and those it has been through. */
export interface Marks {
  /** Draw only the steps this situation takes. */
  situation?: string;
  /** Name of the state the case is in. */
  current?: string;
  /** States the case has been through. */
  visited?: string[];
}

export function box(n: Node, marks: Marks): string {
  const x = xOf(n);
  const y = yOf(n);
  const here = marks.current === n.name;
  const been = marks.visited?.includes(n.name) ?? false;
  const fill = here ? BLUE : been ? '#e3edf8' : '#ffffff';
  const ink = here ? '#ffffff' : INK;
  const who = n.meta.desk
    ? `${LEVEL_WORDS[n.meta.desk.at]} · ${ROLE_WORDS[n.meta.desk.role]}`
    : n.meta.kind === 'end'
      ? '办结'
      : '公示期内';
  return [
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="${fill}" stroke="${here || been ? BLUE : '#8a97a6'}" stroke-width="${here ? 3 : 1.5}"${n.side ? ' stroke-dasharray="5 4"' : ''}/>`,
    text(x + BOX.width / 2, y + 23, clip(here ? `● ${n.meta.title}` : n.meta.title, 15, BOX.width - 16), {
      'font-size': 15,
      'font-weight': 'bold',
      fill: ink,
    }),
    text(x + BOX.width / 2, y + 42, clip(who, 12, BOX.width - 16), {
      'font-size': 12,
      fill: here ? '#dce9f7' : '#4a5866',
    }),
    chips(n, x, y + 51, marks, here),
  ].join('');
}

function chips(n: Node, x: number, y: number, marks: Marks, here: boolean): string {
  const widths = n.chips.map((c) => widthOf(c.text, 11) + 8);
  let at = x + (BOX.width - widths.reduce((a, w) => a + w + 3, -3)) / 2;
  return n.chips
    .map((c, i) => {
      const w = widths[i] as number;
      const on = c.state !== undefined && c.state === marks.current;
      const fill = on ? '#b3131b' : here ? '#ffffff' : '#f1f4f7';
      const chip = `<rect x="${at}" y="${y}" width="${w}" height="17" rx="8" fill="${fill}" stroke="#c3ccd6"/>${text(at + w / 2, y + 12.5, c.text, { 'font-size': 11, fill: on ? '#ffffff' : c.end ? '#8c1d18' : '#3c4a58' })}`;
      at += w + 3;
      return chip;
    })
    .join('');
}
