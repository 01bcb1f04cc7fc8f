import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultLine, inspectDefinitions } from '../platform/definitions/index.ts';
import { projectRoot } from '../platform/paths.ts';
import { draw as drawMachine } from '../workflow/draw/index.ts';
import type { MachineJson } from '../workflow/machine.ts';
import type { Definition } from '../workflow/types.ts';

type Say = (s: string) => void;
interface Item {
  definition: Definition;
  machine: MachineJson;
}

const USAGE = 'usage: cunban draw CODE [SITUATION] | cunban draw --all [--out DIR]';

function argumentsOf(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: { all: { type: 'boolean' }, out: { type: 'string' } },
    });
  } catch {
    return undefined;
  }
}

/**
 * `cunban draw CODE [SITUATION]`: print the drawing of an item as SVG. `cunban draw --all [--out DIR]`: write the
 * drawing of every situation of every item. An item with faults is left out. Exit code 1 when there was one, 2
 * when the call is wrong.
 */
export async function draw(argv: string[], out: Say, err: Say): Promise<number> {
  const call = argumentsOf(argv);
  const named = call?.positionals.length ?? 0;
  if (!call || (call.values.all ? named > 0 : call.values.out !== undefined || named < 1 || named > 2)) {
    err(USAGE);
    return 2;
  }
  const [code, situation] = call.positionals;
  const { pinned, faults } = inspectDefinitions();
  if (code !== undefined) return drawOne(pinned, code, situation, out, err);
  drawAll(pinned, call.values.out ?? join(projectRoot, 'data', 'var', 'drawings'), out);
  for (const fault of faults) err(faultLine(fault));
  return faults.length > 0 ? 1 : 0;
}

const drawn = ({ definition, machine }: Item, situation: string): string =>
  drawMachine(machine, `${definition.code} ${definition.title}`, { situation });

function drawOne(items: Item[], code: string, situation: string | undefined, out: Say, err: Say): number {
  const item = items.find(({ definition }) => definition.code === code);
  if (!item) {
    err(`draw: there is no sound item ${code}; items: ${items.map((i) => i.definition.code).join(' ')}`);
    return 2;
  }
  const known = item.definition.situations.map((s) => s.id);
  const chosen = situation ?? known[0];
  if (chosen === undefined || !known.includes(chosen)) {
    err(`draw: ${code} has no situation ${situation}; situations: ${known.join(' ')}`);
    return 2;
  }
  out(drawn(item, chosen));
  return 0;
}

function drawAll(items: Item[], directory: string, out: Say): void {
  mkdirSync(directory, { recursive: true });
  let files = 0;
  for (const item of items)
    for (const { id } of item.definition.situations) {
      const file = join(directory, `${item.definition.code}-${id}.svg`);
      writeFileSync(file, `${drawn(item, id)}\n`);
      out(file);
      files++;
    }
  out(`${files} drawings of ${items.length} items`);
}
