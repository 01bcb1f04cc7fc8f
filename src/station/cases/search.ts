/**
 * Lists of cases. What is asked for is cut into branches that one index each answers in the order of the list, so
 * that a page costs the same however many cases there are; only the rows of the page are read in full.
 */
import type { Knex } from 'knex';
import { addDays, startOfDay } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { beginsWith } from '../../platform/db/index.ts';
import type { Outcome } from '../../workflow/types.ts';
import type { Phase } from './store.ts';

/** One line of an inbox or a list: no personal data beyond the applicant's name. */
export interface CaseLine {
  id: string;
  number: string | null;
  itemCode: string;
  itemTitle: string;
  villageId: string;
  applicantName: string;
  state: string;
  phase: Phase;
  deskOrg: string | null;
  deskRole: string | null;
  nextDue: LocalDate | null;
  receivedAt: string | null;
  updatedAt: string;
  definitionSha: string;
  snapshot: string;
}

/** Villages and, when given, departments whose cases somebody may see. */
export interface Place {
  villages: readonly string[];
  departments?: readonly string[];
}

/** A desk: one role at these organisations. */
interface DeskFilter {
  role: string;
  orgs: readonly string[];
}

/** Shanghai days, both included. */
export interface Days {
  from: LocalDate;
  to: LocalDate;
}

export type Sort = 'due' | 'received' | 'village';

export interface Query {
  /** What may be seen by place and department. */
  places: readonly Place[];
  /** Desks whose cases are seen besides; the only ones when there is no place. */
  desks: readonly DeskFilter[];
  item?: string;
  phase?: Phase;
  village?: string;
  /** Only of these villages. */
  within?: readonly string[];
  department?: string;
  /** Handed in and not at its end: what somebody still has to do with. */
  isInHand?: boolean;
  decided?: Days;
  closed?: Days;
  outcome?: Outcome;
  /** Decided cases of which it is known how long they took; `late`: longer than was promised. */
  timed?: 'known' | 'late';
  /** Sent back or turned down for this, on these days. */
  reason?: { kind: string; target: string; said: Days };
  /** Due from and up to these days, both included. */
  due?: { from?: LocalDate; to?: LocalDate };
  /** Claimed by this account; `handed`: given to it by a colleague; `free`: by nobody. */
  claim?: { by: string; handed?: boolean } | 'free';
  /** Beginning of a case number or of the applicant's name, or a part of either (see `SCANNED`). */
  text?: string;
  sort?: Sort;
  /** Key of the line before the page, or behind it. */
  after?: string;
  before?: string;
  limit: number;
}

export interface Found {
  lines: CaseLine[];
  next: string | null;
  prev: string | null;
  /** The text was looked for inside names and numbers of the first `SCANNED` cases only. */
  isPartial: boolean;
}

/** So many cases are looked through for a part of a name or a number. */
export const SCANNED = 1_000;

/** Up to so many villages or organisations are looked up one by one; more are picked out in the order of the list. */
const SINGLE = 40;

type Rows = Knex.QueryBuilder;

/** Rows of one table in the order of one index; `id`: its column of the case. */
interface Branch {
  rows: Rows;
  id: 'id' | 'case_id';
}

/** What a branch hands on: everything a list sorts by. */
const KEYS = ['due', 'received', 'village_id'];

/** The key of a line, in the order of the list; the last column tells equal ones apart. */
export const ORDERS: Record<Sort, readonly string[]> = {
  due: ['due', 'id'],
  received: ['received', 'id'],
  village: ['village_id', 'due', 'id'],
};

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
  rows.where(column, '>=', startOfDay(from)).where(column, '<', startOfDay(addDays(to, 1)));

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

