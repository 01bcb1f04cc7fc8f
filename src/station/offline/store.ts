import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';

/** How many cases of each item somebody opened since a moment. */
export async function countFiled(
  db: Knex,
  accountId: string,
  since: Instant,
): Promise<ReadonlyMap<string, number>> {
  const rows: { item: string; n: number | string }[] = await db('cases')
    .where({ opened_by: accountId })
    .where('opened_at', '>=', since)
    .groupBy('item_code')
    .select('item_code as item')
    .count('* as n');
  return new Map(rows.map(({ item, n }) => [item, Number(n)]));
}
