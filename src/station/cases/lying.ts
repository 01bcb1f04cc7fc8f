import type { Knex } from 'knex';
import { inChunks } from '../../platform/db/index.ts';
import { IN_HAND } from './search/branches.ts';

/** How many cases are not done that were filed in one of these villages or lie at one of these desks. */
export async function countInHand(db: Knex, orgIds: readonly string[]): Promise<number> {
  const found = new Set<string>();
  await inChunks(orgIds, async (ids) => {
    const filed: string[] = await db('cases').whereIn('village_id', ids).whereRaw(IN_HAND).pluck('id');
    const lying: string[] = await db('case_desks').whereIn('org', ids).pluck('case_id');
    for (const id of [...filed, ...lying]) found.add(id);
  });
  return found.size;
}
