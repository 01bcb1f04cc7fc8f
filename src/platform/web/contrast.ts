/** Contrast as WCAG 2.2 counts it (1.4.3, 1.4.11), of the tokens that stand in the style sheet. */
import { stylesheets } from './assets.ts';

export type Theme = 'station' | 'branch';

const THEMES: Record<Theme, readonly string[]> = { station: [':root'], branch: [':root', '\\.branch'] };

/** The colours of a theme by their names, as `#rrggbb`. */
export function coloursOf(theme: Theme): ReadonlyMap<string, string> {
  const css = stylesheets.app.body.toString();
  return new Map(
    THEMES[theme].flatMap((selector) => {
      const body = new RegExp(`(?:^|\\})\\s*${selector}\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
      return [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(
        ([, name = '', hex = '']): [string, string] => [name, hex],
      );
    }),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 1 for equal colours, 21 for black on white. */
export function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** A colour on another, and the least that reading it asks: 4.5 for text, 3 for edges. */
export interface Pair {
  on: string;
  colour: string;
  least: 4.5 | 3;
}

const pairs = (least: Pair['least'], on: string, ...colours: string[]): Pair[] =>
  colours.map((colour) => ({ on, colour, least }));

/** Every pair that the style sheet uses. */
export const PAIRS: readonly Pair[] = [
  ...pairs(4.5, 'paper', 'ink', 'muted', 'brand', 'done', 'warn', 'danger'),
  ...pairs(4.5, 'ground', 'ink', 'muted', 'brand', 'danger'),
  ...pairs(4.5, 'calm-tint', 'ink', 'muted'),
  ...pairs(4.5, 'brand-tint', 'ink', 'brand', 'brand-deep'),
  ...pairs(4.5, 'done-tint', 'done'),
  ...pairs(4.5, 'warn-tint', 'warn'),
  ...pairs(4.5, 'danger-tint', 'danger'),
  ...pairs(4.5, 'brand', 'paper'),
  ...pairs(4.5, 'brand-deep', 'paper'),
  ...pairs(3, 'paper', 'control-line', 'focus-edge'),
  ...pairs(3, 'ground', 'control-line', 'focus-edge'),
  ...pairs(3, 'brand', 'focus'),
];
