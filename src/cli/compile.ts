import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDefinitions } from '../platform/definitions/index.ts';
import { projectRoot } from '../platform/paths.ts';

const directory = join(projectRoot, 'workflows', 'machines');

/** What stands under `workflows/machines/` should be: file name to text. */
function machineFiles(): Map<string, string> {
  const definitions = loadDefinitions();
  return new Map(
    definitions.list().map(({ code }) => {
      const { machine } = definitions.get(code);
      return [`${code}.machine.json`, `${JSON.stringify(machine, null, 2)}\n`];
    }),
  );
}

/** Files that are missing, stale or belong to no item any more. */
export function staleMachines(): string[] {
  const wanted = machineFiles();
  const present = existsSync(directory) ? readdirSync(directory).filter((f) => f.endsWith('.json')) : [];
  const stale = [...wanted].filter(
    ([file, text]) => !present.includes(file) || readFileSync(join(directory, file), 'utf8') !== text,
  );
  return [...stale.map(([file]) => file), ...present.filter((f) => !wanted.has(f))];
}

/** `cunban compile`: write the XState machine of every item under `workflows/machines/`. */
export async function compile(_argv: string[], out: (s: string) => void): Promise<number> {
  const wanted = machineFiles();
  const stale = staleMachines();
  mkdirSync(directory, { recursive: true });
  for (const file of stale) {
    const text = wanted.get(file);
    if (text === undefined) rmSync(join(directory, file));
    else writeFileSync(join(directory, file), text);
    out(`${text === undefined ? 'removed' : 'written'} workflows/machines/${file}`);
  }
  out(`${wanted.size} machines, ${stale.length} changed`);
  return 0;
}
