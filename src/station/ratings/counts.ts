/** Ratings counted for the whole county: levels by place and item, bad ones by what is missing. */
import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import { BAD } from './rules.ts';
import type { Raw } from './store.ts';
import type { FollowStep, Level } from './types.ts';

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
