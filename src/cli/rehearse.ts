/** `cunban rehearse`. Long because reading a script, playing it and printing it are told together. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { localDate, parseInstant } from '../kernel/time.ts';
import { type Definitions, loadDefinitions, type Pinned } from '../platform/definitions/index.ts';
import { metaOf, possibleEvents } from '../workflow/advance.ts';
import { deskFor } from '../workflow/desks.ts';
import { eventNeeds, eventSchema } from '../workflow/events.ts';
import { checkAgainst } from '../workflow/formats.ts';
import { sampleData } from '../workflow/samples.ts';
import { act, type Line, open, type Play, pass, type Stage } from '../workflow/simulate.ts';
import { ACTS, type EventName } from '../workflow/types.ts';
import { EVENT_WORDS, LEVEL_WORDS, ROLE_WORDS } from '../workflow/words.ts';
import { examplesOf, type Played, playItem, type Run, stageOf } from './rehearse/runs.ts';

type Print = (s: string) => void;

/** One line of a script: who does what when; without `do`, time only passes. */
interface Cue {
  at: string;
  as?: string;
  do?: EventName;
  data?: Record<string, unknown>;
}

/** Play a script; the first cue's time opens the case. */
function scriptRun(definitions: Definitions, pinned: Pinned, cues: Cue[], name: string): Run {
  const first = cues[0];
  if (!first) throw new Error('the script is empty');
  const situation = pinned.definition.situations[0]?.id ?? '';
  const stage = stageOf(definitions, pinned, situation, examplesOf(pinned, situation)[0] ?? {});
  let play = open(stage, parseInstant(first.at));
  cues.forEach((cue, i) => {
    play = playCue(stage, pinned, play, cue, `cue ${i + 1}`);
  });
  return { name, situation, steps: play.lines };
}

/** Codes of the catalogue (A.0) for the desks of case work. */
const DESK_CODES: Record<string, string> = {
  V1: 'village/clerk',
  V2: 'village/committee',
  T0: 'township/window',
  T1: 'township/officer',
  T2: 'township/leader',
  C0: 'county/window',
  C1: 'county/officer',
  C2: 'county/reviewer',
  C3: 'county/leader',
};

/**
 * The desk that `as` names: `township/window`, a code such as `T0`, or a role alone, which may sit at any
 * level. Any other text is somebody's name and sits wherever the act is done.
 */
function deskNamed(as: string): { at: string | null; role: string } | null {
  const [first = '', second] = (DESK_CODES[as] ?? as).split('/');
  const [at, role] = second === undefined ? [null, first] : [first, second];
  const known = role in ROLE_WORDS && (at === null || at in LEVEL_WORDS);
  return known ? { at, role } : null;
}

/** An act that is possible is refused when `as` names another desk than the one it belongs to. */
function requireSeat(pinned: Pinned, play: Play, cue: Cue & { do: EventName }, where: string): void {
  const desk = deskFor(cue.do, metaOf(pinned.machine, play.state));
  const seat = cue.as === undefined ? null : deskNamed(cue.as);
  if (desk && seat && (seat.role !== desk.role || (seat.at ?? desk.at) !== desk.at))
    throw new Error(`${where}: ${cue.do} belongs to ${desk.at}/${desk.role}, not to ${cue.as}`);
}

function playCue(stage: Stage, pinned: Pinned, play: Play, cue: Cue, where: string): Play {
  const at = parseInstant(cue.at);
  if (at < play.now) throw new Error(`${where}: ${cue.at} lies before what happened already`);
  if (cue.do === undefined) return pass(stage, play, at);
  if (!(ACTS as readonly string[]).includes(cue.do)) throw new Error(`${where}: unknown act ${cue.do}`);
  const before = pass(stage, play, at);
  const needs = eventNeeds(pinned.definition, metaOf(pinned.machine, before.state), cue.do);
  const data = cue.data ?? sampleData(cue.do, needs, localDate(at));
  const faults = checkAgainst(eventSchema(cue.do, needs), data, { prefix: '/data', today: localDate(at) });
  if (faults.length > 0)
    throw new Error(`${where}: ${faults.map((f) => `${f.pointer} ${f.message}`).join('; ')}`);
  if (possibleEvents(pinned.machine, before.state).includes(cue.do))
    requireSeat(pinned, before, { ...cue, do: cue.do }, where);
  return act(stage, before, { at, as: cue.as ?? 'anybody', do: cue.do, data });
}

