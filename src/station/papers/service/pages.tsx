/** `/papers/:id/serve`: writing down that a paper was served, or brought in vain. */
import type Router from '@koa/router';
import type { Fault } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { dropBlankRows, parseForm, pruneHidden } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { keptMultipart, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { type Bearing, paperToServe } from './access.ts';
import { recordAttempt, servePaper } from './commands.ts';
import { addEvidence } from './evidence.ts';
import type { PaperCases } from './types.ts';
import { type FormId, type PageDeps, SCHEMAS, servePage } from './view.tsx';

/** What each form does, and what is said when it is done. */
const WRITE: Record<FormId, { write: typeof servePaper; done: string }> = {
  serve: { write: servePaper, done: '已登记送达。' },
  attempt: { write: recordAttempt, done: '已登记没有送达的情况。' },
};

/** Mount `/papers/:id/serve`, and the form of an attempt on the same page. */
export function servicePages(router: Router, deps: PageDeps, cases: PaperCases): void {
  router.get(
    '/papers/:id/serve',
    staffPage(async (ctx) => {
      const bearing = await paperToServe(deps, cases, requireSession(ctx), ctx.params.id as string);
      await servePage(ctx, deps, bearing, null);
    }),
  );
  for (const form of Object.keys(SCHEMAS) as FormId[])
    router.post(`/papers/:id/${form}`, keptMultipart as never, async (ctx: RouteContext) => {
      const sent = await readSent(ctx);
      const bearing = await paperToServe(deps, cases, sent.who, ctx.params.id as string);
      await sentForm(ctx, deps, cases, { form, sent, bearing });
    });
}

async function sentForm(
  ctx: RouteContext,
  deps: PageDeps,
  cases: PaperCases,
  { form, sent, bearing }: { form: FormId; sent: Sent; bearing: Bearing },
): Promise<void> {
  const schema = SCHEMAS[form];
  const { write, done } = WRITE[form];
  const { paper } = bearing;
  const { value, rowAction } = parseForm(schema, sent.body);
  const { kept, faults } = await keepFiles(ctx, deps, cases, sent, paper.id);
  const { requestId } = sent;
  const typed = { form, value, evidence: kept, ...(requestId && { requestId }) };
  if (rowAction) return servePage(ctx, deps, bearing, { ...typed, faults, focus: rowAction.focus });
  if (faults.length > 0) return servePage(ctx, deps, bearing, { ...typed, faults });
  const data = dropBlankRows(schema, pruneHidden(schema, value)) as Record<string, unknown>;
  try {
    await write(
      deps,
      cases,
      sent.who,
      paper.id,
      { data, ...(kept.length > 0 && { evidence: kept }) },
      requestId,
    );
  } catch (error) {
    if (!isRefusal(error) || !error.faults) throw error;
    return servePage(ctx, deps, bearing, { ...typed, faults: error.faults });
  }
  leaveFlash(ctx, 'done', done);
  seeOther(ctx, `/cases/${paper.caseId}#papers`);
}

/** Keep the pictures that came along, so that they need not be chosen again when something else is wrong. */
async function keepFiles(
  ctx: RouteContext,
  deps: PageDeps,
  cases: PaperCases,
  { who, files, all }: Sent,
  paperId: string,
): Promise<{ kept: string[]; faults: Fault[] }> {
  const kept = all('_evidence').filter((id) => id !== '');
  const faults: Fault[] = [];
  const refused = ctx.state.refusedUpload;
  if (refused) faults.push({ pointer: '/evidence', message: ERROR_WORDING[refused.code] });
  for (const file of files) {
    try {
      kept.push((await addEvidence(deps, cases, who, paperId, file)).id);
    } catch (error) {
      if (!isRefusal(error, 'file.empty', 'file.wrong_type')) throw error;
      faults.push({ pointer: '/evidence', message: `“${file.name}”：${ERROR_WORDING[error.code]}` });
    }
  }
  return { kept, faults };
}
