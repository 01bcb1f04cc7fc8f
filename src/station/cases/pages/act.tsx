/** One act: its form, what is sent, and why it cannot be done. */
import type Router from '@koa/router';
import type { AppError } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { dropBlankRows, parseForm, pruneHidden } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { keptMultipart, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { requireAct } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { actPage, overtakenPage } from './act-view.tsx';
import { act } from './door.ts';
import { eventOf, isPossible, type Scene, sceneOf, startingValue } from './scene.ts';
import { chosenValues, withChoices } from './targets.ts';

/** `/cases/:id/act/:event` */
export function mountAct(router: Router, deps: CaseDeps): void {
  router.get(
    '/cases/:id/act/:event',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const id = ctx.params.id as string;
      const event = eventOf(ctx);
      if (event === 'FILE' || event === 'RESUBMIT') return seeOther(ctx, `/cases/${id}/edit`);
      const scene = await sceneOf(deps, who, id, event);
      if (!isPossible(scene)) return overtakenPage(ctx, deps, scene, {});
      requireAct(deps, { kind: 'account', who }, scene.full, event, scene.full.log);
      actPage(ctx, deps, scene, { value: startingValue(scene) });
    }),
  );
  router.post('/cases/:id/act/:event', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const scene = await sceneOf(deps, sent.who, ctx.params.id as string, eventOf(ctx));
    await actSent(ctx, deps, scene, sent);
  });
}

async function actSent(ctx: RouteContext, deps: CaseDeps, scene: Scene, sent: Sent): Promise<void> {
  const { full, event, schema, choices } = scene;
  const shown = withChoices(schema, choices);
  const { value, rowAction } = parseForm(shown, sent.body);
  const { requestId } = sent;
  if (rowAction && isPossible(scene))
    return actPage(ctx, deps, scene, { value, focus: rowAction.focus, ...(requestId && { requestId }) });
  const filled = dropBlankRows(shown, pruneHidden(shown, value));
  const data = chosenValues(schema, filled, choices) as Record<string, unknown>;
  const input = { event, version: Number(sent.one('version')), data };
  try {
    await act(deps, { kind: 'account', who: sent.who }, full.row.id, input, requestId);
  } catch (error) {
    return refused(ctx, deps, scene, sent, { error, filled });
  }
  leaveFlash(ctx, 'done', `已办理：${schema.title}。`);
  seeOther(ctx, `/cases/${full.row.id}`);
}

/** The form again with everything typed, and why it was refused. */
async function refused(
  ctx: RouteContext,
  deps: CaseDeps,
  scene: Scene,
  sent: Sent,
  { error, filled }: { error: unknown; filled: Record<string, unknown> },
): Promise<void> {
  const { full, event } = scene;
  if (isRefusal(error, 'case.stale_version', 'case.event_not_possible', 'request.reused')) {
    const now = await sceneOf(deps, sent.who, full.row.id, event);
    return overtakenPage(ctx, deps, now, { value: filled, seen: Number(sent.one('_seen')) });
  }
  if (isRefusal(error, 'quota.exhausted', 'quota.not_handed_out'))
    return actPage(ctx, deps, scene, { value: filled, problem: quotaProblem(error), status: error.status });
  if (!isRefusal(error) || !error.faults) throw error;
  actPage(ctx, deps, scene, { value: filled, faults: error.faults, status: 422 });
}

/** 剩余指标不够……: how much is left for this case, what it asks, who is before it. */
function quotaProblem(error: AppError): string {
  const { quota, unit, asked, left, place, ahead } = (error.data ?? {}) as Record<string, number | string>;
  if (error.code === 'quota.not_handed_out') return ERROR_WORDING[error.code];
  const before = Number(place) > 1 ? `排在前面的 ${Number(place) - 1} 件要用 ${ahead} ${unit}，` : '';
  const rest = Math.max(0, Number(left));
  return `${ERROR_WORDING[error.code]}${before}${quota}还能分给本件的只有 ${rest} ${unit}，本件申请 ${asked} ${unit}。`;
}
