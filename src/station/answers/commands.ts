import type { Knex } from 'knex';
import { notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { localDate } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { maySee, type SignedIn } from '../../people/accounts/index.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';

export type AnswerDeps = Pick<PlatformDeps, 'db' | 'clock' | 'random' | 'vault'> & { orgs: OrgTree };

/** The note that stays when nothing was filed. */
export interface AnswerNote {
  id: string;
  itemCode: string;
  itemTitle: string;
  department: string;
  villageId: string;
  rule: string;
  says: string;
  basis: string | null;
  applicantName: string;
  givenBy: string;
  givenOn: LocalDate;
  givenAt: Instant;
}

/** What was asked, by whom, and what the rule says. */
export interface AnswerGiven {
  item: { code: string; title: string; department: string };
  villageId: string;
  rule: string;
  says: string;
  basis: string | null;
  applicant: { name: string; idNumber: string };
}

type Raw = Record<string, string | null>;

const toNote = (r: Raw): AnswerNote => ({
  id: r.id as string,
  itemCode: r.item_code as string,
  itemTitle: r.item_title as string,
  department: r.department as string,
  villageId: r.village_id as string,
  rule: r.rule as string,
  says: r.says as string,
  basis: r.basis as string | null,
  applicantName: r.applicant_name as string,
  givenBy: r.given_by as string,
  givenOn: r.given_on as string,
  givenAt: r.given_at as string,
});

/** Keep the note of an answer; the same answer to the same person on the same day is one note. Returns its id. */
export async function recordAnswer(
  trx: Trx,
  deps: Pick<AnswerDeps, 'clock' | 'random' | 'vault'>,
  who: SignedIn,
  { item, villageId, rule, says, basis, applicant }: AnswerGiven,
): Promise<string> {
  const now = deps.clock.now();
  const once = {
    item_code: item.code,
    rule,
    village_id: villageId,
    person: deps.vault.blind(`citizen:${applicant.idNumber}`),
    given_on: localDate(now),
  };
  await trx('answers')
    .insert({
      ...once,
      id: newId(now, deps.random),
      item_title: item.title,
      department: item.department,
      says,
      basis,
      applicant_name: applicant.name,
      given_by: who.accountId,
      given_at: now,
    })
    .onConflict(Object.keys(once))
    .ignore();
  return (await trx('answers').where(once).first()).id as string;
}

/** @throws notFound `answer.not_found`, also for a foreign village's */
export async function getAnswer(deps: AnswerDeps, who: SignedIn, id: string): Promise<AnswerNote> {
  const row = await deps.db.read('answers').where({ id }).first();
  const note = row && toNote(row);
  if (!note || !maySee(who, deps.orgs, note)) throw notFound('answer.not_found');
  return note;
}

const PAGE = 50;

/** The latest notes somebody may see. */
export async function listAnswers(deps: AnswerDeps, who: SignedIn): Promise<AnswerNote[]> {
  const rows: Raw[] = await latest(deps.db.read);
  return rows
    .map(toNote)
    .filter((note) => maySee(who, deps.orgs, note))
    .slice(0, PAGE);
}

const latest = (db: Knex) =>
  db('answers')
    .orderBy([{ column: 'given_at', order: 'desc' }, 'id'])
    .limit(500);
