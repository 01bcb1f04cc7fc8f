import type { SignedIn } from '../../../people/accounts/index.ts';
import {
  keyOf,
  type RequestKey,
  type Trx,
  transact,
  writeAndView,
  writeOnce,
} from '../../../platform/db/index.ts';
import { requireMaterial } from '../../../platform/files/index.ts';
import type { CaseDeps } from '../../cases/index.ts';
import type { PackageView } from '../present.ts';
import { getPackage } from '../queries.ts';
import type { PackageFile } from '../store.ts';
import { filePackageIn } from './file.ts';
import {
  abandonIn,
  addFileIn,
  type OpenInput,
  openPackageIn,
  removeFileIn,
  type SaveInput,
  savePackageIn,
} from './open.ts';

/** What a write leaves behind: the package, and the cases it has set going. */
interface Written {
  id: string;
  cases: string[];
}

/** One write, its effects carried out, and the package as it stands then. */
const writeAndDrain = (
  deps: CaseDeps,
  who: SignedIn,
  key: RequestKey | null,
  work: (trx: Trx) => Promise<Written>,
): Promise<PackageView> =>
  writeAndView(deps, key, work, async ({ id, cases }) => {
    for (const caseId of cases) await deps.jobs.drain(caseId);
    return getPackage(deps, who, id);
  });

/** Open a package at the counter: as a draft, checked, or handed in at once. See `openPackageIn`. */
export const openPackage = (
  deps: CaseDeps,
  who: SignedIn,
  input: OpenInput,
  requestId?: string,
): Promise<PackageView> =>
  writeAndDrain(deps, who, keyOf(who, requestId, { package: input }), async (trx) => {
    const { id } = await openPackageIn(trx, deps, who, input);
    return { id, cases: input.file ? await filePackageIn(trx, deps, who, id) : [] };
  });

/** Hand in a draft: every item that waits for nothing is filed, or none. See `filePackageIn`. */
export const filePackage = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  { version }: { version?: number },
  requestId?: string,
): Promise<PackageView> =>
  writeAndDrain(deps, who, keyOf(who, requestId, { id, file: version ?? null }), async (trx) => ({
    id,
    cases: await filePackageIn(trx, deps, who, id, version),
  }));

/** Keep what was typed into a draft. */
export async function saveDraft(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  input: SaveInput,
): Promise<PackageView> {
  await transact(deps.db, (trx) => savePackageIn(trx, deps, who, id, input));
  return getPackage(deps, who, id);
}

/** Give up a draft. */
export const abandon = (deps: CaseDeps, who: SignedIn, id: string, version?: number): Promise<void> =>
  transact(deps.db, (trx) => abandonIn(trx, deps, who, id, version));

/**
 * Add a page or picture to a material of a draft; the bytes decide what it is, not the name.
 * @throws 413 `file.too_large`, 415 `file.wrong_type`, 422 for an empty file or unknown material
 */
export async function addFile(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  { key, name, bytes }: { key: string; name: string; bytes: Buffer },
  requestId?: string,
): Promise<PackageFile> {
  const mime = await requireMaterial(bytes, `/materials/${key}`);
  const { hash, size } = await deps.files.put(bytes);
  return writeOnce(deps, who, requestId, { id, key, hash }, (trx) =>
    addFileIn(trx, deps, who, id, { key, fileHash: hash, name, mime, size }),
  );
}

export const removeFile = (deps: CaseDeps, who: SignedIn, id: string, fileId: string): Promise<void> =>
  transact(deps.db, (trx) => removeFileIn(trx, deps, who, id, fileId));
