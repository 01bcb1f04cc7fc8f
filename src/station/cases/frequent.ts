import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';

/** Codes of the items that were applied for most in a village since then, the most frequent first. */
export async function frequentItems(
  db: Knex,
  village: string,
  since: Instant,
  most: number,
): Promise<string[]> {
  const rows: { code: string }[] = await db('cases')
    .select({ code: 'item_code' })
    .where({ village_id: village })
    .where('received_at', '>=', since)
    .groupBy('item_code')
    .orderByRaw('count(*) desc')
    .orderBy('item_code')
    .limit(most);
  return rows.map((r) => r.code);
}
