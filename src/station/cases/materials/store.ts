import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';

/** Files lie in this order among those of their material, counted from 1. */
export async function saveOrder(trx: Trx, caseId: string, ids: readonly string[]): Promise<void> {
  for (const [i, id] of ids.entries())
    await trx('case_materials')
      .where({ case_id: caseId, id })
      .update({ position: i + 1 });
}

export async function saveTurn(trx: Trx, caseId: string, id: string, turn: number): Promise<void> {
  await trx('case_materials').where({ case_id: caseId, id }).update({ turn });
}

/** @returns false when there is no such file that was taken out since then */
export async function saveRestored(trx: Trx, caseId: string, id: string, since: Instant): Promise<boolean> {
  const n = await trx('case_materials')
    .where({ case_id: caseId, id })
    .where('removed_at', '>=', since)
    .update({ removed_at: null });
  return n === 1;
}

export interface RemovedFile {
  id: string;
  materialId: string;
  name: string;
}

/** What was taken out of a case since a moment, the latest first. */
export async function listRemoved(db: Knex, caseId: string, since: Instant): Promise<RemovedFile[]> {
  return db('case_materials')
    .where({ case_id: caseId })
    .where('removed_at', '>=', since)
    .orderBy('removed_at', 'desc')
    .orderBy('id')
    .select('id', 'material_id as materialId', 'name');
}
