/** Finding items by what somebody types: a title, a code, an office, a situation. Pure. */
import type { ItemSummary } from './present/index.ts';

/** Half width, capitals, without blanks and dashes: `ｎｙ—01` finds NY-01. */
const plain = (s: string): string =>
  s
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—–_·]/g, '');

/** Every word typed must be found somewhere in the item. */
export function matches(item: ItemSummary, typed: string): boolean {
  const texts = [
    item.code,
    item.title,
    item.departmentTitle,
    item.authority,
    item.kindTitle,
    ...item.situations.map((s) => s.title),
  ].map(plain);
  return typed
    .normalize('NFKC')
    .split(/[\s,，、]+/)
    .map(plain)
    .every((word) => texts.some((text) => text.includes(word)));
}
