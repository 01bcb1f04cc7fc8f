/** What villagers say they need, and the items and packages that answer it: `data/needs.json`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';
import { findNeeds, type Need } from './words.ts';

export type { Need } from './words.ts';

interface NeedsFile {
  needs: { text: string; also: string[]; items: string[]; packages?: string[] }[];
}

let known: readonly Need[] | undefined;

/** In the order of the file; read once. */
export function listNeeds(): readonly Need[] {
  known ??= (
    JSON.parse(readFileSync(join(projectRoot, 'data', 'needs.json'), 'utf8')) as NeedsFile
  ).needs.map(({ text, also, items, packages = [] }) => ({
    text,
    also,
    packages,
    items: items.map((ref) => {
      const [code = '', situation] = ref.split(':');
      return { code, situation: situation ?? null };
    }),
  }));
  return known;
}

/** The needs that somebody speaks of, the closest first; none for words that say nothing. */
export const needsIn = (typed: string): Need[] => findNeeds(listNeeds(), typed);
