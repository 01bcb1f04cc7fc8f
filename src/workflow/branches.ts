/** Every way through an item: the main path of an example, and each event in each state once. */
import type { Instant } from '../kernel/types.ts';
import { isResting, metaOf, NotPossible, outerFacts, possibleEvents, stateName } from './advance.ts';
import { deskFor, isFact } from './desks.ts';
import { act, dueFact, nextMorning, open, type Play, pass, report, type Stage } from './simulate.ts';
import type { CaseState, EventName } from './types.ts';

/** What an act carries on stage. */
export type DataFor = (event: EventName, state: CaseState) => Record<string, unknown>;

/** One thing that can happen in a state; `says` is how it differs from the plain sample of the act. */
export interface Move {
  event: EventName;
  says?: Record<string, unknown>;
}

/** The way forward from any state, best first. */
export const FORWARD: EventName[] = [
  'FILE',
  'RESUBMIT',
  'RESUME',
  'DISMISS_OBJECTION',
  'ACCEPT',
  'RECORD_MEETING',
  'RECORD_VISIT',
  'RECORD_CHECK',
  'GIVE_OPINION',
  'RECORD_RESULT',
  'REPORT',
  'FORWARD',
  'ALLOT',
  'POST',
  'APPROVE',
  'ISSUE',
  'PAY',
  'SETTLE',
  'COLLECT',
];

/** Acts whose answer decides where the case goes. */
const ANSWERS: Partial<Record<EventName, Record<string, unknown>>> = {
  RECORD_MEETING: { conclusion: '未通过', favour: 0 },
  RECORD_RESULT: { conclusion: '不符合' },
  GIVE_OPINION: { view: '不同意' },
};

/** When an act is done on stage: on the next working morning, or earlier when a clock would speak before that. */
function actTime(stage: Stage, play: Play): Instant {
  const morning = nextMorning(stage.calendar, play.now);
  const due = dueFact(stage, play)?.at;
  if (due === undefined || due > morning) return morning;
  return new Date((Date.parse(play.now) + Date.parse(due)) / 2).toISOString();
}

/** Take one move of a walk: a fact by letting time pass, an act in good time before the next fact. */
function step(stage: Stage, play: Play, { event, says }: Move, dataFor: DataFor): Play {
  const soon = actTime(stage, play);
  if (isFact(event)) {
    const due = dueFact(stage, play);
    if (due?.fact === event) return pass(stage, play, due.at > play.now ? due.at : play.now);
    if (outerFacts(stage.machine, play.state).includes(event)) return report(stage, play, event, soon);
    throw new NotPossible(event, stateName(play.state), []);
  }
  const desk = deskFor(event, metaOf(stage.machine, play.state));
  return act(stage, play, {
    at: play.lines.length === 0 ? play.now : soon,
    as: desk ? `${desk.at}/${desk.role}` : 'public',
    do: event,
    data: { ...dataFor(event, play.state), ...says },
  });
}

/** Everything that can happen next: people's acts, their other answers, the next fact of a clock, facts from outside. */
function movesIn(stage: Stage, play: Play): Move[] {
  const acts = possibleEvents(stage.machine, play.state).flatMap((event): Move[] => {
    const says = ANSWERS[event];
    return says ? [{ event }, { event, says }] : [{ event }];
  });
  const fact = dueFact(stage, play)?.fact;
  const outer = outerFacts(stage.machine, play.state).map((event) => ({ event }));
  return [...acts, ...(fact ? [{ event: fact }] : []), ...outer];
}

const MOST_STEPS = 80;

/** Follow the way forward until the case is over, or granted and going on. */
export function finish(stage: Stage, play: Play, dataFor: DataFor): Play {
  let at = play;
  for (let i = 0; i < MOST_STEPS && !isResting(stage.machine, at.state); i++) {
    const now = movesIn(stage, at).map((m) => m.event);
    const next =
      FORWARD.find((e) => now.includes(e)) ?? now.find((e) => isFact(e) && e === dueFact(stage, at)?.fact);
    if (!next) throw new Error(`${stage.machine.id}: nothing leads on from ${stateName(at.state)}`);
    at = step(stage, at, { event: next }, dataFor);
  }
  if (!isResting(stage.machine, at.state))
    throw new Error(`${stage.machine.id}: no end within ${MOST_STEPS} steps`);
  return at;
}

/** A branch: a state, one move there, the shortest path that shows it, and the case just after it. */
export interface Branch {
  state: string;
  move: Move;
  path: Move[];
  play: Play;
}

/** Names a branch for the coverage table; what can happen anywhere counts once for the item. */
export function branchKey(stage: Stage, state: string, { event, says }: Move): string {
  const [step = '', leaf = ''] = state.split('.');
  const own = stage.machine.states[step]?.states?.[leaf]?.on?.[event] !== undefined;
  return `${own ? state : '*'} ${event}${says ? ` ${Object.values(says).join(' ')}` : ''}`;
}

/** What tells two visits of a state apart for the search: how many offices are still to answer. */
const standing = ({ context }: CaseState): string =>
  Object.values(context.parts)
    .filter((p) => p === 'open')
    .length.toString();

/**
 * Every move in every state that can be reached, with the shortest path that shows it.
 * @param known keys of branches that earlier searches of the item have shown already
 */
export function branches(
  stage: Stage,
  opening: Instant,
  dataFor: DataFor,
  known: ReadonlySet<string> = new Set(),
): Branch[] {
  const found = new Map<string, Branch>();
  const tried = new Set<string>();
  const queue: { play: Play; path: Move[] }[] = [{ play: open(stage, opening), path: [] }];
  for (let at = queue.shift(); at; at = queue.shift()) {
    const state = stateName(at.play.state);
    for (const move of movesIn(stage, at.play)) {
      const key = branchKey(stage, state, move);
      const search = `${key} ${standing(at.play.state)}`;
      if (tried.has(search)) continue;
      tried.add(search);
      const play = step(stage, at.play, move, dataFor);
      const path = [...at.path, move];
      if (!known.has(key) && !found.has(key)) found.set(key, { state, move, path, play });
      if (metaOf(stage.machine, play.state).kind !== 'end') queue.push({ play, path });
    }
  }
  return [...found.values()];
}
