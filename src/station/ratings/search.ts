/** Ratings within somebody's scopes, each with what is told of its case. */
import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import type { CaseScope } from '../../people/accounts/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { BAD } from './rules.ts';
import { type Raw, rated, toRating } from './store.ts';
import type { FollowStep, Level, Rating } from './types.ts';

export interface RatingQuery {
  scopes: readonly CaseScope[];
  id?: string;
  level?: Level;
  /** Bad ones alone. */
  isBad?: true;
  item?: string;
  department?: string;
  /** Beginning of the path of an organisation. */
  within?: string;
  /** Given on these days, both included. */
  days?: { from: LocalDate; to: LocalDate };
  /** Bad ones on which this step is not done, given on `until` or before. */
  without?: { step: FollowStep; until?: LocalDate };
  /** Id of the last line of the page before. */
  after?: string;
  /** The first ones first. */
  oldestFirst?: boolean;
  limit: number;
}

/** A rating with what is told of its case. */
export type RatedLine = Rating & {
  itemTitle: string;
  villageName: string;
  applicantName: string;
  number: string;
};

export async function searchRatings(db: Knex, vault: Vault, q: RatingQuery): Promise<RatedLine[]> {
  const rows = rated(db)
    .join('cases as c', 'c.id', 'r.case_id')
    .join('orgs as o', 'o.id', 'r.village_id')
    .select('c.item_title', 'c.applicant_name', 'c.number', 'o.name as village_name')
    .where((any) => {
      any.whereRaw('1 = 0');
      for (const { pathPrefix, departments } of q.scopes)
        any.orWhere((one) => {
          one.where('o.path', 'like', `${pathPrefix}%`);
          if (departments) one.whereIn('r.department', departments);
        });
    })
    .orderBy('r.id', q.oldestFirst ? 'asc' : 'desc')
    .limit(q.limit);
  narrow(db, rows, q);
  const found: Raw[] = await rows;
  return found.map((r) => ({
    ...toRating(vault, r),
    itemTitle: r.item_title as string,
    villageName: r.village_name as string,
    applicantName: r.applicant_name as string,
    number: r.number as string,
  }));
}

function narrow(db: Knex, rows: Knex.QueryBuilder, q: RatingQuery): void {
  if (q.id) rows.where('r.id', q.id);
  if (q.level) rows.where('r.level', q.level);
  if (q.isBad) rows.where('r.level', '>=', BAD);
  if (q.item) rows.where('r.item_code', q.item);
  if (q.department) rows.where('r.department', q.department);
  if (q.within) rows.where('o.path', 'like', `${q.within}%`);
  if (q.days) rows.where('r.day', '>=', q.days.from).where('r.day', '<=', q.days.to);
  if (q.without) {
    const { step, until } = q.without;
    rows.whereNotExists(
      db('rating_followups as f').whereRaw('f.rating_id = r.id').where('f.kind', step).select('f.kind'),
    );
    if (until) rows.where('r.day', '<=', until);
  }
  if (q.after) rows.where('r.id', q.oldestFirst ? '>' : '<', q.after);
}
