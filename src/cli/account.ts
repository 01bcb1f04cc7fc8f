import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { localDate } from '../kernel/time.ts';
import { createAccount } from '../people/accounts/index.ts';
import { createOrgTree } from '../people/orgs/index.ts';
import { wallClock } from '../platform/clock.ts';
import { openStore } from '../service.ts';

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));

/** One line from standard input, so that a password never stands in a command line. */
async function readPassword(err: (s: string) => void): Promise<string> {
  err('password (one line):');
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  return '';
}

/**
 * `cunban account --login L --name N --role R --org O [--subtree]`: open an account at the console; a
 * production database begins without any. Settings are those of the service; the password is read from
 * standard input.
 * @returns exit code: 0 opened, 1 refused with every reason, 2 the call is wrong
 */
export async function account(
  argv: string[],
  out: (s: string) => void,
  err: (s: string) => void,
): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    strict: false,
    options: { login: text, name: text, role: text, org: text, subtree: { type: 'boolean' } },
  });
  const { login, name, role, org } = values;
  if (![login, name, role, org].every((v) => typeof v === 'string')) {
    err('usage: cunban account --login L --name N --role R --org O [--subtree] < password');
    return 2;
  }
  const { db, vault } = await openStore(readConfig());
  try {
    const deps = { db, clock: wallClock, random, vault, orgs: await createOrgTree(db) };
    const grant = { role, org, subtree: values.subtree === true, from: localDate(wallClock.now()), to: null };
    await createAccount(deps, 'console', {
      login: login as string,
      name: name as string,
      password: await readPassword(err),
      grants: [grant as { role: string; org: string; subtree: boolean; from: string; to: null }],
    });
    out(`opened ${login}: ${role} at ${deps.orgs.get(org as string).name}`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const { pointer, message } of error.faults ?? []) err(`${pointer} ${message}`);
    if (!error.faults) err(error.code);
    return 1;
  } finally {
    await db.close();
  }
}
