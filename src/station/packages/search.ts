import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { PackageState } from './store.ts';

/** A line of the list of packages. */
export interface PackageLine {
  id: string;
  number: string | null;
  code: string;
  title: string;
  villageId: string;
  villageName: string;
  applicantName: string;
  state: PackageState;
  openedAt: Instant;
  filedAt: Instant | null;
}

export interface ListQuery {
  scopes: readonly { pathPrefix: string; departments?: string[] }[];
  /** Id of the last line of the page before. */
  after?: string;
  limit: number;
}

/** Packages of the villages and departments somebody may see, the latest first. */
export async function listPackages(db: Knex, { scopes, after, limit }: ListQuery): Promise<PackageLine[]> {
  if (scopes.length === 0) return [];
  const rows = db('packages as p')
    .join('orgs as o', 'o.id', 'p.village_id')
    .whereNot('p.state', 'withdrawn')
    .where((any) => {
      for (const { pathPrefix, departments } of scopes)
        any.orWhere((one) => {
          one.whereLike('o.path', `${pathPrefix}%`);
          if (departments)
            one.whereIn('p.id', db('package_cases').whereIn('department', departments).select('package_id'));
        });
    })
    .orderBy('p.id', 'desc')
    .limit(limit)
    .select({
      id: 'p.id',
      number: 'p.number',
      code: 'p.code',
      title: 'p.title',
      villageId: 'p.village_id',
      villageName: 'o.name',
      applicantName: 'p.applicant_name',
      state: 'p.state',
      openedAt: 'p.opened_at',
      filedAt: 'p.filed_at',
    });
  if (after) rows.where('p.id', '<', after);
  return rows;
}
