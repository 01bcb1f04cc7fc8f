/** 一次性告知补正: form and materials to tick what is wrong, beside the reasons; every fault is named once. */
import type { JSX } from 'preact';
import { Button, Card, renderForm, renderView, type TableSlot } from '../../../platform/web/index.ts';
import { PhraseBar, REASONS, reasonsFor } from '../../remarks/index.ts';
import { faultsIn, kindOf, pickedIn } from './picks.ts';
import { pageAsked, viewSlots } from './roster-parts.tsx';
import type { ActState, Scene } from './scene.ts';
import { withChoices } from './targets.ts';
import { Viewer } from './viewer.tsx';

/** Left of the reasons: the form and the materials, a box to tick at each place. */
export function TickList({
  scene,
  state,
  rows,
}: {
  scene: Scene;
  state: ActState;
  rows: unknown;
}): JSX.Element {
  const { full, choices } = scene;
  const { view, row, pinned, files } = full;
  const picked = new Set(pickedIn(state.value, choices.targets));
  const labels = new Map(choices.targets.map((t) => [t.value, t.label]));
  const tick = (pointer: string) => {
    const label = labels.get(pointer);
    return label === undefined ? null : <Tick pointer={pointer} label={label} isOn={picked.has(pointer)} />;
  };
  return (
    <div>
      <Card id="form" title="申请表">
        <p class="help">在有错的地方勾“此处有误”，右边写原因；要求补正只有一次机会，请看全。</p>
        {renderView({
          schema: pinned.formFor(row.situation),
          value: row.form,
          prefix: '/form',
          idPrefix: 'v',
          slots: viewSlots(full, pageAsked(rows) ?? 1, { idPrefix: 'v' }),
          beside: (pointer) => tick(`/form${pointer}`),
          columns: 3,
          level: 3,
        })}
      </Card>
      <Card id="materials" title="材料">
        <ul class="checklist">
          {view.materials.map((m) => (
            <li key={m.id}>
              <div>
                {m.title}
                {m.files.length === 0 && <span class="help">（没有上传）</span>}
                {tick(`/materials/${m.id}`)}
              </div>
            </li>
          ))}
        </ul>
        <Viewer caseId={view.id} files={files} materials={view.materials} inForm />
      </Card>
    </div>
  );
}

function Tick({ pointer, label, isOn }: { pointer: string; label: string; isOn: boolean }): JSX.Element {
  return (
    <label class="fault-tick choice">
      <input type="checkbox" name="_pick" value={pointer} checked={isOn} data-label={label} />
      <span>
        此处有误<span class="vh">：{label}</span>
      </span>
    </label>
  );
}

/** The reasons: one row for each place, with what is usually said of its kind. */
export function Reasons({ scene, state }: { scene: Scene; state: ActState }): JSX.Element {
  const { schema, choices } = scene;
  return (
    <>
      {pickedIn(state.value, choices.targets).map((pointer) => (
        <input key={pointer} type="hidden" name="_picked" value={pointer} />
      ))}
      <p data-without-script>
        <Button kind="secondary" name="_compose" value="yes">
          列出勾选的，写原因
        </Button>
      </p>
      {renderForm({
        schema: withChoices(schema, choices),
        value: state.value,
        faults: state.faults ?? [],
        prefix: '/data',
        slots: reasonSlots(scene, state),
        ...(state.focus && { focus: state.focus }),
      })}
    </>
  );
}

function reasonSlots({ full, choices, phrases }: Scene, state: ActState): Record<string, TableSlot> {
  return Object.fromEntries(
    faultsIn(state.value).map((row, i) => {
      const place = choices.targets.find((t) => t.label === row.target)?.value;
      const standard = place === undefined ? [] : REASONS[kindOf(full, place)];
      const field = `/faults/${i}/reason`;
      return [field, { below: <PhraseBar field={field} phrases={reasonsFor(phrases, standard)} /> }];
    }),
  );
}
