import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { CaseScope } from '../../people/accounts/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { BAD } from './rules.ts';
import type { FollowStep, Followup, Level, Rating, Way } from './types.ts';

type Raw = Record<string, string | number | null>;

const opened = (vault: Vault, sealed: unknown): string | null =>
  sealed === null || sealed === undefined ? null : vault.open(sealed as string);

const toRating = (vault: Vault, r: Raw): Rating => {
  const more = opened(vault, r.more_sealed);
  return {
    id: r.id as string,
    caseId: r.case_id as string,
    villageId: r.village_id as string,
    itemCode: r.item_code as string,
    department: r.department as string,
    level: r.level as Level,
    comment: opened(vault, r.comment_sealed),
    way: r.way as Way,
    day: r.day as string,
    at: r.at as string,
    supplement: more === null ? null : { comment: more, at: r.more_at as string },
  };
};

const rated = (db: Knex | Trx): Knex.QueryBuilder =>
  db('ratings as r')
    .leftJoin('rating_supplements as s', 's.rating_id', 'r.id')
    .select('r.*', 's.comment_sealed as more_sealed', 's.at as more_at');

export async function findRatingOfCase(
  db: Knex | Trx,
  vault: Vault,
  caseId: string,
): Promise<Rating | undefined> {
  const row = await rated(db).where('r.case_id', caseId).first();
  return row && toRating(vault, row);
}

/** Written once for a case; false when there is one already. */
export async function insertRating(
  trx: Trx,
  vault: Vault,
  { comment, supplement: _, ...r }: Rating,
): Promise<boolean> {
  const placed = await trx('ratings')
    .insert({
      id: r.id,
      case_id: r.caseId,
      village_id: r.villageId,
      item_code: r.itemCode,
      department: r.department,
      level: r.level,
      comment_sealed: comment === null ? null : vault.seal(comment),
      way: r.way,
      day: r.day,
      at: r.at,
    })
    .onConflict('case_id')
    .ignore()
    .returning('id');
  return placed.length === 1;
}

/** False when there is one already. */
export async function insertSupplement(
  trx: Trx,
  vault: Vault,
  { ratingId, comment, at }: { ratingId: string; comment: string; at: Instant },
): Promise<boolean> {
  const placed = await trx('rating_supplements')
    .insert({ rating_id: ratingId, comment_sealed: vault.seal(comment), at })
    .onConflict('rating_id')
    .ignore()
    .returning('rating_id');
  return placed.length === 1;
}

/** False when this step was done already. */
export async function insertFollowup(
  trx: Trx,
  vault: Vault,
  ratingId: string,
  f: Followup,
): Promise<boolean> {
  const placed = await trx('rating_followups')
    .insert({
      rating_id: ratingId,
      kind: f.step,
      text_sealed: vault.seal(f.text),
      by_id: f.byId,
      by_name: f.byName,
      day: f.day,
      at: f.at,
    })
    .onConflict(['rating_id', 'kind'])
    .ignore()
    .returning('rating_id');
  return placed.length === 1;
}

export async function listFollowups(
  db: Knex | Trx,
  vault: Vault,
  ids: readonly string[],
): Promise<Map<string, Followup[]>> {
  const rows: Raw[] = await db('rating_followups').whereIn('rating_id', ids).orderBy('at');
  const all = new Map<string, Followup[]>(ids.map((id) => [id, []]));
  for (const r of rows)
    all.get(r.rating_id as string)?.push({
      step: r.kind as FollowStep,
      text: vault.open(r.text_sealed as string),
      byId: r.by_id as string,
      byName: r.by_name as string,
      day: r.day as string,
      at: r.at as string,
    });
  return all;
}

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

/** How many ratings of each level, by where and for what; given on these days. */
export interface LevelCount {
  villageId: string;
  itemCode: string;
  department: string;
  level: Level;
  count: number;
}

export async function countLevels(
  db: Knex,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<LevelCount[]> {
  const rows: (Omit<LevelCount, 'count'> & { count: unknown })[] = await db('ratings')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy('village_id', 'item_code', 'department', 'level')
    .select({ villageId: 'village_id', itemCode: 'item_code', department: 'department', level: 'level' })
    .count({ count: '*' });
  return rows.map((r) => ({ ...r, count: Number(r.count) }));
}

/** Bad ratings that are not done with, each with the steps that are missing. */
export async function listOpenBad(
  db: Knex,
): Promise<{ villageId: string; department: string; day: LocalDate; steps: FollowStep[] }[]> {
  const rows: Raw[] = await db('ratings as r')
    .leftJoin('rating_followups as f', 'f.rating_id', 'r.id')
    .where('r.level', '>=', BAD)
    .whereNotExists(
      db('rating_followups as v').whereRaw('v.rating_id = r.id').where('v.kind', 'visit').select('v.kind'),
    )
    .select('r.id', 'r.village_id', 'r.department', 'r.day', 'f.kind');
  const all = new Map<
    unknown,
    { villageId: string; department: string; day: LocalDate; steps: FollowStep[] }
  >();
  for (const r of rows) {
    const one = all.get(r.id) ?? {
      villageId: r.village_id as string,
      department: r.department as string,
      day: r.day as string,
      steps: [],
    };
    if (r.kind !== null) one.steps.push(r.kind as FollowStep);
    all.set(r.id, one);
  }
  return [...all.values()];
}
