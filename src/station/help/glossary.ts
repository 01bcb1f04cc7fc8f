import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';

export interface GlossaryEntry {
  term: string;
  pinyin: string;
  group: string;
  meaning: string;
  /** The law that says so. */
  source?: string;
}

let entries: readonly GlossaryEntry[] | undefined;

/** The office words of `data/glossary.json`, in its order; each is defined there and nowhere else. */
export function glossary(): readonly GlossaryEntry[] {
  entries ??= JSON.parse(readFileSync(join(projectRoot, 'data/glossary.json'), 'utf8')) as GlossaryEntry[];
  return entries;
}

/** Where a word stands on the glossary's page. */
export const termHref = (term: string): string => `/glossary#${encodeURIComponent(term)}`;

/** `shòu lǐ` as somebody types it. */
const plain = (pinyin: string): string => pinyin.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words found by a part of them, by pinyin with or without spaces, by its initials, or by what they mean; words first. */
export function searchGlossary(text: string): readonly GlossaryEntry[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return glossary();
  const typed = plain(wanted).replace(/\s/g, '');
  const names = ({ term, pinyin }: GlossaryEntry) => {
    const syllables = plain(pinyin).split(/[\s,]+/);
    return (
      term.includes(wanted) ||
      syllables.join('').startsWith(typed) ||
      syllables
        .map((s) => s.slice(0, 1))
        .join('')
        .startsWith(typed)
    );
  };
  const named = glossary().filter(names);
  return [...named, ...glossary().filter((e) => !named.includes(e) && e.meaning.includes(wanted))];
}
