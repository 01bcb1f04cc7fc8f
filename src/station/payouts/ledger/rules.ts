/** What every posting must be. Pure. */
import type { Posting } from '../types.ts';

/** @throws RangeError for a posting that does not sum to nought, or has no entry, or parts of a fen */
export function requireBalanced({ memo, entries }: Posting): void {
  if (entries.length === 0) throw new RangeError(`"${memo}" posts nothing`);
  for (const { account, fen } of entries)
    if (!Number.isSafeInteger(fen))
      throw new RangeError(`"${memo}" posts ${fen} to ${account}: no whole number of fen`);
  const sum = entries.reduce((all, { fen }) => all + fen, 0);
  if (sum !== 0) throw new RangeError(`"${memo}" is out by ${sum} fen`);
}
