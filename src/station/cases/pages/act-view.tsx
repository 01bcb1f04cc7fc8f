/** What the pages of an act show: its form, and what happened when somebody was faster. */
import type { JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  LinkButton,
  renderForm,
  renderView,
  Timeline,
} from '../../../platform/web/index.ts';
import { opinionsFor, PhraseBar } from '../../remarks/index.ts';
import { StationPage, show } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { ComparisonCard } from './changes-view.tsx';
import { Reasons, TickList } from './correction.tsx';
import { eventViews } from './door.ts';
import { followsOf, followsText } from './follows.ts';
import { NowCard } from './glance.tsx';
import { comparisonOf, isBack } from './handed-in.ts';
import { JointCard, OwedCard, ShareCard } from './joint-view.tsx';
import { Folded, MaterialsCard } from './record-view.tsx';
import { RosterCards, rosterHints } from './roster-cards.tsx';
import { viewSlots } from './roster-parts.tsx';
import { type ActState, mainField, mayBegin, type Scene } from './scene.ts';
import { titlesOf, withChoices } from './targets.ts';
import { timelineOf } from './timeline.tsx';
import { turnText } from './turn.ts';
import { ACT_KINDS, caseTitle, endText, leftText, mostUrgent } from './words.ts';

/** The form of an act: what it says, what follows it, and the ways on. */
function ActForm(props: { ctx: RouteContext; deps: CaseDeps; scene: Scene; state: ActState }): JSX.Element {
  const { ctx, deps, scene, state } = props;
  const { full, event } = scene;
  const { view, log } = full;
  const path = `/cases/${view.id}/act/${event}`;
  const ways = <Ways deps={deps} scene={scene} />;
  return (
    <form
      method="post"
      action={path}
      encType="multipart/form-data"
      data-autosave={mayBegin(scene) ? `${path}/draft` : undefined}
      class={event === 'REQUEST_CORRECTION' ? 'beside wide-page' : undefined}
      data-compose={event === 'REQUEST_CORRECTION' ? true : undefined}
    >
      <CsrfField token={ctx.state.csrf ?? ''} />
      <input type="hidden" name="version" value={view.version} />
      <input type="hidden" name="_seen" value={log.length} />
      <input type="hidden" name="_request" value={state.requestId ?? newId(deps.clock.now(), deps.random)} />
      {event === 'REQUEST_CORRECTION' ? (
        <>
          <TickList scene={scene} state={state} rows={ctx.query.rows} />
          <div class="beside-sticky">
            <Card id="composer">
              <Reasons scene={scene} state={state} />
            </Card>
            {ways}
          </div>
        </>
      ) : (
        <>
          <ActFields scene={scene} state={state} />
          {ways}
        </>
      )}
    </form>
  );
}

function ActFields({ scene, state }: { scene: Scene; state: ActState }): JSX.Element {
  const { schema, choices, event, phrases } = scene;
  const main = mainField(scene);
  const field = `/${main}`;
  const bar = <PhraseBar field={field} phrases={opinionsFor(phrases, event)} />;
  return renderForm({
    schema: withChoices(schema, choices),
    value: state.value,
    faults: state.faults ?? [],
    prefix: '/data',
    hints: hintsFor(scene),
    ...(main !== undefined && { slots: { [field]: { below: bar } } }),
    ...(state.focus && !state.faults && { focus: state.focus }),
  });
}

/** What follows, and the buttons. */
function Ways({ deps, scene }: { deps: CaseDeps; scene: Scene }): JSX.Element {
  const { full, event, schema } = scene;
  return (
    <>
      <p class="follows">{followsText(followsOf(deps, full, event))}</p>
      <Actions sticky>
        <Button kind={ACT_KINDS[event] === 'danger' ? 'danger' : 'primary'}>{schema.title}</Button>
        {mayBegin(scene) && (
          <Button kind="quiet" name="_keep" value="yes">
            先存着
          </Button>
        )}
        <LinkButton kind="quiet" href={`/cases/${full.view.id}`} shortcut="u">
          返回，不办理
        </LinkButton>
      </Actions>
    </>
  );
}

