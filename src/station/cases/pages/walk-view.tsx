/** The way of a case: its drawing, and the same as a list. */
import type { JSX } from 'preact';
import { chineseDateTime } from '../../../kernel/time.ts';
import { Card } from '../../../platform/web/index.ts';
import { EVENT_WORDS } from '../../../workflow/words.ts';
import { Drawing } from '../../shell.tsx';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';
import { deskText } from './follows.ts';
import type { Stretch, Walk } from './story.ts';

interface Props {
  deps: CaseDeps;
  full: FullCase;
  walk: Walk;
}

export function WalkCard({ deps, full, walk }: Props): JSX.Element {
  const { stretches, svg } = walk;
  return (
    <Card id="drawing" title="流程图">
      <p class="help">粗蓝线是走过的路，深蓝框是现在的环节，灰色是没有走到的。下面有同样内容的文字。</p>
      <Drawing svg={svg} label={`${full.view.itemTitle}流程图，标出了走过的路和现在的环节`} />
      <h3>走过的环节</h3>
      <ol class="plain-list">
        {stretches.map((stretch, i) => (
          <li key={i}>
            <Stop deps={deps} full={full} stretch={stretch} />
            {i === stretches.length - 1 && <strong>（现在）</strong>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Stop({ deps, full, stretch }: Omit<Props, 'walk'> & { stretch: Stretch }): JSX.Element {
  const { meta, since, by } = stretch;
  return (
    <span>
      {since && `${chineseDateTime(since)} `}
      {by && `${EVENT_WORDS[by]}，到 `}
      <strong>{meta.title}</strong>
      {meta.desk && `，${deskText(deps, full, meta.desk)}`}
    </span>
  );
}
