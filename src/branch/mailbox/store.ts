import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { atPlaces, type RecordRow, toRecord } from '../records/index.ts';
import type { LetterSight } from './policy.ts';
import type { ReceiptColumns } from './receipt.ts';
import { AT_WORK } from './rules.ts';
import type { Desk, Identity, Letter, Message, Mode, Opening, Publication } from './types.ts';

interface LetterRow extends ReceiptColumns {
  id: string;
  mode: Mode;
  desk: Desk;
  to_org: string;
  title_sealed: string;
  consent: number | null;
  satisfied: number | null;
  days_left: number | null;
  answerer_id: string | null;
  editor_id: string | null;
}

type Row = LetterRow & RecordRow;

const truth = (value: number | null): boolean | null => (value === null ? null : value === 1);
const bit = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);

const toLetter = (vault: Vault, row: Row): Letter => ({
  record: toRecord(row),
  mode: row.mode,
  desk: row.desk,
  toOrg: row.to_org,
  title: row.title_sealed === '' ? '' : vault.open(row.title_sealed),
  consent: truth(row.consent),
  satisfied: truth(row.satisfied),
  daysLeft: row.days_left,
  answererId: row.answerer_id,
  editorId: row.editor_id,
});

export async function isSent(trx: Trx, formOnce: string): Promise<boolean> {
  return (await trx('letters').where({ form_once: formOnce }).first('id')) !== undefined;
}

export async function insertLetter(
  trx: Trx,
  vault: Vault,
  letter: { id: string; mode: Mode; desk: Desk; toOrg: string; title: string; about: string | null },
  receipt: ReceiptColumns,
): Promise<void> {
  const { id, mode, desk, toOrg, title, about } = letter;
  await trx('letters').insert({
    id,
    mode,
    desk,
    to_org: toOrg,
    title_sealed: vault.seal(title),
    ...receipt,
  });
  if (about !== null) await insertSubject(trx, id, about);
}

export async function insertSubject(trx: Trx, letterId: string, orgId: string): Promise<void> {
  await trx('letter_subjects')
    .insert({ letter_id: letterId, org_id: orgId })
    .onConflict(['letter_id', 'org_id'])
    .ignore();
}

/** What an act changes of a letter beside its state. */
export async function saveLetter(
  trx: Trx,
  id: string,
  changed: Partial<Pick<Letter, 'consent' | 'satisfied' | 'daysLeft' | 'answererId' | 'editorId' | 'toOrg'>>,
): Promise<void> {
  const { consent, satisfied, daysLeft, answererId, editorId, toOrg } = changed;
  const row = {
    ...(consent !== undefined && { consent: bit(consent) }),
    ...(satisfied !== undefined && { satisfied: bit(satisfied) }),
    ...(daysLeft !== undefined && { days_left: daysLeft }),
    ...(answererId !== undefined && { answerer_id: answererId }),
    ...(editorId !== undefined && { editor_id: editorId }),
    ...(toOrg !== undefined && { to_org: toOrg }),
  };
  if (Object.keys(row).length > 0) await trx('letters').where({ id }).update(row);
}

export async function addMessage(
  trx: Trx,
  vault: Vault,
  letterId: string,
  { side, text, on }: Omit<Message, 'seq'>,
): Promise<void> {
  const last = await trx('letter_messages').where({ letter_id: letterId }).max({ n: 'seq' }).first();
  await trx('letter_messages').insert({
    letter_id: letterId,
    seq: Number(last?.n ?? 0) + 1,
    side,
    text_sealed: vault.seal(text),
    on_day: on,
  });
}

export async function listMessages(db: Knex, vault: Vault, letterId: string): Promise<Message[]> {
  const rows: { seq: number; side: Message['side']; text_sealed: string; on_day: LocalDate }[] = await db(
    'letter_messages',
  )
    .where({ letter_id: letterId })
    .orderBy('seq');
  return rows.map((r) => ({ seq: r.seq, side: r.side, text: vault.open(r.text_sealed), on: r.on_day }));
}

const letters = (db: Knex): Knex.QueryBuilder =>
  db('letters as l').join('branch_records as r', 'r.id', 'l.id').join('orgs as o', 'o.id', 'l.to_org');

/** The columns of both tables; an id is the same in both. */
const COLUMNS = ['r.*', 'l.*'];

