import type { Knex } from 'knex';
import type { Trx } from '../../platform/db/index.ts';
import type { PaperKind } from '../../workflow/types.ts';
import type { Paper } from './types.ts';

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
  kind: r.kind as PaperKind,
  title: r.title as string,
  number: r.number as string,
  verifyCode: r.verify_code as string,
  createdAt: r.created_at as string,
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

export async function insertPaper(trx: Trx, p: StoredPaper): Promise<void> {
  await trx('papers').insert({
    id: p.id,
    case_id: p.caseId,
    event_seq: p.eventSeq,
    kind: p.kind,
    title: p.title,
    number: p.number,
    verify_code: p.verifyCode,
    created_at: p.createdAt,
    print_sealed: p.printSealed,
    verdict_sealed: p.verdictSealed,
  });
}

export async function saveFile(trx: Trx, id: string, fileHash: string): Promise<void> {
  await trx('papers').where({ id }).update({ file_hash: fileHash });
}
