import type { Knex } from 'knex';
import type { Trx } from '../../platform/db/index.ts';
import type { AnyPaperKind, Paper } from './types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | number | null>;

/** A paper with its sealed print and the file it was printed to. */
export interface StoredPaper extends Paper {
  printSealed: string;
  verdictSealed: string;
  fileHash: string | null;
}

const toPaper = (r: Raw): StoredPaper => ({
  id: r.id as string,
  caseId: r.case_id as string,
  eventSeq: r.event_seq as number,
  occasion: r.occasion as string,
  kind: r.kind as AnyPaperKind,
  title: r.title as string,
  number: r.number as string,
  verifyCode: r.verify_code as string,
  createdAt: r.created_at as string,
  decides: r.decides === 1,
  printSealed: r.print_sealed as string,
  verdictSealed: r.verdict_sealed as string,
  fileHash: r.file_hash as string | null,
});

export async function findPaper(
  db: Db,
  where: Record<string, string | number>,
): Promise<StoredPaper | undefined> {
  const row = await db('papers').where(where).first();
  return row && toPaper(row);
}

export async function listByCase(db: Db, caseId: string): Promise<StoredPaper[]> {
  return (await db('papers').where({ case_id: caseId }).orderBy(['event_seq', 'created_at', 'id'])).map(
    toPaper,
  );
}

/** One paper of a case at a time: who comes second for the same occasion finds the first. */
export async function lockCase(trx: Trx, caseId: string): Promise<void> {
  await trx('cases').where({ id: caseId }).forUpdate().first('id');
}

export async function insertPaper(trx: Trx, p: StoredPaper): Promise<void> {
  await trx('papers').insert({
    id: p.id,
    case_id: p.caseId,
    event_seq: p.eventSeq,
    occasion: p.occasion,
    kind: p.kind,
    title: p.title,
    number: p.number,
    verify_code: p.verifyCode,
    created_at: p.createdAt,
    decides: p.decides ? 1 : 0,
    print_sealed: p.printSealed,
    verdict_sealed: p.verdictSealed,
  });
}

export async function insertPrint(
  trx: Trx,
  p: { printId: string; ordinal: number; accountId: string; at: string },
): Promise<void> {
  await trx('paper_prints').insert({
    print_id: p.printId,
    ordinal: p.ordinal,
    account_id: p.accountId,
    at: p.at,
  });
}

/** How often each of these was printed; what never was is not in the answer. */
export async function countPrints(db: Db, ids: string[]): Promise<Map<string, number>> {
  const rows: { print_id: string; most: number }[] = await db('paper_prints')
    .whereIn('print_id', ids)
    .groupBy('print_id')
    .select('print_id')
    .max('ordinal as most');
  return new Map(rows.map((r) => [r.print_id, r.most]));
}
