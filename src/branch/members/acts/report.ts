/** What is open at an organisation before it is merged, split or dissolved. */
import type { Knex } from 'knex';
import { localDate } from '../../../kernel/time.ts';
import { type BranchDeps, listCharts } from '../../records/index.ts';
import type { Report } from './types.ts';

/** Records of these organisations that are not over. */
export function openRecords(db: Knex, orgIds: readonly string[]): Knex.QueryBuilder {
  return db('branch_records')
    .whereIn('org_id', orgIds)
    .where((any) => {
      any.whereRaw('1 = 0');
      for (const [module, { chart }] of listCharts()) {
        const over = Object.keys(chart.states).filter((id) => chart.states[id]?.end);
        any.orWhere((one) => one.where({ module }).whereNotIn('state', over));
      }
    });
}

const counted = async (query: Knex.QueryBuilder): Promise<number> => {
  const [row] = (await query.count('* as n')) as { n: number | string }[];
  return Number(row?.n);
};

export async function reportOn(db: Knex, deps: BranchDeps, orgId: string): Promise<Report> {
  const today = localDate(deps.clock.now());
  const records = (await openRecords(db, [orgId])
    .whereNot({ module: 'transfer' })
    .groupBy('module')
    .orderBy('module')
    .select('module')
    .count('* as count')) as { module: string; count: number | string }[];
  return {
    orgId,
    members: await counted(db('memberships').where({ org_id: orgId, to_on: null })),
    records: records.map((r) => ({ module: r.module, count: Number(r.count) })),
    transfers: await counted(
      db('transfers')
        .whereNull('settled_at')
        .where((any) => any.where({ from_org: orgId }).orWhere({ to_org: orgId })),
    ),
    grants: await counted(
      db('grants')
        .where({ org_id: orgId, pending: 0 })
        .where('valid_from', '<=', today)
        .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>=', today)),
    ),
    children: await counted(db('orgs').where({ parent_id: orgId }).whereNull('closed_on')),
  };
}
