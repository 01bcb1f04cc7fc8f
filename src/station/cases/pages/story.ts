/** A case's way so far, for the drawing. Pure. */
import { stateName } from '../../../workflow/advance.ts';
import { draw } from '../../../workflow/draw/index.ts';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';
import { momentsOf } from '../replayed.ts';

/** The drawing of the case's item with the state it is in and those it has been through. */
export function drawingOf(deps: Pick<CaseDeps, 'definitions'>, full: FullCase): string {
  const { pinned, row, view } = full;
  return draw(pinned.machine, `${view.itemTitle}办理流程`, {
    situation: row.situation,
    current: row.state,
    visited: momentsOf(deps, full)
      .slice(0, -1)
      .map(({ state }) => stateName(state)),
  });
}
