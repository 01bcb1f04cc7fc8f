import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Bag, BagState, Difference, Done } from '../types.ts';

export type Db = Trx | Knex;
export type Raw = Record<string, string | number | null>;

/** Columns of who did something and when. */
export const momentOf = (row: Raw, act: string): Done | null => {
  const at = row[`${act}_at`];
  if (at === null || at === undefined) return null;
  return { by: row[`${act}_by`] as string, name: row[`${act}_name`] as string, at: at as Instant };
};

export const momentColumns = (act: string, done: Done | null) => ({
  [`${act}_by`]: done?.by ?? null,
  [`${act}_name`]: done?.name ?? null,
  [`${act}_at`]: done?.at ?? null,
});

const toBag = (r: Raw): Bag => ({
  id: r.id as string,
  number: r.number as string,
  villageId: r.village_id as string,
  fromOrg: r.from_org as string,
  count: r.count as number,
  total: r.total as number,
  state: r.state as BagState,
  packed: momentOf(r, 'packed') as Done,
  sent: momentOf(r, 'sent'),
  counted: momentOf(r, 'counted'),
  received: momentOf(r, 'received'),
  reason: r.reason as string | null,
});

export async function insertBag(trx: Trx, bag: Bag): Promise<void> {
  await trx('cash_bags').insert({
    id: bag.id,
    number: bag.number,
    village_id: bag.villageId,
    from_org: bag.fromOrg,
    count: bag.count,
    total: bag.total,
    state: bag.state,
    ...momentColumns('packed', bag.packed),
  });
}

export async function findBag(db: Db, id: string): Promise<Bag | undefined> {
  const row = await db('cash_bags').where({ id }).first();
  return row && toBag(row);
}

/** Compare and set: moves a bag on from one state; false when it is in another. */
export async function moveBag(
  trx: Trx,
  id: string,
  from: BagState,
  to: BagState,
  { act, done, reason }: { act?: string; done: Done | null; reason?: string },
): Promise<boolean> {
  const changed = await trx('cash_bags')
    .where({ id, state: from })
    .update({
      state: to,
      ...(act !== undefined && momentColumns(act, done)),
      ...(reason !== undefined && { reason }),
    });
  return changed === 1;
}

export interface BagQuery {
  villages?: readonly string[];
  offices?: readonly string[];
  states?: readonly BagState[];
  after?: string;
  limit: number;
}

/** Bags to these villages or from these offices, the latest first. */
export async function listBags(db: Db, query: BagQuery): Promise<Bag[]> {
  const rows = db('cash_bags').orderBy('id', 'desc').limit(query.limit);
  rows.where((any) => {
    any.whereIn('village_id', query.villages ?? []).orWhereIn('from_org', query.offices ?? []);
  });
  if (query.states) rows.whereIn('state', query.states);
  if (query.after !== undefined) rows.where('id', '<', query.after);
  return ((await rows) as Raw[]).map(toBag);
}

const toDifference = (r: Raw): Difference => ({
  id: r.id as string,
  about: r.about as string,
  expected: r.expected as number,
  counted: r.counted as number,
  found: momentOf(r, 'found') as Done,
  cleared: momentOf(r, 'cleared'),
  explanation: r.explanation as string | null,
});

export async function insertDifference(
  trx: Trx,
  { id, about, expected, counted, found }: Omit<Difference, 'cleared' | 'explanation'>,
): Promise<void> {
  await trx('cash_differences').insert({ id, about, expected, counted, ...momentColumns('found', found) });
}

/** Every difference about something, oldest first. */
export const listDifferences = async (db: Db, about: string): Promise<Difference[]> =>
  ((await db('cash_differences').where({ about }).orderBy('id')) as Raw[]).map(toDifference);

export async function clearDifferences(
  trx: Trx,
  about: string,
  done: Done,
  explanation: string,
): Promise<void> {
  await trx('cash_differences')
    .where({ about })
    .whereNull('cleared_at')
    .update({ ...momentColumns('cleared', done), explanation });
}
