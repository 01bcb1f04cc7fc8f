/** Pages of a material are put in order, turned, and brought back when they were taken out by mistake. */
import { notFound } from '../../../errors.ts';
import type { Instant } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import { loadEditable } from '../commands/edit.ts';
import type { CaseDeps } from '../deps.ts';
import { listMaterials, type MaterialRow } from '../store.ts';
import { listRemoved, type RemovedFile, saveOrder, saveRestored, saveTurn } from './store.ts';

/** So long what was taken out can be brought back. */
const UNDO_MS = 24 * 3_600_000;
const undoSince = (now: Instant): Instant => new Date(Date.parse(now) - UNDO_MS).toISOString();

/** One page up or down, a quarter turn to the right, or back again. */
export const FILE_ACTS = ['up', 'down', 'turn', 'restore'] as const;
export type FileAct = (typeof FILE_ACTS)[number];

/**
 * Do something to a file of a draft or of a case sent back for correction.
 * @throws notFound `material.not_found`, conflict `case.not_editable`
 */
export const actOnFile = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  { file, act }: { file: string; act: FileAct },
): Promise<void> =>
  transact(deps.db, async (trx) => {
    await loadEditable(trx, deps, who, id);
    if (act === 'restore') return restore(trx, deps, id, file);
    const files = await listMaterials(trx, id);
    const row = files.find((f) => f.id === file);
    if (!row) throw notFound('material.not_found');
    if (act === 'turn') await saveTurn(trx, id, file, (row.turn + 90) % 360);
    else await move(trx, row, files, act === 'up' ? -1 : 1);
  });

async function restore(trx: Trx, deps: CaseDeps, id: string, file: string): Promise<void> {
  if (!(await saveRestored(trx, id, file, undoSince(deps.clock.now())))) throw notFound('material.not_found');
}

/** The first goes no further up, the last no further down. */
async function move(trx: Trx, row: MaterialRow, files: MaterialRow[], by: 1 | -1): Promise<void> {
  const own = files.filter((f) => f.materialId === row.materialId).map((f) => f.id);
  const at = own.indexOf(row.id);
  const to = Math.min(Math.max(at + by, 0), own.length - 1);
  own.splice(to, 0, ...own.splice(at, 1));
  await saveOrder(trx, row.caseId, own);
}

/** What was taken out within a day, and may be brought back. */
export const removedFiles = (deps: CaseDeps, id: string): Promise<RemovedFile[]> =>
  listRemoved(deps.db.read, id, undoSince(deps.clock.now()));
