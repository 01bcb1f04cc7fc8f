/**
 * Lists of cases. What is asked for is cut into branches that one index each answers in the order of the list, so
 * that a page costs the same however many cases there are; only the rows of the page are read in full.
 */
import type { Knex } from 'knex';
import { all, type Branch, beginningBranches, branch, type Rows, together } from './branches.ts';
import { type CaseLine, type Found, ORDERS, type Query, SCANNED } from './query.ts';

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