/** What was begun earlier stands there again; it may be thrown away. */
function Begun({
  ctx,
  scene,
  at,
}: {
  ctx: RouteContext;
  scene: Scene;
  at: string | undefined;
}): JSX.Element | null {
  if (at === undefined) return null;
  return (
    <form method="post" action={`/cases/${scene.full.view.id}/act/${scene.event}/discard`} class="begun">
      <CsrfField token={ctx.state.csrf ?? ''} />
      <p>
        {chineseDateTime(at)} 写到一半的内容还在，已经填好。
        <Button kind="quiet">不要了，重新写</Button>
      </p>
    </form>
  );
}

function hintsFor({ full, event, roster }: Scene): Record<string, string> {
  if (event !== 'COLLECT') return rosterHints(event, full, roster);
  const { name, idNumber } = full.view.applicant;
  return { '/name': `申请人：${name}`, '/idNumber': `申请人证件号：${idNumber}` };
}

/** What whoever acts has to see first: the line for a quota, the other offices, the papers owed. */
function Beside({ scene, csrf }: { scene: Scene; csrf: string }): JSX.Element {
  const { full, event, share, roster } = scene;
  return (
    <>
      {(event === 'RECORD_CHECK' || event === 'PAY') && <RosterCards full={full} facts={roster} />}
      {share && <ShareCard share={share} />}
      {event === 'GIVE_OPINION' && <JointCard view={full.view} />}
      {event === 'SUPPLY' && <OwedCard view={full.view} csrf={csrf} mayBring />}
    </>
  );
}

/** Form and materials, folded away under the act. */
function TheFile({ scene: { full } }: { scene: Scene }): JSX.Element {
  const { view, row, pinned } = full;
  return (
    <>
      <Folded summary="查看申请表">
        {renderView({
          schema: pinned.formFor(row.situation),
          value: row.form,
          prefix: '/form',
          idPrefix: 'v',
          slots: viewSlots(full, 1, { idPrefix: 'v' }),
          level: 3,
        })}
      </Folded>
      <Folded summary="查看材料">
        <MaterialsCard view={view} />
      </Folded>
    </>
  );
}

export function actPage(ctx: RouteContext, deps: CaseDeps, scene: Scene, state: ActState): void {
  const { full, schema } = scene;
  const { view } = full;
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
      scripts={['desk']}
      breadcrumbs={[
        { href: '/inbox', text: '待办' },
        { href: `/cases/${view.id}`, text: caseTitle(view) },
        { text: title },
      ]}
      {...(state.problem && { flash: { kind: 'error', text: state.problem } })}
    >
      <p class="lead">
        {view.itemTitle} · {view.village.name} · {view.number}
        {clock && ` · ${clock.title}到${endText(clock)}，${leftText(clock)}`}
      </p>
      <ErrorSummary faults={state.faults ?? []} schema={schema} prefix="/data" />
      <Begun ctx={ctx} scene={scene} at={state.begun} />
      {isBack(full) && (
        <ComparisonCard caseId={view.id} comparison={comparisonOf(full)} titles={titlesOf(full)} />
      )}
      <Beside scene={scene} csrf={ctx.state.csrf ?? ''} />
      <ActForm ctx={ctx} deps={deps} scene={scene} state={state} />
      {scene.event !== 'REQUEST_CORRECTION' && <TheFile scene={scene} />}
    </StationPage>,
    state.status,
  );
}

/** Somebody was faster: what happened since, what is possible now, and everything that was typed. */
export function overtakenPage(
  ctx: RouteContext,
  deps: CaseDeps,
  scene: Scene,
  { value, seen }: { value?: Record<string, unknown>; seen?: number },
): void {
  const { full, event, schema, choices } = scene;
  const { view, pinned } = full;
  const since = seen === undefined ? [] : eventViews(deps, full).slice(seen);
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
          <Timeline entries={timelineOf(since, full, deps.orgs, titlesOf(full), pinned.definition.steps)} />
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
