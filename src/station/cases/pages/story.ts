/** A case's way so far, for the drawing and the timeline. Pure. */
import { advance, start, stateName } from '../../../workflow/advance.ts';
import { draw } from '../../../workflow/draw/index.ts';
import type { FullCase } from '../queries.ts';

/** The drawing of the case's item with the state it is in and those it has been through. */
export function drawingOf({ pinned, row, log, view }: FullCase): string {
  const visited: string[] = [];
  let state = start(pinned.machine, row.situation);
  for (const event of log) {
    visited.push(stateName(state));
    state = advance(pinned.machine, state, event).state;
  }
  return draw(pinned.machine, `${view.itemTitle}办理流程`, {
    situation: row.situation,
    current: row.state,
    visited,
  });
}
