import { inChunks, ROWS, type Trx } from '../../platform/db/index.ts';

export interface MessageRow {
  id: string;
  case_id: string | null;
  event_seq: number;
  occasion: string;
  template: string;
  to_sealed: string | null;
  text_sealed: string;
  state: 'queued' | 'no-number';
  at: string;
}

/** A repeat of the same case, event, occasion and template changes nothing. */
export async function insertMessages(trx: Trx, rows: readonly MessageRow[]): Promise<void> {
  await inChunks(
    rows,
    (some) =>
      trx('messages').insert(some).onConflict(['case_id', 'event_seq', 'template', 'occasion']).ignore(),
    ROWS,
  );
}
