/** Finding items by what somebody types: a title, a code, an office, a situation, or a need in everyday words. Pure. */
import type { ItemSummary } from './present/index.ts';
import { type Need, plain } from './words.ts';

/** Every word typed must be found somewhere in the item. */
function matches(item: ItemSummary, typed: string): boolean {
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

/** Items that are called so, or that answer one of these needs. */
export const foundItems = (
  items: readonly ItemSummary[],
  typed: string,
  needs: readonly Need[],
): ItemSummary[] =>
  items.filter(
    (item) => matches(item, typed) || needs.some((n) => n.items.some((i) => i.code === item.code)),
  );
