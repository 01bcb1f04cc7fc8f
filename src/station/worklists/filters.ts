/** What a list is narrowed and sorted by, as an address says it and as people read it. Pure. */
import type { ListFilters } from '../cases/index.ts';
import { PHASE_WORDS } from '../cases/index.ts';

/** The two lists of cases. */
export type ListId = 'inbox' | 'cases';

export const LIST_IDS: readonly ListId[] = ['inbox', 'cases'];

export const DUE_WORDS: Record<NonNullable<ListFilters['due']>, string> = {
  overdue: '已逾期',
  today: '今天到期',
  week: '本周到期',
};

export const CLAIM_WORDS: Record<NonNullable<ListFilters['claim']>, string> = {
  mine: '我领办的',
  handed: '转给我的',
  free: '没人领办的',
};

export const SORT_WORDS: Record<NonNullable<ListFilters['sort']>, string> = {
  due: '先到期的在前',
  received: '先收件的在前',
  village: '按村排列',
};

const CHOICES: Partial<Record<keyof ListFilters, Record<string, string>>> = {
  phase: PHASE_WORDS,
  due: DUE_WORDS,
  claim: CLAIM_WORDS,
  sort: SORT_WORDS,
};
const MOST: Record<keyof ListFilters, number> = {
  item: 20,
  phase: 20,
  village: 12,
  due: 10,
  claim: 10,
  text: 40,
  sort: 10,
};
const NAMES = Object.keys(MOST) as (keyof ListFilters)[];

/** The filters among what was sent; anything that is none is left out. */
export function filtersOf(sent: Record<string, unknown>): ListFilters {
  const said = NAMES.flatMap((name) => {
    const value = sent[name];
    if (typeof value !== 'string' || value.trim() === '' || value.length > MOST[name]) return [];
    const choices = CHOICES[name];
    return choices && !Object.hasOwn(choices, value) ? [] : [[name, value.trim()] as const];
  });
  return Object.fromEntries(said);
}

/** Is anything left out of the list? The order leaves nothing out. */
export const isNarrowed = ({ sort: _, ...filters }: ListFilters): boolean => Object.keys(filters).length > 0;

export function addressOf(path: string, filters: ListFilters, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...(filters as Record<string, string>), ...more });
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The filters in words, one each: `已逾期`, `查找“李”`. */
export function wordsOf(
  filters: ListFilters,
  names: { item(code: string): string; village(id: string): string },
): string[] {
  const { item, phase, village, due, claim, text, sort } = filters;
  return [
    item && names.item(item),
    village && names.village(village),
    phase && PHASE_WORDS[phase],
    due && DUE_WORDS[due],
    claim && CLAIM_WORDS[claim],
    text && `查找“${text}”`,
    sort && sort !== 'due' && SORT_WORDS[sort],
  ].filter((w): w is string => typeof w === 'string' && w !== '');
}
