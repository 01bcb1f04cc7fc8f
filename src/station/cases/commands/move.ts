import { type Fault, invalid } from '../../../errors.ts';
import { transact } from '../../../platform/db/index.ts';
import type { Pinned } from '../../../platform/definitions/index.ts';
import { stateName } from '../../../workflow/advance.ts';
import type { MachineJson } from '../../../workflow/machine.ts';
import { moved } from '../../../workflow/replay.ts';
import type { CaseDeps } from '../deps.ts';
import { listEvents } from '../log.ts';
import { findCase, findCaseByNumber, listPinned } from '../store.ts';
import { writeStep } from './step.ts';

/** Which running cases go over to another version of their item, and into which state of it. */
export interface MoveMap {
  item: string;
  from: number;
  to: number;
  /** Why, for the log (Chinese). */
  reason: string;
  /** Case numbers; absent: every running case of the version. */
  cases?: string[];
  /** State of the old version to state of the new one: `first-review.pending`. */
  states: Record<string, string>;
}

/** What became of a move: the cases that went over, and the others with the reason. */
export interface MoveResult {
  moved: string[];
  left: { case: string; reason: string }[];
}

const leavesOf = ({ states }: MachineJson): string[] =>
  Object.entries(states).flatMap(([step, state]) =>
    Object.keys(state.states ?? {}).map((leaf) => `${step}.${leaf}`),
  );

/** @throws invalid with every state that one of the versions does not have */
function requireStates(map: MoveMap, from: Pinned, to: Pinned): void {
  const known = { from: leavesOf(from.machine), to: leavesOf(to.machine) };
  const faults = Object.entries(map.states).flatMap(([before, after]): Fault[] => [
    ...(known.from.includes(before)
      ? []
      : [{ pointer: `/states/${before}`, message: `第 ${map.from} 版没有状态 ${before}` }]),
    ...(known.to.includes(after)
      ? []
      : [{ pointer: `/states/${before}`, message: `第 ${map.to} 版没有状态 ${after}` }]),
  ]);
  if (faults.length > 0) throw invalid(faults);
}

/**
 * Move running cases to another version of their item by an explicit map; each on its own, recorded in its log.
 * Cases the map does not name stay on their version and finish there.
 * @param by who asked for it, for the log
 * @param dryRun tell what would happen and write nothing
 * @throws notFound for an unknown item or version, invalid for unknown states
 */
export async function moveCases(
  deps: CaseDeps,
  by: string,
  map: MoveMap,
  dryRun = false,
): Promise<MoveResult> {
  const from = deps.definitions.version(map.item, map.from);
  const to = deps.definitions.version(map.item, map.to);
  requireStates(map, from, to);
  const result: MoveResult = { moved: [], left: [] };
  const ids = map.cases ? await idsOf(deps, map.cases, result) : await listPinned(deps.db.read, from.sha256);
  for (const id of ids) {
    const outcome = await moveOne(deps, by, map, { id, from, to, dryRun });
    if (outcome.reason === null) result.moved.push(outcome.name);
    else result.left.push({ case: outcome.name, reason: outcome.reason });
  }
  return result;
}

async function idsOf(deps: CaseDeps, numbers: string[], result: MoveResult): Promise<string[]> {
  const ids: string[] = [];
  for (const number of numbers) {
    const row = await findCaseByNumber(deps.db.read, deps.vault, number);
    if (row) ids.push(row.id);
    else result.left.push({ case: number, reason: '没有这个办件编号' });
  }
  return ids;
}

interface OneMove {
  id: string;
  from: Pinned;
  to: Pinned;
  dryRun: boolean;
}

async function moveOne(
  deps: CaseDeps,
  by: string,
  map: MoveMap,
  { id, from, to, dryRun }: OneMove,
): Promise<{ name: string; reason: string | null }> {
  return transact(deps.db, async (trx) => {
    const row = await findCase(trx, deps.vault, id);
    if (!row) throw new Error(`case ${id} is gone`);
    const name = row.number ?? row.id;
    const target = map.states[row.state];
    if (row.definitionSha !== from.sha256) return { name, reason: `不在第 ${map.from} 版上办理` };
    if (target === undefined) return { name, reason: `状态 ${row.state} 没有列入对应表` };
    if (!to.definition.situations.some((s) => s.id === row.situation))
      return { name, reason: `第 ${map.to} 版没有情形 ${row.situation}` };
    if (dryRun) return { name, reason: null };
    const now = deps.clock.now();
    const last = (await listEvents(trx, deps.vault, id)).at(-1)?.at;
    const event = {
      type: 'MOVED' as const,
      at: last && last > now ? last : now,
      by: { kind: 'system' as const, id: 'system', name: by },
      data: {
        from: from.sha256,
        to: to.sha256,
        fromVersion: map.from,
        toVersion: map.to,
        fromState: stateName(row.snapshot),
        state: target,
        reason: map.reason,
      },
    };
    const state = moved(row.snapshot, target);
    await writeStep(trx, deps, { ...row, definitionSha: to.sha256 }, to, { event, state, effects: [], now });
    return { name, reason: null };
  });
}
