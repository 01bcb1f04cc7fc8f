/**
 * One act: its form, what was wrong with it, and what to do when somebody was faster. One file, because all
 * three draw the same form from the same scene.
 */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { type Fault, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  dropBlankRows,
  ErrorSummary,
  LinkButton,
  parseForm,
  pruneHidden,
  renderForm,
  renderView,
  Timeline,
} from '../../../platform/web/index.ts';
import { actSchema } from '../../../workflow/events.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import { ACTS, type EventName } from '../../../workflow/types.ts';
import { listObjections } from '../../notices/index.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { requireAct } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { eventView } from '../present.ts';
import type { FullCase } from '../queries.ts';
import { act, getCase } from './door.ts';
import { Folded, MaterialsCard, timelineOf } from './record-view.tsx';
import { keptMultipart, readSent, type Sent } from './sent.ts';
import { titlesOf } from './show.tsx';
import { NowCard, turnText } from './show-view.tsx';
import { type Choices, chosenValues, targetsOf, unique, withChoices } from './targets.ts';
import { ACT_KINDS, caseTitle, dueText, leftText, mostUrgent } from './words.ts';

/** An act on a case as its page knows it. */
interface Scene {
  full: FullCase;
  event: EventName;
  /** As the command checks it. */
  schema: FormSchema;
  choices: Choices;
}

function eventOf(ctx: RouteContext): EventName {
  const event = ctx.params.event as EventName;
  if (!(ACTS as readonly string[]).includes(event)) throw notFound();
  return event;
}

async function sceneOf(deps: CaseDeps, who: SignedIn, id: string, event: EventName): Promise<Scene> {
  const full = await getCase(deps, { kind: 'account', who }, id);
  const schema = actSchema(full.pinned.definition, full.meta, event) as FormSchema;
  const objections = event.endsWith('_OBJECTION') ? await listObjections(deps.db.read, deps, id) : [];
  const open = objections.filter((o) => o.state === 'open');
  const choices = {
    targets: event === 'REQUEST_CORRECTION' ? targetsOf(full) : [],
    objections: unique(
      open.map((o) => ({ value: o.id, label: `${o.receiptCode} ${[...o.text].slice(0, 30).join('')}` })),
    ),
  };
  return { full, event, schema, choices };
}

const isPossible = ({ full, event }: Scene): boolean => full.view.possible.some((p) => p.event === event);

/** What is there before anybody types: the one objection when there is only one. */
function startingValue({ choices }: Scene): Record<string, unknown> {
  const [only] = choices.objections;
  return only && choices.objections.length === 1 ? { objectionId: only.label } : {};
}

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
  const requestId = sent.one('_request') || undefined;
  if (rowAction && isPossible(scene))
    return actPage(ctx, deps, scene, { value, focus: rowAction.focus, ...(requestId && { requestId }) });
  const filled = dropBlankRows(shown, pruneHidden(shown, value));
  const data = chosenValues(schema, filled, choices) as Record<string, unknown>;
  const input = { event, version: Number(sent.one('version')), data };
  try {
    await act(deps, { kind: 'account', who: sent.who }, full.row.id, input, requestId);
  } catch (error) {
    if (isRefusal(error, 'case.stale_version', 'case.event_not_possible', 'request.reused')) {
      const now = await sceneOf(deps, sent.who, full.row.id, event);
      return overtakenPage(ctx, deps, now, { value: filled, seen: Number(sent.one('_seen')) });
    }
    if (!isRefusal(error) || !error.faults) throw error;
    return actPage(ctx, deps, scene, { value: filled, faults: error.faults, status: 422 });
  }
  leaveFlash(ctx, 'done', `已办理：${schema.title}。`);
  seeOther(ctx, `/cases/${full.row.id}`);
}

interface ActState {
  value: Record<string, unknown>;
  faults?: readonly Fault[];
  focus?: string;
  status?: number;
  requestId?: string;
}

