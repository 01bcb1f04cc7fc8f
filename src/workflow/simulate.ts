/**
 * Rehearsing an item without a database: the same `advance`, a simulated calendar, and the facts that
 * clocks report as time passes. Used by `cunban rehearse` to walk the main path and every branch.
 * Long because playing, passing time and finding branches share one small vocabulary.
 */
import type { Calendar } from '../kernel/calendar.ts';
import { deriveDue, rungsOf, standingOf } from '../kernel/deadline.ts';
import { addDays, localDate, startOfDay } from '../kernel/time.ts';
import type { Instant, LocalDate } from '../kernel/types.ts';
import { advance, isClosed, metaOf, NotPossible, possibleEvents, start, stateName } from './advance.ts';
import { deskFor, isFact } from './desks.ts';
import type { MachineJson } from './machine.ts';
import type { CaseEvent, CaseState, Desk, Effect, EventName, PaperKind } from './types.ts';

export interface TermLine {
  due: LocalDate | null;
  provisional: boolean;
  light: string;
}

/** One line of a rehearsal: what happened, and how the case stands after it. */
export interface Line {
  at: Instant;
  by: string;
  event: EventName;
  state: string;
  stateTitle: string;
  holder: Desk | null;
  received: LocalDate | null;
  accepted: LocalDate | null;
  deemed: boolean;
  statutory: TermLine | null;
  promised: TermLine | null;
  papers: PaperKind[];
  messages: string[];
  effects: Exclude<Effect, { type: 'paper' | 'message' }>[];
}

export interface Stage {
  machine: MachineJson;
  calendar: Calendar;
  situation: string;
  /** Route rules that strike, as the form decided. */
  routes: Record<string, boolean>;
}

/** A case on stage: its state, its simulated time, and the lines so far. */
export interface Play {
  state: CaseState;
  now: Instant;
  lines: Line[];
}

export const open = (stage: Stage, now: Instant): Play => ({
  state: start(stage.machine, stage.situation),
  now,
  lines: [],
});

function termLine(state: CaseState, name: string, at: Instant, calendar: Calendar): TermLine | null {
  const ledger = state.clocks.findLast((c) => c.name.split('#')[0] === name);
  if (!ledger) return null;
  const { due, provisional } = deriveDue(ledger, calendar);
  return { due, provisional, light: standingOf(ledger, localDate(at), calendar).light };
}

function lineOf(stage: Stage, event: CaseEvent, state: CaseState, effects: Effect[]): Line {
  const meta = metaOf(stage.machine, state);
  const { receivedAt, acceptedOn, deemed } = state.context;
  return {
    at: event.at,
    by: event.by.name,
    event: event.type,
    state: stateName(state),
    stateTitle: meta.title,
    holder: meta.desk,
    received: receivedAt && localDate(receivedAt),
    accepted: acceptedOn,
    deemed,
    statutory: termLine(state, 'statutory', event.at, stage.calendar),
    promised: termLine(state, 'promised', event.at, stage.calendar),
    papers: effects.flatMap((e) => (e.type === 'paper' ? [e.paper] : [])),
    messages: effects.flatMap((e) => (e.type === 'message' ? [e.template] : [])),
    effects: effects.filter((e) => e.type !== 'paper' && e.type !== 'message'),
  };
}

function take(stage: Stage, play: Play, event: CaseEvent): Play {
  const { state, effects } = advance(stage.machine, play.state, event);
  return { state, now: event.at, lines: [...play.lines, lineOf(stage, event, state, effects)] };
}

/** The next fact a clock will report, if any. */
function nextFact(stage: Stage, play: Play): { fact: EventName; at: Instant } | null {
  const facts = play.state.clocks.flatMap((ledger) =>
    rungsOf(ledger, stage.calendar)
      .filter((r) => r.rung === 'due' && ledger.onDue !== undefined)
      .map((r) => ({ fact: ledger.onDue as EventName, at: r.firesAt })),
  );
  return facts.sort((a, b) => a.at.localeCompare(b.at))[0] ?? null;
}

const HOUSE = { kind: 'system', id: 'system', name: '系统' } as const;

/** Let time pass to `until`; every fact that falls due on the way is reported in its order. */
export function pass(stage: Stage, play: Play, until: Instant): Play {
  let at = play;
  for (;;) {
    const next = nextFact(stage, at);
    if (!next || next.at > until) return { ...at, now: until > at.now ? until : at.now };
    at = take(stage, at, { type: next.fact, at: next.at, by: HOUSE, data: {} });
  }
}

