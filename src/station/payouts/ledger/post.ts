import { newId } from '../../../kernel/ids.ts';
import { insertInChunks, type Trx } from '../../../platform/db/index.ts';
import type { PayoutDeps, Posting } from '../types.ts';
import { requireBalanced } from './rules.ts';

/**
 * The one door to the ledger. Entries are only ever added: what was wrong is put right by another posting.
 * @throws RangeError for a posting that does not sum to nought, or has no entry, or parts of a fen
 */
export async function post(
  trx: Trx,
  deps: Pick<PayoutDeps, 'random'>,
  ...postings: readonly Posting[]
): Promise<void> {
  for (const posting of postings) requireBalanced(posting);
  await insertInChunks(
    trx,
    'payout_entries',
    postings.flatMap((posting) => rowsOf(deps, posting)),
  );
}

function rowsOf(
  { random }: Pick<PayoutDeps, 'random'>,
  { scheme, memo, at, runId, lineId, entries }: Posting,
) {
  const posting = newId(at, random);
  return entries
    .filter(({ fen }) => fen !== 0)
    .map(({ account, fen, villageId }) => ({
      id: newId(at, random),
      posting,
      scheme,
      account,
      fen,
      run_id: runId ?? null,
      line_id: lineId ?? null,
      village_id: villageId ?? null,
      at,
      memo,
    }));
}
