/** The proofs rest on a picture of a running machine; here the picture is held against the running machine. */
import { expect } from 'chai';
import { transition } from 'xstate';
import { stageOf } from '../../src/cli/rehearse/runs.ts';
import { isPaused } from '../../src/kernel/deadline.ts';
import { mapOrgs } from '../../src/people/orgs/rules.ts';
import { planOrgs, readOrgData } from '../../src/people/orgs/seed.ts';
import { loadDefinitions } from '../../src/platform/definitions/index.ts';
import { metaOf, stateName } from '../../src/workflow/advance.ts';
import { branches } from '../../src/workflow/branches.ts';
import { baseName } from '../../src/workflow/clocks.ts';
import { desksOf } from '../../src/workflow/desks.ts';
import { eventNeeds } from '../../src/workflow/events.ts';
import { type Edge, graphOf } from '../../src/workflow/lint/proofs/graph.ts';
import { HELD, OFF, RUNS, standing } from '../../src/workflow/lint/proofs/moves.ts';
import { orgKindOf } from '../../src/workflow/lint/proofs/states.ts';
import { walk } from '../../src/workflow/lint/proofs/walk.ts';
import { routesOf } from '../../src/workflow/lint/ways.ts';
import type { MachineJson, StateJson } from '../../src/workflow/machine.ts';
import { sampleData } from '../../src/workflow/samples.ts';
import type { CaseState } from '../../src/workflow/types.ts';
import { CLOCK_ACTIONS, EFFECT_ACTIONS, vocabulary } from '../../src/workflow/vocabulary.ts';

const OPENING = '2026-09-28T01:40:00.000Z';
const definitions = loadDefinitions({ today: '2026-09-28' });
const codes = definitions.list().map((d) => d.code);

const TOLD: readonly string[] = [...CLOCK_ACTIONS, ...EFFECT_ACTIONS];
const told = (actions: readonly { type: string }[]) =>
  actions.map((a) => a.type).filter((t) => TOLD.includes(t));

/** Each transition under an event of its own and without its guard, so that it can be taken alone. */
function unguarded(state: StateJson, prefix = 'anywhere '): StateJson {
  const on = Object.entries(state.on ?? {}).flatMap(([event, all]) =>
    all.map(({ guard: _, ...t }, i) => [`${prefix}${event}/${i}`, [t]]),
  );
  const states = Object.entries(state.states ?? {}).map(([name, below]) => [name, unguarded(below, '')]);
  return {
    ...state,
    ...(on.length > 0 && { on: Object.fromEntries(on) }),
    ...(states.length > 0 && { states: Object.fromEntries(states) }),
  };
}

const stateValue = (name: string): CaseState['value'] => {
  const [step = '', leaf] = name.split('.');
  return leaf === undefined ? step : { [step]: leaf };
};

/** What XState does on one transition. */
function taken(machine: MachineJson, { from, pointer, isAnywhere }: Edge) {
  const runnable = runnables.get(machine) ?? vocabulary.createMachine(unguarded(machine as never) as never);
  runnables.set(machine, runnable);
  const [event, index] = pointer.split('/').slice(-2);
  const before = runnable.resolveState({ value: stateValue(from.name), context: machine.context } as never);
  const data = {
    type: `${isAnywhere ? 'anywhere ' : ''}${event}/${index}`,
    at: OPENING,
    by: { name: '' },
    data: {},
  };
  const [after, actions] = transition(runnable as never, before as never, data as never);
  const { value } = after as unknown as CaseState;
  return { to: stateName({ value } as CaseState), did: told(actions) };
}
// biome-ignore lint/suspicious/noExplicitAny: XState's own type of a machine made from JSON
const runnables = new WeakMap<MachineJson, any>();

describe('proofs', () => {
  for (const code of codes) {
    it(`${code}: the graph does what XState does`, () => {
      const { machine } = definitions.get(code);
      const graph = graphOf(machine);
      const edges = [...graph.edges.values()].flatMap((events) => [...events.values()].flat());
      expect(edges.length).to.be.greaterThan(10);
      for (const edge of edges) {
        const { to, did } = taken(machine, edge);
        const where = `${edge.from.name} ${edge.pointer}`;
        expect(to, where).to.equal(edge.to.name);
        expect(did, where).to.deep.equal(told([...edge.leaving, ...edge.entering]));
      }
    });

    it(`${code}: every case on stage is where the walk says it may be, and its clocks stand as it says`, () => {
      const pinned = definitions.get(code);
      const { definition, machine } = pinned;
      const graph = graphOf(machine);
      for (const { id } of definition.situations) {
        const [example] = (pinned.formFor(id).examples ?? []) as Record<string, unknown>[];
        const stage = stageOf(definitions, pinned, id, example as Record<string, unknown>);
        const struck = routesOf(definition).filter((r) => stage.routes[r]);
        const { at } = walk(graph, definition, { situation: id, struck, path: [] });
        const found = branches(stage, OPENING, (event, state) =>
          sampleData(event, eventNeeds(definition, metaOf(machine, state), event), '2026-09-28'),
        );
        for (const { play, state, move } of found) {
          const leaf = graph.leaves.find((l) => l.name === stateName(play.state));
          const clocks = leaf && at.get(leaf);
          expect(clocks, `${id} ${state} ${move.event}`).to.not.equal(undefined);
          const names = new Set([...(clocks?.keys() ?? []), ...play.state.clocks.map(baseName)]);
          for (const name of names) {
            const ledger = play.state.clocks.findLast((c) => baseName(c) === name && !c.endedOn);
            const how = ledger === undefined ? OFF : isPaused(ledger) ? HELD : RUNS;
            if (PSEUDO.includes(name)) continue;
            expect(
              standing(clocks ?? new Map(), name) & how,
              `${id} ${state} ${move.event}: ${name}`,
            ).to.equal(how);
          }
        }
      }
    }).timeout(60_000);
  }

  it('desks stand where the organisations put them', async () => {
    const tree = mapOrgs(planOrgs(await readOrgData()));
    const village = tree.within('532628103').find((o) => o.kind === 'village')?.id ?? '';
    const seen = new Set<string>();
    for (const { department, code } of definitions.list())
      for (const { state } of graphOf(definitions.get(code).machine).leaves)
        for (const desk of state.meta ? desksOf(state.meta) : []) {
          seen.add(JSON.stringify(desk));
          expect(orgKindOf(desk), `${code} ${JSON.stringify(desk)}`).to.equal(
            tree.deskOrg(desk, village, department).kind,
          );
        }
    expect(seen.size).to.be.greaterThan(20);
  });
});

/** Kept beside the clocks of a walk, but no clocks. */
const PSEUDO = ['notice', 'decided'];
