/** Which debt a sum pays off. Pure. */
import type { Fen } from '../../../kernel/types.ts';
import type { Debt } from '../types.ts';

/** What is still owed. */
export const restOf = ({ amount, recovered }: Pick<Debt, 'amount' | 'recovered'>): Fen => amount - recovered;

export const sumOf = (all: readonly Fen[]): Fen => all.reduce((sum, fen) => sum + fen, 0);

/** A sum spread over debts, the first one first. */
export function spread<T extends Pick<Debt, 'amount' | 'recovered'>>(
  debts: readonly T[],
  sum: Fen,
): { debt: T; part: Fen }[] {
  let left = sum;
  return debts.map((debt) => {
    const part = Math.min(left, restOf(debt));
    left -= part;
    return { debt, part };
  });
}
