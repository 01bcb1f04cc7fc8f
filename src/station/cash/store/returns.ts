import type { Trx } from '../../../platform/db/index.ts';
import type { Done, Return, ReturnState } from '../types.ts';
import { type Db, momentColumns, momentOf, type Raw } from './bags.ts';

const toReturn = (r: Raw): Return => ({
  id: r.id as string,
  number: r.number as string,
  villageId: r.village_id as string,
  toOrg: r.to_org as string,
  count: r.count as number,
  total: r.total as number,
  state: r.state as ReturnState,
  prepared: momentOf(r, 'prepared') as Done,
  sent: momentOf(r, 'sent'),
  received: momentOf(r, 'received'),
  reason: r.reason as string | null,
});

export async function insertReturn(trx: Trx, r: Return): Promise<void> {
  await trx('cash_returns').insert({
    id: r.id,
    number: r.number,
    village_id: r.villageId,
    to_org: r.toOrg,
    count: r.count,
    total: r.total,
    state: r.state,
    ...momentColumns('prepared', r.prepared),
  });
}

export async function findReturn(db: Db, id: string): Promise<Return | undefined> {
  const row = await db('cash_returns').where({ id }).first();
  return row && toReturn(row);
}

/** Compare and set. */
export async function moveReturn(
  trx: Trx,
  id: string,
  from: ReturnState,
  to: { state: ReturnState; sent?: Done; received?: Done; reason?: string },
): Promise<boolean> {
  const changed = await trx('cash_returns')
    .where({ id, state: from })
    .update({
      state: to.state,
      ...(to.sent && momentColumns('sent', to.sent)),
      ...(to.received && momentColumns('received', to.received)),
      ...(to.reason !== undefined && { reason: to.reason }),
    });
  return changed === 1;
}

/** Returns of these villages or to these offices, the latest first. */
export async function listReturns(
  db: Db,
  query: {
    villages?: readonly string[];
    offices?: readonly string[];
    states?: readonly ReturnState[];
    limit: number;
  },
): Promise<Return[]> {
  const rows = db('cash_returns').orderBy('id', 'desc').limit(query.limit);
  rows.where((any) => {
    any.whereIn('village_id', query.villages ?? []).orWhereIn('to_org', query.offices ?? []);
  });
  if (query.states) rows.whereIn('state', query.states);
  return ((await rows) as Raw[]).map(toReturn);
}
