import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import { beginsWith } from '../../platform/db/index.ts';

/** Citizens who handed something in at one of these villages, by the beginning of their name or its initials. */
export async function findInVillages(
  db: Knex,
  villages: readonly string[],
  by: { name?: string; initials?: string },
  limit: number,
): Promise<string[]> {
  return db('citizens as z')
    .whereExists(
      db('cases as c').whereRaw('c.applicant_id = z.id').whereIn('c.village_id', villages).select('c.id'),
    )
    .where((any) => {
      if (by.name !== undefined) any.orWhere(beginsWith(db, 'z.name', by.name) as never);
      if (by.initials !== undefined) any.orWhere(beginsWith(db, 'z.initials', by.initials) as never);
    })
    .orderBy(['z.name', 'z.id'])
    .limit(limit)
    .pluck('z.id');
}

/** The last thing each citizen handed in at these villages. */
export interface LastCase {
  citizenId: string;
  itemTitle: string;
  receivedAt: Instant;
  villageId: string;
}

export async function lastCases(
  db: Knex,
  villages: readonly string[],
  citizens: readonly string[],
): Promise<Map<string, LastCase>> {
  const newest = db('cases')
    .whereIn('applicant_id', citizens)
    .whereIn('village_id', villages)
    .groupBy('applicant_id')
    .max('id');
  const rows: LastCase[] = await db('cases')
    .whereIn('id', newest)
    .select(
      'applicant_id as citizenId',
      'item_title as itemTitle',
      'received_at as receivedAt',
      'village_id as villageId',
    );
  return new Map(rows.map((r) => [r.citizenId, r]));
}

/** Codes of what was handed in most at these villages since a moment. */
export async function frequentItems(
  db: Knex,
  villages: readonly string[],
  since: Instant,
  most: number,
): Promise<string[]> {
  return db('cases')
    .whereIn('village_id', villages)
    .where('received', '>=', since)
    .whereNot({ phase: 'draft' })
    .groupBy('item_code')
    .orderByRaw('count(*) desc')
    .orderBy('item_code')
    .limit(most)
    .pluck('item_code');
}
