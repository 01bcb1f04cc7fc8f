/** One act: its form, what is sent, and why it cannot be done. */
import type Router from '@koa/router';
import type { AppError } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { dropBlankRows, type ParsedForm, parseForm, pruneHidden } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { type FormSchema, isRecord, segmentsOf } from '../../../workflow/form-schema.ts';
import { dropDraft, insertion, keepDraft, withPhrase } from '../../remarks/index.ts';
import { keptMultipart, readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { requireAct } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { actPage, overtakenPage } from './act-view.tsx';
import { act } from './door.ts';
import { faultsIn, withTicks } from './picks.ts';
import {
  type ActState,
  eventOf,
  isPossible,
  mainField,
  type Scene,
  sceneOf,
  startingValue,
} from './scene.ts';
import { chosenValues, withChoices } from './targets.ts';

type Typed = Record<string, unknown>;

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
      actPage(ctx, deps, scene, startOf(scene));
    }),
  );
  router.post('/cases/:id/act/:event/draft', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const scene = await sceneOf(deps, sent.who, ctx.params.id as string, eventOf(ctx));
    await keepTyped(deps, scene, sent);
    ctx.body = {};
  });
  router.post('/cases/:id/act/:event/discard', async (ctx: RouteContext) => {
    const { id = '', event = '' } = ctx.params as Record<string, string>;
    await dropDraft(deps, requireSession(ctx), { caseId: id, event });
    seeOther(ctx, `/cases/${id}/act/${event}`);
  });
  router.post('/cases/:id/act/:event', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const scene = await sceneOf(deps, sent.who, ctx.params.id as string, eventOf(ctx));
    await actSent(ctx, deps, scene, sent);
  });
}

/** What was begun before, or what an act starts with; its main field takes the keyboard. */
function startOf(scene: Scene): ActState {
  const main = mainField(scene);
  const focus = main === undefined ? {} : { focus: `/${main}` };
  const { draft } = scene;
  return draft
    ? { value: draft.value, begun: draft.at, ...focus }
    : { value: startingValue(scene), ...focus };
}

/** Signatures and numbers of persons are typed anew. */
function withoutSensitive(schema: FormSchema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((row) => withoutSensitive(schema.items ?? {}, row));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, v]) => {
      const node = schema.properties?.[name] ?? {};
      const isSensitive = node['x-sensitive'] === true || node['x-widget'] === 'signature';
      return isSensitive ? [] : [[name, withoutSensitive(node, v)]];
    }),
  );
}

async function keepTyped(deps: CaseDeps, { full, event, schema, choices }: Scene, sent: Sent): Promise<void> {
  requireAct(deps, { kind: 'account', who: sent.who }, full, event, full.log);
  const { value } = parseForm(withChoices(schema, choices), sent.body);
  const kept = withoutSensitive(schema, value) as Record<string, unknown>;
  await keepDraft(deps, sent.who, { caseId: full.row.id, event }, kept);
}

/** What was typed, with a row for every place that was ticked. */
function ticked({ full, event, choices }: Scene, sent: Sent, value: Typed): Typed {
  if (event !== 'REQUEST_CORRECTION') return value;
  return withTicks(full, value, { now: sent.all('_pick'), before: sent.all('_picked') }, choices.targets);
}

/** A press that changes only what stands in the form: a row, ticks listed, a phrase; undefined for any other. */
function pressed(scene: Scene, sent: Sent, typed: ParsedForm): ActState | undefined {
  const { requestId } = sent;
  const key = requestId === undefined ? {} : { requestId };
  const value = ticked(scene, sent, typed.value);
  const inserted = insertion(sent.one);
  if (inserted) return { value: insertAt(value, inserted), focus: inserted.field, ...key };
  if (typed.rowAction) return { value: typed.value, focus: typed.rowAction.focus, ...key };
  if (sent.one('_compose') === '') return undefined;
  const last = faultsIn(value).length - 1;
  return { value, ...(last >= 0 && { focus: `/faults/${last}/reason` }), ...key };
}

/** The value with a phrase behind the text of a field. */
function insertAt(value: unknown, { field, text }: { field: string; text: string }): Record<string, unknown> {
  const put = (at: unknown, [step = '', ...rest]: string[]): unknown => {
    if (Array.isArray(at)) return at.map((row, i) => (String(i) === step ? put(row, rest) : row));
    if (!isRecord(at)) return at;
    return { ...at, [step]: rest.length === 0 ? withPhrase(at[step], text) : put(at[step], rest) };
  };
  return put(value, segmentsOf(field)) as Record<string, unknown>;
}

async function actSent(ctx: RouteContext, deps: CaseDeps, scene: Scene, sent: Sent): Promise<void> {
  const { full, event, schema, choices } = scene;
  const shown = withChoices(schema, choices);
  const typed = parseForm(shown, sent.body);
  const { requestId } = sent;
  const again = isPossible(scene) ? pressed(scene, sent, typed) : undefined;
  if (again) return actPage(ctx, deps, scene, again);
  if (sent.one('_keep') !== '') {
    await keepTyped(deps, scene, sent);
    leaveFlash(ctx, 'done', '先存着了，再点这一步接着写。');
    return seeOther(ctx, `/cases/${full.row.id}`);
  }
  const filled = dropBlankRows(shown, pruneHidden(shown, ticked(scene, sent, typed.value)));
  const data = chosenValues(schema, filled, choices) as Record<string, unknown>;
  const input = { event, version: Number(sent.one('version')), data };
  try {
    await act(deps, { kind: 'account', who: sent.who }, full.row.id, input, requestId);
  } catch (error) {
    return refused(ctx, deps, scene, sent, { error, filled });
  }
  await dropDraft(deps, sent.who, { caseId: full.row.id, event });
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
