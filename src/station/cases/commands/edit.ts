import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Desk } from '../../../workflow/types.ts';
import { isFillable, type Loaded, loadCase, requireVersion, sitsAt } from '../access.ts';
import { requireUnclaimed } from '../claims/index.ts';
import type { CaseDeps } from '../deps.ts';
import { requireNotDiscarded, touchDraft } from '../drafts/index.ts';
import { applicantOf } from '../rules.ts';
import { type CaseRow, insertMaterial, type MaterialRow, removeMaterial, saveStep } from '../store.ts';

const COUNTER: Desk = { at: 'village', role: 'clerk' };

/**
 * A case whose form and materials are open: a draft, or one sent back to the counter for correction.
 * @throws notFound, notAllowed; conflict `case.not_editable`, `draft.discarded`, `case.claimed` when another clerk works on it
 */
export async function loadEditable(trx: Trx, deps: CaseDeps, who: SignedIn, id: string): Promise<Loaded> {
  const actor = { kind: 'account', who } as const;
  const loaded = await loadCase(trx, deps, actor, id);
  if (!sitsAt(deps, actor, loaded.row, COUNTER)) throw notAllowed('case.not_clerk');
  if (!loaded.meta.applicant)
    throw conflict('case.not_editable', { state: loaded.row.state, stateTitle: loaded.meta.title });
  await requireNotDiscarded(trx, id);
  await requireUnclaimed(trx, deps, actor, loaded.row, COUNTER);
  return loaded;
}

/** What was handed in and is only waited upon (an appraisal, a payment) stays as it was handed in. */
function requireFillable(loaded: Loaded): void {
  if (isFillable(loaded)) return;
  throw conflict('case.not_editable', { state: loaded.row.state, stateTitle: loaded.meta.title });
}

/** Materials also come in for a case that owes them (容缺), wherever it stands. */
async function loadFilling(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  materialId: string,
): Promise<Loaded> {
  const actor = { kind: 'account', who } as const;
  const loaded = await loadCase(trx, deps, actor, id);
  const owed = loaded.row.snapshot.context.gaps.includes(materialId);
  const atCounter = sitsAt(deps, actor, loaded.row, COUNTER);
  return owed && atCounter ? loaded : loadEditable(trx, deps, who, id);
}

export interface FormInput {
  version?: number;
  form: Record<string, unknown>;
  commitments?: string[];
  gaps?: string[];
}

/**
 * Keep what was typed, finished or not; it is checked when it is handed in.
 * @throws conflict `case.not_editable` / `case.stale_version`
 */
export async function saveFormIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  input: FormInput,
): Promise<CaseRow> {
  const loaded = await loadEditable(trx, deps, who, id);
  requireFillable(loaded);
  requireVersion(loaded, input.version, []);
  const { row } = loaded;
  const next: CaseRow = {
    ...row,
    form: input.form,
    commitments: input.commitments ?? row.commitments,
    gaps: input.gaps ?? row.gaps,
    applicantName: applicantOf(input.form).name ?? row.applicantName,
    version: row.version + 1,
    updatedAt: deps.clock.now(),
  };
  if (!(await saveStep(trx, deps.vault, next, row.version)))
    throw conflict('case.stale_version', { version: row.version });
  await touchDraft(trx, deps.vault, id, {
    by: who.accountId,
    at: next.updatedAt,
    idNumber: applicantOf(input.form).idNumber,
  });
  return next;
}

/** A file already kept in the store, with what the sender called it. */
export interface MaterialInput {
  materialId: string;
  fileHash: string;
  name: string;
  mime: string;
  size: number;
  pages: number | null;
  thumbHash: string | null;
}

/** @throws invalid when the item asks for no such material */
export async function addMaterialIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  input: MaterialInput,
): Promise<MaterialRow> {
  const { pinned } = await loadFilling(trx, deps, who, id, input.materialId);
  if (!pinned.definition.materials.some((m) => m.id === input.materialId))
    throw invalid([{ pointer: '/material', message: '本事项没有这项材料' }], 'material.not_found');
  const now = deps.clock.now();
  const made = { id: newId(now, deps.random), caseId: id, addedBy: who.accountId, addedAt: now };
  return insertMaterial(trx, { ...made, ...input });
}

/** Files that came in with a package: kept for each case that asks for them, without asking again. */
export async function attachIn(
  trx: Trx,
  deps: CaseDeps,
  caseId: string,
  files: readonly (MaterialInput & Pick<MaterialRow, 'addedBy' | 'addedAt'>)[],
): Promise<void> {
  for (const file of files)
    await insertMaterial(trx, { ...file, id: newId(deps.clock.now(), deps.random), caseId });
}

export async function removeMaterialIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  fileId: string,
): Promise<void> {
  await loadEditable(trx, deps, who, id);
  if (!(await removeMaterial(trx, id, fileId, deps.clock.now()))) throw notFound('material.not_found');
}
