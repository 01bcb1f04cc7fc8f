import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from './app.tsx';
import { type Config, ConfigError } from './config.ts';
import { type AppDeps, carryOut, certificateWorld } from './effects.ts';
import { assertNoDemoAccounts, type DemoLogin, seedDemo } from './people/accounts/index.ts';
import { createOrgTree, seedOrgs } from './people/orgs/index.ts';
import { type Clock, movableClock, wallClock } from './platform/clock.ts';
import { claimKey, claimMode, type Database, migrate, openDatabase, transact } from './platform/db/index.ts';
import { definitionFolders, loadDefinitions, storeDefinitions } from './platform/definitions/index.ts';
import { createFileStore } from './platform/files/index.ts';
import { calendarVersion, loadCalendar } from './platform/holidays.ts';
import { listen } from './platform/http/index.ts';
import { createJobs, type Jobs } from './platform/jobs/index.ts';
import {
  createSigning,
  type KeyDeps,
  OrganFilesError,
  readOrganFiles,
  type Signing,
} from './platform/keys/index.ts';
import type { Logger } from './platform/log.ts';
import { projectRoot } from './platform/paths.ts';
import { createVault, loadSecret, type Vault } from './platform/vault/index.ts';
import { fallDue, recountTerms } from './station/cases/index.ts';
import { sweepCertificates } from './station/certificates/index.ts';
import { recountServices } from './station/papers/index.ts';
import { seedQuotas } from './station/quotas/index.ts';

/** A running service. */
export interface Service {
  url: string;
  deps: AppDeps;
  /** Logins made at this start; empty when the accounts were there already. */
  demo: DemoLogin[];
  /** Finish what runs and stop: requests first, then the ticker, then the database. */
  stop(): Promise<void>;
}

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  version: string;
};
const random = (n: number) => randomBytes(n);

/** Milliseconds a rehearsal is ahead of the wall clock, as the last one left it. */
const aheadOf = async (db: Database): Promise<number> =>
  Number((await db.read('meta').where({ key: 'rehearsal.ahead' }).first())?.value ?? 0);

/**
 * The database of a configuration, ready for this program, mode and key, with the divisions in it.
 * @throws DatabaseNewerError, AppError `database.other_mode` / `database.other_key`
 */
export async function openStore(config: Config): Promise<{ db: Database; vault: Vault }> {
  mkdirSync(config.dataDir, { recursive: true });
  const vault = createVault(loadSecret(config.dataDir, config.secret), random);
  const file = join(config.dataDir, config.mode === 'rehearsal' ? 'rehearsal.sqlite' : 'cunban.sqlite');
  const db = await openDatabase({ databaseUrl: config.databaseUrl, file });
  return closing(db, async () => {
    await migrate(db, wallClock.now());
    await claimMode(db, config.mode);
    await claimKey(db, vault.keyId);
    await seedOrgs({ db, clock: wallClock });
    return { db, vault };
  });
}

/** The work's result; when it fails, the database is closed before the failure is passed on. */
async function closing<T>(db: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Store and definitions, refused where demonstration accounts may not be. */
async function prepare(config: Config) {
  const { db, vault } = await openStore(config);
  return closing(db, async () => {
    await assertNoDemoAccounts(db, config.demoAllowed);
    const definitions = loadDefinitions({ folders: definitionFolders(config.definitionsDir ?? undefined) });
    await transact(db, (trx) => storeDefinitions(trx, definitions, wallClock.now()));
    return { db, definitions, vault };
  });
}

/**
 * The signatures of a configuration.
 * @throws ConfigError when the organs' certificates are not as they must be
 */
export function openSigning(config: Config, deps: KeyDeps): Signing {
  try {
    const organs =
      config.signingDir === null
        ? { signers: new Map(), seals: new Map() }
        : readOrganFiles(config.signingDir, deps.clock.now());
    return createSigning(deps, { algorithm: config.qrAlgorithm, organs });
  } catch (error) {
    if (!(error instanceof OrganFilesError)) throw error;
    throw new ConfigError(error.faults.map((fault) => ({ setting: 'CUNBAN_SIGNING', ...fault })));
  }
}

/** When the holiday tables are not those of the last start, every running term is counted again. */
async function recountIfNew(deps: AppDeps, version: string): Promise<void> {
  const known = (await deps.db.read('meta').where({ key: 'calendar' }).first())?.value;
  if (known === version) return;
  const moved = await recountTerms(deps);
  for (const { number, from, to } of moved)
    deps.log.warn({ case: number, from, to }, 'due day moved by the calendar');
  for (const { paperId, from, to } of await recountServices(deps))
    deps.log.warn({ paper: paperId, from, to }, 'days of a service moved by the calendar');
  deps.log.info({ moved: moved.length }, 'terms counted by the present holiday tables');
  await transact(deps.db, (trx) =>
    trx('meta').insert({ key: 'calendar', value: version }).onConflict('key').merge(),
  );
}

/**
 * Start the service: database, migrations, divisions, definitions, demonstration accounts, front door, ticker.
 * @throws DatabaseNewerError, DefinitionsError, or the system's error when something is missing or taken
 */
export async function startService(config: Config, log: Logger): Promise<Service> {
  const { db, definitions, vault } = await prepare(config);
  const rehearsal = config.mode === 'rehearsal' ? movableClock(await aheadOf(db)) : null;
  const clock: Clock = rehearsal ?? wallClock;
  const calendar = loadCalendar();
  const files = createFileStore(join(config.dataDir, 'files'), random, vault);
  const orgs = await createOrgTree(db);
  const signing = await closing(db, async () => openSigning(config, { db, vault, clock, random }));
  const lateJobs: { jobs?: Jobs } = {};
  const deps: AppDeps = {
    db,
    clock,
    random,
    calendar: () => calendar,
    definitions,
    vault,
    signing,
    files,
    log,
    mode: config.mode,
    orgs,
    publicUrl: config.publicUrl ?? '',
    get jobs() {
      return lateJobs.jobs as Jobs;
    },
  };
  lateJobs.jobs = createJobs(deps, {
    effect: (_, payload) => carryOut(deps, payload as Parameters<typeof carryOut>[1]),
    deadline: (row) => fallDue(deps, row),
    daily: (today) => sweepCertificates(deps, certificateWorld(deps), today),
  });
  const demo = config.demoAllowed ? await seedDemo({ ...deps, clock: wallClock }) : [];
  await seedQuotas(deps);
  await recountIfNew(deps, calendarVersion());
  const state = { stopping: false };
  const app = createApp({ deps, version, rehearsal, ready: () => !state.stopping });
  const server = await closing(db, () => listen(app, config));
  deps.publicUrl ||= server.url;
  deps.jobs.start();
  return {
    url: server.url,
    deps,
    demo,
    async stop() {
      state.stopping = true;
      await server.stop();
      await deps.jobs.stop();
      await db.close();
    },
  };
}
