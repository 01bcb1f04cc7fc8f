import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { LetterSight, ReceiptColumns } from '../mailbox/index.ts';
import { atPlaces, type RecordRow, toRecord } from '../records/index.ts';
import type { Question, QuestionClass } from './types.ts';

interface QuestionRow extends ReceiptColumns {
  id: string;
  to_org: string;
  class: QuestionClass | null;
  text_sealed: string;
  phone_sealed: string | null;
  answer_sealed: string | null;
  answered_on: LocalDate | null;
  answer_due: LocalDate | null;
  answerer_id: string | null;
  merged_into: string | null;
  public_question: string | null;
  public_answer: string | null;
  published_on: LocalDate | null;
}

type Row = QuestionRow & RecordRow;
const COLUMNS = ['r.*', 'q.*'];

const toQuestion = (vault: Vault, row: Row): Question => ({
  record: toRecord(row),
  toOrg: row.to_org,
  class: row.class,
  text: vault.open(row.text_sealed),
  phone: row.phone_sealed === null ? null : vault.open(row.phone_sealed),
  answer: row.answer_sealed === null ? null : vault.open(row.answer_sealed),
  answeredOn: row.answered_on,
  answerDue: row.answer_due,
  answererId: row.answerer_id,
  mergedInto: row.merged_into,
  publicQuestion: row.public_question,
  publicAnswer: row.public_answer,
  publishedOn: row.published_on,
});

const questions = (db: Knex): Knex.QueryBuilder =>
  db('questions as q').join('branch_records as r', 'r.id', 'q.id').join('orgs as o', 'o.id', 'q.to_org');

export async function isSent(trx: Trx, formOnce: string): Promise<boolean> {
  return (await trx('questions').where({ form_once: formOnce }).first('id')) !== undefined;
}

export async function insertQuestion(
  trx: Trx,
  vault: Vault,
  given: { id: string; toOrg: string; text: string; phone: string | null },
  receipt: ReceiptColumns,
): Promise<void> {
  await trx('questions').insert({
    id: given.id,
    to_org: given.toOrg,
    text_sealed: vault.seal(given.text),
    phone_sealed: given.phone === null ? null : vault.seal(given.phone),
    ...receipt,
  });
}

/** The text, the answer, and what became of it; the state is the record's. */
export async function saveQuestion(trx: Trx, vault: Vault, q: Question): Promise<void> {
  await trx('questions')
    .where({ id: q.record.id })
    .update({
      class: q.class,
      text_sealed: vault.seal(q.text),
      answer_sealed: q.answer === null ? null : vault.seal(q.answer),
      answered_on: q.answeredOn,
      answer_due: q.answerDue,
      answerer_id: q.answererId,
      merged_into: q.mergedInto,
      public_question: q.publicQuestion,
      public_answer: q.publicAnswer,
      published_on: q.publishedOn,
    });
}

export async function listInGroup(
  db: Knex,
  vault: Vault,
  group: string,
): Promise<{ code_hash: string; question: Question }[]> {
  const rows: Row[] = await questions(db).where('q.code_group', group).select(COLUMNS);
  return rows.map((row) => ({ code_hash: row.code_hash, question: toQuestion(vault, row) }));
}

export async function findQuestion(db: Knex, vault: Vault, id: string): Promise<Question | undefined> {
  const row: Row | undefined = await questions(db).where('q.id', id).first(COLUMNS);
  return row && toQuestion(vault, row);
}

/** Questions of somebody's desks, and answers that wait for his approval. */
function seen(db: Knex, { desks, approves }: LetterSight): Knex.QueryBuilder {
  const at = (places: LetterSight['approves']) => atPlaces(db, 'o.path', places);
  return questions(db).where((any) => {
    any.where(at(desks.mail));
    any.orWhere((q) => q.where('r.state', 'answered').where(at(approves)));
  });
}

export async function findSeen(
  db: Knex,
  vault: Vault,
  sight: LetterSight,
  id: string,
): Promise<Question | undefined> {
  const row: Row | undefined = await seen(db, sight).where('q.id', id).first(COLUMNS);
  return row && toQuestion(vault, row);
}

/** What is due first stands first; what is over stands last. */
export async function listSeen(
  db: Knex,
  vault: Vault,
  sight: LetterSight,
  limit: number,
): Promise<Question[]> {
  const rows: Row[] = await seen(db, sight)
    .orderByRaw('case when r.due_on is null then 1 else 0 end')
    .orderBy('r.due_on')
    .orderBy('q.id')
    .limit(limit)
    .select(COLUMNS);
  return rows.map((row) => toQuestion(vault, row));
}

export async function listMergedInto(trx: Trx, vault: Vault, id: string): Promise<Question[]> {
  const rows: Row[] = await questions(trx).where('q.merged_into', id).orderBy('q.id').select(COLUMNS);
  return rows.map((row) => toQuestion(vault, row));
}

export async function listPublished(
  db: Knex,
  limit: number,
): Promise<{ question: string; answer: string; publishedOn: LocalDate; org: string }[]> {
  const rows: Row[] = await questions(db)
    .where('r.state', 'published')
    .orderBy('q.published_on', 'desc')
    .orderBy('q.id')
    .limit(limit)
    .select(COLUMNS);
  return rows.map((r) => ({
    question: r.public_question ?? '',
    answer: r.public_answer ?? '',
    publishedOn: r.published_on ?? '',
    org: r.to_org,
  }));
}

export interface Counted {
  org: string;
  state: string;
  createdAt: string;
  answeredOn: LocalDate | null;
  answerDue: LocalDate | null;
}

/** What the numbers are made of: no word of any question. */
export async function listCounted(db: Knex): Promise<Counted[]> {
  const rows: Row[] = await questions(db).orderBy('q.to_org').select(COLUMNS);
  return rows.map((r) => ({
    org: r.to_org,
    state: r.state,
    createdAt: r.created_at,
    answeredOn: r.answered_on,
    answerDue: r.answer_due,
  }));
}
