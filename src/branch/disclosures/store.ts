import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import { inChunks, insertInChunks, type Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { atPlaces, type RecordRow, type Sight, toRecord, whereVisible } from '../records/index.ts';
import type { Disclosure, Due, Objection } from './types.ts';

type Db = Trx | Knex;

interface DueRow {
  id: string;
  org_id: string;
  org_path: string;
  item: string;
  period: string;
  occasion: string;
  opens_on: LocalDate;
  due_on: LocalDate;
  due_provisional: number;
  met_on: LocalDate | null;
}

interface DueLineRow extends DueRow {
  record_id: string | null;
  state: string;
  version: number;
  state_due: LocalDate | null;
}

interface DisclosureRow extends RecordRow {
  due_id: string;
  item: string;
  audience: Disclosure['audience'];
  content_sealed: string;
  answers_sealed: string | null;
  reviewed_by: string | null;
  deferred_by: string | null;
  ground: Disclosure['ground'];
  published_on: LocalDate | null;
  expires_on: LocalDate | null;
}

interface ObjectionRow {
  id: string;
  disclosure_id: string;
  text_sealed: string;
  contact_sealed: string | null;
  raised_on: LocalDate;
  due_on: LocalDate;
  due_provisional: number;
  answer_sealed: string | null;
  answered_on: LocalDate | null;
  shown: number;
}

const toDue = (r: DueRow): Due => ({
  id: r.id,
  orgId: r.org_id,
  orgPath: r.org_path,
  item: r.item,
  period: r.period,
  occasion: r.occasion,
  opensOn: r.opens_on,
  dueOn: r.due_on,
  dueProvisional: r.due_provisional === 1,
  metOn: r.met_on,
});

const dueRow = (d: Due): DueRow => ({
  id: d.id,
  org_id: d.orgId,
  org_path: d.orgPath,
  item: d.item,
  period: d.period,
  occasion: d.occasion,
  opens_on: d.opensOn,
  due_on: d.dueOn,
  due_provisional: d.dueProvisional ? 1 : 0,
  met_on: d.metOn,
});

/** Organisations that have something of an item and period already. */
export async function orgsWith(db: Db, item: string, period: string): Promise<Set<string>> {
  return new Set(await db('disclosure_dues').where({ item, period }).pluck('org_id'));
}

/** Every organisation of the party that stands. */
export const partyOrgs = (db: Db, kinds: readonly string[]): Promise<{ id: string; path: string }[]> =>
  db('orgs').whereIn('kind', kinds).whereNull('closed_on').select('id', 'path').orderBy('id');

export const insertDues = (trx: Trx, dues: readonly Due[]): Promise<void> =>
  insertInChunks(trx, 'disclosure_dues', dues.map(dueRow));

export async function findDue(db: Db, where: Record<string, string>): Promise<Due | undefined> {
  const row = await db('disclosure_dues').where(where).first();
  return row && toDue(row);
}

/** The first publication meets what is due; it stays met by that day until that publication is taken back. */
export async function saveMet(trx: Trx, dueId: string, day: LocalDate | null): Promise<void> {
  await trx('disclosure_dues').where({ id: dueId }).update({ met_on: day });
}

export interface DueLine {
  due: Due;
  /** Record and state of what is in hand or out for it; null when nothing is. */
  record: { id: string; state: string; version: number; dueOn: LocalDate | null } | null;
}

/** How a due thing stands; each is counted and listed by the same condition. */
export type Standing = 'open' | 'overdue' | 'in-hand' | 'on-time' | 'late' | 'withheld';
const IN_HAND = ['proposed', 'draft', 'reviewed', 'deferred', 'approved'];

export interface DueQuery {
  /** Beginnings of paths, or single organisations. */
  places: Sight['places'];
  today: LocalDate;
  standing?: Standing | undefined;
  wing?: readonly string[] | undefined;
  /** By the tree as it stood then, instead of today's. */
  asThen?: boolean | undefined;
}

/** Dues with the one disclosure that lives, by the tree of today or of then. */
function dues(db: Db, { places, today, standing, wing, asThen }: DueQuery): Knex.QueryBuilder {
  const path = asThen ? 'd.org_path' : 'o.path';
  const query = db('disclosure_dues as d')
    .join('orgs as o', 'o.id', 'd.org_id')
    .leftJoin(
      db('disclosures as x')
        .join('branch_records as y', 'y.id', 'x.id')
        .whereNot('y.state', 'withdrawn')
        .select('x.due_id', 'y.id as record_id', 'y.state', 'y.version', 'y.due_on as state_due')
        .as('r'),
      'r.due_id',
      'd.id',
    )
    .where(atPlaces(db, path, places));
  if (wing) query.whereIn('d.item', wing);
  if (standing === 'open') query.whereNull('d.met_on').whereNull('r.state').where('d.due_on', '>=', today);
  if (standing === 'overdue')
    query
      .whereNull('d.met_on')
      .where('d.due_on', '<', today)
      .where((q) => q.whereNull('r.state').orWhere('r.state', '!=', 'rejected'));
  if (standing === 'in-hand') query.whereIn('r.state', IN_HAND);
  if (standing === 'on-time') query.whereNotNull('d.met_on').whereRaw('d.met_on <= d.due_on');
  if (standing === 'late') query.whereNotNull('d.met_on').whereRaw('d.met_on > d.due_on');
  if (standing === 'withheld') query.where('r.state', 'rejected');
  return query;
}

/** In the order of their days; nobody is before another for anything he did. */
export async function listDues(
  db: Db,
  query: DueQuery & { after?: { dueOn: string; id: string } | undefined; limit: number },
): Promise<DueLine[]> {
  const found = dues(db, query)
    .select('d.*', 'r.record_id', 'r.state', 'r.version', 'r.state_due')
    .orderBy([{ column: 'd.due_on' }, { column: 'd.id' }])
    .limit(query.limit);
  const { after } = query;
  if (after)
    found.where((q) =>
      q
        .where('d.due_on', '>', after.dueOn)
        .orWhere((same) => same.where('d.due_on', after.dueOn).where('d.id', '>', after.id)),
    );
  return (await found).map((r: DueLineRow) => ({
    due: toDue(r),
    record:
      r.record_id === null
        ? null
        : { id: r.record_id, state: r.state, version: r.version, dueOn: r.state_due },
  }));
}

export async function countDues(db: Db, query: DueQuery): Promise<number> {
  const [row] = await dues(db, query).count({ n: '*' });
  return Number(row?.n ?? 0);
}

const toDisclosure = (vault: Vault, r: DisclosureRow): Disclosure => ({
  record: toRecord(r),
  dueId: r.due_id,
  item: r.item,
  audience: r.audience,
  content: JSON.parse(vault.open(r.content_sealed)),
  answers: r.answers_sealed === null ? null : JSON.parse(vault.open(r.answers_sealed)),
  reviewedBy: r.reviewed_by,
  deferredBy: r.deferred_by,
  ground: r.ground,
  publishedOn: r.published_on,
  expiresOn: r.expires_on,
});

const COLUMNS = [
  'r.*',
  ...[
    'due_id',
    'item',
    'audience',
    'content_sealed',
    'answers_sealed',
    'reviewed_by',
    'deferred_by',
    'ground',
    'published_on',
    'expires_on',
  ].map((c) => `x.${c}`),
];
const joined = (db: Db): Knex.QueryBuilder =>
  db('disclosures as x').join('branch_records as r', 'r.id', 'x.id').select(COLUMNS);

export async function findDisclosure(db: Db, vault: Vault, id: string): Promise<Disclosure | undefined> {
  const row = await joined(db).where('x.id', id).first();
  return row && toDisclosure(vault, row);
}

/** Is something of a due thing in hand, out, or withheld? */
export async function hasLive(db: Db, dueId: string): Promise<boolean> {
  return (await joined(db).where('x.due_id', dueId).whereNot('r.state', 'withdrawn').first()) !== undefined;
}

const sealedRow = (vault: Vault, d: Omit<Disclosure, 'record'>) => ({
  due_id: d.dueId,
  item: d.item,
  audience: d.audience,
  content_sealed: vault.seal(JSON.stringify(d.content)),
  answers_sealed: d.answers && vault.seal(JSON.stringify(d.answers)),
  reviewed_by: d.reviewedBy,
  deferred_by: d.deferredBy,
  ground: d.ground,
  published_on: d.publishedOn,
  expires_on: d.expiresOn,
});

export async function insertDisclosure(trx: Trx, vault: Vault, { record, ...d }: Disclosure): Promise<void> {
  await trx('disclosures').insert({ id: record.id, ...sealedRow(vault, d) });
}

export async function saveDisclosure(trx: Trx, vault: Vault, { record, ...d }: Disclosure): Promise<void> {
  await trx('disclosures').where({ id: record.id }).update(sealedRow(vault, d));
}

/** On the board, as long as its days last. */
export const ON_BOARD = ['published', 'feedback_open', 'feedback_answered'] as const;
const onBoard = (db: Db, today: LocalDate): Knex.QueryBuilder =>
  joined(db)
    .whereIn('r.state', [...ON_BOARD])
    .where((q) => q.whereNull('x.expires_on').orWhere('x.expires_on', '>=', today));

/** What somebody sees on the boards, the newest first. */
export async function listOnBoard(
  db: Knex,
  vault: Vault,
  {
    sight,
    today,
    orgId,
    before,
    limit,
  }: {
    sight: Sight;
    today: LocalDate;
    orgId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<Disclosure[]> {
  const query = whereVisible(db, onBoard(db, today), sight).orderBy('x.id', 'desc').limit(limit);
  if (orgId) query.where('r.org_id', orgId);
  if (before) query.where('x.id', '<', before);
  return ((await query) as DisclosureRow[]).map((r) => toDisclosure(vault, r));
}

/** What waits for an act in these states at these places, by the last day of the state. */
export async function listWaiting(
  db: Knex,
  vault: Vault,
  { states, places, limit }: { states: readonly string[]; places: Sight['places']; limit: number },
): Promise<Disclosure[]> {
  const rows: DisclosureRow[] = await joined(db)
    .join('orgs as o', 'o.id', 'r.org_id')
    .whereIn('r.state', states)
    .where(atPlaces(db, 'o.path', places))
    .orderBy([{ column: 'r.due_on' }, { column: 'x.id' }])
    .limit(limit);
  return rows.map((r) => toDisclosure(vault, r));
}

/** Out, with their days over. */
export const listExpired = (db: Knex, today: LocalDate): Promise<string[]> =>
  db('disclosures as x')
    .join('branch_records as r', 'r.id', 'x.id')
    .whereIn('r.state', [...ON_BOARD])
    .where('x.expires_on', '<', today)
    .orderBy('x.id')
    .pluck('x.id');

/** What an organisation withheld, by kind of reason, and what it took back after it was out (§7.13). */
export async function countKept(db: Knex, orgId: string): Promise<{ ground: string; n: number }[]> {
  const rows: { ground: string; n: number | string }[] = await db('disclosures as x')
    .join('branch_records as r', 'r.id', 'x.id')
    .where('r.org_id', orgId)
    .where((q) =>
      q
        .where('r.state', 'rejected')
        .orWhere((w) => w.where('r.state', 'withdrawn').whereNotNull('x.published_on')),
    )
    .groupByRaw("case when r.state = 'withdrawn' then 'withdrawn' else x.ground end")
    .select(db.raw("case when r.state = 'withdrawn' then 'withdrawn' else x.ground end as ground"))
    .count({ n: '*' });
  return rows
    .map((r) => ({ ground: r.ground, n: Number(r.n) }))
    .sort((a, b) => (a.ground < b.ground ? -1 : 1));
}

const toObjection = (vault: Vault, r: ObjectionRow): Objection => ({
  id: r.id,
  disclosureId: r.disclosure_id,
  text: vault.open(r.text_sealed),
  contact: r.contact_sealed === null ? null : vault.open(r.contact_sealed),
  raisedOn: r.raised_on,
  dueOn: r.due_on,
  dueProvisional: r.due_provisional === 1,
  answer: r.answer_sealed === null ? null : vault.open(r.answer_sealed),
  answeredOn: r.answered_on,
  shown: r.shown === 1,
});

export async function insertObjection(trx: Trx, vault: Vault, o: Objection, receipt: string): Promise<void> {
  await trx('disclosure_objections').insert({
    id: o.id,
    disclosure_id: o.disclosureId,
    receipt_blind: vault.blind(receipt),
    text_sealed: vault.seal(o.text),
    contact_sealed: o.contact && vault.seal(o.contact),
    raised_on: o.raisedOn,
    due_on: o.dueOn,
    due_provisional: o.dueProvisional ? 1 : 0,
    answer_sealed: null,
    answered_on: null,
    shown: 0,
  });
}

export async function listObjections(db: Db, vault: Vault, ids: readonly string[]): Promise<Objection[]> {
  const found = await inChunks(ids, (some) =>
    db('disclosure_objections').whereIn('disclosure_id', some).orderBy('id'),
  );
  return found.flat().map((r: ObjectionRow) => toObjection(vault, r));
}

export async function findByReceipt(db: Db, vault: Vault, receipt: string): Promise<Objection | undefined> {
  const row = await db('disclosure_objections')
    .where({ receipt_blind: vault.blind(receipt) })
    .first();
  return row && toObjection(vault, row);
}

export async function saveAnswer(
  trx: Trx,
  vault: Vault,
  id: string,
  { answer, answeredOn, shown }: { answer: string; answeredOn: LocalDate; shown: boolean },
): Promise<void> {
  await trx('disclosure_objections')
    .where({ id })
    .update({ answer_sealed: vault.seal(answer), answered_on: answeredOn, shown: shown ? 1 : 0 });
}

/** How objections stand, for the board of figures. */
export type ObjectionStanding = 'waiting' | 'answered' | 'answered-late' | 'late';

export async function listObjectionsAt(
  db: Knex,
  vault: Vault,
  {
    places,
    today,
    standing,
    limit,
  }: { places: Sight['places']; today: LocalDate; standing: ObjectionStanding; limit: number },
): Promise<(Objection & { orgId: string })[]> {
  const query = db('disclosure_objections as b')
    .join('branch_records as r', 'r.id', 'b.disclosure_id')
    .join('orgs as o', 'o.id', 'r.org_id')
    .where(atPlaces(db, 'o.path', places))
    .select('b.*', 'r.org_id')
    .orderBy('b.id')
    .limit(limit);
  if (standing === 'waiting') query.whereNull('b.answered_on').where('b.due_on', '>=', today);
  if (standing === 'late') query.whereNull('b.answered_on').where('b.due_on', '<', today);
  if (standing === 'answered') query.whereRaw('b.answered_on <= b.due_on');
  if (standing === 'answered-late') query.whereRaw('b.answered_on > b.due_on');
  return ((await query) as (ObjectionRow & { org_id: string })[]).map((r) => ({
    ...toObjection(vault, r),
    orgId: r.org_id,
  }));
}
