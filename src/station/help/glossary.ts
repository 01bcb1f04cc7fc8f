import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';

interface GlossaryEntry {
  term: string;
  pinyin: string;
  meaning: string;
}

let entries: readonly GlossaryEntry[] | undefined;

/** The office words of `data/glossary.json`, in its order; each is defined there and nowhere else. */
export function glossary(): readonly GlossaryEntry[] {
  entries ??= JSON.parse(readFileSync(join(projectRoot, 'data/glossary.json'), 'utf8')) as GlossaryEntry[];
  return entries;
}
