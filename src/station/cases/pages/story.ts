/** A case's way so far, for the drawing and the timeline. Pure. */
import { stateName } from '../../../workflow/advance.ts';
import { draw } from '../../../workflow/draw/index.ts';
import { replay } from '../../../workflow/replay.ts';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';

/** The drawing of the case's item with the state it is in and those it has been through. */
export function drawingOf(
  { definitions }: Pick<CaseDeps, 'definitions'>,
  { pinned, row, log, view }: FullCase,
): string {
  const moments = replay((sha) => definitions.pinned(sha).machine, row.definitionSha, row.situation, log);
  return draw(pinned.machine, `${view.itemTitle}办理流程`, {
    situation: row.situation,
    current: row.state,
    visited: moments.slice(0, -1).map(({ state }) => stateName(state)),
  });
}