/** Letters that a code may belong to. */
export const listInGroup = async (
  db: Knex,
  vault: Vault,
  group: string,
): Promise<{ code_hash: string; letter: Letter }[]> => {
  const rows: Row[] = await letters(db)
    .where('l.code_group', group)
    .whereNot('r.state', 'purged')
    .select(COLUMNS);
  return rows.map((row) => ({ code_hash: row.code_hash, letter: toLetter(vault, row) }));
};

/**
 * The letters somebody may know of: those of his desks, and those that wait for his approval; none that is about an
 * organisation he belongs to. Every look at letters by anybody but their writers goes through here (§7.2).
 */
function seen(db: Knex, sight: LetterSight): Knex.QueryBuilder {
  const { desks, approves, near } = sight;
  const at = (places: LetterSight['approves']) => atPlaces(db, 'o.path', places);
  return letters(db)
    .where((any) => {
      any.where((q) => q.where('l.desk', 'mail').where(at(desks.mail)));
      any.orWhere((q) => q.where('l.desk', 'tips').where(at(desks.tips)));
      any.orWhere((q) =>
        q.where('l.desk', 'mail').whereIn('r.state', ['proposed', 'review_requested']).where(at(approves)),
      );
    })
    .whereNotExists(
      db('letter_subjects as s').whereRaw('s.letter_id = l.id').whereIn('s.org_id', near).select('s.org_id'),
    );
}

export async function findSeen(
  db: Knex,
  vault: Vault,
  sight: LetterSight,
  id: string,
): Promise<Letter | undefined> {
  const row: Row | undefined = await seen(db, sight).where('l.id', id).first(COLUMNS);
  return row && toLetter(vault, row);
}

export interface LetterSearch {
  state?: string | undefined;
  /** Those whose last day was before this one, at work. */
  lateOn?: LocalDate | undefined;
}

function narrowed(query: Knex.QueryBuilder, { state, lateOn }: LetterSearch): Knex.QueryBuilder {
  if (state !== undefined) query.where('r.state', state);
  else query.whereNot('r.state', 'purged');
  if (lateOn !== undefined) query.where('r.due_on', '<', lateOn).whereIn('r.state', [...AT_WORK]);
  return query;
}

/** What is due first stands first. */
export async function listSeen(
  db: Knex,
  vault: Vault,
  sight: LetterSight,
  search: LetterSearch,
  limit: number,
): Promise<Letter[]> {
  const rows: Row[] = await narrowed(seen(db, sight), search)
    .orderBy('r.due_on')
    .orderBy('l.id')
    .limit(limit)
    .select(COLUMNS);
  return rows.map((row) => toLetter(vault, row));
}

/** How many there are in each state. */
export async function countSeen(db: Knex, sight: LetterSight): Promise<Record<string, number>> {
  const rows: { state: string; n: number | string }[] = await narrowed(seen(db, sight), {})
    .groupBy('r.state')
    .select('r.state')
    .count({ n: '*' });
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
}

export async function listSubjects(db: Knex, letterId: string): Promise<string[]> {
  const rows: { org_id: string }[] = await db('letter_subjects')
    .where({ letter_id: letterId })
    .orderBy('org_id');
  return rows.map((r) => r.org_id);
}

/** Letters whose last day is over, in states that end by themselves. */
export async function listOver(
  db: Knex,
  vault: Vault,
  states: readonly string[],
  today: LocalDate,
): Promise<Letter[]> {
  const rows: Row[] = await letters(db)
    .whereIn('r.state', states)
    .where('r.legal_hold', 0)
    .where('r.due_on', '<', today)
    .orderBy('l.id')
    .select(COLUMNS);
  return rows.map((row) => toLetter(vault, row));
}

export async function findLetter(trx: Trx, vault: Vault, id: string): Promise<Letter | undefined> {
  const row: Row | undefined = await letters(trx).where('l.id', id).first(COLUMNS);
  return row && toLetter(vault, row);
}

export async function insertIdentity(
  trx: Trx,
  vault: Vault,
  letterId: string,
  { name, phone }: Identity,
): Promise<void> {
  await trx('letter_identities').insert({
    letter_id: letterId,
    name_sealed: vault.seal(name),
    phone_sealed: phone === null ? null : vault.seal(phone),
  });
}

