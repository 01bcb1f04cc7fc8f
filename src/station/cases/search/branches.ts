/** What is asked for, cut into branches: each is answered by one index, in the order of the list. */
import type { Knex } from 'knex';
import { endOfDay, startOfDay } from '../../../kernel/time.ts';
import { beginsWith } from '../../../platform/db/index.ts';
import type { Days, DeskFilter, Place, Query } from './query.ts';

/** Up to so many villages or organisations are looked up one by one; more are picked out in the order of the list. */
const SINGLE = 40;

export type Rows = Knex.QueryBuilder;

/** Rows of one table in the order of one index; `id`: its column of the case. */
export interface Branch {
  rows: Rows;
  id: 'id' | 'case_id';
}

/** What a branch hands on: everything a list sorts by. */
const KEYS = ['due', 'received', 'village_id'];

/** Keeps the planner from walking the index of this column: the rows come in the order of another. */
const passing = (db: Knex, column: string, values: readonly string[]): Knex.Raw =>
  db.raw(`(?? || '') in (${values.map(() => '?').join(', ')})`, [column, ...values]);

/** Whose claim counts: at a desk that desk's, in a list anybody's. */
const FREE = {
  cases: 'k.case_id = cases.id',
  case_desks: 'k.case_id = case_desks.case_id and k.org = case_desks.org and k.role = case_desks.role',
};

/** Phases of cases that are in hand; as the index `cases_in_hand` says them. */
export const IN_HAND = "phase in ('open', 'correction', 'notice', 'decided')";

const ofDays = (rows: Rows, column: string, { from, to }: Days): Rows =>
  rows.where(column, '>=', startOfDay(from)).where(column, '<', endOfDay(to));

/** What only the case itself tells; null: nothing of it is asked for. */
function furtherAsked(db: Knex, q: Query): ((rows: Rows) => Rows) | null {
  const { department, decided, closed, outcome, timed, reason } = q;
  const asked: ((rows: Rows) => Rows)[] = [
    ...(department ? [(rows: Rows) => rows.where('department', department)] : []),
    ...(decided ? [(rows: Rows) => ofDays(rows, 'decided_at', decided)] : []),
    ...(closed ? [(rows: Rows) => ofDays(rows, 'closed_at', closed)] : []),
    ...(outcome ? [(rows: Rows) => rows.where('outcome', outcome)] : []),
    ...(timed ? [(rows: Rows) => rows.whereNotNull('days_taken')] : []),
    ...(timed === 'late' ? [(rows: Rows) => rows.whereRaw('days_taken > days_promised')] : []),
    ...(reason ? [(rows: Rows) => rows.whereIn('cases.id', given(db, reason))] : []),
  ];
  return asked.length === 0 ? null : (rows) => asked.reduce((all, one) => one(all), rows);
}

/** Cases that were sent back or turned down for something. */
const given = (db: Knex, { kind, target, said }: NonNullable<Query['reason']>): Rows =>
  db('case_reasons')
    .where({ kind, target })
    .where('day', '>=', said.from)
    .where('day', '<=', said.to)
    .select('case_id');

/** A draft that was put aside lies on no desk, and is listed with the drafts alone. */
const notDiscarded = (db: Knex, rows: Rows): Rows =>
  rows.where((any) => {
    any
      .whereNot('phase', 'draft')
      .orWhereNotExists(
        db('drafts as p').whereRaw('p.case_id = cases.id').whereNotNull('p.discarded_at').select('p.case_id'),
      );
  });

