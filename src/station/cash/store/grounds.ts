import type { Db } from './bags.ts';

/** What a line is paid for: its run, its case. */
export interface Ground {
  scheme: string;
  runNumber: string;
  itemTitle: string;
  caseNumber: string;
}

const CHUNK = 500;

/** By the line's id. */
export async function listGrounds(db: Db, ids: readonly string[]): Promise<Map<string, Ground>> {
  const all = new Map<string, Ground>();
  for (let i = 0; i < ids.length; i += CHUNK) {
    const rows: ({ id: string } & Ground)[] = await db('payout_lines as l')
      .join('payout_runs as r', 'r.id', 'l.run_id')
      .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
      .join('cases as c', 'c.id', 'e.case_id')
      .whereIn('l.id', ids.slice(i, i + CHUNK))
      .select(
        'l.id',
        'r.scheme',
        'r.number as runNumber',
        'c.item_title as itemTitle',
        'c.number as caseNumber',
      );
    for (const { id, ...ground } of rows) all.set(id, ground);
  }
  return all;
}
