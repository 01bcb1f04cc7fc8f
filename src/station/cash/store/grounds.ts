import { inChunks } from '../../../platform/db/index.ts';
import type { Db } from './bags.ts';

/** What a line is paid for: its run, its case. */
export interface Ground {
  scheme: string;
  runNumber: string;
  itemTitle: string;
  caseNumber: string;
}

/** By the line's id. */
export async function listGrounds(db: Db, ids: readonly string[]): Promise<Map<string, Ground>> {
  const rows: ({ id: string } & Ground)[][] = await inChunks(ids, (some) =>
    db('payout_lines as l')
      .join('payout_runs as r', 'r.id', 'l.run_id')
      .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
      .join('cases as c', 'c.id', 'e.case_id')
      .whereIn('l.id', some)
      .select(
        'l.id',
        'r.scheme',
        'r.number as runNumber',
        'c.item_title as itemTitle',
        'c.number as caseNumber',
      ),
  );
  return new Map(rows.flat().map(({ id, ...ground }) => [id, ground]));
}
