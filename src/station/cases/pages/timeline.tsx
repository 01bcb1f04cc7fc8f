/** What happened to a case, in office words: who, at which desk, when, what was said, and what a new form brought. */
import { Fragment, type JSX } from 'preact';
import { chineseDateTime } from '../../../kernel/time.ts';
import type { OrgTree } from '../../../people/orgs/index.ts';
import { Card, Timeline, type TimelineEntry } from '../../../platform/web/index.ts';
import type { Role, Step } from '../../../workflow/types.ts';
import { ROLE_WORDS } from '../../../workflow/words.ts';
import type { EventView } from '../present.ts';
import type { FullCase } from '../queries.ts';
import { changesBetween, handedIn } from './handed-in.ts';
import { type Said, saidWith, type Titles } from './said.ts';
import { EVENT_TONES } from './words.ts';

function SaidList({ said }: { said: readonly Said[] }): JSX.Element {
  return (
    <>
      {said.map(({ label, text }) =>
        typeof text === 'string' ? (
          <p key={label}>
            {label}：{text}
          </p>
        ) : (
          <Fragment key={label}>
            <p>{label}：</p>
            {text.map((line, i) => (
              <p key={line}>
                {i + 1}. {line}
              </p>
            ))}
          </Fragment>
        ),
      )}
    </>
  );
}

/** Who did it, at which desk; a deputy with the one he stands in for. */
function whoText(by: EventView['by'], orgs: OrgTree): string {
  if (by.kind === 'system') return '系统';
  const org = by.org === null ? undefined : orgs.find(by.org)?.name;
  const desk = [org, by.role && ROLE_WORDS[by.role as Role]].filter(Boolean).join(' ');
  if (desk === '') return by.name;
  return by.name.endsWith('）') ? `${by.name.slice(0, -1)}，${desk}）` : `${by.name}（${desk}）`;
}

/** What a form that came in again brought: 改了 2 处：申请人 › 现住址、材料：户口簿 */
function broughtBy(full: FullCase, seq: number): Said[] {
  const all = handedIn(full.log);
  const i = all.findIndex((h) => h.seq === seq);
  const [before, after] = [all[i - 1], all[i]];
  if (!before || !after) return [];
  const places = changesBetween(full, before, after).map((c) => c.label);
  const more = places.length > MOST_PLACES ? ' 等' : '';
  const text =
    places.length === 0
      ? '申请表和材料都没有改动'
      : `${places.length} 处：${places.slice(0, MOST_PLACES).join('、')}${more}`;
  return [{ label: '改动', text }];
}
const MOST_PLACES = 5;

/** The log in office words, oldest first. */
export function timelineOf(
  events: readonly EventView[],
  full: FullCase,
  orgs: OrgTree,
  titles: Titles,
  steps: readonly Step[],
): TimelineEntry[] {
  return events.map((e) => {
    const step = steps.find((s) => s.id === e.step);
    const brought = e.type === 'RESUBMIT' ? broughtBy(full, e.seq) : [];
    const said = [...saidWith(e.type, e.data, titles, step), ...brought];
    return {
      when: chineseDateTime(e.at),
      dateTime: e.at,
      title: e.title,
      who: whoText(e.by, orgs),
      tone: EVENT_TONES[e.type] ?? 'neutral',
      ...(said.length > 0 && { detail: <SaidList said={said} /> }),
    };
  });
}

export function StoryCard({ entries, isOpen }: { entries: TimelineEntry[]; isOpen: boolean }): JSX.Element {
  return (
    <Card id="story" title="办理经过">
      {entries.length === 0 ? (
        <p class="help">还没有提交。</p>
      ) : (
        <Timeline entries={entries} current={isOpen} />
      )}
    </Card>
  );
}
