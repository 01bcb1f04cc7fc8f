/** What arrived, as the ledger tells it: by scheme and village, and in which runs. */
import type { Knex } from 'knex';
import { endOfDay, startOfDay } from '../../kernel/time.ts';
import type { Fen, LocalDate } from '../../kernel/types.ts';

interface Days {
  from: LocalDate;
  to: LocalDate;
}

const paid = (db: Knex, { from, to }: Days): Knex.QueryBuilder =>
  db('payout_entries as e')
    .where('e.account', 'paid')
    .where('e.at', '>=', startOfDay(from))
    .where('e.at', '<', endOfDay(to));

export interface PaidSum {
  scheme: string;
  /** null: entries of before the ledger told it. */
  villageId: string | null;
  fen: Fen;
}

/** What was paid on these days, both included, less what was found to be paid too much. */
export async function paidSums(db: Knex, days: Days): Promise<PaidSum[]> {
  const rows: { scheme: string; villageId: string | null; fen: unknown }[] = await paid(db, days)
    .groupBy('e.scheme', 'e.village_id')
    .select({ scheme: 'e.scheme', villageId: 'e.village_id' })
    .sum({ fen: 'e.fen' });
  return rows.map((r) => ({ ...r, fen: Number(r.fen) }));
}

export interface PaidPart {
  villageId: string | null;
  /** null: it came from no run, as what was found to be paid too much. */
  run: string | null;
  fen: Fen;
}

/** The same of one scheme, run by run and village by village. */
export async function paidParts(db: Knex, scheme: string, days: Days): Promise<PaidPart[]> {
  const rows: { villageId: string | null; run: string | null; fen: unknown }[] = await paid(db, days)
    .where('e.scheme', scheme)
    .leftJoin('payout_runs as r', 'r.id', 'e.run_id')
    .groupBy('e.village_id', 'r.number')
    .orderBy(['r.number', 'e.village_id'])
    .select({ villageId: 'e.village_id', run: 'r.number' })
    .sum({ fen: 'e.fen' });
  return rows.map((r) => ({ ...r, fen: Number(r.fen) }));
}
