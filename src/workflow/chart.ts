/**
 * Statecharts of the party-branch modules (`workflows/branch/*.json`): what may become of a record, through whom. Like
 * the items they are data and run on XState; beside them stands no other table of transitions.
 */
import { setup, transition } from 'xstate';

import { addWorkdays, type Calendar } from '../kernel/calendar.ts';
import { addDays } from '../kernel/time.ts';
import type { LocalDate } from '../kernel/types.ts';

/** One way out of a state. */
export interface ChartWay {
  /** The act in office words: 审查通过. */
  title: string;
  to: string;
  /** Parts of which the actor plays at least one. */
  by: string[];
  /** Parts that shut the actor out, whatever else he plays: the rule of the second person. */
  not?: string[];
  /** The act must say why. */
  reason?: true;
}

/** How long a record may stay in a state. */
export interface ChartTerm {
  days: number;
  unit: 'workday' | 'natural';
  /** What the house does when the term is over; without it the record is late. */
  lapse?: string;
}

export interface ChartState {
  title: string;
  /** Nothing more is done with it. */
  end?: true;
  term?: ChartTerm;
  on?: Record<string, ChartWay>;
}

/** A chart as it stands in its file. */
export interface Chart {
  id: string;
  title: string;
  /** Where the rules come from: section of the specification, article of the regulation. */
  source: string;
  initial: string;
  /** Parts somebody may play for a record, by id, in words. `system` is the house itself. */
  parts: Record<string, string>;
  states: Record<string, ChartState>;
}

/** An act that is possible now. */
export interface Possible extends ChartWay {
  event: string;
}

/** A chart at work: pure answers. */
export interface RunningChart {
  chart: Chart;
  /** The state after an act; why not: `impossible` in this state for anybody, `not_yours` for somebody of these parts. */
  after(
    state: string,
    event: string,
    parts: ReadonlySet<string>,
  ): string | { refused: 'impossible' | 'not_yours' };
  /** What somebody of these parts may do, in the order of the file. */
  possible(state: string, parts: ReadonlySet<string>): Possible[];
  /** Last day of a state entered on a day, both Shanghai dates; null without a term. `provisional`: rests on a presumed calendar. */
  dueOf(state: string, on: LocalDate, calendar: Calendar): { due: LocalDate; provisional: boolean } | null;
  title(state: string): string;
}

type Said = { type: string; parts: ReadonlySet<string> };

const mayGo = ({ by, not = [] }: Pick<ChartWay, 'by' | 'not'>, parts: ReadonlySet<string>): boolean =>
  by.some((part) => parts.has(part)) && !not.some((part) => parts.has(part));

/** The one vocabulary of these charts: a guard that asks which parts the actor plays. */
const vocabulary = setup({
  types: { events: {} as Said },
  guards: {
    plays: ({ event }, way: Pick<ChartWay, 'by' | 'not'>) => mayGo(way, event.parts),
  },
});

/** The XState machine of a chart. */
function machineOf({ id, initial, states }: Chart) {
  const ways = (on: Record<string, ChartWay>) =>
    Object.fromEntries(
      Object.entries(on).map(([event, { to, by, not }]) => [
        event,
        { target: to, reenter: true, guard: { type: 'plays' as const, params: { by, ...(not && { not }) } } },
      ]),
    );
  return vocabulary.createMachine({
    id,
    initial,
    states: Object.fromEntries(
      Object.entries(states).map(([state, { end, on }]) => [
        state,
        end ? { type: 'final' as const } : { on: ways(on ?? {}) },
      ]),
    ),
  } as Parameters<typeof vocabulary.createMachine>[0]);
}

const stateOf = (chart: Chart, state: string): ChartState => {
  const found = chart.states[state];
  if (!found) throw new Error(`chart ${chart.id} has no state ${state}`);
  return found;
};

