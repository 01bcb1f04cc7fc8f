/** What a list is narrowed and sorted by, as an address says it and as people read it. Pure. */
import { chineseDate, isLocalDate } from '../../kernel/time.ts';
import type { ListFilters } from '../cases/index.ts';
import { OUTCOME_WORDS, PHASE_WORDS } from '../cases/index.ts';

/** The two lists of cases. */
export type ListId = 'inbox' | 'cases';

export const LIST_IDS: readonly ListId[] = ['inbox', 'cases'];

export const DUE_WORDS: Record<NonNullable<ListFilters['due']>, string> = {
  overdue: '已逾期',
  today: '今天到期',
  soon: '3 个工作日内到期',
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

const TIMED_WORDS: Record<NonNullable<ListFilters['timed']>, string> = {
  known: '有办理天数的',
  late: '超过承诺期限的',
};
const YES = { '1': '是' };

const CHOICES: Partial<Record<keyof ListFilters, Record<string, string>>> = {
  phase: PHASE_WORDS,
  due: DUE_WORDS,
  claim: CLAIM_WORDS,
  sort: SORT_WORDS,
  place: YES,
  hand: YES,
  outcome: OUTCOME_WORDS,
  timed: TIMED_WORDS,
};
const MOST: Record<keyof ListFilters, number> = {
  item: 20,
  phase: 20,
  village: 12,
  due: 10,
  claim: 10,
  text: 40,
  sort: 10,
  department: 10,
  township: 20,
  place: 1,
  hand: 1,
  decided: 21,
  closed: 21,
  outcome: 10,
  timed: 10,
  reason: 300,
  said: 21,
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

/** `2026-10-01~2026-12-31` as people read it. */
const daysText = (range: string): string =>
  range
    .split('~')
    .map((day) => (isLocalDate(day) ? chineseDate(day) : day))
    .join('至');

/** The filters in words, one each: `已逾期`, `查找“李”`. */
export function wordsOf(
  filters: ListFilters,
  names: { item(code: string): string; village(id: string): string; department(code: string): string },
): string[] {
  const { item, phase, village, due, claim, text, sort } = filters;
  const { department, township, hand, decided, closed, outcome, timed, reason, said } = filters;
  return [
    department && names.department(department),
    item && names.item(item),
    township && names.village(township),
    village && names.village(village),
    hand && '在办',
    decided && `${daysText(decided)}决定`,
    closed && `${daysText(closed)}办结`,
    outcome && OUTCOME_WORDS[outcome],
    timed && TIMED_WORDS[timed],
    reason && said && `${daysText(said)}因同一事由退回或者不予办理`,
    phase && PHASE_WORDS[phase],
    due && DUE_WORDS[due],
    claim && CLAIM_WORDS[claim],
    text && `查找“${text}”`,
    sort && sort !== 'due' && SORT_WORDS[sort],
  ].filter((w): w is string => typeof w === 'string' && w !== '');
}