function printRun(run: Run, out: Print): void {
  out(`\n== ${run.name}`);
  for (const l of run.steps) {
    const holder = l.holder ? `${LEVEL_WORDS[l.holder.at]}·${ROLE_WORDS[l.holder.role]}` : '—';
    const term = (t: Line['statutory']) => (t ? `${t.due ?? '暂停'}${t.provisional ? '（暂定）' : ''}` : '—');
    const when = new Date(Date.parse(l.at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    out(`${when}  ${EVENT_WORDS[l.event]}（${l.by}）→ ${l.stateTitle} [${l.state}]  现由：${holder}`);
    out(
      `    收件 ${l.received ?? '—'} · 受理 ${l.accepted ?? '—'}${l.deemed ? '（视为）' : ''} · 法定 ${term(l.statutory)} · 承诺 ${term(l.promised)}`,
    );
    const more = [
      ...l.papers.map((p) => `文书:${p}`),
      ...l.messages.map((m) => `短信:${m}`),
      ...l.effects.map((e) => e.type),
    ];
    if (more.length > 0) out(`    ${more.join(' · ')}`);
  }
}

/** Width of a text in a terminal: a Chinese character takes two columns. */
const columns = (s: string): number => [...s].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
const padded = (s: string, width: number): string => s + ' '.repeat(Math.max(0, width - columns(s)));

/** The coverage table: items down, branches shown of those the machine has, and the ones not shown by name. */
function printCoverage(played: Played[], out: Print): void {
  out(`${padded('事项', 60)}${padded('演练', 8)}分支`);
  for (const { item, title, runs, coverage } of played) {
    const { shown, all, missing } = coverage;
    out(`${padded(`${item} ${title}`, 60)}${padded(String(runs.length), 8)}${shown}/${all}`);
    for (const key of missing) out(`    未走到：${key}`);
  }
  const sum = (of: (p: Played) => number) => played.reduce((n, p) => n + of(p), 0);
  out(
    `${padded(`共 ${played.length} 项`, 60)}${padded(String(sum((p) => p.runs.length)), 8)}${sum((p) => p.coverage.shown)}/${sum((p) => p.coverage.all)}`,
  );
}

/** One item is one object; a script has one run, told without the list around it. */
function asJson(played: Played[], script: boolean): unknown {
  const [first] = played;
  if (played.length !== 1 || !first) return played;
  const { runs, coverage: _, ...item } = first;
  return script ? { ...item, ...runs[0] } : first;
}

/**
 * `cunban rehearse CODE [--script FILE] [--json]`: run an item in memory with simulated time.
 * @returns exit code: 0 played to the end, 1 something on the way is not possible, 2 the call is wrong
 */
export async function rehearse(argv: string[], out: Print, err: Print): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { script: { type: 'string' }, json: { type: 'boolean' }, all: { type: 'boolean' } },
  });
  const definitions = loadDefinitions();
  const codes = values.all ? definitions.list().map((d) => d.code) : positionals;
  if (codes.length === 0) {
    err('usage: cunban rehearse CODE [--script FILE] [--json] | --all');
    return 2;
  }
  try {
    const played = codes.map((code): Played => {
      const pinned = definitions.get(code);
      if (!values.script) return playItem(definitions, pinned);
      const { title, version } = pinned.definition;
      const cues = JSON.parse(readFileSync(values.script, 'utf8')) as Cue[];
      const runs = [scriptRun(definitions, pinned, cues, values.script)];
      return { item: code, title, version, runs, coverage: { shown: 0, all: 0, missing: [] } };
    });
    if (values.json) out(JSON.stringify(asJson(played, values.script !== undefined), null, 2));
    else if (values.all) printCoverage(played, out);
    else
      for (const { item, title, runs } of played) {
        out(`${item} ${title}: ${runs.length} runs`);
        for (const run of runs) printRun(run, out);
      }
    return 0;
  } catch (error) {
    err(`rehearse: ${(error as Error).message}`);
    return 1;
  }
}
