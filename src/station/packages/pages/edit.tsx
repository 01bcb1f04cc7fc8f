/**
 * Filling in a package: save, check, hand in. Everything typed is kept before anything else is done, as with a
 * single case; long for the same reason.
 */
import type Router from '@koa/router';
import type { Fault } from '../../../errors.ts';
import { canonicalJson } from '../../../kernel/canonical.ts';
import { newId } from '../../../kernel/ids.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext, UploadedFile } from '../../../platform/http/index.ts';
import { dropBlankRows, parseForm, pruneHidden } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { type CaseDeps, inPageOrder, keptMultipart, readSent, type Sent } from '../../cases/index.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { abandon, addFile, filePackage, removeFile, saveDraft } from '../commands/index.ts';
import { revealIfAny } from '../commands/reveal.ts';
import { originsOf } from '../prefill.ts';
import { type Draft, getDraft, getFile } from '../queries.ts';
import { EditView } from './edit-view.tsx';
import { toCitizen } from './words.ts';

interface Told {
  /** Whom it was begun for: it is told where the values came from. */
  citizen?: string;
  faults?: readonly Fault[];
  focus?: string;
  status?: number;
  problem?: string;
}

const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** `/package-cases/:id/edit`, its draft saving, giving up, and the files of a draft. */
export function mountEdit(router: Router, deps: CaseDeps): void {
  router.get(
    '/package-cases/:id/edit',
    staffPage(async (ctx) => {
      const draft = await findDraft(ctx, deps);
      if (!draft) return gone(ctx);
      await revealIfAny(deps, requireSession(ctx), idOf(ctx), draft.check.form);
      const faults = ctx.query.check === undefined ? [] : draft.check.faults;
      const { citizen } = ctx.query;
      await editPage(ctx, deps, draft, { faults, ...(typeof citizen === 'string' && { citizen }) });
    }),
  );
  router.post('/package-cases/:id/edit', keptMultipart as never, (ctx: RouteContext) => editSent(ctx, deps));
  router.post('/package-cases/:id/autosave', keptMultipart as never, (ctx: RouteContext) =>
    autosave(ctx, deps),
  );
  router.post('/package-cases/:id/abandon', async (ctx: RouteContext) => {
    const { who } = await readSent(ctx);
    await abandon(deps, who, idOf(ctx));
    leaveFlash(ctx, 'done', '草稿已放弃。');
    seeOther(ctx, '/package-cases');
  });
  router.get(
    '/package-cases/:id/materials/:file',
    staffPage((ctx) => materialFile(ctx, deps)),
  );
}

/** The draft, with what was typed since; undefined when it went on meanwhile. */
async function findDraft(
  ctx: RouteContext,
  deps: CaseDeps,
  typed: Parameters<typeof getDraft>[3] = {},
): Promise<Draft | undefined> {
  try {
    return await getDraft(deps, requireSession(ctx), idOf(ctx), typed);
  } catch (error) {
    if (!isRefusal(error, 'package.not_editable')) throw error;
    return undefined;
  }
}

function gone(ctx: RouteContext): void {
  leaveFlash(ctx, 'warn', '这份一件事已经提交或者放弃，不能再改了。');
  seeOther(ctx, `/package-cases/${idOf(ctx)}`);
}

async function editPage(ctx: RouteContext, deps: CaseDeps, draft: Draft, told: Told = {}): Promise<void> {
  const { row, plan, check } = draft;
  const { citizen: citizenId = '' } = told;
  const village = deps.orgs.get(row.villageId);
  const origins = citizenId === '' ? null : await originsOf(deps, requireSession(ctx), citizenId, draft);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={`填写：${row.title}`}
      heading={row.title}
      breadcrumbs={[
        { href: '/filing', text: '收件' },
        ...toCitizen(origins?.citizen),
        { href: '/packages', text: '一件事一次办' },
        { href: `/packages/${row.code}`, text: row.title },
        { text: '填写申请' },
      ]}
      {...(told.problem && { flash: { kind: 'error', text: told.problem } })}
    >
      <p class="lead">
        {village.name} · 一起申请：
        {plan.items
          .filter((i) => !i.later)
          .map((i) => i.title)
          .join('、')}
      </p>
      <EditView
        draft={draft}
        csrf={ctx.state.csrf ?? ''}
        requestId={newId(deps.clock.now(), deps.random)}
        faults={inPageOrder(plan.form.schema, told.faults ?? [])}
        commitments={check.commitments}
        citizen={citizenId}
        hints={{
          '/applicant/region': `户口在本村（${village.name}）的，填 ${village.id}。`,
          ...origins?.hints,
        }}
        {...(told.focus && { focus: told.focus })}
      />
    </StationPage>,
    told.status,
  );
}

