import type { Knex } from 'knex';
import type { Trx } from '../../../platform/db/index.ts';

/** For an opinion, or for what has to be corrected. */
export type PhraseUse = 'opinion' | 'reason';

export interface Phrase {
  id: string;
  /** One of the two: whose it is. */
  accountId: string | null;
  orgId: string | null;
  use: PhraseUse;
  text: string;
  addedBy: string;
  addedName: string;
  addedAt: string;
}

type Raw = Record<string, string | null>;

const toPhrase = (r: Raw): Phrase => ({
  id: r.id as string,
  accountId: r.account_id as string | null,
  orgId: r.org_id as string | null,
  use: r.use as PhraseUse,
  text: r.text as string,
  addedBy: r.added_by as string,
  addedName: r.added_name as string,
  addedAt: r.added_at as string,
});

/** A person's own phrases and those of their offices, oldest first. */
export async function listPhrases(
  db: Knex | Trx,
  accountId: string,
  orgIds: readonly string[],
): Promise<Phrase[]> {
  const rows: Raw[] = await db('phrases')
    .whereNull('removed_at')
    .where((q) => q.where({ account_id: accountId }).orWhereIn('org_id', orgIds))
    .orderBy('id');
  return rows.map(toPhrase);
}

export async function insertPhrase(trx: Trx, p: Phrase): Promise<void> {
  await trx('phrases').insert({
    id: p.id,
    account_id: p.accountId,
    org_id: p.orgId,
    use: p.use,
    text: p.text,
    added_by: p.addedBy,
    added_name: p.addedName,
    added_at: p.addedAt,
    removed_at: null,
  });
}

export async function saveRemoved(trx: Trx, id: string, at: string): Promise<void> {
  await trx('phrases').where({ id }).update({ removed_at: at });
}
