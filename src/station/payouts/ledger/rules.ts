/** What every posting must be. Pure. */
import type { Line, Posting } from '../types.ts';

/** @throws RangeError for a posting that does not sum to nought, or has no entry, or parts of a fen */
export function requireBalanced({ memo, entries }: Posting): void {
  if (entries.length === 0) throw new RangeError(`"${memo}" posts nothing`);
  for (const { account, fen } of entries)
    if (!Number.isSafeInteger(fen))
      throw new RangeError(`"${memo}" posts ${fen} to ${account}: no whole number of fen`);
  const sum = entries.reduce((all, { fen }) => all + fen, 0);
  if (sum !== 0) throw new RangeError(`"${memo}" is out by ${sum} fen`);
}

/** What lines paid, village by village: the ledger tells where money arrived. */
export function paidByVillage(lines: readonly Pick<Line, 'villageId' | 'net'>[]): Posting['entries'] {
  const sums = new Map<string, number>();
  for (const { villageId, net } of lines) sums.set(villageId, (sums.get(villageId) ?? 0) + net);
  return [...sums].sort().map(([villageId, fen]) => ({ account: 'paid', fen, villageId }));
}
