/** The roster of a batch on its filing page, and one row of it on a page of its own. */
import type Router from '@koa/router';
import { notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { importRoster, requireTable, takeOverLastYear } from '../../rosters/index.ts';
import { keptMultipart, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { rosterCases } from '../roster-cases.ts';
import { getCase } from './door.ts';
import { gone, keepTyped, keepUploads, refusedUpload, SHEET } from './edit.tsx';
import { editPage, findEditable, revealIfAny, type Typed } from './edit-page.tsx';
import { pageAsked, typedForm } from './roster-parts.tsx';
import { isOpen, rowPage, rowSent } from './roster-row.tsx';

/** `/cases/:id/roster` and `/cases/:id/roster/rows/:row` (a number from 1, or `new`) */
export function mountRoster(router: Router, deps: CaseDeps): void {
  router.post('/cases/:id/roster', keptMultipart as never, (ctx: RouteContext) => rosterSent(ctx, deps));
  router.get(
    '/cases/:id/roster/rows/:row',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const full = await getCase(deps, { kind: 'account', who }, ctx.params.id as string);
      const asked = rowAsked(ctx);
      if (asked !== 'new' && isOpen(deps, who, full))
        await revealIfAny(deps, who, full.row.id, full.row.form);
      rowPage(ctx, deps, who, full, asked);
    }),
  );
  router.post('/cases/:id/roster/rows/:row', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    await rowSent(ctx, deps, sent, rowAsked(ctx));
  });
}

function rowAsked(ctx: RouteContext): number | 'new' {
  const text = ctx.params.row as string;
  const row = text === 'new' ? text : pageAsked(text);
  if (row === undefined) throw notFound();
  return row;
}

/** A button beside the table: what is typed is kept first, whatever was pressed. */
async function rosterSent(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const sent = await readSent(ctx);
  const id = ctx.params.id as string;
  const full = await findEditable(deps, sent.who, id);
  if (!full) return gone(ctx, id);
  requireTable(full);
  const typed = { value: typedForm(full, sent).value, commitments: sent.all('commitment') };
  if (ctx.state.refusedUpload) return refusedUpload(ctx, deps, full, typed, ctx.state.refusedUpload);
  const faults = await keepUploads(deps, sent, id);
  if (!(await keepTyped(ctx, deps, sent, full, typed))) return;
  const now = await findEditable(deps, sent.who, id);
  if (!now) return gone(ctx, id);
  if (faults.length > 0) return editPage(ctx, deps, now, { faults, status: 422 });
  const [verb = '', rest = ''] = sent.one('_roster').split(':');
  if (verb === 'import') return sheetSent(ctx, deps, sent, id);
  if (verb === 'last-year') return lastYear(ctx, deps, sent, id);
  if (verb === 'open') return seeOther(ctx, `/cases/${id}/roster/rows/${pageAsked(rest) ?? 1}`);
  if (verb === 'add') return seeOther(ctx, `/cases/${id}/roster/rows/new`);
  seeOther(ctx, backTo(id, pageAsked(rest)));
}

/** The filing page, at the table. */
const backTo = (id: string, page?: number): string =>
  `/cases/${id}/edit${page === undefined ? '' : `?rows=${page}`}#f-form-roster`;

async function sheetSent(ctx: RouteContext, deps: CaseDeps, sent: Sent, id: string): Promise<void> {
  const file = sent.files.find((f) => f.field === SHEET);
  if (!file) return refused(ctx, deps, sent, id, ['没有选择文件，请先选好电子表格再按“导入表格”。']);
  try {
    const { rows } = await importRoster(deps, rosterCases(deps), sent.who, id, { bytes: file.bytes });
    leaveFlash(ctx, 'done', `已导入 ${rows} 行。`);
    seeOther(ctx, backTo(id));
  } catch (error) {
    if (!isRefusal(error, 'roster.faults', 'roster.file_too_large', 'roster.wrong_file', 'file.empty'))
      throw error;
    const told = error.code === 'roster.faults' ? error.faults?.map((f) => f.message) : undefined;
    await refused(ctx, deps, sent, id, told ?? [ERROR_WORDING[error.code]], error.status);
  }
}

async function lastYear(ctx: RouteContext, deps: CaseDeps, sent: Sent, id: string): Promise<void> {
  try {
    const { rows, left, from } = await takeOverLastYear(deps, rosterCases(deps), sent.who, id);
    const without = left > 0 ? `，上年剔除的 ${left} 行没有复制` : '';
    leaveFlash(ctx, 'done', `已从 ${from} 复制 ${rows} 行${without}。请逐行核对今年的变化，金额已重新计算。`);
    seeOther(ctx, backTo(id));
  } catch (error) {
    if (!isRefusal(error, 'roster.no_last_year')) throw error;
    await refused(ctx, deps, sent, id, [ERROR_WORDING[error.code]], error.status);
  }
}

async function refused(
  ctx: RouteContext,
  deps: CaseDeps,
  sent: Sent,
  id: string,
  sheetFaults: string[],
  status = 422,
): Promise<void> {
  const full = await findEditable(deps, sent.who, id);
  if (!full) return gone(ctx, id);
  const typed: Typed = { sheetFaults, status };
  await editPage(ctx, deps, full, typed);
}
