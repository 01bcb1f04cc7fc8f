import { metaOf } from '../../workflow/advance.ts';
import { replay } from '../../workflow/replay.ts';
import type { CaseEvent } from '../../workflow/types.ts';
import type { Act } from '../rosters/index.ts';
import type { CaseDeps } from './deps.ts';
import type { CaseRow } from './store.ts';

/** Every event of a case with the step it came in, oldest first. */
export function actsOf(
  deps: Pick<CaseDeps, 'definitions'>,
  row: Pick<CaseRow, 'definitionSha' | 'situation'>,
  log: readonly CaseEvent[],
): Act[] {
  const machineOf = (sha: string) => deps.definitions.pinned(sha).machine;
  const moments = replay(machineOf, row.definitionSha, row.situation, log);
  return log.map(({ type, data }, i) => {
    const { machine, state } = moments[i] as (typeof moments)[number];
    return { step: metaOf(machine, state).step, type, data };
  });
}
