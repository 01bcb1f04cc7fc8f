import type { Trx } from '../../platform/db/index.ts';

export interface MessageRow {
  id: string;
  case_id: string;
  event_seq: number;
  occasion: string;
  template: string;
  to_sealed: string | null;
  text_sealed: string;
  state: 'queued' | 'no-number';
  at: string;
}

/** Rows of one statement: SQLite puts at most 500 together. */
const ROWS = 400;

/** A repeat of the same case, event, occasion and template changes nothing. */
export async function insertMessages(trx: Trx, rows: readonly MessageRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS)
    await trx('messages')
      .insert(rows.slice(i, i + ROWS))
      .onConflict(['case_id', 'event_seq', 'template', 'occasion'])
      .ignore();
}