/** @throws Error with every fault of the chart */
export function runChart(chart: Chart): RunningChart {
  const faults = lintChart(chart);
  if (faults.length > 0) throw new Error(`workflows/branch/${chart.id}.json: ${faults.join('; ')}`);
  const machine = machineOf(chart);
  return {
    chart,
    after(state, event, parts) {
      const way = stateOf(chart, state).on?.[event];
      if (!way) return { refused: 'impossible' };
      const said = { type: event, parts };
      const snapshot = machine.resolveState({ value: state });
      if (!snapshot.can(said)) return { refused: 'not_yours' };
      const [next] = transition(machine, snapshot, said);
      return String(next.value);
    },
    possible: (state, parts) =>
      Object.entries(stateOf(chart, state).on ?? {}).flatMap(([event, way]) =>
        mayGo(way, parts) ? [{ event, ...way }] : [],
      ),
    dueOf(state, on, calendar) {
      const { term } = stateOf(chart, state);
      if (!term) return null;
      const due = term.unit === 'workday' ? addWorkdays(calendar, on, term.days) : addDays(on, term.days);
      return { due, provisional: term.unit === 'workday' && calendar.isProvisional(due) };
    },
    title: (state) => stateOf(chart, state).title,
  };
}

/**
 * What is wrong with a chart: ways that lead nowhere, states nobody comes to or gets out of, parts nobody named, words
 * that are missing. Empty when it is sound.
 */
export function lintChart(chart: Chart): string[] {
  const faults: string[] = [];
  const { states, parts, initial } = chart;
  if (!states[initial]) faults.push(`initial state ${initial} is not there`);
  for (const [id, state] of Object.entries(states)) faults.push(...stateFaults(chart, id, state));
  const played = new Set(
    Object.values(states).flatMap(({ on = {} }) =>
      Object.values(on).flatMap((w) => [...w.by, ...(w.not ?? [])]),
    ),
  );
  for (const part of Object.keys(parts))
    if (!played.has(part) && part !== 'system') faults.push(`part ${part} does nothing`);
  const reached = reach([initial], (id) => targets(states[id]));
  const ends = Object.keys(states).filter((id) => states[id]?.end);
  const into = (id: string) => Object.keys(states).filter((from) => targets(states[from]).includes(id));
  const ending = reach(ends, into);
  for (const id of Object.keys(states)) {
    if (!reached.has(id)) faults.push(`nothing leads to ${id}`);
    if (!ending.has(id)) faults.push(`from ${id} nothing leads to an end`);
  }
  return faults;
}

const targets = (state: ChartState | undefined): string[] => Object.values(state?.on ?? {}).map((w) => w.to);

function stateFaults(
  { states, parts }: Chart,
  id: string,
  { title, end, on = {}, term }: ChartState,
): string[] {
  const faults: string[] = [];
  if (!/^[a-z]+(_[a-z]+)*$/.test(id)) faults.push(`${id}: a state is called like under_way`);
  if (!title) faults.push(`${id} has no title`);
  if (end && (Object.keys(on).length > 0 || term)) faults.push(`${id} is an end and goes on`);
  for (const [event, way] of Object.entries(on)) {
    if (!/^[A-Z]+(_[A-Z]+)*$/.test(event))
      faults.push(`${id}: an act is called like HAND_OVER, not ${event}`);
    if (!way.title) faults.push(`${id} ${event} has no title`);
    if (!states[way.to]) faults.push(`${id} ${event} leads to ${way.to}, which is not there`);
    if (way.by.length === 0) faults.push(`${id} ${event} is nobody's`);
    for (const part of [...way.by, ...(way.not ?? [])])
      if (part !== 'system' && parts[part] === undefined)
        faults.push(`${id} ${event}: part ${part} is not named`);
  }
  if (term && !(Number.isInteger(term.days) && term.days > 0)) faults.push(`${id}: a term has whole days`);
  if (term?.lapse !== undefined && !on[term.lapse]?.by.includes('system'))
    faults.push(`${id}: the house does not do ${term.lapse}`);
  return faults;
}

/** Everything that can be come to from somewhere. */
function reach(from: readonly string[], next: (id: string) => string[]): Set<string> {
  const seen = new Set(from);
  for (const id of seen) for (const to of next(id)) seen.add(to);
  return seen;
}
