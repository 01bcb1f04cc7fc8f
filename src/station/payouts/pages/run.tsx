/** `/payouts/runs/:id`: a run, its lines, and the acts on it, each with a page that says what it will do. */
import type Router from '@koa/router';
import { type AppError, invalid, notAllowed, notFound } from '../../../errors.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { keptMultipart, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { mayApprove, mayPrepare, seenVillages } from '../policy.ts';
import { approveRun, discardRun } from '../runs/decide.ts';
import { exportRun } from '../runs/export.ts';
import { importReturn } from '../runs/import.ts';
import { type LineInput, type RunView, runLines, runView } from '../runs/view.ts';
import { schemeOf } from '../schemes.ts';
import type { PayoutPorts } from '../types.ts';
import { chosen, chosenOf, type PageDeps, page, runName } from './parts.tsx';
import { type ActState, RUN_ACTS, RunActCard, type RunActName, standingAgainst } from './run-acts.tsx';
import { LinesCard } from './run-lines.tsx';
import { RunCards } from './run-view.tsx';
import { LINE_STATES } from './words.ts';

const pathOf = (id: string): string => `/payouts/runs/${id}`;
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

export function mountRuns(router: Router, deps: PageDeps, ports: PayoutPorts): void {
  router.get(
    '/payouts/runs/:id',
    staffPage((ctx) => runPage(ctx, deps)),
  );
  router.get(
    '/payouts/runs/:id/:act',
    staffPage(async (ctx) => {
      const { run, name } = await sceneOf(ctx, deps);
      actPage(ctx, deps, run, name, {});
    }),
  );
  router.post('/payouts/runs/:id/:act', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const { run, name } = await sceneOf(ctx, deps);
    await actSent(ctx, deps, ports, run, name, sent);
  });
}

async function runPage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const who = requireSession(ctx);
  const run = await runView(deps, who, idOf(ctx));
  const query = queryOf(ctx);
  const scheme = schemeOf(run.scheme);
  const found =
    seenVillages(who, deps.orgs, scheme).length > 0 ? await runLines(deps, who, run.id, query) : null;
  page(
    ctx,
    deps,
    {
      title: run.number,
      heading: `${run.schemeTitle} ${runName(run)}`,
      crumbs: [{ href: `/payouts/schemes/${run.scheme}`, text: run.schemeTitle }, { text: runName(run) }],
      lead: run.held === null && found ? `编号 ${run.number}，只列出您能看到的村` : `编号 ${run.number}`,
    },
    <>
      <RunCards run={run} deps={deps} waits={whatWaits(deps, who, run)} />
      {found && <LinesCard run={run} query={query} {...found} />}
    </>,
  );
}

function queryOf(ctx: RouteContext): LineInput {
  const after = chosen(ctx, 'after');
  const state = chosenOf(ctx, 'state', LINE_STATES);
  const [village, text] = [chosen(ctx, 'village'), chosen(ctx, 'text')];
  return {
    ...(after !== undefined && /^\d{1,6}$/.test(after) && { after: Number(after) }),
    ...(state !== undefined && { state }),
    ...(village !== undefined && { village }),
    ...(text !== undefined && { text }),
  };
}

/** Who goes on with it, when it is not the one who looks. */
function whatWaits({ orgs }: PageDeps, who: SignedIn, { state, scheme: code, may }: RunView): string | null {
  const scheme = schemeOf(code);
  if (state === 'draft' && !may.approve)
    return mayApprove(who, orgs, scheme)
      ? '这个批次是您编制的，必须由另一位分管领导批准。'
      : '等分管领导批准。编制和批准必须是两个人。';
  if (state === 'approved' && !may.export) return '已经批准，等承办人报送银行。';
  if (state === 'exported' && !may.import) return '已经报送，等银行回盘和村里发放现金。';
  return null;
}

async function sceneOf(ctx: RouteContext, deps: PageDeps): Promise<{ run: RunView; name: RunActName }> {
  const { act } = ctx.params as { act: string };
  if (!Object.hasOwn(RUN_ACTS, act)) throw notFound();
  const name = act as RunActName;
  const who = requireSession(ctx);
  const run = await runView(deps, who, idOf(ctx));
  const scheme = schemeOf(run.scheme);
  const may = { prepare: mayPrepare(who, deps.orgs, scheme), approve: mayApprove(who, deps.orgs, scheme) };
  if (!RUN_ACTS[name].desks.some((desk) => may[desk])) throw notAllowed();
  return { run, name };
}

function actPage(ctx: RouteContext, deps: PageDeps, run: RunView, name: RunActName, state: ActState): void {
  const { title } = RUN_ACTS[name];
  page(
    ctx,
    deps,
    {
      title: `${title}：${run.number}`,
      heading: title,
      crumbs: [
        { href: `/payouts/schemes/${run.scheme}`, text: run.schemeTitle },
        { href: pathOf(run.id), text: runName(run) },
        { text: title },
      ],
      lead: `${run.schemeTitle} ${runName(run)} · 编号 ${run.number}`,
      status: state.status,
      problem: state.problem && `没有生效：${state.problem}`,
    },
    <RunActCard
      ctx={ctx}
      deps={deps}
      run={run}
      name={name}
      state={state}
      own={name === 'approve' && run.state === 'draft' && !run.may.approve}
    />,
  );
}

async function actSent(
  ctx: RouteContext,
  deps: PageDeps,
  ports: PayoutPorts,
  run: RunView,
  name: RunActName,
  sent: Sent,
): Promise<void> {
  let done: string = RUN_ACTS[name].done;
  try {
    const version = Number(sent.one('version'));
    const { requestId } = sent;
    const { who } = sent;
    if (name === 'approve') await approveRun(deps, who, run.id, version, requestId);
    if (name === 'discard') await discardRun(deps, who, run.id, version, requestId);
    if (name === 'export') await exportRun(deps, ports, who, run.id, version, requestId);
    if (name === 'import') done = await importSent(ctx, deps, ports, run, sent, requestId);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return refused(ctx, deps, run.id, name, error);
  }
  leaveFlash(ctx, 'done', done);
  seeOther(ctx, pathOf(run.id));
}

async function importSent(
  ctx: RouteContext,
  deps: PageDeps,
  ports: PayoutPorts,
  run: RunView,
  { who, files }: Sent,
  requestId: string | undefined,
): Promise<string> {
  if (ctx.state.refusedUpload) throw ctx.state.refusedUpload;
  const file = files.find((f) => f.field === 'file' && f.bytes.length > 0);
  if (!file) throw invalid([{ pointer: '/file', message: '请选择银行的回盘文件' }], 'file.missing');
  const { paid, refused: back } = await importReturn(deps, ports, who, run.id, file, requestId);
  return `回盘已导入：已付 ${paid} 笔，退回 ${back} 笔。`;
}

/** The page of the act again, with what stands against it; nothing has happened. */
async function refused(
  ctx: RouteContext,
  deps: PageDeps,
  id: string,
  name: RunActName,
  error: AppError,
): Promise<void> {
  const shown: AppError['code'][] = [
    'payout.stale',
    'payout.changed',
    'payout.second_person',
    'payout.file_known',
  ];
  const isShown = shown.includes(error.code) || error.status === 413 || (name === 'import' && error.faults);
  if (!isShown || error.code === 'request.reused') throw error;
  const run = await runView(deps, requireSession(ctx), id);
  actPage(ctx, deps, run, name, {
    status: error.status,
    problem: ERROR_WORDING[error.code],
    ...standingAgainst(error),
  });
}
