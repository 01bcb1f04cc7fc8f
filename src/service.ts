import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from './app.tsx';
import { commitmentsOnNewDay } from './branch/commitments/index.ts';
import { disclosuresOnNewDay } from './branch/disclosures/index.ts';
import { lettersOnNewDay } from './branch/mailbox/index.ts';
import { membersOnNewDay, seedMembers } from './branch/members/index.ts';
import { questionsOnNewDay } from './branch/questions/index.ts';
import { reportsOnNewDay } from './branch/reports/index.ts';
import { surveysOnNewDay } from './branch/surveys/index.ts';
import { type Config, ConfigError } from './config.ts';
import { type AppDeps, carryOut, certificateWorld, mailDeps, memberWorld } from './effects.ts';
import { localDate } from './kernel/time.ts';
import type { LocalDate } from './kernel/types.ts';
import { assertNoDemoAccounts, type DemoLogin, seedDemo } from './people/accounts/index.ts';
import { createOrgTree, seedOrgs } from './people/orgs/index.ts';
import { keepBackups, type Source } from './platform/backup/index.ts';
import { type Clock, movableClock, wallClock } from './platform/clock.ts';
import { claimKey, claimMode, type Database, migrate, openDatabase, transact } from './platform/db/index.ts';
import {
  definitionFolders,
  listEntered,
  loadDefinitions,
  storeDefinitions,
} from './platform/definitions/index.ts';
import { createFileStore } from './platform/files/index.ts';
import { openHolidays } from './platform/holidays/index.ts';
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
import { type House, recountIfNew } from './station/admin/index.ts';
import { fallDue, fillFigures } from './station/cases/index.ts';
import { sweepCertificates } from './station/certificates/index.ts';
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

/** As package.json says. */
export const programVersion = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
).version;
const random = (n: number) => randomBytes(n);

/** Milliseconds a rehearsal is ahead of the wall clock, as the last one left it. */
const aheadOf = async (db: Database): Promise<number> =>
  Number((await db.read('meta').where({ key: 'rehearsal.ahead' }).first())?.value ?? 0);

const sqliteFile = ({ dataDir, mode }: Config): string =>
  join(dataDir, mode === 'rehearsal' ? 'rehearsal.sqlite' : 'cunban.sqlite');

/** What the house begins with holds from today; in a rehearsal from ever, because it may begin on any day. */
const beginning = (mode: Config['mode']): LocalDate =>
  mode === 'rehearsal' ? '2000-01-01' : localDate(wallClock.now());

/** Where the database of a configuration is, for a backup. */
export const sourceOf = (config: Config): Source =>
  config.databaseUrl === null
    ? { engine: 'sqlite', file: sqliteFile(config) }
    : { engine: 'postgres', url: config.databaseUrl };

/**
 * The database of a configuration, ready for this program, mode and key, with the divisions in it.
 * @throws DatabaseNewerError, AppError `database.other_mode` / `database.other_key`
 */
export async function openStore(config: Config): Promise<{ db: Database; vault: Vault }> {
  mkdirSync(config.dataDir, { recursive: true });
  const vault = createVault(loadSecret(config.dataDir, config.secret), random);
  const db = await openDatabase({ databaseUrl: config.databaseUrl, file: sqliteFile(config) });
  return closing(db, async () => {
    await migrate(db, wallClock.now());
    await claimMode(db, config.mode);
    await claimKey(db, vault.keyId);
    await seedOrgs({ db }, beginning(config.mode));
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
    const folders = definitionFolders(config.definitionsDir ?? undefined);
    const definitions = loadDefinitions({ folders });
    const fresh = await transact(db, (trx) => storeDefinitions(trx, definitions, wallClock.now()));
    definitions.enter(await listEntered(db.read));
    return { db, definitions, folders, fresh, vault };
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

/**
 * Start the service: database, migrations, divisions, definitions, demonstration accounts, front door, ticker.
 * @throws DatabaseNewerError, DefinitionsError, or the system's error when something is missing or taken
 */
export async function startService(config: Config, log: Logger): Promise<Service> {
  const { db, definitions, folders, fresh, vault } = await prepare(config);
  const rehearsal = config.mode === 'rehearsal' ? movableClock(await aheadOf(db)) : null;
  const clock: Clock = rehearsal ?? wallClock;
  const holidays = await closing(db, () => openHolidays(db.read));
  const files = createFileStore(join(config.dataDir, 'files'), random, vault);
  const orgs = await createOrgTree(db);
  const signing = await closing(db, async () => openSigning(config, { db, vault, clock, random }));
  const lateJobs: { jobs?: Jobs } = {};
  const deps: AppDeps = {
    db,
    clock,
    random,
    calendar: holidays.calendar,
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
  const backups = keepBackups(deps, config.backupDir, {
    source: sourceOf(config),
    dataDir: config.dataDir,
    program: programVersion,
  });
  const house: House = {
    version: programVersion,
    startedAt: wallClock.now(),
    fresh,
    folders,
    holidays,
    backups,
  };
  lateJobs.jobs = createJobs(deps, {
    effect: (_, payload) => carryOut(deps, payload as Parameters<typeof carryOut>[1]),
    deadline: (row) => fallDue(deps, row),
    async daily(today) {
      await sweepCertificates(deps, certificateWorld(deps), today);
      await surveysOnNewDay(deps, today);
      await commitmentsOnNewDay(deps, today);
      await reportsOnNewDay(deps, today);
      await disclosuresOnNewDay(deps, today);
      await lettersOnNewDay(mailDeps(deps), today);
      await questionsOnNewDay(mailDeps(deps), today);
      await membersOnNewDay(memberWorld(deps), today);
      await backups.daily();
    },
  });
  const demo = config.demoAllowed
    ? await seedDemo({ ...deps, clock: wallClock }, beginning(config.mode))
    : [];
  if (demo.length > 0) await seedMembers(deps, beginning(config.mode));
  await seedQuotas(deps);
  await fillFigures(deps);
  await recountIfNew(deps, holidays.version());
  const state = { stopping: false };
  const app = createApp({ deps, house, rehearsal, ready: () => !state.stopping });
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
