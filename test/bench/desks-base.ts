/**
 * A county with many open cases. One case of each item is really filed and walked forward; after every act its rows are
 * kept as a pattern. The rest are copies of the patterns, spread over villages, desks, applicants and days. Copies keep
 * what their pattern sealed, so their logs hold their pattern's hashes: good to be read, not to be proved.
 */
import type { Knex } from 'knex';
import { caseNumber } from '../../src/kernel/ids.ts';
import { addDays } from '../../src/kernel/time.ts';
import type { Org } from '../../src/people/orgs/index.ts';
import { insertInChunks, type Trx, transact } from '../../src/platform/db/index.ts';
import { nextDue } from '../../src/station/cases/rules.ts';
import { NEVER } from '../../src/station/cases/store.ts';
import { possibleEvents } from '../../src/workflow/advance.ts';
import { FORWARD } from '../../src/workflow/branches.ts';
import { isFact } from '../../src/workflow/desks.ts';
import type { House } from '../support/service.ts';
import { openCase } from '../walk/case.ts';
import { county } from '../walk/county.ts';

const FILED_ON = '2026-09-28';
const TODAY = '2026-11-27';
const HOME = { village: '532628103201', township: '532628103' };
/** Tables of a case that its pages read. */
const TABLES = ['cases', 'case_events', 'case_persons', 'case_materials'] as const;
const SURNAMES = '李王张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗农侬韦陆岑梁覃盘邓沈';
const GIVEN = '秀兰国强志华春燕海波丽萍建平永贵文彬佳慧正芳明远卫东立新晓琳';

/** Walk one case of every item as far as people take it in a day; a pattern after every step. */
async function patterns(house: House): Promise<void> {
  const { db, definitions } = house.service.deps;
  for (const table of TABLES)
    await db.write.raw(
      `create table pattern_${table} as select 0 as pattern, t.* from ${table} as t where 0`,
    );
  await db.write.raw(
    'create table pattern_case_desks as select 0 as pattern, t.* from case_desks as t where 0',
  );
  let pattern = 0;
  const keep = (id: string) =>
    transact(db, async (trx) => {
      pattern += 1;
      for (const table of [...TABLES, 'case_desks'])
        await trx.raw(
          `insert into pattern_${table} select ?, t.* from ${table} as t where ${table === 'cases' ? 'id' : 'case_id'} = ?`,
          [pattern, id],
        );
    });
  const { take, rowOf } = county(house);
  for (const { code } of definitions.list()) {
    const walk = await openCase(house, code);
    await keep(walk.id);
    for (;;) {
      const { row, pinned } = await rowOf(walk);
      const possible = possibleEvents(pinned.machine, row.snapshot);
      const event = FORWARD.find((e) => possible.includes(e) && e !== 'RESUBMIT');
      if (!event || isFact(event) || !(await take(walk, { event }))) break;
      if ((await rowOf(walk)).row.phase === 'closed') break;
      await keep(walk.id);
    }
  }
}

interface Pattern {
  pattern: number;
  item_code: string;
  phase: string;
  snapshot: string;
  desk_org: string | null;
}

/** The same place for another village: its own counter, its township's window and offices; the county stays. */
function placeFor(org: string, village: string, township: string): string {
  if (org === HOME.village) return village;
  return org.startsWith(HOME.township) ? org.replace(HOME.township, township) : org;
}

/** A case in so many lies at the counter of the village all tests look at. */
const BUSY = 100;

/** A case of the county: its pattern, and what it has of its own. */
interface Copy {
  id: string;
  pattern: number;
  number: string | null;
  village_id: string;
  applicant_name: string;
  day: string;
  next_due: string | null;
  due: string;
  received: string;
  desk_org: string | null;
}

