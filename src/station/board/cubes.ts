/** What is counted in the whole county, by village, item and department: read from indexes, cut to scopes afterwards. */
import type { Knex } from 'knex';
import { addWorkdays, type Calendar } from '../../kernel/calendar.ts';
import { endOfDay, localDate, startOfDay } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Outcome } from '../../workflow/types.ts';
import { SOON } from '../cases/index.ts';
import { listWaiting, type WaitingPiece } from '../certificates/index.ts';
import { type PaidSum, paidSums } from '../payouts/index.ts';
import { countLevels, type LevelCount, listOpenBad } from '../ratings/index.ts';
import type { Days, Period } from './period.ts';

interface Cell {
  villageId: string;
  itemCode: string;
  department: string;
}

export interface HandCell extends Cell {
  hand: number;
  late: number;
  soon: number;
}

/** Cases decided after so many working days, of so many promised. */
export interface DecidedCell extends Cell {
  taken: number | null;
  promised: number | null;
  count: number;
}

export interface ClosedCell extends Cell {
  outcome: Outcome;
  count: number;
}

export interface ReasonCell extends Cell {
  kind: string;
  target: string;
  title: string;
  count: number;
}

export interface Cubes {
  asOf: Instant;
  today: LocalDate;
  hand: HandCell[];
  decided: DecidedCell[];
  decidedBefore: DecidedCell[];
  closed: ClosedCell[];
  reasons: ReasonCell[];
  levels: LevelCount[];
  levelsBefore: LevelCount[];
  openBad: Awaited<ReturnType<typeof listOpenBad>>;
  money: PaidSum[];
  moneyBefore: PaidSum[];
  waiting: WaitingPiece[];
}

const CELL = { villageId: 'village_id', itemCode: 'item_code', department: 'department' } as const;
const COLUMNS = Object.values(CELL);

/** Figures come back as text or number, as the driver likes. */
const plain = <T extends object>(rows: object[], ...figures: (keyof T)[]): T[] =>
  (rows as T[]).map((row) => ({
    ...row,
    ...Object.fromEntries(figures.map((f) => [f, row[f] === null ? null : Number(row[f])])),
  }));

async function inHand(db: Knex, today: LocalDate, calendar: Calendar): Promise<HandCell[]> {
  const soon = addWorkdays(calendar, today, SOON);
  const rows = await db('cases')
    .whereRaw("phase in ('open', 'correction', 'notice', 'decided')")
    .groupBy(COLUMNS)
    .select(CELL)
    .count({ hand: '*' })
    .select(
      db.raw('sum(case when due < ? then 1 else 0 end) as late', [today]),
      db.raw('sum(case when due >= ? and due <= ? then 1 else 0 end) as soon', [today, soon]),
    );
  return plain<HandCell>(rows, 'hand', 'late', 'soon');
}

const during = (rows: Knex.QueryBuilder, column: string, { from, to }: Days): Knex.QueryBuilder =>
  rows.where(column, '>=', startOfDay(from)).where(column, '<', endOfDay(to));

async function decided(db: Knex, days: Days): Promise<DecidedCell[]> {
  const rows = await during(db('cases'), 'decided_at', days)
    .groupBy([...COLUMNS, 'days_taken', 'days_promised'])
    .select({ ...CELL, taken: 'days_taken', promised: 'days_promised' })
    .count({ count: '*' });
  return plain<DecidedCell>(rows, 'count');
}

async function closed(db: Knex, days: Days): Promise<ClosedCell[]> {
  const rows = await during(db('cases'), 'closed_at', days)
    .whereNotNull('outcome')
    .groupBy([...COLUMNS, 'outcome'])
    .select({ ...CELL, outcome: 'outcome' })
    .count({ count: '*' });
  return plain<ClosedCell>(rows, 'count');
}

async function reasons(db: Knex, { from, to }: Days): Promise<ReasonCell[]> {
  const rows = await db('case_reasons as r')
    .join('cases as c', 'c.id', 'r.case_id')
    .where('r.day', '>=', from)
    .where('r.day', '<=', to)
    .groupBy(['c.village_id', 'c.item_code', 'c.department', 'r.kind', 'r.target'])
    .select({ villageId: 'c.village_id', itemCode: 'c.item_code', department: 'c.department' })
    .select({ kind: 'r.kind', target: 'r.target' })
    .max({ title: 'r.title' })
    .countDistinct({ count: 'r.case_id' });
  return plain<ReasonCell>(rows, 'count');
}

/** Everything a board of a period is made of. */
export async function readCubes(
  db: Knex,
  { now, calendar, period }: { now: Instant; calendar: Calendar; period: Period },
): Promise<Cubes> {
  const today = localDate(now);
  return {
    asOf: now,
    today,
    hand: await inHand(db, today, calendar),
    decided: await decided(db, period),
    decidedBefore: await decided(db, period.before),
    closed: await closed(db, period),
    reasons: await reasons(db, period),
    levels: await countLevels(db, period),
    levelsBefore: await countLevels(db, period.before),
    openBad: await listOpenBad(db),
    money: await paidSums(db, period),
    moneyBefore: await paidSums(db, period.before),
    waiting: await listWaiting(db),
  };
}
