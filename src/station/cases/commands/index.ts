import { conflict, notAllowed } from '../../../errors.ts';
import { doesCaseWork, type SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import {
  findAnswer,
  keyOf,
  type RequestKey,
  type Trx,
  transact,
  writeAndView,
  writeOnce,
} from '../../../platform/db/index.ts';
import { requireMaterial } from '../../../platform/files/index.ts';
import { recordAnswer } from '../../answers/index.ts';
import type { Actor, CaseDeps } from '../deps.ts';
import { NotNeeded } from '../filing.ts';
import { countPages } from '../materials/pdf-pages.ts';
import { keepThumb } from '../materials/thumb.ts';
import type { CaseView } from '../present.ts';
import { getCase } from '../queries.ts';
import type { MaterialRow } from '../store.ts';
import { type ActInput, actIn } from './act.ts';
import { addMaterialIn, type FormInput, removeMaterialIn, saveFormIn } from './edit.ts';
import { type OpenInput, openIn } from './open.ts';

/** One write, its effects carried out, and the case as it stands then. */
const writeAndDrain = (
  deps: CaseDeps,
  actor: Actor,
  key: RequestKey | null,
  work: (trx: Trx) => Promise<{ id: string }>,
): Promise<CaseView> =>
  leavingNote(
    deps,
    actor,
    writeAndView(deps, key, work, async ({ id }) => {
      await deps.jobs.drain(id);
      return (await getCase(deps, actor, id)).view;
    }),
  );

/** Nothing needs to be filed: no case, but the note of the answer stays, and the refusal names it (B1-4 ①). */
async function leavingNote<T>(deps: CaseDeps, actor: Actor, written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!(error instanceof NotNeeded) || actor.kind !== 'account') throw error;
    const note = await transact(deps.db, (trx) => recordAnswer(trx, deps, actor.who, error.given));
    throw conflict('case.not_needed', { ...error.data, note });
  }
}

/** Open a case at the counter, as a draft, checked, or handed in at once. See `openIn`. */
export async function openCase(
  deps: CaseDeps,
  who: SignedIn,
  input: OpenInput,
  requestId?: string,
): Promise<CaseView> {
  return writeAndDrain(
    deps,
    { kind: 'account', who },
    keyOf(who, requestId, { open: input }),
    async (trx) => ({ id: (await openIn(trx, deps, who, input)).id }),
  );
}

/**
 * An application that was sent before under this key, and whose answer may have been lost, is sent again with changes:
 * it is the same one, so what was opened takes them.
 * @throws conflict `case.not_editable` when it went on in the meantime
 */
export async function openAgain(
  deps: CaseDeps,
  who: SignedIn,
  input: OpenInput,
  requestId: string,
): Promise<CaseView> {
  const first = await findAnswer<{ id: string }>(deps, who, requestId);
  return first ? saveForm(deps, who, first.id, input) : openCase(deps, who, input, requestId);
}

/** Keep what was typed into a draft or a case sent back for correction. */
export async function saveForm(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  input: FormInput,
): Promise<CaseView> {
  await transact(deps.db, (trx) => saveFormIn(trx, deps, who, id, input));
  return (await getCase(deps, { kind: 'account', who }, id)).view;
}

/** One act on a case; the answer is the case as it stands afterwards. See `actIn`. */
export async function act(
  deps: CaseDeps,
  actor: Actor,
  id: string,
  input: ActInput,
  requestId?: string,
): Promise<CaseView> {
  const key = keyOf(actor.kind === 'account' ? actor.who : null, requestId, { id, input });
  return writeAndDrain(deps, actor, key, async (trx) => ({
    id: (await actIn(trx, deps, actor, id, input)).id,
  }));
}

export interface Upload {
  materialId: string;
  name: string;
  bytes: Buffer;
  /** A small picture of it, made by the browser. */
  thumb?: Buffer;
}

/**
 * Add a page or picture to a material; the bytes decide what it is, not the name.
 * @throws 413 `file.too_large`, 415 `file.wrong_type`, 422 for an empty file or unknown material
 */
export async function addMaterial(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  upload: Upload,
  requestId?: string,
): Promise<MaterialRow> {
  const { bytes, materialId, name, thumb } = upload;
  const mime = await requireMaterial(bytes, `/materials/${materialId}`);
  const thumbHash = thumb ? await keepThumb(deps, thumb, materialId) : null;
  const { hash, size } = await deps.files.put(bytes);
  const pages = mime === 'application/pdf' ? countPages(bytes) : 1;
  const input = { materialId, fileHash: hash, name, mime, size, pages, thumbHash };
  return writeOnce(deps, who, requestId, { id, materialId, hash }, (trx) =>
    addMaterialIn(trx, deps, who, id, input),
  );
}

export async function removeMaterial(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  fileId: string,
): Promise<void> {
  await transact(deps.db, (trx) => removeMaterialIn(trx, deps, who, id, fileId));
}

/**
 * Somebody asks to see full numbers: written down before they are shown (个保法, DESIGN §6).
 * @throws notAllowed for whoever does no case work, notFound `case.not_found`
 */
export async function reveal(deps: CaseDeps, who: SignedIn, id: string): Promise<void> {
  if (!doesCaseWork(who)) throw notAllowed();
  const { row } = await getCase(deps, { kind: 'account', who }, id);
  await auditAlone(deps, who, 'case.reveal', row.id, { version: row.version });
}
