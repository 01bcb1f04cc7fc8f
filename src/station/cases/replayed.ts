/** The way of a case so far, as its log tells it. Pure. */
import { metaOf } from '../../workflow/advance.ts';
import { type Moment, replay } from '../../workflow/replay.ts';
import type { CaseDeps } from './deps.ts';
import type { FullCase } from './queries.ts';

type Deps = Pick<CaseDeps, 'definitions'>;
type Replayed = Pick<FullCase, 'row' | 'log'>;

/** Every state it has been in, the first one included, each with its version of the item. */
export const momentsOf = ({ definitions }: Deps, { row, log }: Replayed): Moment[] =>
  replay((sha) => definitions.pinned(sha).machine, row.definitionSha, row.situation, log);

/** For each event, the step the case was in when it came. */
export const stepsOf = (deps: Deps, full: Replayed): string[] =>
  momentsOf(deps, full).map(({ machine, state }) => metaOf(machine, state).step);
