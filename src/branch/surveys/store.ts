import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { insertInChunks, type Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { type RecordRow, toRecord } from '../records/index.ts';
import { shuffled } from './rules.ts';
import type { Channel, Mode, Opinion, Results, Sheet, Survey, SurveyContent } from './types.ts';

type Random = (n: number) => Uint8Array;

interface SurveyRow extends RecordRow {
  title: string;
  purpose: string;
  mode: Mode;
  place: string;
  roles: string;
  questions: string;
  until: LocalDate;
  results: string | null;
  closed_on: LocalDate | null;
  actions: string | null;
}

const toSurvey = (row: SurveyRow): Survey => ({
  record: toRecord(row),
  title: row.title,
  purpose: row.purpose,
  mode: row.mode,
  place: row.place,
  roles: JSON.parse(row.roles),
  questions: JSON.parse(row.questions),
  until: row.until,
  results: row.results === null ? null : JSON.parse(row.results),
  closedOn: row.closed_on,
  actions: row.actions,
});

const columns = (content: SurveyContent) => ({
  title: content.title,
  purpose: content.purpose,
  mode: content.mode,
  place: content.place,
  roles: JSON.stringify(content.roles),
  questions: JSON.stringify(content.questions),
  until: content.until,
});

const surveys = (db: Knex): Knex.QueryBuilder =>
  db('surveys as s').join('branch_records as r', 'r.id', 's.id').select('s.*', 'r.*');

export async function insertSurvey(trx: Trx, id: string, content: SurveyContent): Promise<void> {
  await trx('surveys').insert({ id, ...columns(content) });
}

export async function saveContent(trx: Trx, id: string, content: SurveyContent): Promise<void> {
  await trx('surveys').where({ id }).update(columns(content));
}

export async function saveUntil(trx: Trx, id: string, until: LocalDate): Promise<void> {
  await trx('surveys').where({ id }).update({ until });
}

export async function saveActions(trx: Trx, id: string, actions: string): Promise<void> {
  await trx('surveys').where({ id }).update({ actions });
}

export async function saveResults(trx: Trx, id: string, results: Results, on: LocalDate): Promise<void> {
  await trx('surveys')
    .where({ id })
    .update({ results: JSON.stringify(results), closed_on: on });
}

export async function findSurvey(db: Knex, id: string): Promise<Survey | undefined> {
  const row = await surveys(db).where('s.id', id).first();
  return row && toSurvey(row);
}

/** Whoever writes about a survey waits for whoever does so already. */
export async function lockSurvey(trx: Trx, id: string): Promise<void> {
  await trx('surveys').where({ id }).forUpdate().first('id');
}

/** All surveys, the newest first. */
export async function listSurveys(db: Knex): Promise<Survey[]> {
  return (await surveys(db).orderBy('s.id', 'desc')).map(toSurvey);
}

/** Of an organisation, in some states. */
export async function listOf(db: Knex, orgId: string, states: readonly string[]): Promise<string[]> {
  return db('branch_records').where({ module: 'survey', org_id: orgId }).whereIn('state', states).pluck('id');
}

/** Open ones whose last day is over. */
export async function listDue(db: Knex, states: readonly string[], today: LocalDate): Promise<Survey[]> {
  const rows = await surveys(db).whereIn('r.state', states).where('s.until', '<', today).orderBy('s.id');
  return rows.map(toSurvey);
}

/** How many rows that are there already are written anew with each new one. */
const STIRRED = 24;

const randomId = (random: Random): string => Buffer.from(random(16)).toString('hex');

/**
 * Writes a new row of a survey together with some that are there, in random order: neither place nor transaction tells
 * which one is new. The survey must be locked. `renew` gives a row another key where it may have one.
 */
async function stirIn<Row extends object>(
  trx: Trx,
  random: Random,
  at: { table: string; key: string; survey: string },
  row: Row,
  renew: (row: Row) => Row,
): Promise<void> {
  const keys: string[] = await trx(at.table).where({ survey_id: at.survey }).pluck(at.key);
  const some = shuffled(keys, random).slice(0, STIRRED);
  const theirs = () => trx(at.table).where({ survey_id: at.survey }).whereIn(at.key, some);
  const lying: Row[] = await theirs().select('*');
  await theirs().delete();
  await insertInChunks(trx, at.table, shuffled([row, ...lying.map(renew)], random));
}

/** Has somebody answered? */
export async function hasToken(db: Knex, survey: string, token: string): Promise<boolean> {
  return (await db('survey_participations').where({ survey_id: survey, token }).first('token')) !== undefined;
}

/** Somebody took part: nothing is kept of when. */
export const insertParticipation = (
  trx: Trx,
  random: Random,
  survey: string,
  token: string,
  channel: Channel,
): Promise<void> =>
  stirIn(
    trx,
    random,
    { table: 'survey_participations', key: 'token', survey },
    { survey_id: survey, token, channel },
    (row) => row,
  );

/** Something was answered: nothing is kept of who and when. */
export const insertAnswer = (
  trx: Trx,
  random: Random,
  vault: Vault,
  survey: string,
  sheet: Sheet,
): Promise<void> => {
  const rowOf = (content: string) => ({
    survey_id: survey,
    id: randomId(random),
    content_sealed: vault.seal(content),
  });
  return stirIn(
    trx,
    random,
    { table: 'survey_answers', key: 'id', survey },
    rowOf(JSON.stringify(sheet)),
    ({ content_sealed }) => rowOf(vault.open(content_sealed)),
  );
};

/** Everything that was answered without a name, with the channels it came by; both are gone afterwards. */
export async function takeAnswers(
  trx: Trx,
  vault: Vault,
  survey: string,
): Promise<{ sheets: Sheet[]; channels: Channel[] }> {
  const at = { survey_id: survey };
  const rows = await trx('survey_answers').where(at).select('content_sealed');
  const parts = await trx('survey_participations').where(at).select('channel');
  for (const table of ['survey_answers', 'survey_participations']) await trx(table).where(at).delete();
  return {
    sheets: rows.map((r: { content_sealed: string }) => JSON.parse(vault.open(r.content_sealed))),
    channels: parts.map((p: { channel: Channel }) => p.channel),
  };
}

/** An answer with its name, where the survey says so; false when there is one already. */
export async function insertNamed(
  trx: Trx,
  vault: Vault,
  survey: string,
  given: { accountId: string; channel: Channel; sheet: Sheet; at: Instant },
): Promise<boolean> {
  const placed = await trx('survey_named_answers')
    .insert({
      survey_id: survey,
      account_id: given.accountId,
      channel: given.channel,
      content_sealed: vault.seal(JSON.stringify(given.sheet)),
      at: given.at,
    })
    .onConflict(['survey_id', 'account_id'])
    .ignore()
    .returning('account_id');
  return placed.length === 1;
}

export interface NamedSheet {
  accountId: string;
  channel: Channel;
  sheet: Sheet;
}

/** In the order of accounts. */
export async function listNamed(db: Knex, vault: Vault, survey: string): Promise<NamedSheet[]> {
  const rows = await db('survey_named_answers').where({ survey_id: survey }).orderBy('account_id');
  return rows.map((r: { account_id: string; channel: Channel; content_sealed: string }) => ({
    accountId: r.account_id,
    channel: r.channel,
    sheet: JSON.parse(vault.open(r.content_sealed)),
  }));
}

/** Named answers of surveys that closed before a day, gone. */
export async function deleteNamedBefore(trx: Trx, day: LocalDate): Promise<number> {
  return trx('survey_named_answers')
    .whereIn('survey_id', trx('surveys').where('closed_on', '<', day).select('id'))
    .delete();
}

/** Opinions in words, in random order. */
export async function insertTexts(
  trx: Trx,
  random: Random,
  vault: Vault,
  survey: string,
  texts: readonly { question: number; text: string }[],
): Promise<void> {
  const rows = shuffled(texts, random).map(({ question, text }) => ({
    survey_id: survey,
    id: randomId(random),
    question: String(question),
    text_sealed: vault.seal(text),
    is_published: null,
  }));
  await insertInChunks(trx, 'survey_texts', rows);
}

export async function listTexts(db: Knex, vault: Vault, survey: string): Promise<Opinion[]> {
  const rows = await db('survey_texts').where({ survey_id: survey }).orderBy('id');
  return rows.map((r: Record<string, string> & { is_published: number | null }) => ({
    id: r.id as string,
    question: Number(r.question),
    text: vault.open(r.text_sealed as string),
    isPublished: r.is_published === null ? null : r.is_published === 1,
  }));
}

/** False when there is no such text. */
export async function saveScreened(
  trx: Trx,
  survey: string,
  id: string,
  isPublished: boolean,
): Promise<boolean> {
  const changed = await trx('survey_texts')
    .where({ survey_id: survey, id })
    .update({ is_published: isPublished ? 1 : 0 });
  return changed === 1;
}