export async function findIdentity(db: Knex, vault: Vault, letterId: string): Promise<Identity | null> {
  const row: { name_sealed: string; phone_sealed: string | null } | undefined = await db('letter_identities')
    .where({ letter_id: letterId })
    .first();
  if (!row) return null;
  return {
    name: vault.open(row.name_sealed),
    phone: row.phone_sealed === null ? null : vault.open(row.phone_sealed),
  };
}

export async function insertOpening(
  trx: Trx,
  vault: Vault,
  { id, letterId, askedBy, askedAt, reason }: Omit<Opening, 'agreedBy' | 'agreedAt'>,
): Promise<void> {
  await trx('letter_openings').insert({
    id,
    letter_id: letterId,
    asked_by: askedBy,
    asked_at: askedAt,
    reason_sealed: vault.seal(reason),
  });
}

export async function saveAgreed(trx: Trx, id: string, by: string, at: string): Promise<boolean> {
  const changed = await trx('letter_openings')
    .where({ id, agreed_by: null })
    .update({ agreed_by: by, agreed_at: at });
  return changed === 1;
}

export async function listOpenings(db: Knex, vault: Vault, letterId: string): Promise<Opening[]> {
  const rows: Record<string, string | null>[] = await db('letter_openings')
    .where({ letter_id: letterId })
    .orderBy('id');
  return rows.map((r) => ({
    id: r.id as string,
    letterId,
    askedBy: r.asked_by as string,
    askedAt: r.asked_at as string,
    reason: vault.open(r.reason_sealed as string),
    agreedBy: r.agreed_by ?? null,
    agreedAt: r.agreed_at ?? null,
  }));
}

export async function savePublication(
  trx: Trx,
  letterId: string,
  text: Omit<Publication, 'publishedOn'>,
): Promise<void> {
  await trx('letter_publications')
    .insert({ letter_id: letterId, ...text, published_on: null })
    .onConflict('letter_id')
    .merge();
}

export async function savePublished(trx: Trx, letterId: string, on: LocalDate): Promise<void> {
  await trx('letter_publications').where({ letter_id: letterId }).update({ published_on: on });
}

export async function findPublication(db: Knex, letterId: string): Promise<Publication | null> {
  const row = await db('letter_publications').where({ letter_id: letterId }).first();
  if (!row) return null;
  const { title, question, answer, published_on: publishedOn } = row;
  return { title, question, answer, publishedOn };
}

/** What is published, the latest first: edited texts without a name or an id of the letter. */
export async function listPublished(db: Knex, limit: number): Promise<(Publication & { org: string })[]> {
  const rows: Record<string, string>[] = await db('letter_publications as p')
    .join('letters as l', 'l.id', 'p.letter_id')
    .whereNotNull('p.published_on')
    .orderBy('p.published_on', 'desc')
    .orderBy('p.letter_id')
    .limit(limit)
    .select('p.*', 'l.to_org');
  return rows.map((r) => ({
    title: r.title as string,
    question: r.question as string,
    answer: r.answer as string,
    publishedOn: r.published_on as LocalDate,
    org: r.to_org as string,
  }));
}

/** Everything that was said and who said it is gone; that there was a letter, and how it ended, stays. */
export async function purge(trx: Trx, id: string): Promise<void> {
  for (const table of ['letter_messages', 'letter_identities', 'letter_publications', 'letter_openings'])
    await trx(table).where({ letter_id: id }).delete();
  await trx('letters').where({ id }).update({ title_sealed: '', code_hash: '', code_group: '' });
}

/** Rows of the public numbers: the ordinary desk alone, by office and state. What lies with the tips desk is counted nowhere. */
export async function countPublic(
  db: Knex,
  today: LocalDate,
): Promise<{ org: string; mode: Mode; state: string; late: number; n: number }[]> {
  const late = db.raw('case when r.due_on < ? then 1 else 0 end', [today]);
  const rows: { org: string; mode: Mode; state: string; late: number; n: number | string }[] = await db
    .from(
      db('letters as l')
        .join('branch_records as r', 'r.id', 'l.id')
        .where('l.desk', 'mail')
        .select('l.to_org as org', 'l.mode', 'r.state', db.raw('? as late', [late]))
        .as('t'),
    )
    .groupBy('org', 'mode', 'state', 'late')
    .select('org', 'mode', 'state', 'late')
    .count({ n: '*' });
  return rows.map((r) => ({ ...r, late: Number(r.late), n: Number(r.n) }));
}
