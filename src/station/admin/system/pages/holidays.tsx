/** `/admin/holidays`: which years have a table, and a table that comes in, looked at before it counts. */
import type Router from '@koa/router';
import { AppError, type Fault } from '../../../../errors.ts';
import { noticeYear } from '../../../../kernel/holiday-notice.ts';
import type { SignedIn } from '../../../../people/accounts/index.ts';
import { COUNTY, filedNotices, filedOverlay } from '../../../../platform/holidays/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import { ErrorSummary } from '../../../../platform/web/index.ts';
import { keptMultipart, readSent, type Sent } from '../../../sent.ts';
import { isRefusal, leaveFlash, seeOther } from '../../../shell.tsx';
import {
  checkNotice,
  type HandedIn,
  importNotice,
  knownYears,
  previewNotice,
  previewWithdrawal,
  withdrawNotice,
} from '../holidays.ts';
import type { SystemDeps } from '../house.ts';
import type { Moved } from '../recount.ts';
import {
  ConfirmImport,
  ConfirmWithdrawal,
  ImportForm,
  PATH,
  PreviewCards,
  scopeTitle,
  Withdrawn,
  Years,
} from './holidays-view.tsx';
import { answer, faultsOf, keeperPage, requireKeeper } from './parts.tsx';

const movedText = ({ cases, services }: Moved): string =>
  `已生效：${cases} 件在办事项的到期日移动，${services} 份送达的日期重算。`;

export function mountHolidays(router: Router, deps: SystemDeps): void {
  router.get(
    PATH,
    keeperPage((ctx, who) => listPage(ctx, deps, who)),
  );
  router.post(`${PATH}/check`, keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    requireKeeper(ctx);
    const given = await handedIn(ctx, sent);
    await showing(ctx, deps, sent.who, given, async () => {
      const notice = checkNotice(deps, given);
      const preview = await previewNotice(deps, sent.who, notice);
      answer(
        ctx,
        deps,
        {
          title: `${notice.year} 年${scopeTitle(notice.scope)}放假表：生效前先看`,
          section: PATH,
          lead: `${notice.source}，共 ${notice.days.length} 天。还没有生效。`,
        },
        <>
          <PreviewCards preview={preview} />
          <ConfirmImport deps={deps} who={sent.who} notice={notice} />
        </>,
      );
    });
  });
  router.post(PATH, async (ctx) => {
    const sent = await readSent(ctx);
    requireKeeper(ctx);
    const given = plain(sent);
    await showing(ctx, deps, sent.who, given, async () => {
      const moved = await importNotice(deps, sent.who, checkNotice(deps, given), sent.requestId);
      leaveFlash(ctx, 'done', movedText(moved));
      seeOther(ctx, PATH);
    });
  });
  router.get(
    `${PATH}/:id/withdraw`,
    keeperPage((ctx, who) => withdrawPage(ctx, deps, who, '', undefined)),
  );
  router.post(`${PATH}/:id/withdraw`, async (ctx) => {
    const { who, one, requestId } = await readSent(ctx);
    const reason = one('reason');
    try {
      const moved = await withdrawNotice(deps, who, { id: String(ctx.params.id), reason }, requestId);
      leaveFlash(ctx, 'done', movedText(moved));
      seeOther(ctx, PATH);
    } catch (error) {
      if (!isRefusal(error) || !error.faults) throw error;
      await withdrawPage(ctx, deps, who, reason, error.faults[0]?.message);
    }
  });
}

const plain = ({ one }: Sent): HandedIn => ({
  scope: one('scope'),
  year: one('year').trim(),
  source: one('source'),
  csv: one('csv'),
});

/** A file counts more than what was pasted. */
async function handedIn(ctx: RouteContext, sent: Sent): Promise<HandedIn> {
  if (ctx.state.refusedUpload) throw ctx.state.refusedUpload;
  const file = sent.files.find((f) => f.bytes.length > 0);
  return file ? { ...plain(sent), csv: textOf(file.bytes) } : plain(sent);
}

/** UTF-8, or GB 18030 as Chinese spreadsheets write it. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Do it, or show what was handed in with everything that stands against it. */
async function showing(
  ctx: RouteContext,
  deps: SystemDeps,
  who: SignedIn,
  given: HandedIn,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError) || (error.status !== 422 && error.status !== 409)) throw error;
    if (error.code === 'request.reused') throw error;
    await listPage(ctx, deps, who, { given, faults: faultsOf(error), status: error.status });
  }
}

async function listPage(
  ctx: RouteContext,
  deps: SystemDeps,
  who: SignedIn,
  refused?: { given: HandedIn; faults: Fault[]; status: number },
): Promise<void> {
  const { years, withdrawn } = await knownYears(deps, filedYears());
  answer(
    ctx,
    deps,
    {
      title: '放假表',
      section: PATH,
      lead: '工作日期限按国务院的放假通知和自治州的放假通知计算。没有通知的年份按法定节日推定，到期日标明“暂定”。',
      ...(refused && { status: refused.status }),
    },
    <>
      {refused && <ErrorSummary faults={refused.faults} title="没有导入" />}
      {refused && <ImportForm csrf={who.csrf} given={refused.given} faults={refused.faults} />}
      <Years years={years} />
      {!refused && <ImportForm csrf={who.csrf} given={{}} faults={[]} />}
      <Withdrawn tables={withdrawn} />
    </>,
  );
}

/** Years for which the program brings a table. */
function filedYears(): { national: Set<number>; local: Set<number> } {
  return {
    national: new Set([...filedNotices().days.keys()].map(noticeYear)),
    local: new Set(COUNTY.flatMap((scope) => Object.keys(filedOverlay(scope).years)).map(Number)),
  };
}

async function withdrawPage(
  ctx: RouteContext,
  deps: SystemDeps,
  who: SignedIn,
  reason: string,
  fault: string | undefined,
): Promise<void> {
  const { table, preview } = await previewWithdrawal(deps, who, String(ctx.params.id));
  answer(
    ctx,
    deps,
    {
      title: `撤回 ${table.year} 年${scopeTitle(table.scope)}放假表`,
      section: PATH,
      lead: table.source,
      ...(fault && { status: 422 }),
    },
    <>
      <PreviewCards preview={preview} />
      <ConfirmWithdrawal deps={deps} who={who} table={table} reason={reason} fault={fault} />
    </>,
  );
}
