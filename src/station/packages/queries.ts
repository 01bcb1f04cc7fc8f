import { notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import { type SignedIn, visibleScopes } from '../../people/accounts/index.ts';
import type { CaseDeps } from '../cases/index.ts';
import { type Loaded, loadDraft, loadPackage, mayEdit, planFor } from './access.ts';
import { checkPackage, type PackageCheck } from './check.ts';
import { familyOf } from './family.ts';
import type { Plan } from './plan.ts';
import { materialView, type PackageView, packageView } from './present.ts';
import { listPackages, type PackageLine } from './search.ts';
import { listFiles, type PackageFile } from './store.ts';

/** @throws notFound `package.not_found` also when it is there but not this person's to see */
export async function getPackage(deps: CaseDeps, who: SignedIn, id: string): Promise<PackageView> {
  const loaded = await loadPackage(deps.db.read, deps, who, id);
  const family = await familyOf(deps, loaded);
  const view = packageView(family, who, deps.orgs, ({ itemCode, situation }) => {
    const { definition } = family.full.get(itemCode)?.pinned ?? deps.definitions.get(itemCode);
    const title = definition.situations.find((s) => s.id === situation)?.title ?? situation;
    return { item: definition.title, situation: title };
  });
  if (!mayEdit(deps, who, loaded.row)) return view;
  const { row, check } = await checkDraft(deps, loaded);
  const { commitments, gaps } = row;
  const materials = check.materials.map(materialView);
  return { ...view, draft: { form: check.form, commitments, gaps, materials } };
}

/** A draft with everything its page needs. */
export interface Draft extends Loaded {
  plan: Plan;
  files: PackageFile[];
  check: PackageCheck;
}

/**
 * A draft as its clerk sees it.
 * @param typed what was typed since; left out: what is stored
 */
export async function getDraft(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  typed: { form?: Record<string, unknown>; commitments?: readonly string[] } = {},
): Promise<Draft> {
  return checkDraft(deps, await loadDraft(deps.db.read, deps, who, id), typed);
}

async function checkDraft(
  deps: CaseDeps,
  loaded: Loaded,
  { form, commitments }: { form?: Record<string, unknown>; commitments?: readonly string[] } = {},
): Promise<Draft> {
  const { row } = loaded;
  const plan = planFor(deps, loaded);
  const files = await listFiles(deps.db.read, row.id);
  const shown = {
    ...row,
    files,
    form: form ?? row.form,
    commitments: commitments ?? row.commitments,
  };
  return { ...loaded, plan, files, check: checkPackage(deps, plan, shown, localDate(deps.clock.now())) };
}

/** A file of a package, for whoever may see the package. */
export async function getFile(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  fileId: string,
): Promise<PackageFile> {
  await loadDraft(deps.db.read, deps, who, id);
  const file = (await listFiles(deps.db.read, id)).find((f) => f.id === fileId);
  if (!file) throw notFound('material.not_found');
  return file;
}

const PAGE = 20;

/** The packages somebody may see, the latest first. */
export async function listPackageCases(
  deps: CaseDeps,
  who: SignedIn,
  { after, limit = PAGE }: { after?: string; limit?: number },
): Promise<{ packages: PackageLine[]; next: string | null }> {
  const lines = await listPackages(deps.db.read, {
    scopes: visibleScopes(who, deps.orgs),
    limit: limit + 1,
    ...(after && { after }),
  });
  const page = lines.slice(0, limit);
  return { packages: page, next: lines.length > limit ? (page.at(-1)?.id ?? null) : null };
}