function ActForm(props: { ctx: RouteContext; deps: CaseDeps; scene: Scene; state: ActState }): JSX.Element {
  const { ctx, deps, scene, state } = props;
  const { full, event, schema, choices } = scene;
  const { view, log } = full;
  const kind = ACT_KINDS[event] === 'danger' ? 'danger' : 'primary';
  return (
    <form method="post" action={`/cases/${view.id}/act/${event}`} encType="multipart/form-data">
      <CsrfField token={ctx.state.csrf ?? ''} />
      <input type="hidden" name="version" value={view.version} />
      <input type="hidden" name="_seen" value={log.length} />
      <input type="hidden" name="_request" value={state.requestId ?? newId(deps.clock.now(), deps.random)} />
      {renderForm({
        schema: withChoices(schema, choices),
        value: state.value,
        faults: state.faults ?? [],
        prefix: '/data',
        hints: hintsFor(scene),
        ...(state.focus && { focus: state.focus }),
      })}
      <Actions sticky>
        <Button kind={kind}>{schema.title}</Button>
        <LinkButton kind="quiet" href={`/cases/${view.id}`}>
          返回，不办理
        </LinkButton>
      </Actions>
    </form>
  );
}

function hintsFor({ full, event }: Scene): Record<string, string> {
  if (event !== 'COLLECT') return {};
  const { name, idNumber } = full.view.applicant;
  return { '/name': `申请人：${name}`, '/idNumber': `申请人证件号：${idNumber}` };
}

function actPage(ctx: RouteContext, deps: CaseDeps, scene: Scene, state: ActState): void {
  const { full, schema } = scene;
  const { view, row, pinned } = full;
  const clock = mostUrgent(view.clocks);
  const title = `${schema.title}`;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="inbox"
      title={`${title}：${caseTitle(view)}`}
      heading={title}
      breadcrumbs={[
        { href: '/inbox', text: '待办' },
        { href: `/cases/${view.id}`, text: caseTitle(view) },
        { text: title },
      ]}
    >
      <p class="lead">
        {view.itemTitle} · {view.village.name} · {view.number}
        {clock && ` · ${clock.title}到${dueText(clock.due, clock.provisional)}，${leftText(clock)}`}
      </p>
      <ErrorSummary faults={state.faults ?? []} schema={schema} prefix="/data" />
      <ActForm ctx={ctx} deps={deps} scene={scene} state={state} />
      <Folded summary="查看申请表">
        {renderView({
          schema: pinned.formFor(row.situation),
          value: row.form,
          prefix: '/form',
          idPrefix: 'v',
          level: 3,
        })}
      </Folded>
      <Folded summary="查看材料">
        <MaterialsCard view={view} />
      </Folded>
    </StationPage>,
    state.status,
  );
}

/** Somebody was faster: what happened since, what is possible now, and everything that was typed. */
function overtakenPage(
  ctx: RouteContext,
  deps: CaseDeps,
  scene: Scene,
  { value, seen }: { value?: Record<string, unknown>; seen?: number },
): void {
  const { full, event, schema, choices } = scene;
  const { view, log } = full;
  const since = seen === undefined ? [] : log.slice(seen);
  const mayStill = view.possible.some((p) => p.event === event && p.allowed);
  const typed = value && Object.keys(value).length > 0 ? value : undefined;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="inbox"
      title={`情况有变：${caseTitle(view)}`}
      heading={mayStill ? '这件刚刚有变化，请看过再办' : `现在不能办理“${schema.title}”`}
      breadcrumbs={[
        { href: '/inbox', text: '待办' },
        { href: `/cases/${view.id}`, text: caseTitle(view) },
      ]}
      flash={{ kind: 'warn', text: '您刚才的操作没有生效，填写的内容都还在。' }}
    >
      {since.length > 0 && (
        <Card tone="warn" title="您打开页面以后">
          <Timeline entries={timelineOf(since.map(eventView), deps.orgs, titlesOf(full))} />
        </Card>
      )}
      {mayStill && typed ? (
        <>
          <p class="lead">
            现在是“{view.stateTitle}”。{turnText(view)}
          </p>
          <ActForm ctx={ctx} deps={deps} scene={scene} state={{ value: typed }} />
        </>
      ) : (
        <>
          <NowCard view={view} />
          {typed && (
            <Card title="您刚才填写的内容（可以复制）">
              {renderView({ schema: withChoices(schema, choices), value: typed, level: 3 })}
            </Card>
          )}
        </>
      )}
      <p>
        <LinkButton href={`/cases/${view.id}`}>返回办件页</LinkButton>
      </p>
    </StationPage>,
    409,
  );
}
