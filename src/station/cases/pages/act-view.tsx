/** What the pages of an act show: its form, and what happened when somebody was faster. */
import type { JSX } from 'preact';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Card, ErrorSummary, LinkButton, renderView, Timeline } from '../../../platform/web/index.ts';
import { StationPage, show } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import { ActForm, Begun } from './act-form.tsx';
import { ComparisonCard } from './changes-view.tsx';
import { eventViews } from './door.ts';
import { NowCard } from './glance.tsx';
import { comparisonOf, isBack } from './handed-in.ts';
import { JointCard, OwedCard, ShareCard } from './joint-view.tsx';
import { Folded, MaterialsCard } from './record-view.tsx';
import { RosterCards } from './roster-cards.tsx';
import { viewSlots } from './roster-parts.tsx';
import type { ActState, Scene } from './scene.ts';
import { titlesOf, withChoices } from './targets.ts';
import { timelineOf } from './timeline.tsx';
import { turnText } from './turn.ts';
import { caseTitle, endText, leftText, mostUrgent } from './words.ts';

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
