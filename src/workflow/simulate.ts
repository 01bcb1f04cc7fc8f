/**
 * Rehearsing an item without a database: the same `advance`, a simulated calendar, and the facts that clocks
 * report as time passes. `branches.ts` finds every way through an item with it.
 */
import type { Calendar } from '../kernel/calendar.ts';
import { deriveDue, type Ledger, rungsOf, standingOf } from '../kernel/deadline.ts';
import { addDays, localDate, startOfDay } from '../kernel/time.ts';
import type { Instant, LocalDate } from '../kernel/types.ts';
import { advance, metaOf, NotPossible, start, stateName } from './advance.ts';
import { baseName, factData } from './clocks.ts';
import { deskFor, isFact } from './desks.ts';
import type { MachineJson } from './machine.ts';
import type { CaseEvent, CaseState, Desk, Effect, EventName, Findings, PaperKind } from './types.ts';

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
  /** What else the form says when it is handed in. */
  findings: Omit<Findings, 'countsFrom'>;
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
  const ledger = state.clocks.findLast((c) => baseName(c) === name);
  if (!ledger) return null;
  const { due, provisional } = deriveDue(ledger, calendar);
  return { due, provisional, light: standingOf(ledger, at, calendar).light };
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

interface NextFact {
  fact: EventName;
  at: Instant;
  data: Record<string, unknown>;
}

/** When a clock that waits to report a fact does so; a ledger never changes, so it is worked out once. */
const reported = new WeakMap<Ledger, Instant | null>();

function reportedAt(ledger: Ledger, calendar: Calendar): Instant | null {
  if (ledger.onDue === undefined || ledger.endedOn !== undefined) return null;
  const known = reported.get(ledger);
  if (known !== undefined) return known;
  const at = rungsOf(ledger, calendar).find((r) => r.rung === 'due')?.firesAt ?? null;
  reported.set(ledger, at);
  return at;
}

/** The next fact a clock will report, if any. */
function nextFact(stage: Stage, play: Play): NextFact | null {
  const facts = play.state.clocks.flatMap((ledger) => {
    const at = reportedAt(ledger, stage.calendar);
    return at === null ? [] : [{ fact: ledger.onDue as EventName, at, data: factData(ledger) }];
  });
  return facts.sort((a, b) => a.at.localeCompare(b.at))[0] ?? null;
}

const HOUSE = { kind: 'system', id: 'system', name: '系统' } as const;

/** Let time pass to `until`; every fact that falls due on the way is reported in its order. */
export function pass(stage: Stage, play: Play, until: Instant): Play {
  let at = play;
  for (;;) {
    const next = nextFact(stage, at);
    if (!next || next.at > until) return { ...at, now: until > at.now ? until : at.now };
    const when = next.at > at.now ? next.at : at.now;
    at = take(stage, at, { type: next.fact, at: when, by: HOUSE, data: next.data });
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
  const part = typeof cue.data.part === 'string' ? cue.data.part : openPart(before.state);
  const desk = deskFor(cue.do, metaOf(stage.machine, before.state), part);
  const by = { kind: 'account', id: cue.as, name: cue.as, ...(desk && { role: desk.role }) } as const;
  const handsIn = cue.do === 'FILE' || cue.do === 'RESUBMIT';
  const findings = { ...stage.findings, countsFrom: localDate(cue.at) };
  return take(stage, before, {
    type: cue.do,
    at: cue.at,
    by,
    data: cue.do === 'GIVE_OPINION' ? { ...cue.data, part } : cue.data,
    ...(handsIn && { routes: stage.routes, findings }),
  });
}

/** The office of a joint review whose turn it is on stage. */
const openPart = ({ context }: CaseState): string | undefined =>
  Object.keys(context.parts).find((part) => context.parts[part] === 'open');

/** 09:40 on the next working day. */
export function nextMorning(calendar: Calendar, now: Instant): Instant {
  let day = addDays(localDate(now), 1);
  while (!calendar.isWorkday(day)) day = addDays(day, 1);
  return new Date(Date.parse(startOfDay(day)) + (9 * 60 + 40) * 60_000).toISOString();
}

/** A fact that no clock reports: another item did (a death). */
export const report = (stage: Stage, play: Play, fact: EventName, at: Instant): Play =>
  take(stage, pass(stage, play, at), { type: fact, at, by: HOUSE, data: {} });

/** The fact a running clock will report next, and when. */
export const dueFact = (stage: Stage, play: Play): { fact: EventName; at: Instant } | null =>
  nextFact(stage, play);
