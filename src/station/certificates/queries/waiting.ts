/** Printed pieces that wait in the villages for their holders. */
import type { Knex } from 'knex';
import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { LYING } from '../fold.ts';

export interface WaitingPiece {
  villageId: string;
  department: string;
  /** The day it came there. */
  since: LocalDate;
}

export async function listWaiting(db: Knex): Promise<WaitingPiece[]> {
  const rows: { villageId: string; department: string; at: string }[] = await db('certificates as k')
    .join('cases as c', 'c.id', 'k.case_id')
    .join('certificate_events as e', 'e.certificate_id', 'k.id')
    .whereIn('k.custody', LYING)
    .whereRaw('k.place_id = c.village_id')
    .whereRaw('e.to_org = k.place_id')
    .groupBy('k.id', 'c.village_id', 'c.department')
    .select({ villageId: 'c.village_id', department: 'c.department' })
    .max({ at: 'e.at' });
  return rows.map(({ at, ...place }) => ({ ...place, since: localDate(at) }));
}
