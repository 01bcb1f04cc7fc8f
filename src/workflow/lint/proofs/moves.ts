/** What actions do to clocks, when all that is known of a clock is how it may stand. */
import type { MachineJson, Named, StateJson } from '../../machine.ts';
import type { Definition, EventName } from '../../types.ts';
import type { Way } from '../ways.ts';
import type { Edge } from './graph.ts';

/** How a clock may stand: any of these, added up. */
export const OFF = 1;
export const RUNS = 2;
export const HELD = 4;

/** Clocks by name; one that is not there is off. The notice that hangs counts as one, and so does the decision. */
export type Clocks = ReadonlyMap<string, number>;
export const NOTICE = 'notice';
export const DECIDED = 'decided';
export const TERMS = ['statutory', 'promised'];

export const standing = (clocks: Clocks, name: string): number => clocks.get(name) ?? OFF;

/** Either may be; the very same map when nothing is new. */
export function merged(known: Clocks, more: Clocks): Clocks {
  const names = new Set([...known.keys(), ...more.keys()]);
  const both = new Map([...names].map((n) => [n, standing(known, n) | standing(more, n)]));
  return [...both].every(([n, how]) => how === standing(known, n)) ? known : both;
}

export interface Moment {
  definition: Definition;
  way: Way;
  edge: Edge;
  /** Told of a clock that is started while it may still be going. */
  restarted?: (name: string) => void;
}

type Params = Record<string, never> & {
  name: string;
  parts?: { part: string; route?: string }[];
  days?: Record<string, number>;
};

/** The clocks after some actions. */
export function moved(clocks: Clocks, actions: readonly Named[], moment: Moment): Clocks {
  const after = new Map(clocks);
  for (const { type, params } of actions) MOVES[type]?.(after, (params ?? {}) as Params, moment);
  return after;
}

type Move = (clocks: Map<string, number>, params: Params, moment: Moment) => void;

function start(clocks: Map<string, number>, name: string, moment: Moment, isCertain = true): void {
  const before = standing(clocks, name);
  if (before & (RUNS | HELD)) moment.restarted?.(name);
  clocks.set(name, isCertain ? RUNS : before | RUNS);
}

/** Every state of some that a clock may be in becomes another. */
const turn = (clocks: Map<string, number>, name: string, from: number, to: number): void => {
  const before = standing(clocks, name);
  if (before & from) clocks.set(name, (before & ~from) | to);
};

const parts = (clocks: Map<string, number>): string[] =>
  [...clocks.keys()].filter((n) => n.startsWith('part:'));

const MOVES: Record<string, Move> = {
  startClock: (clocks, { name }, moment) => start(clocks, name, moment),
  startTerms(clocks, _, moment) {
    const { definition, way } = moment;
    const own = definition.situations.find((s) => s.id === way.situation)?.terms;
    if ({ ...definition.terms, ...own }.statutory !== null) start(clocks, 'statutory', moment);
    start(clocks, 'promised', moment);
  },
  /** Offices asked only when a rule struck may or may not be. */
  startParts(clocks, { days = {} }, moment) {
    const asked = moment.edge.entering.find((a) => a.type === 'askParts')?.params as Params | undefined;
    for (const office of Object.keys(days)) {
      const part = asked?.parts?.find((p) => p.part === office);
      if (part) start(clocks, `part:${office}`, moment, part.route === undefined);
    }
  },
  startRenewal(clocks, _, moment) {
    const { definition, way } = moment;
    if (definition.situations.find((s) => s.id === way.situation)?.renews) start(clocks, 'renewal', moment);
  },
  startGap: (clocks, _, moment) => start(clocks, 'gap', moment, false),
  stopClock: (clocks, { name }) => turn(clocks, name, RUNS | HELD, OFF),
  /** When the last office answers all others have, and their clocks were stopped with their answers. */
  stopPart(clocks, _, { edge }) {
    const isLast = (edge.guard?.params as { lastPart?: true } | undefined)?.lastPart === true;
    for (const name of parts(clocks))
      if (standing(clocks, name) & RUNS) clocks.set(name, isLast ? OFF : OFF | RUNS);
  },
  pauseClock: (clocks, { name }) => turn(clocks, name, RUNS, HELD),
  resumeClock: (clocks, { name }) => turn(clocks, name, HELD, RUNS),
  stopAllClocks(clocks) {
    for (const name of clocks.keys()) if (name !== NOTICE && name !== DECIDED) clocks.set(name, OFF);
  },
  noteDecision: (clocks) => clocks.set(DECIDED, RUNS),
  'notice.open': (clocks) => clocks.set(NOTICE, RUNS),
  'notice.close': (clocks) => clocks.set(NOTICE, OFF),
};

/** Every action of a machine with the place it is written in. */
export function actionsIn(machine: MachineJson): { action: Named; pointer: string }[] {
  const below = (state: StateJson, pointer: string): { action: Named; pointer: string }[] => [
    ...(state.entry ?? []).map((action, i) => ({ action, pointer: `${pointer}/entry/${i}` })),
    ...(state.exit ?? []).map((action, i) => ({ action, pointer: `${pointer}/exit/${i}` })),
    ...Object.entries(state.on ?? {}).flatMap(([event, all]) =>
      all.flatMap((t) => (t.actions ?? []).map((action) => ({ action, pointer: `${pointer}/on/${event}` }))),
    ),
    ...Object.entries(state.states ?? {}).flatMap(([name, s]) => below(s, `${pointer}/states/${name}`)),
  ];
  return below({ ...(machine.on && { on: machine.on }), states: machine.states }, '');
}

/** The fact each clock reports when it has run out. */
export function dueFacts(machine: MachineJson): Map<string, EventName> {
  const due = new Map<string, EventName>();
  for (const { action } of actionsIn(machine)) {
    const params = (action.params ?? {}) as { name?: string; onDue?: EventName; days?: object };
    if (action.type === 'startClock' && params.onDue) due.set(String(params.name), params.onDue);
    if (action.type === 'startRenewal') due.set('renewal', 'RENEWAL_DEEMED');
    if (action.type === 'startGap') due.set('gap', 'GAP_LAPSED');
    if (action.type === 'startParts' && params.onDue)
      for (const office of Object.keys(params.days ?? {})) due.set(`part:${office}`, params.onDue);
  }
  return due;
}
