import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { createOrgTree } from '../people/orgs/index.ts';
import { wallClock } from '../platform/clock.ts';
import { transact } from '../platform/db/index.ts';
import {
  definitionFolders,
  listEntered,
  loadDefinitions,
  storeDefinitions,
} from '../platform/definitions/index.ts';
import { createFileStore } from '../platform/files/index.ts';
import { openHolidays } from '../platform/holidays/index.ts';
import { createLog } from '../platform/log.ts';
import { openSigning, openStore } from '../service.ts';
import { type CaseDeps, type MoveMap, moveCases } from '../station/cases/index.ts';
import { checkAgainst } from '../workflow/formats.ts';

const text = { type: 'string', minLength: 1 } as const;
const MAP_SCHEMA = {
  type: 'object',
  properties: {
    item: text,
    from: { type: 'integer', minimum: 1 },
    to: { type: 'integer', minimum: 1 },
    reason: text,
    cases: { type: 'array', minItems: 1, items: text },
    states: { type: 'object', minProperties: 1, additionalProperties: text },
  },
  required: ['item', 'from', 'to', 'reason', 'states'],
  additionalProperties: false,
};

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));

/** What the command stands on: the service's store, without its front door. */
async function openDeps(): Promise<CaseDeps> {
  const config = readConfig();
  const { db, vault } = await openStore(config);
  const definitions = loadDefinitions({ folders: definitionFolders(config.definitionsDir ?? undefined) });
  await transact(db, (trx) => storeDefinitions(trx, definitions, wallClock.now()));
  definitions.enter(await listEntered(db.read));
  const holidays = await openHolidays(db.read);
  return {
    db,
    vault,
    definitions,
    random,
    signing: openSigning(config, { db, vault, clock: wallClock, random }),
    clock: wallClock,
    calendar: holidays.calendar,
    files: createFileStore(join(config.dataDir, 'files'), random, vault),
    log: createLog(config.logLevel),
    mode: config.mode,
    orgs: await createOrgTree(db),
    get jobs(): never {
      throw new Error('moving cases starts no job');
    },
  };
}

/**
 * `cunban move --map FILE [--dry-run]`: move running cases to another version of their item by an explicit map
 * (`{"item", "from", "to", "reason", "states": {"old.leaf": "new.leaf"}, "cases": [numbers]}`); each is recorded.
 * @returns exit code: 0 all named cases moved, 1 some were left or the map will not do, 2 the call is wrong
 */
export async function move(
  argv: string[],
  out: (s: string) => void,
  err: (s: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    strict: false,
    options: { map: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  });
  if (typeof values.map !== 'string') {
    err('usage: cunban move --map FILE [--dry-run]');
    return 2;
  }
  const map = JSON.parse(readFileSync(values.map, 'utf8')) as MoveMap;
  const faults = checkAgainst(MAP_SCHEMA, map, { today: '2026-01-01' });
  for (const { pointer, message } of faults) err(`${values.map} ${pointer} ${message}`);
  if (faults.length > 0) return 1;
  const deps = await openDeps();
  try {
    const { moved, left } = await moveCases(deps, 'console', map, values['dry-run'] === true);
    for (const name of moved) out(`${values['dry-run'] ? 'would move' : 'moved'} ${name}`);
    for (const one of left) err(`left ${one.case}: ${one.reason}`);
    out(`${moved.length} moved, ${left.length} left`);
    return left.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    err(`${error.code} ${JSON.stringify(error.data ?? {})}`);
    for (const { pointer, message } of error.faults ?? []) err(`${pointer} ${message}`);
    return 1;
  } finally {
    await deps.db.close();
  }
}
