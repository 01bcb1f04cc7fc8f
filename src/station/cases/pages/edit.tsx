/**
 * Filling in a draft or a correction: save, check, hand in. Everything typed is kept before anything else is done.
 * Long because saving, checking, handing in and the tables without script all keep the same promise.
 */
import type Router from '@koa/router';
import type { AppError, Fault } from '../../../errors.ts';
import { canonicalJson } from '../../../kernel/canonical.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext, UploadedFile } from '../../../platform/http/index.ts';
import { dropBlankRows, pruneHidden } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import type { EventName } from '../../../workflow/types.ts';
import { keptMultipart, markArrived, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { isDiscarded } from '../drafts/index.ts';
import { FILE_ACTS } from '../materials/commands.ts';
import type { FullCase } from '../queries.ts';
import { act, actOnFile, addMaterial, getCase, removeMaterial, saveForm } from './door.ts';
import { duplicateOf, editPage, faultsOf, findEditable, revealIfAny, type Typed } from './edit-page.tsx';
import { NOT_DUPLICATE } from './edit-view.tsx';
import { mountMaterialFiles } from './material-files.tsx';
import { pageAsked, typedForm } from './roster-parts.tsx';

/** `/cases/:id/edit` and the draft saving of the script. */
export function mountEdit(router: Router, deps: CaseDeps): void {
  mountMaterialFiles(router, deps);
  router.get(
    '/cases/:id/edit',
    staffPage(async (ctx) => {
      const id = ctx.params.id as string;
      const who = requireSession(ctx);
      if (await isDiscarded(deps, id)) return putAside(ctx);
      const full = await findEditable(deps, who, id);
      if (!full) return seeOther(ctx, `/cases/${id}`);
      await revealIfAny(deps, who, id, full.row.form);
      const isCheck = ctx.query.check !== undefined;
      const rows = pageAsked(ctx.query.rows);
      await editPage(ctx, deps, full, {
        ...(isCheck && { faults: faultsOf(deps, full, full.row.form) }),
        ...(rows !== undefined && { rows }),
      });
    }),
  );
  router.post('/cases/:id/edit', keptMultipart as never, (ctx: RouteContext) => editSent(ctx, deps));
  router.post('/cases/:id/autosave', keptMultipart as never, (ctx: RouteContext) => autosave(ctx, deps));
}

/** Keep what is typed while it is typed; answers the version that the next save must name. */
async function autosave(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const sent = await readSent(ctx);
  const id = ctx.params.id as string;
  const full = await getCase(deps, { kind: 'account', who: sent.who }, id);
  const { value } = typedForm(full, sent);
  const saved = await saveForm(deps, sent.who, id, {
    version: Number(sent.one('version')),
    form: value,
    commitments: sent.all('commitment'),
    gaps: sent.all('gap'),
  });
  ctx.body = { version: saved.version, savedAt: deps.clock.now() };
}

async function editSent(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const sent = await readSent(ctx);
  const id = ctx.params.id as string;
  const before = await findEditable(deps, sent.who, id);
  if (!before) return gone(ctx, id);
  const schema = before.pinned.formFor(before.row.situation);
  const { value, rowAction } = typedForm(before, sent);
  const typed = { value, commitments: sent.all('commitment'), gaps: sent.all('gap') };
  if (ctx.state.refusedUpload) return refusedUpload(ctx, deps, before, typed, ctx.state.refusedUpload);
  const uploadFaults = await keepUploads(deps, sent, id);
  const full = (await findEditable(deps, sent.who, id)) ?? before;
  if (rowAction) return editPage(ctx, deps, full, { ...typed, focus: rowAction.focus, faults: uploadFaults });
  const filled = dropBlankRows(schema, value);
  const isSubmit = sent.one('_do') === 'submit';
  const form = isSubmit ? dropBlankRows(schema, pruneHidden(schema, filled)) : filled;
  if (!(await keepTyped(ctx, deps, sent, full, { ...typed, form }))) return;
  markArrived(ctx, sent.requestId);
  const isChecked = sent.one('notDuplicate') !== '';
  const kept = { value: filled, commitments: typed.commitments, gaps: typed.gaps, isChecked };
  await goOn(ctx, deps, sent, id, { kept, uploadFaults });
}

/** Keep what was typed; false when somebody else saved in between, and the page was shown again. */
export async function keepTyped(
  ctx: RouteContext,
  deps: CaseDeps,
  sent: Sent,
  full: FullCase,
  typed: { value: Record<string, unknown>; commitments: string[]; form?: Record<string, unknown> },
): Promise<boolean> {
  const { value, commitments, form = value } = typed;
  const gaps = sent.all('gap');
  // An automatic save of the very same content, still on its way when the button was pressed, is no conflict.
  const isOwnSave = canonicalJson(full.row.form) === canonicalJson(value);
  const version = isOwnSave ? full.row.version : Number(sent.one('version'));
  try {
    await saveForm(deps, sent.who, full.row.id, { version, form, commitments, gaps });
    return true;
  } catch (error) {
    if (!isRefusal(error, 'case.stale_version')) throw error;
    const problem = '这份申请刚在别处保存过。下面是您刚才填的内容，核对后再按一次。';
    await editPage(ctx, deps, full, { value, commitments, gaps, status: 409, problem });
    return false;
  }
}

/** It was put aside, by oneself or by a colleague: it is brought back from the list. */
function putAside(ctx: RouteContext): void {
  leaveFlash(ctx, 'warn', '这份草稿已经放弃，恢复以后可以接着填。');
  seeOther(ctx, '/filing/drafts?view=discarded');
}

/** The case went on while the form was open: nothing can be saved any more. */
export function gone(ctx: RouteContext, id: string): void {
  leaveFlash(ctx, 'warn', '这件已经提交，不能再改了。');
  seeOther(ctx, `/cases/${id}`);
}

export async function refusedUpload(
  ctx: RouteContext,
  deps: CaseDeps,
  full: FullCase,
  typed: Typed & { commitments: readonly string[] },
  refused: AppError,
): Promise<void> {
  const commitments = [...new Set([...full.row.commitments, ...typed.commitments])];
  const gaps = [...new Set([...full.row.gaps, ...(typed.gaps ?? [])])];
  const problem = `${ERROR_WORDING[refused.code]}这次选的文件都没有收下，填写的内容还在下面，请保存。`;
  await editPage(ctx, deps, full, { ...typed, commitments, gaps, status: refused.status, problem });
}

/** After saving: hand in, check, take a file out, or just go on filling in. */
async function goOn(
  ctx: RouteContext,
  deps: CaseDeps,
  sent: Sent,
  id: string,
  { kept, uploadFaults }: { kept: Typed; uploadFaults: Fault[] },
): Promise<void> {
  const remove = sent.one('_delete');
  if (remove !== '') await removeMaterial(deps, sent.who, id, remove);
  const [verb, file = ''] = sent.one('_file').split(':');
  const fileAct = FILE_ACTS.find((each) => each === verb);
  if (fileAct) await actOnFile(deps, sent.who, id, { act: fileAct, file });
  const full = await findEditable(deps, sent.who, id);
  if (!full) return gone(ctx, id);
  if (uploadFaults.length > 0)
    return editPage(ctx, deps, full, { ...kept, faults: uploadFaults, status: 422 });
  if (sent.one('_do') === 'submit') return handIn(ctx, deps, sent, full, kept);
  if (sent.one('_do') === 'check') return seeOther(ctx, `/cases/${id}/edit?check=1`);
  const isSheetLeft = sent.files.some((f) => f.field === SHEET);
  if (isSheetLeft) leaveFlash(ctx, 'warn', '已保存。选了电子表格但没有按“导入表格”，表格还没有导入。');
  else if (remove !== '') {
    const action = `/cases/${id}/materials/${remove}/restore`;
    leaveFlash(ctx, 'done', '已保存，删除了一个文件。', { text: '撤销删除', action });
  } else leaveFlash(ctx, 'done', '已保存。');
  const touchedFiles = remove !== '' || fileAct !== undefined || sent.files.length > 0;
  seeOther(ctx, `/cases/${id}/edit${touchedFiles ? '#materials' : ''}`);
}

async function handIn(
  ctx: RouteContext,
  deps: CaseDeps,
  { who, requestId }: Sent,
  full: FullCase,
  kept: Typed,
): Promise<void> {
  const event: EventName = full.view.possible.some((p) => p.event === 'RESUBMIT') ? 'RESUBMIT' : 'FILE';
  const { id, version } = full.row;
  const duplicate = await duplicateOf(deps, who, full, full.row.form);
  if (duplicate && !kept.isChecked)
    return editPage(ctx, deps, full, {
      ...kept,
      faults: [...faultsOf(deps, full, full.row.form), notTicked(duplicate.says)],
      status: 422,
    });
  try {
    const input = { event, version, data: duplicate ? { notDuplicate: true } : {} };
    const view = await act(deps, { kind: 'account', who }, id, input, requestId);
    if (event === 'FILE') return seeOther(ctx, `/filing/receipts/${id}`);
    leaveFlash(ctx, 'done', `已提交，办件编号 ${view.number ?? ''}。`);
    seeOther(ctx, `/cases/${id}`);
  } catch (error) {
    // Nothing needs to be filed: the note that was left is what the citizen takes home (B1-4 ①).
    if (isRefusal(error, 'case.not_needed')) return seeOther(ctx, `/answers/${error.data?.note}`);
    if (!isRefusal(error) || !error.faults) throw error;
    await editPage(ctx, deps, full, { ...kept, faults: error.faults, status: 422 });
  }
}

const notTicked = (says: string): Fault => ({
  pointer: NOT_DUPLICATE,
  message: `${says}请核对；确实要再办一件的，勾选“已核对，不是重复申请”`,
});

/** Field of the spreadsheet of a batch; it is no material. */
export const SHEET = 'roster-file';

/** Keep every file that can be kept; the others are told at their material. */
export async function keepUploads(
  deps: CaseDeps,
  { who, files, requestId }: Sent,
  id: string,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [i, file] of files.filter((f) => f.field !== SHEET).entries()) {
    const materialId = file.field.replace(/^material:/, '');
    const refused = await whyNot(deps, who, id, { materialId, file, key: requestId && `${requestId}#${i}` });
    if (refused) faults.push({ pointer: `/materials/${materialId}`, message: `“${file.name}”：${refused}` });
  }
  return faults;
}

async function whyNot(
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  sent: { materialId: string; file: UploadedFile; key: string | undefined },
): Promise<string | undefined> {
  const { name, bytes } = sent.file;
  try {
    await addMaterial(deps, who, id, { materialId: sent.materialId, name, bytes }, sent.key);
    return undefined;
  } catch (error) {
    // Sent again from the same page with other files.
    if (isRefusal(error, 'request.reused')) return whyNot(deps, who, id, { ...sent, key: undefined });
    if (!isRefusal(error, 'file.empty', 'file.too_large', 'file.wrong_type')) throw error;
    return ERROR_WORDING[error.code];
  }
}
