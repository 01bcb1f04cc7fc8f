import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyNew, namesIn } from './disk.ts';
import { BackupRefused, DATABASE_FILE, KEY_FILE, type Manifest, readManifest } from './manifest.ts';
import { faultsOf } from './shelf.ts';

/** What the database is called where the service looks for it. */
const SERVED = { service: 'cunban.sqlite', rehearsal: 'rehearsal.sqlite' } as const;

/**
 * Put a backup back into an empty data directory, after every byte of it was checked. A dump of PostgreSQL is laid
 * beside the files, for `pg_restore`.
 * @throws BackupRefused when the backup is not whole, or something lies in the directory already
 */
export async function restoreBackup(from: string, to: string): Promise<Manifest> {
  const manifest = await readManifest(from);
  const faults = await faultsOf(from, manifest);
  if (faults.length > 0) throw new BackupRefused(['备份不完整，没有恢复：', ...faults].join('\n  '));
  if ((await namesIn(to, /./)).length > 0)
    throw new BackupRefused(`${to} 不是空的，没有恢复：请换一个空目录，不要覆盖在用的数据`);
  for (const { path } of manifest.files) {
    const target = join(to, placeOf(path, manifest));
    await mkdir(dirname(target), { recursive: true });
    await copyNew(join(from, path), target);
    if (path === KEY_FILE) await chmod(target, 0o600);
  }
  return manifest;
}

const placeOf = (path: string, { mode }: Manifest): string =>
  path === DATABASE_FILE.sqlite ? SERVED[mode] : path;
