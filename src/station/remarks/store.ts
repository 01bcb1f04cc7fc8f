import type { Knex } from 'knex';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { Mention, Remark } from './types.ts';

type Raw = Record<string, string | null>;

export async function insertRemark(
  trx: Trx,
  vault: Vault,
  remark: Omit<Remark, 'struckAt' | 'mentions'>,
  mentioned: readonly Omit<Mention, 'readAt'>[],
): Promise<void> {
  await trx('remarks').insert({
    id: remark.id,
    case_id: remark.caseId,
    author_id: remark.authorId,
    author_name: remark.authorName,
    author_desk: remark.authorDesk,
    text_sealed: vault.seal(remark.text),
    at: remark.at,
  });
  if (mentioned.length > 0)
    await trx('remark_mentions').insert(
      mentioned.map((m) => ({
        remark_id: remark.id,
        account_id: m.accountId,
        account_name: m.name,
        read_at: null,
      })),
    );
}

const rows = (db: Knex | Trx): Knex.QueryBuilder =>
  db('remarks as r')
    .leftJoin('remark_strikes as s', 's.remark_id', 'r.id')
    .select('r.*', 's.at as struck_at');

const toRemark = (vault: Vault, r: Raw, mentions: readonly Raw[]): Remark => ({
  id: r.id as string,
  caseId: r.case_id as string,
  authorId: r.author_id as string,
  authorName: r.author_name as string,
  authorDesk: r.author_desk as string,
  text: vault.open(r.text_sealed as string),
  at: r.at as string,
  struckAt: r.struck_at as string | null,
  mentions: mentions
    .filter((m) => m.remark_id === r.id)
    .map((m) => ({
      accountId: m.account_id as string,
      name: m.account_name as string,
      readAt: m.read_at as string | null,
    })),
});

async function withMentions(db: Knex | Trx, vault: Vault, found: readonly Raw[]): Promise<Remark[]> {
  const ids = found.map((r) => r.id as string);
  const mentions: Raw[] = await db('remark_mentions').whereIn('remark_id', ids).orderBy('account_name');
  return found.map((r) => toRemark(vault, r, mentions));
}

/** Everything said about a case, oldest first. */
export async function listRemarks(db: Knex, vault: Vault, caseId: string): Promise<Remark[]> {
  const found: Raw[] = await rows(db).where({ 'r.case_id': caseId }).orderBy('r.id');
  return found.length === 0 ? [] : withMentions(db, vault, found);
}

export async function findRemark(
  db: Knex | Trx,
  vault: Vault,
  caseId: string,
  id: string,
): Promise<Remark | undefined> {
  const found: Raw[] = await rows(db).where({ 'r.case_id': caseId, 'r.id': id });
  return (await withMentions(db, vault, found))[0];
}

/** Its author takes it back: it stays, with a line through it. */
export async function strikeRemark(trx: Trx, id: string, at: string): Promise<void> {
  await trx('remark_strikes').insert({ remark_id: id, at }).onConflict('remark_id').ignore();
}

/** Remarks in which somebody is mentioned, newest first, from before a given one. */
export async function listMentioning(
  db: Knex,
  vault: Vault,
  accountId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Remark[]> {
  const found = rows(db)
    .join('remark_mentions as m', 'm.remark_id', 'r.id')
    .where({ 'm.account_id': accountId })
    .orderBy('m.remark_id', 'desc')
    .limit(limit);
  if (after !== undefined) found.where('m.remark_id', '<', after);
  return withMentions(db, vault, await found);
}

export async function countUnread(db: Knex, accountId: string): Promise<number> {
  const row = await db('remark_mentions')
    .where({ account_id: accountId, read_at: null })
    .count({ n: '*' })
    .first();
  return Number(row?.n ?? 0);
}

/** Whatever mentions somebody in a case has been read. */
export async function saveRead(trx: Trx, accountId: string, caseId: string, at: string): Promise<void> {
  await trx('remark_mentions')
    .where({ account_id: accountId, read_at: null })
    .whereIn('remark_id', trx('remarks').where({ case_id: caseId }).select('id'))
    .update({ read_at: at });
}