/** The cases of the county, spread evenly: the same ones every time. */
function spread(house: House, kept: readonly Pattern[], count: number): Copy[] {
  const { orgs } = house.service.deps;
  const villages = orgs.within('532628').filter((o) => o.kind === 'village');
  const dues = dueOf(house);
  return Array.from({ length: count }, (_, i) => {
    const from = kept[i % kept.length] as Pattern;
    const at = i % BUSY === 0 ? orgs.get(HOME.village) : (villages[(i * 7) % villages.length] as Org);
    const day = addDays(TODAY, -((i * 13) % 61));
    const due = dues(from, day);
    const isDraft = from.phase === 'draft';
    return {
      id: `01bench${String(i).padStart(19, '0')}`,
      pattern: from.pattern,
      number: isDraft ? null : caseNumber(at.id, day, from.item_code, (i % 899_999) + 100_000),
      village_id: at.id,
      applicant_name: `${SURNAMES[(i * 11) % SURNAMES.length]}${GIVEN[(i * 3) % GIVEN.length]}${GIVEN[(i * 5) % GIVEN.length]}`,
      day,
      next_due: due,
      due: due ?? NEVER,
      received: isDraft ? NEVER : `${day}T01:40:00.000Z`,
      desk_org: from.desk_org && placeFor(from.desk_org, at.id, at.parentId as string),
    };
  });
}

/** Fill a house with so many open cases. */
export async function fill(house: House, count: number): Promise<void> {
  const { db } = house.service.deps;
  await house.at(`${FILED_ON}T09:40:00+08:00`);
  await patterns(house);
  await house.at(`${TODAY}T09:00:00+08:00`);
  const kept: Pattern[] = await db
    .read('pattern_cases')
    .select('pattern', 'item_code', 'phase', 'snapshot', 'desk_org');
  const copies = spread(house, kept, count);
  await db.write.raw(
    'create table copies (id text, pattern int, number text, village_id text, applicant_name text, day text, next_due text, due text, received text, desk_org text)',
  );
  await transact(db, (trx) => insertInChunks(trx, 'copies', copies));
  // Each in a transaction of its own, so that the house at work beside it need not wait for all.
  for (const table of TABLES) await transact(db, (trx) => copy(trx, table));
  await layOnDesks(house, kept, copies);
  for (const table of ['copies', 'pattern_case_desks', ...TABLES.map((t) => `pattern_${t}`)])
    await db.write.schema.dropTable(table);
}

/** The desks of the patterns, in the place of each copy. */
async function layOnDesks(house: House, kept: readonly Pattern[], copies: readonly Copy[]): Promise<void> {
  const { db, orgs } = house.service.deps;
  const desks: { pattern: number; org: string; role: string }[] = await db.read('pattern_case_desks');
  const lying = copies.flatMap((c, i) => {
    const { item_code, phase } = kept[i % kept.length] as Pattern;
    const { id, due, received, village_id } = c;
    const township = orgs.get(village_id).parentId as string;
    return desks
      .filter((d) => d.pattern === c.pattern)
      .map(({ org, role }) => ({
        ...{ case_id: id, role, due, received, village_id, item_code, phase },
        org: placeFor(org, village_id, township),
      }));
  });
  await transact(db, (trx) => insertInChunks(trx, 'case_desks', lying));
}

/** When a pattern filed on another day is due. */
function dueOf(house: House): (from: Pattern, day: string) => string | null {
  const { clock, calendar } = house.service.deps;
  const known = new Map<string, string | null>();
  return (from, day) => {
    const key = `${from.pattern} ${day}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const due = nextDue(JSON.parse(from.snapshot.replaceAll(FILED_ON, day)), clock.now(), calendar());
    known.set(key, due);
    return due;
  };
}

/** What a copy has of its own; everything else is its pattern's, moved to its day. */
const OWN = ['id', 'number', 'village_id', 'applicant_name', 'next_due', 'due', 'received', 'desk_org'];
const DATED = [
  'snapshot',
  'at',
  'opened_at',
  'updated_at',
  'received_at',
  'accepted_on',
  'decided_at',
  'added_at',
];

async function copy(trx: Trx, table: (typeof TABLES)[number]): Promise<void> {
  const columns = Object.keys((await (trx as Knex)(table).columnInfo()) as object);
  const value = (column: string): string => {
    if (table === 'case_materials' && column === 'id') return `c.id || substr(p.id, -8)`;
    if (column === 'case_id') return 'c.id';
    if (table === 'cases' && OWN.includes(column)) return `c.${column}`;
    return DATED.includes(column) ? `replace(p.${column}, '${FILED_ON}', c.day)` : `p.${column}`;
  };
  await trx.raw(
    `insert into ${table} (${columns.join(', ')}) select ${columns.map(value).join(', ')}
       from copies as c join pattern_${table} as p on p.pattern = c.pattern`,
  );
}
