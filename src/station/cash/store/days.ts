import type { LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Day, DayState, Done, Move } from '../types.ts';
import { type Db, momentColumns, momentOf, type Raw } from './bags.ts';

const toDay = (r: Raw): Day => ({
  villageId: r.village_id as string,
  day: r.day as string,
  state: r.state as DayState,
  pieces: r.notes === null ? null : JSON.parse(r.notes as string),
  counted: r.counted as number | null,
  closed: momentOf(r, 'closed'),
  confirmed: momentOf(r, 'confirmed'),
  reason: r.reason as string | null,
});

/** There is a row for every day on which something moves. */
export async function beginDay(trx: Trx, villageId: string, day: LocalDate): Promise<void> {
  await trx('cash_days')
    .insert({ village_id: villageId, day, state: 'open', version: 0 })
    .onConflict(['village_id', 'day'])
    .ignore();
}

/** Hold the day until the transaction ends; false when nothing may be booked on it any more. */
export async function holdOpenDay(trx: Trx, villageId: string, day: LocalDate): Promise<boolean> {
  const held = await trx('cash_days')
    .where({ village_id: villageId, day, state: 'open' })
    .update({ version: trx.raw('version + 1') });
  return held === 1;
}

export async function findDay(db: Db, villageId: string, day: LocalDate): Promise<Day | undefined> {
  const row = await db('cash_days').where({ village_id: villageId, day }).first();
  return row && toDay(row);
}

/** The oldest day of a village that is not closed and confirmed, up to a day. */
export async function findUnclosed(db: Db, villageId: string, until: LocalDate): Promise<Day | undefined> {
  const row = await db('cash_days')
    .where({ village_id: villageId })
    .whereNot({ state: 'closed' })
    .where('day', '<=', until)
    .orderBy('day')
    .first();
  return row && toDay(row);
}

/** Days of a village, the latest first. */
export async function listDays(
  db: Db,
  villageId: string,
  { before, limit }: { before?: LocalDate; limit: number },
): Promise<Day[]> {
  const rows = db('cash_days').where({ village_id: villageId }).orderBy('day', 'desc').limit(limit);
  if (before !== undefined) rows.where('day', '<', before);
  return ((await rows) as Raw[]).map(toDay);
}

/** Compare and set. */
export async function moveDay(
  trx: Trx,
  { villageId, day }: Pick<Day, 'villageId' | 'day'>,
  from: DayState,
  to: Pick<Day, 'state'> & Partial<Pick<Day, 'pieces' | 'counted' | 'closed' | 'confirmed' | 'reason'>>,
): Promise<boolean> {
  const changed = await trx('cash_days')
    .where({ village_id: villageId, day, state: from })
    .update({
      state: to.state,
      ...(to.pieces !== undefined && { notes: to.pieces && JSON.stringify(to.pieces) }),
      ...(to.counted !== undefined && { counted: to.counted }),
      ...(to.closed !== undefined && momentColumns('closed', to.closed as Done | null)),
      ...(to.confirmed !== undefined && momentColumns('confirmed', to.confirmed as Done | null)),
      ...(to.reason !== undefined && { reason: to.reason }),
    });
  return changed === 1;
}

export async function insertMove(trx: Trx, move: Move): Promise<void> {
  const { villageId, by, ...rest } = move;
  await trx('cash_moves').insert({ ...rest, village_id: villageId, by_id: by.id, by_name: by.name });
}

const toMove = (r: Raw): Move => ({
  id: r.id as string,
  villageId: r.village_id as string,
  day: r.day as string,
  kind: r.kind as Move['kind'],
  fen: r.fen as number,
  about: r.about as string,
  memo: r.memo as string,
  at: r.at as string,
  by: { id: r.by_id as string, name: r.by_name as string },
});

export const listMoves = async (db: Db, villageId: string, day: LocalDate): Promise<Move[]> =>
  ((await db('cash_moves').where({ village_id: villageId, day }).orderBy(['at', 'id'])) as Raw[]).map(toMove);

/** What lay in the box before a day; without a day: what lies there now. */
export async function boxBefore(db: Db, villageId: string, day?: LocalDate): Promise<number> {
  const rows = db('cash_moves').where({ village_id: villageId });
  if (day !== undefined) rows.where('day', '<', day);
  const [found] = await rows.sum({ fen: 'fen' });
  return found?.fen ?? 0;
}
