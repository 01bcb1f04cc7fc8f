/** Who is meant, and in which order people stand. Pure. */
import type { DeskPerson } from './types.ts';

/** Anything but the ends of the names of greater places. */
const OWN_NAME = '[^省州市县镇乡村区会\\s]{1,10}';
const GROUP = new RegExp(`(${OWN_NAME}(?:村民)?小组)`, 'u');

/** 那良村委会那良小组 5 号 → 那良小组 */
export const groupIn = (address: string | null): string => GROUP.exec(address ?? '')?.[1] ?? '';

/** The last four of an identity number, as people tell it at the counter. */
const LAST_FOUR = /^\d{3}[\dXx]$/;

/** Is a text typed into the search the last four of an identity number? */
export const isLastFour = (text: string): boolean => LAST_FOUR.test(text);

/** Those whose name has the text in it, or whose number ends with it. */
export function meant(people: readonly DeskPerson[], text: string): DeskPerson[] {
  const sought = text.trim();
  if (sought === '') return [...people];
  if (isLastFour(sought)) return people.filter((p) => p.idNumber.endsWith(sought.toUpperCase()));
  return people.filter((p) => p.name.includes(sought));
}

const byName = new Intl.Collator('zh-CN-u-co-pinyin');

/** Whoever has something overdue first, then by name. */
export const inOrder = (people: readonly DeskPerson[]): DeskPerson[] => {
  const isLate = (p: DeskPerson) => (p.items.some((i) => i.overdue) ? 0 : 1);
  return [...people].sort(
    (a, b) => isLate(a) - isLate(b) || byName.compare(a.name, b.name) || (a.key < b.key ? -1 : 1),
  );
};
