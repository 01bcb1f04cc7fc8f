/** Backups of the running house: one a day, and whenever somebody asks. */
import { join } from 'node:path';
import { AppError, conflict, notFound } from '../../errors.ts';
import type { Instant } from '../../kernel/types.ts';
import type { Clock } from '../clock.ts';
import { type Database, transact } from '../db/index.ts';
import { describeError, type Logger } from '../log.ts';
import { type BackupOrder, makeBackup } from './make.ts';
import { BackupRefused, type Manifest } from './manifest.ts';
import { type KeptBackup, listBackups, pruneBackups, verifyBackup } from './shelf.ts';

/** Two weeks of days. */
export const KEPT = 14;
const FAILED = 'backup.failed';

export interface Backups {
  /** Folder they stand in; null: the setting `CUNBAN_BACKUP_DIR` is missing. */
  into: string | null;
  /** Newest first. */
  list(): Promise<KeptBackup[]>;
  /**
   * Make one and take away the oldest.
   * @throws 409 `backup.no_folder`, `backup.running`; 409 `backup.failed` with the reason
   */
  make(): Promise<Manifest>;
  /** @throws 404, 409 as `make` */
  verify(name: string): Promise<string[]>;
  /** The daily one; a failure is told to the log and kept for the page. */
  daily(): Promise<void>;
  /** The last try, when it failed. */
  failure(): Promise<{ at: Instant; reason: string } | null>;
}

interface KeeperDeps {
  db: Database;
  clock: Clock;
  log: Logger;
}

export function keepBackups(
  deps: KeeperDeps,
  into: string | null,
  order: Pick<BackupOrder, 'source' | 'dataDir' | 'program'>,
): Backups {
  let running = false;
  const folder = (): string => {
    if (into === null) throw conflict('backup.no_folder');
    return into;
  };
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running) throw conflict('backup.running');
    running = true;
    try {
      return await work();
    } finally {
      running = false;
    }
  };
  const list = async () => (into === null ? [] : listBackups(into));
  const make = () =>
    alone(async () => {
      try {
        const { manifest } = await makeBackup({
          ...order,
          into: folder(),
          now: deps.clock.now(),
          withKey: false,
        });
        await pruneBackups(folder(), KEPT);
        await noteFailure(deps, null);
        return manifest;
      } catch (error) {
        if (into === null) throw error;
        const reason = reasonOf(error);
        deps.log.error({ err: error }, 'backup failed');
        await noteFailure(deps, reason);
        throw conflict('backup.failed', { says: reason });
      }
    });
  return {
    into,
    list,
    make,
    verify: (name) =>
      alone(async () => {
        const found = (await list()).find((b) => b.name === name);
        if (!found) throw notFound();
        if (found.manifest === null) return ['备份清单不在了，或者被改动过'];
        return (await verifyBackup(join(folder(), name), deps.clock.now())).faults;
      }),
    async daily() {
      if (into === null) return;
      try {
        await make();
      } catch (error) {
        // Told to the log and kept for the page already; the other work of the day goes on.
        if (!(error instanceof AppError)) throw error;
      }
    },
    async failure() {
      const row = await deps.db.read('meta').where({ key: FAILED }).first();
      return row ? JSON.parse(row.value) : null;
    },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof BackupRefused) return error.message;
  const { code } = error as { code?: string };
  if (code === 'ENOSPC') return '磁盘空间不够';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return '没有写备份目录的权限';
  const described = describeError(error);
  return typeof described === 'string' ? described : described.message;
}

const noteFailure = ({ db, clock }: KeeperDeps, reason: string | null): Promise<void> =>
  transact(db, async (trx) => {
    await trx('meta').where({ key: FAILED }).delete();
    if (reason !== null)
      await trx('meta').insert({ key: FAILED, value: JSON.stringify({ at: clock.now(), reason }) });
  });
