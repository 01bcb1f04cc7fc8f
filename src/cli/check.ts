import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { localDate } from '../kernel/time.ts';
import { wallClock } from '../platform/clock.ts';
import { definitionFolders, faultLine, inspectDefinitions } from '../platform/definitions/index.ts';
import { checkSchemes } from '../station/payouts/index.ts';
import { paramsOn } from '../workflow/parameters.ts';

type Print = (s: string) => void;

/**
 * `cunban check [--dir D]`: validate and lint the items under `D/workflows` with the forms under `D/forms`
 * (parameters: `D/data/parameters` when it is there), and the project's schemes of money against them. Every fault is a line `file · path · reason`.
 * @returns 0 nothing wrong, 1 faults, 2 the call is wrong
 */
export async function check(argv: string[], out: Print, err: Print): Promise<number> {
  const dir = folderIn(argv);
  if (dir === null) {
    err('usage: cunban check [--dir D]');
    return 2;
  }
  const folders = definitionFolders(dir === undefined ? undefined : resolve(dir));
  const today = localDate(wallClock.now());
  const { pinned, forms, parameters, faults: found } = inspectDefinitions({ folders, today });
  const params = paramsOn(parameters, today);
  const faults = [
    ...found,
    ...checkSchemes(pinned, { params, today, complete: dir === undefined && found.length === 0 }),
  ];
  for (const fault of faults) out(faultLine(fault));
  if (faults.length > 0) {
    out(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`);
    return 1;
  }
  out(`${pinned.length} items, ${forms.length} forms, ${parameters.length} parameters: nothing wrong`);
  return 0;
}

/** The folder asked for, undefined for the project's own, null when the call is wrong. */
function folderIn(argv: string[]): string | undefined | null {
  try {
    return parseArgs({ args: argv, options: { dir: { type: 'string' } } }).values.dir;
  } catch {
    return null;
  }
}
