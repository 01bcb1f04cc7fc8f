/** Figures: sums by a key, the middle of many, numbers with their lists. Pure. */
import { type Days, rangeText } from './period.ts';
import type { BoardRow, Figure } from './types.ts';

export type Filters = Readonly<Record<string, string>>;

/** The address of the list of cases that holds what is counted: by place alone, as the board counts. */
export const casesHref = (filters: Filters): string =>
  `/cases?${new URLSearchParams({ place: '1', ...filters })}`;

/** A number with its list; nought has none. */
export const count = (value: number, href: string): Figure => ({
  text: String(value),
  value,
  ...(value !== 0 && { href }),
});

/** Stands for what is not to be known. */
export const NOTHING = '—';

export const words = (text: string): Figure => ({ text, value: null });

export const decidedIn = (days: Days): Filters => ({ decided: rangeText(days) });

export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const all = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = all.get(key);
    if (known) known.push(row);
    else all.set(key, [row]);
  }
  return all;
}

export const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

/** Rows of a table that a short board shows. */
const FIRST = 15;

/** Rows with the largest figures first, by the columns named, one after the other; what comes after the first is more. */
export const ranked = (rows: readonly BoardRow[], ...columns: readonly number[]): BoardRow[] =>
  [...rows]
    .sort((a, b) => {
      const column = columns.find((i) => (a.figures[i]?.value ?? 0) !== (b.figures[i]?.value ?? 0));
      if (column === undefined) return a.id < b.id ? -1 : 1;
      return (b.figures[column]?.value ?? 0) - (a.figures[column]?.value ?? 0);
    })
    .map((row, i) => (i < FIRST ? row : { ...row, isMore: true }));

/** The middle of values that each stand for many; the lower and the upper one halved for an even number; null of none. */
export function median(rows: readonly { value: number; count: number }[]): number | null {
  const sorted = [...rows].sort((a, b) => a.value - b.value);
  const total = sum(sorted, (r) => r.count);
  if (total === 0) return null;
  const at = (place: number): number => {
    let passed = 0;
    for (const { value, count: many } of sorted) {
      passed += many;
      if (place < passed) return value;
    }
    throw new RangeError(`no place ${place} among ${total}`);
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}

export const days = (value: number | null): Figure =>
  value === null ? words(NOTHING) : { text: String(value), value };
