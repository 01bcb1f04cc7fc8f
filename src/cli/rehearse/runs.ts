/** Rehearsing an item from its own examples: the main path of each, and every branch of its graph. */
import { localDate } from '../../kernel/time.ts';
import type { Instant } from '../../kernel/types.ts';
import type { Definitions, Pinned } from '../../platform/definitions/index.ts';
import { loadCalendar } from '../../platform/holidays/index.ts';
import { metaOf } from '../../workflow/advance.ts';
import { branches, branchKey, type DataFor, finish } from '../../workflow/branches.ts';
import { eventNeeds } from '../../workflow/events.ts';
import { factsOf, findingsOf } from '../../workflow/facts.ts';
import { computeFields, evaluateRules } from '../../workflow/rules.ts';
import { sampleData } from '../../workflow/samples.ts';
import { type Line, open, type Stage } from '../../workflow/simulate.ts';
import { EVENT_WORDS } from '../../workflow/words.ts';

/** One rehearsal: its name, the situation it played, and what happened line by line. */
export interface Run {
  name: string;
  situation: string;
  steps: Line[];
}

/** An item played through, and the branches its machine has beside those that were shown. */
export interface Played {
  item: string;
  title: string;
  version: number;
  runs: Run[];
  coverage: { shown: number; all: number; missing: string[] };
}

/** The day every rehearsal opens on, 09:40 in the village: a Monday before the long autumn holiday. */
export const OPENING: Instant = '2026-09-28T01:40:00.000Z';

const calendar = loadCalendar();

export const dataFor =
  (pinned: Pinned): DataFor =>
  (event, state) =>
    sampleData(
      event,
      eventNeeds(pinned.definition, metaOf(pinned.machine, state), event),
      localDate(OPENING),
    );

/**
 * The stage for one situation and one example form of an item.
 * @param owing play it with its minor papers still owed (容缺)
 */
export function stageOf(
  definitions: Definitions,
  { definition, machine, formFor }: Pinned,
  situation: string,
  example: Record<string, unknown>,
  owing = false,
): Stage {
  const today = localDate(OPENING);
  const params = definitions.params(today);
  const typed = factsOf(example, situation, params, today);
  const facts = { ...typed, form: computeFields(formFor(situation), example, typed) };
  const gaps = owing ? definition.materials.filter((m) => m.tolerable).map((m) => m.id) : [];
  const { routes } = evaluateRules(definition, facts);
  return { machine, calendar, situation, routes, findings: findingsOf(definition, facts, gaps) };
}

export const examplesOf = (pinned: Pinned, situation: string) =>
  (pinned.formFor(situation).examples ?? []) as Record<string, unknown>[];

/** Stages worth searching for branches: one for each different set of routes, and one that owes papers. */
function stagesOf(definitions: Definitions, pinned: Pinned, situation: string): Stage[] {
  const forms = examplesOf(pinned, situation);
  const stages = forms.map((form) => stageOf(definitions, pinned, situation, form));
  const different = new Map(stages.map((stage) => [JSON.stringify(stage.routes), stage]));
  const owes = pinned.definition.materials.some((m) => m.tolerable);
  const owing = owes ? [stageOf(definitions, pinned, situation, forms[0] ?? {}, true)] : [];
  return [...different.values(), ...owing];
}

/** Every branch the machine of an item has: each event of each leaf, and what can happen anywhere. */
function branchesOf({ machine }: Pinned): Set<string> {
  const leaves = Object.entries(machine.states).flatMap(([step, state]) =>
    Object.entries(state.states ?? {}).flatMap(([leaf, { on = {} }]) =>
      Object.entries(on)
        .filter(([, ways]) => ways.some((t) => t.target !== undefined || t.actions?.length))
        .map(([event]) => `${step}.${leaf} ${event}`),
    ),
  );
  return new Set([...leaves, ...Object.keys(machine.on ?? {}).map((event) => `* ${event}`)]);
}

/** The main path for every situation and example, then every branch of the graph once. */
export function playItem(definitions: Definitions, pinned: Pinned): Played {
  try {
    return playAll(definitions, pinned);
  } catch (error) {
    throw new Error(`${pinned.definition.code}: ${(error as Error).message}`, { cause: error });
  }
}

function playAll(definitions: Definitions, pinned: Pinned): Played {
  const { code, title, version, situations } = pinned.definition;
  const data = dataFor(pinned);
  const runs: Run[] = [];
  const shown = new Set<string>();
  for (const { id: situation, title: situationTitle } of situations) {
    examplesOf(pinned, situation).forEach((form, i) => {
      const stage = stageOf(definitions, pinned, situation, form);
      const play = finish(stage, open(stage, OPENING), data);
      runs.push({ name: `${situationTitle} · 示例 ${i + 1} · 主路径`, situation, steps: play.lines });
    });
    const here = new Set<string>();
    for (const stage of stagesOf(definitions, pinned, situation))
      for (const branch of branches(stage, OPENING, data, here)) {
        here.add(branchKey(stage, branch.state, branch.move));
        const play = finish(stage, branch.play, data);
        const name = `${situationTitle} · ${branch.state} · ${EVENT_WORDS[branch.move.event]}`;
        runs.push({ name, situation, steps: play.lines });
      }
    for (const key of here) shown.add(key);
  }
  const all = branchesOf(pinned);
  const missing = [...all].filter((key) => !shown.has(key));
  return {
    item: code,
    title,
    version,
    runs,
    coverage: { shown: all.size - missing.length, all: all.size, missing },
  };
}