export function branch(db: Knex, table: 'cases' | 'case_desks', q: Query): Branch {
  const id = table === 'cases' ? 'id' : 'case_id';
  const rows = db(table).select(`${id} as id`, ...KEYS);
  if (table === 'cases' && !q.isInHand) notDiscarded(db, rows);
  if (q.item) rows.where('item_code', q.item);
  if (q.phase) rows.where('phase', q.phase);
  if (q.isInHand) rows.whereRaw(IN_HAND);
  const further = furtherAsked(db, q);
  if (further && table === 'cases') further(rows);
  else if (further)
    rows.whereExists(further(db('cases').whereRaw('cases.id = case_desks.case_id').select('cases.id')));
  if (q.due?.from) rows.where('due', '>=', q.due.from);
  if (q.due?.to) rows.where('due', '<=', q.due.to);
  if (q.claim === 'free')
    rows.whereNotExists(db('case_claims as k').whereRaw(FREE[table]).select('k.case_id'));
  else if (q.claim) {
    const mine = db('case_claims').where('account_id', q.claim.by).select('case_id');
    rows.whereIn(id, q.claim.handed ? mine.whereNotNull('from_name') : mine);
  }
  return { rows, id };
}

/** Cases lying on a desk; a joint review lies on several. */
function deskBranches(db: Knex, { role, orgs }: DeskFilter, q: Query): Branch[] {
  const lying = (org: (rows: Rows) => Rows) => {
    const one = branch(db, 'case_desks', q);
    org(one.rows.where('role', role));
    if (q.village) one.rows.where('village_id', q.village);
    if (q.within) one.rows.whereIn('village_id', q.within);
    return one;
  };
  if (orgs.length <= SINGLE) return orgs.map((org) => lying((rows) => rows.where('org', org)));
  return [lying((rows) => rows.whereRaw(passing(db, 'org', orgs)))];
}

/** Cases of some villages, perhaps of some departments alone. */
function placeBranches(db: Knex, { villages, departments }: Place, q: Query): Branch[] {
  const wanted = villages.filter(
    (v) => (!q.village || v === q.village) && (!q.within || q.within.includes(v)),
  );
  const seen = (where: (rows: Rows) => Rows) => {
    const one = branch(db, 'cases', q);
    where(one.rows);
    return one;
  };
  if (wanted.length <= SINGLE)
    return wanted.map((village) =>
      seen((rows) => {
        rows.where('village_id', village);
        return departments ? rows.whereIn('department', departments) : rows;
      }),
    );
  const within = passing(db, 'village_id', wanted);
  if (!departments) return [seen((rows) => rows.whereRaw(within))];
  return departments.map((d) => seen((rows) => rows.where('department', d).whereRaw(within)));
}

/** Only what may be seen by place, department or desk. */
function seenBy(db: Knex, rows: Rows, { places, desks }: Query): void {
  rows.where((any) => {
    any.whereRaw('1 = 0');
    for (const { villages, departments } of places)
      any.orWhere((one) => {
        one.whereRaw(passing(db, 'village_id', villages));
        if (departments) one.whereRaw(passing(db, 'department', departments));
      });
    for (const { role, orgs } of desks)
      any.orWhereExists(
        db('case_desks as d')
          .whereRaw('d.case_id = cases.id')
          .where('d.role', role)
          .whereIn('d.org', orgs)
          .select('d.case_id'),
      );
  });
}

/** Cases whose number or applicant begins with the text. */
export function beginningBranches(db: Knex, q: Query, text: string): Branch[] {
  return ['number', 'applicant_name'].map((column) => {
    const one = branch(db, 'cases', q);
    one.rows.whereRaw(beginsWith(db, column, text));
    if (q.village) one.rows.whereRaw(passing(db, 'village_id', [q.village]));
    if (q.within) one.rows.whereRaw(passing(db, 'village_id', q.within));
    seenBy(db, one.rows, q);
    return one;
  });
}

/** The first rows of every branch together, each case once. */
export function together(db: Knex, branches: readonly Branch[], cut: (one: Branch) => Rows): Rows {
  const parts = branches.map((one) => db.select('*').from(cut(one).as('b')));
  const [first, ...more] = parts;
  if (!first)
    return db
      .select('id', ...KEYS)
      .from('cases')
      .whereRaw('1 = 0');
  return db.select('*').from(first.union(more).as('u'));
}

/** Everything that is seen, by desk and by place. */
export const all = (db: Knex, q: Query): Branch[] => [
  ...q.desks.flatMap((d) => deskBranches(db, d, q)),
  ...q.places.flatMap((p) => placeBranches(db, p, q)),
];
