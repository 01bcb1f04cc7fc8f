/** Following a case's log from its first line: the proof that the stored state is only a cache. Pure. */
import { advance, start } from './advance.ts';
import { baseName } from './clocks.ts';
import type { MachineJson } from './machine.ts';
import type { CaseEvent, CaseState } from './types.ts';

/** A state the case was in, and the version of the item it was in then. */
export interface Moment {
  machine: MachineJson;
  state: CaseState;
}

/** What a MOVED event carries: from which version (sha-256) to which, and into which state of it. */
export interface MoveData {
  from: string;
  to: string;
  state: string;
}

const moveOf = (event: CaseEvent): MoveData | null =>
  event.type === 'MOVED' ? (event.data as unknown as MoveData) : null;

/** The same case in a state of another version: what is known of it and its clocks stay; a step's clock follows its step. */
export function moved(state: CaseState, to: string): CaseState {
  const [step = '', leaf] = to.split('.');
  const [before] = typeof state.value === 'string' ? [state.value] : Object.keys(state.value);
  const rename = (name: string) => name.replace(`step:${before}`, `step:${step}`);
  return {
    ...state,
    value: leaf === undefined ? step : { [step]: leaf },
    clocks: state.clocks.map((c) =>
      c.endedOn === undefined && baseName(c) === `step:${before}` ? { ...c, name: rename(c.name) } : c,
    ),
  };
}

/**
 * Every state the case has been in, the first one included, each with its version of the item.
 * @param machineOf the compiled machine of a version, by its sha-256
 * @param sha the version the case is pinned to now
 * @throws NotPossible when the log holds an event its state could not take
 */
export function replay(
  machineOf: (sha: string) => MachineJson,
  sha: string,
  situation: string,
  events: readonly CaseEvent[],
): Moment[] {
  const first = events.map(moveOf).find((move) => move !== null)?.from ?? sha;
  const machine = machineOf(first);
  const moments: Moment[] = [{ machine, state: start(machine, situation) }];
  for (const event of events) {
    const { machine: before, state } = moments.at(-1) as Moment;
    const move = moveOf(event);
    moments.push(
      move
        ? { machine: machineOf(move.to), state: moved(state, move.state) }
        : { machine: before, state: advance(before, state, event).state },
    );
  }
  return moments;
}

/** The state a log comes to. */
export const fold = (
  machineOf: (sha: string) => MachineJson,
  sha: string,
  situation: string,
  events: readonly CaseEvent[],
): CaseState => (replay(machineOf, sha, situation, events).at(-1) as Moment).state;
