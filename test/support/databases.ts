/**
 * Real databases for tests: SQLite in a temporary file, PostgreSQL from the run's server (`run.ts`). Every `open()` gives
 * a fresh, migrated database.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, migrate, openDatabase } from '../../src/platform/db/index.ts';
import { leaveOut, postgresUrl, runFolder } from './run.ts';

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

let ownFolder: string | undefined;
let sequence = 0;

/** Files are tested in several processes: each has a folder of its own. */
function folder(): string {
  ownFolder ??= mkdtempSync(join(runFolder(), 'files-'));
  return ownFolder;
}

const sqlite: Engine = {
  name: 'sqlite',
  async open() {
    const template = join(folder(), 'template.sqlite');
    if (!existsSync(template)) {
      const db = await openDatabase({ databaseUrl: null, file: template });
      await migrate(db, MIGRATED_AT);
      await db.close();
    }
    const file = join(folder(), `db-${++sequence}.sqlite`);
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

let templated: Promise<void> | undefined;

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
    const url = postgresUrl() as string;
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

/** The same tests on both databases; `open` is called in a hook and its database dropped after the last test. */
export function onEachDatabase(title: string, tests: (engine: Engine) => void): void {
  for (const engine of engines)
    describe(title, () => {
      before(function () {
        if (engine.name !== 'postgres' || postgresUrl() !== undefined) return;
        leaveOut('PostgreSQL did not start');
        this.skip();
      });
      // A suite of its own: when it is skipped, so are its hooks.
      describe(`(${engine.name})`, () => tests(engine));
    });
}