function branch(db: Knex, table: 'cases' | 'case_desks', q: Query): Branch {
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
function beginningBranches(db: Knex, q: Query, text: string): Branch[] {
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
function together(db: Knex, branches: readonly Branch[], cut: (one: Branch) => Rows): Rows {
  const parts = branches.map((one) => db.select('*').from(cut(one).as('b')));
  const [first, ...more] = parts;
  if (!first)
    return db
      .select('id', ...KEYS)
      .from('cases')
      .whereRaw('1 = 0');
  return db.select('*').from(first.union(more).as('u'));
}

const all = (db: Knex, q: Query): Branch[] => [
  ...q.desks.flatMap((d) => deskBranches(db, d, q)),
  ...q.places.flatMap((p) => placeBranches(db, p, q)),
];

const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The rows of a page, one more than asked for, in the order of the list or against it. */
async function keysOf(db: Knex, q: Query): Promise<{ rows: Record<string, string>[]; isPartial: boolean }> {
  const columns = ORDERS[q.sort ?? 'due'];
  const [key, sign, direction] = q.before === undefined ? [q.after, '>', 'asc'] : [q.before, '<', 'desc'];
  const order = columns.map((column) => ({ column, order: direction }));
  const from = key?.split('~');
  const page = ({ rows, id }: Branch): Rows => {
    const own = columns.map((c) => (c === 'id' ? id : c));
    if (from) rows.whereRaw(`(${own.join(', ')}) ${sign} (${placeholders(from)})`, from);
    return rows.orderBy(order).limit(q.limit + 1);
  };
  if (!q.text)
    return { rows: await page({ rows: together(db, all(db, q), page), id: 'id' }), isPartial: false };
  const inside = await partsOf(db, q, q.text);
  const branches = [...beginningBranches(db, q, q.text), inside.branch];
  return { rows: await page({ rows: together(db, branches, page), id: 'id' }), isPartial: inside.isPartial };
}

/** Cases with the text anywhere in number or name, among the most urgent of what is asked for. */
async function partsOf(db: Knex, q: Query, text: string): Promise<{ branch: Branch; isPartial: boolean }> {
  const first = ({ rows }: Branch) => rows.orderBy(['due', 'id']).limit(SCANNED);
  const scanned: { id: string }[] = await first({ rows: together(db, all(db, q), first), id: 'id' });
  const part = `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  const one = branch(db, 'cases', q);
  one.rows
    .whereIn(
      'cases.id',
      scanned.map((s) => s.id),
    )
    .where((any) =>
      any
        .whereRaw("number like ? escape '\\'", [part])
        .orWhereRaw("applicant_name like ? escape '\\'", [part]),
    );
  return { branch: one, isPartial: scanned.length === SCANNED };
}

const COLUMNS = [
  'c.id',
  'c.number',
  'c.item_code as itemCode',
  'c.item_title as itemTitle',
  'c.village_id as villageId',
  'c.applicant_name as applicantName',
  'c.state',
  'c.phase',
  'c.desk_org as deskOrg',
  'c.desk_role as deskRole',
  'c.next_due as nextDue',
  'c.received_at as receivedAt',
  'c.updated_at as updatedAt',
  'c.definition_sha as definitionSha',
  'c.snapshot',
];

/** The lines of these cases, in this order. */
async function linesOf(db: Knex, ids: readonly string[]): Promise<CaseLine[]> {
  const rows: CaseLine[] = await db('cases as c').whereIn('c.id', ids).select(COLUMNS);
  const byId = new Map(rows.map((r) => [r.id, r]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** A page of cases in the order asked for; `next` and `prev` are the keys of its neighbours. */
export async function searchCases(db: Knex, q: Query): Promise<Found> {
  const { rows, isPartial } = await keysOf(db, q);
  const more = rows.length > q.limit;
  const page = q.before === undefined ? rows.slice(0, q.limit) : rows.slice(0, q.limit).reverse();
  const keyOf = (row: Record<string, string> | undefined) =>
    row ? ORDERS[q.sort ?? 'due'].map((c) => row[c]).join('~') : null;
  const [hasPrev, hasNext] = q.before === undefined ? [q.after !== undefined, more] : [more, true];
  return {
    lines: await linesOf(
      db,
      page.map((r) => r.id as string),
    ),
    next: hasNext ? keyOf(page.at(-1)) : null,
    prev: hasPrev ? keyOf(page[0]) : null,
    isPartial,
  };
}

/** How many cases are asked for, counted up to `most`. */
export async function countCases(db: Knex, q: Omit<Query, 'limit'>, most: number): Promise<number> {
  const first = ({ rows }: Branch) => rows.limit(most);
  const branches = all(db, { ...q, limit: most });
  const rows = first({ rows: together(db, branches, first), id: 'id' });
  const counted = await db.count('* as n').from(rows.as('n')).first();
  return Number(counted?.n);
}
