/** The form of an act: its fields with phrases, what follows it, and what was begun before. */
import type { JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Button, Card, CsrfField, LinkButton, renderForm } from '../../../platform/web/index.ts';
import { opinionsFor, PhraseBar } from '../../remarks/index.ts';
import type { CaseDeps } from '../deps.ts';
import { Reasons, TickList } from './correction.tsx';
import { followsOf, followsText } from './follows.ts';
import { rosterHints } from './roster-cards.tsx';
import { type ActState, mainField, mayBegin, type Scene } from './scene.ts';
import { withChoices } from './targets.ts';
import { ACT_KINDS } from './words.ts';

/** The form of an act: what it says, what follows it, and the ways on. */
export function ActForm(props: {
  ctx: RouteContext;
  deps: CaseDeps;
  scene: Scene;
  state: ActState;
}): JSX.Element {
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
export function Begun({
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