/** One person's act at a time, after whatever fell due before it. */
export function act(
  stage: Stage,
  play: Play,
  cue: { at: Instant; as: string; do: EventName; data: Record<string, unknown> },
): Play {
  if (isFact(cue.do)) throw new NotPossible(cue.do, stateName(play.state), []);
  const before = pass(stage, play, cue.at);
  const desk = deskFor(cue.do, metaOf(stage.machine, before.state));
  const by = { kind: 'account', id: cue.as, name: cue.as, ...(desk && { role: desk.role }) } as const;
  const handsIn = cue.do === 'FILE' || cue.do === 'RESUBMIT';
  return take(stage, before, {
    type: cue.do,
    at: cue.at,
    by,
    data: cue.data,
    ...(handsIn && { routes: stage.routes }),
  });
}

/** The way forward from any state, best first. */
const FORWARD: EventName[] = [
  'FILE',
  'RESUBMIT',
  'RESUME',
  'DISMISS_OBJECTION',
  'ACCEPT',
  'RECORD_VISIT',
  'FORWARD',
  'POST',
  'APPROVE',
  'ISSUE',
  'COLLECT',
];

/** 09:40 on the next working day. */
function nextMorning(calendar: Calendar, now: Instant): Instant {
  let day = addDays(localDate(now), 1);
  while (!calendar.isWorkday(day)) day = addDays(day, 1);
  return new Date(Date.parse(startOfDay(day)) + (9 * 60 + 40) * 60_000).toISOString();
}

/** Take one event of a walk: a fact by letting time pass, an act on the next working morning. */
export function step(
  stage: Stage,
  play: Play,
  event: EventName,
  dataFor: (event: EventName, state: CaseState) => Record<string, unknown>,
): Play {
  if (isFact(event)) {
    const due = nextFact(stage, play);
    if (due?.fact !== event) throw new NotPossible(event, stateName(play.state), []);
    return pass(stage, play, due.at);
  }
  const desk = deskFor(event, metaOf(stage.machine, play.state));
  const at = play.lines.length === 0 ? play.now : nextMorning(stage.calendar, play.now);
  return act(stage, play, {
    at,
    as: desk ? `${desk.at}/${desk.role}` : 'public',
    do: event,
    data: dataFor(event, play.state),
  });
}

/** Events that can happen next: people's acts, and the fact a running clock will report. */
function events(stage: Stage, play: Play): EventName[] {
  const fact = nextFact(stage, play)?.fact;
  return [...possibleEvents(stage.machine, play.state), ...(fact ? [fact] : [])];
}

const MOST_STEPS = 80;

/** Follow the way forward to an end of the case. */
export function finish(
  stage: Stage,
  play: Play,
  dataFor: (event: EventName, state: CaseState) => Record<string, unknown>,
): Play {
  let at = play;
  for (let i = 0; i < MOST_STEPS && !isClosed(stage.machine, at.state); i++) {
    const now = events(stage, at);
    const next = FORWARD.find((e) => now.includes(e)) ?? now.find(isFact);
    if (!next) throw new Error(`${stage.machine.id}: nothing leads on from ${stateName(at.state)}`);
    at = step(stage, at, next, dataFor);
  }
  if (!isClosed(stage.machine, at.state))
    throw new Error(`${stage.machine.id}: no end within ${MOST_STEPS} steps`);
  return at;
}

/** A branch: the shortest way to a state, one event there, and then the way forward. */
export interface Branch {
  state: string;
  event: EventName;
  path: EventName[];
}

/** Every (state, event) pair that can be reached, with the shortest path that shows it. */
export function branches(
  stage: Stage,
  opening: Instant,
  dataFor: (event: EventName, state: CaseState) => Record<string, unknown>,
): Branch[] {
  const found = new Map<string, Branch>();
  const queue: { play: Play; path: EventName[] }[] = [{ play: open(stage, opening), path: [] }];
  for (let at = queue.shift(); at; at = queue.shift()) {
    for (const event of events(stage, at.play)) {
      const state = stateName(at.play.state);
      if (found.has(`${state} ${event}`)) continue;
      const path = [...at.path, event];
      found.set(`${state} ${event}`, { state, event, path });
      const after = step(stage, at.play, event, dataFor);
      if (!isClosed(stage.machine, after.state)) queue.push({ play: after, path });
    }
  }
  return [...found.values()];
}
