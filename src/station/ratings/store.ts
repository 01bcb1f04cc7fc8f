/** Ratings as they are kept: what was typed is sealed, and nothing is ever changed. */
import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { FollowStep, Followup, Level, Rating, Way } from './types.ts';

export type Raw = Record<string, string | number | null>;

const opened = (vault: Vault, sealed: unknown): string | null =>
  sealed === null || sealed === undefined ? null : vault.open(sealed as string);

export const toRating = (vault: Vault, r: Raw): Rating => {
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

export const rated = (db: Knex | Trx): Knex.QueryBuilder =>
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