/** Keep what is typed while it is typed; answers the version that the next save must name. */
async function autosave(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const sent = await readSent(ctx);
  const { plan } = await getDraft(deps, sent.who, idOf(ctx));
  const { value } = parseForm(plan.form.schema, sent.body);
  const saved = await saveDraft(deps, sent.who, idOf(ctx), {
    version: Number(sent.one('version')),
    form: value,
    commitments: sent.all('commitment'),
  });
  ctx.body = { version: saved.version, savedAt: deps.clock.now() };
}

async function editSent(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const sent = await readSent(ctx);
  const id = idOf(ctx);
  const before = await findDraft(ctx, deps);
  if (!before) return gone(ctx);
  const { schema } = before.plan.form;
  const { value, rowAction } = parseForm(schema, sent.body);
  const commitments = sent.all('commitment');
  const again = async (told: Told, form: Record<string, unknown> = value) =>
    editPage(ctx, deps, (await findDraft(ctx, deps, { form, commitments })) ?? before, {
      ...told,
      citizen: sent.one('citizen'),
    });
  const refused = ctx.state.refusedUpload;
  if (refused) {
    const problem = `${ERROR_WORDING[refused.code]}这次选的文件都没有收下，填写的内容还在下面，请保存。`;
    return again({ status: refused.status, problem });
  }
  const uploadFaults = await keepUploads(deps, sent, id);
  if (rowAction) return again({ focus: rowAction.focus, faults: uploadFaults });
  const filled = dropBlankRows(schema, value);
  const isSubmit = sent.one('_do') === 'submit';
  const form = isSubmit ? dropBlankRows(schema, pruneHidden(schema, filled)) : filled;
  // An automatic save of the very same content, still on its way when the button was pressed, is no conflict.
  const isOwnSave = canonicalJson(before.row.form) === canonicalJson(value);
  const version = isOwnSave ? before.row.version : Number(sent.one('version'));
  try {
    await saveDraft(deps, sent.who, id, { version, form, commitments });
  } catch (error) {
    if (!isRefusal(error, 'case.stale_version')) throw error;
    const problem = '这份申请刚在别处保存过。下面是您刚才填的内容，核对后再按一次。';
    return again({ status: 409, problem });
  }
  if (uploadFaults.length > 0) return again({ faults: uploadFaults, status: 422 }, filled);
  await goOn(ctx, deps, sent, (faults) => again({ faults, status: 422 }, filled));
}

/** After saving: hand in, check, take a file out, or just go on filling in. */
async function goOn(
  ctx: RouteContext,
  deps: CaseDeps,
  sent: Sent,
  refuse: (faults: readonly Fault[]) => Promise<void>,
): Promise<void> {
  const id = idOf(ctx);
  const remove = sent.one('_delete');
  if (remove !== '') await removeFile(deps, sent.who, id, remove);
  if (sent.one('_do') === 'check') return seeOther(ctx, `/package-cases/${id}/edit?check=1`);
  if (sent.one('_do') !== 'submit') {
    leaveFlash(ctx, 'done', '已保存。');
    const touchedFiles = remove !== '' || sent.files.length > 0;
    return seeOther(ctx, `/package-cases/${id}/edit${touchedFiles ? '#materials' : ''}`);
  }
  try {
    const view = await filePackage(deps, sent.who, id, {}, sent.requestId);
    leaveFlash(ctx, 'done', `已提交，编号 ${view.number ?? ''}。请打印各事项的收件回执交给申请人。`);
    seeOther(ctx, `/package-cases/${id}`);
  } catch (error) {
    if (!isRefusal(error) || !error.faults) throw error;
    await refuse(error.faults);
  }
}

/** Keep every file that can be kept; the others are told at their material. */
async function keepUploads(deps: CaseDeps, { who, files }: Sent, id: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const file of files) {
    const key = file.field.replace(/^material:/, '');
    try {
      await addFile(deps, who, id, { key, name: file.name, bytes: file.bytes });
    } catch (error) {
      if (!isRefusal(error, 'file.empty', 'file.too_large', 'file.wrong_type')) throw error;
      faults.push(uploadFault(key, file, ERROR_WORDING[error.code]));
    }
  }
  return faults;
}

const uploadFault = (key: string, { name }: UploadedFile, reason: string): Fault => ({
  pointer: `/materials/${key}`,
  message: `“${name}”：${reason}`,
});

/** Handed-in bytes never run: a sandbox for pictures, nothing but the viewer for PDF. */
const PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";
const PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

async function materialFile(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const file = await getFile(deps, requireSession(ctx), idOf(ctx), ctx.params.file as string);
  ctx.type = file.mime;
  ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  ctx.set('Content-Security-Policy', file.mime === 'application/pdf' ? PDF_POLICY : PICTURE_POLICY);
  ctx.body = await deps.files.get(file.fileHash);
}
