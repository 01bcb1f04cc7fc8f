import { conflict, invalid, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { applicantOf, type CaseDeps, villageOf } from '../../cases/index.ts';
import { loadDraft, planFor } from '../access.ts';
import { checkPackage } from '../check.ts';
import { planOf } from '../plan.ts';
import {
  insertChildren,
  insertFile,
  insertPackage,
  type PackageFile,
  type PackageRow,
  removeFile,
  savePackage,
} from '../store.ts';

export interface OpenInput {
  /** Code of the package, `PK-01`. */
  package: string;
  village?: string;
  /** Optional items that are wanted; left out: all of them. */
  items?: readonly string[];
  /** Situations by item, where another than the usual one is wanted. */
  situations?: Readonly<Record<string, string>>;
  form: Record<string, unknown>;
  commitments?: string[];
  gaps?: string[];
  /** true: keep it unfinished, unchecked. */
  draft?: boolean;
  /** true: hand everything in at once. */
  file?: boolean;
}

/**
 * Open a package at the counter, as a draft; unless it is wanted as one, the forms are checked at once.
 * @throws notAllowed `case.not_clerk`, notFound `package.not_found`, invalid with every fault of every item
 */
export async function openPackageIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  input: OpenInput,
): Promise<PackageRow> {
  const villageId = villageOf(deps, who, input.village);
  const definition = deps.definitions.package(input.package);
  const plan = planOf(deps, definition, input);
  const now = deps.clock.now();
  const { commitments = [], gaps = [] } = input;
  if (!input.draft) {
    const typed = { villageId, form: input.form, commitments, gaps, files: [] };
    const { faults } = checkPackage(deps, plan, typed, localDate(now));
    const inForm = faults.filter((f) => !f.pointer.startsWith('/materials/'));
    if (inForm.length > 0) throw invalid(input.file ? faults : inForm, 'case.incomplete');
  }
  const row: PackageRow = {
    id: newId(now, deps.random),
    number: null,
    code: definition.code,
    title: definition.title,
    definition,
    villageId,
    applicantName: applicantOf(input.form).name ?? '',
    form: input.form,
    commitments,
    gaps,
    state: 'draft',
    version: 1,
    openedBy: who.accountId,
    openedAt: now,
    filedAt: null,
    toldAt: null,
  };
  await insertPackage(trx, deps.vault, row);
  await insertChildren(
    trx,
    row.id,
    plan.items.map(({ code, chosen, pinned }) => ({
      itemCode: code,
      situation: chosen,
      department: pinned.definition.department,
    })),
  );
  return row;
}

export interface SaveInput {
  version?: number;
  form: Record<string, unknown>;
  commitments?: string[];
  gaps?: string[];
}

/** Keep what was typed, finished or not. @throws conflict `case.stale_version`, `package.not_editable` */
export async function savePackageIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  { version, form, commitments, gaps }: SaveInput,
): Promise<void> {
  const { row } = await loadDraft(trx, deps, who, id, version);
  await change(trx, deps, row, {
    form,
    commitments: commitments ?? row.commitments,
    gaps: gaps ?? row.gaps,
    applicantName: applicantOf(form).name ?? row.applicantName,
  });
}

/** Give up a draft. */
export async function abandonIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  version?: number,
): Promise<void> {
  const { row } = await loadDraft(trx, deps, who, id, version);
  await change(trx, deps, row, { state: 'withdrawn', form: {} });
}

/** Write a change; @throws conflict `case.stale_version` when somebody was faster */
export async function change(
  trx: Trx,
  deps: CaseDeps,
  row: PackageRow,
  changed: Partial<PackageRow>,
): Promise<void> {
  const next = { ...row, ...changed, version: row.version + 1 };
  if (!(await savePackage(trx, deps.vault, next, row.version)))
    throw conflict('case.stale_version', { version: row.version });
}

/** @throws invalid when no item of the package asks for such a material */
export async function addFileIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  file: Pick<PackageFile, 'key' | 'fileHash' | 'name' | 'mime' | 'size'>,
): Promise<PackageFile> {
  const loaded = await loadDraft(trx, deps, who, id);
  if (!planFor(deps, loaded).materials.some((g) => g.key === file.key))
    throw invalid([{ pointer: '/material', message: '套餐里的事项都不要这项材料' }], 'material.not_found');
  const now = deps.clock.now();
  const kept = { ...file, id: newId(now, deps.random), addedBy: who.accountId, addedAt: now };
  await insertFile(trx, id, kept);
  return kept;
}

export async function removeFileIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  fileId: string,
): Promise<void> {
  await loadDraft(trx, deps, who, id);
  if (!(await removeFile(trx, id, fileId, deps.clock.now()))) throw notFound('material.not_found');
}
