import type { Knex } from 'knex';
import type { Trx } from '../../platform/db/index.ts';
import type { AnswerNote } from './types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | null>;

/** A note with its code and the file it was printed to. */
export interface StoredAnswer extends AnswerNote {
  verifyCode: string;
  fileHash: string | null;
}

const toAnswer = (r: Raw): StoredAnswer => ({
  id: r.id as string,
  number: r.number as string,
  itemCode: r.item_code as string,
  itemTitle: r.item_title as string,
  department: r.department as string,
  villageId: r.village_id as string,
  rule: r.rule as string,
  says: r.says as string,
  basis: r.basis as string | null,
  applicantName: r.applicant_name as string,
  personMasked: r.person_masked as string | null,
  givenBy: r.given_by as string,
  givenName: r.given_name as string | null,
  givenOn: r.given_on as string,
  givenAt: r.given_at as string,
  verifyCode: r.verify_code as string,
  fileHash: r.file_hash as string | null,
});

export async function findAnswer(db: Db, where: Record<string, string>): Promise<StoredAnswer | undefined> {
  const row = await db('answers').where(where).first();
  return row && toAnswer(row);
}

/** The latest of the house, newest first. */
export async function latestAnswers(db: Db, most: number): Promise<StoredAnswer[]> {
  const rows = await db('answers')
    .orderBy([{ column: 'given_at', order: 'desc' }, 'id'])
    .limit(most);
  return rows.map(toAnswer);
}

/** What makes two answers the same one. */
export interface Once {
  item_code: string;
  rule: string;
  village_id: string;
  person: string;
  given_on: string;
}

/** Insert, unless the same answer is there; the row that stays, with a number only if it had one. */
export async function insertOnce(trx: Trx, once: Once, row: object): Promise<StoredAnswer> {
  await trx('answers')
    .insert({ ...once, ...row })
    .onConflict(Object.keys(once))
    .ignore();
  return toAnswer(await trx('answers').where(once).first());
}

export async function saveNumber(trx: Trx, id: string, number: string): Promise<void> {
  await trx('answers').where({ id }).update({ number });
}
