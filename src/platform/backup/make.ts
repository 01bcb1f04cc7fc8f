import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../kernel/canonical.ts';
import { localDate, localTime } from '../../kernel/time.ts';
import type { Instant } from '../../kernel/types.ts';
import { copyDatabase, type Source } from './database.ts';
import { copyNew, flush, hashOf, isThere, linkSame, namesIn, writeNew } from './disk.ts';
import {
  BackupRefused,
  DATABASE_FILE,
  KEY_FILE,
  type KeptFile,
  MANIFEST,
  MANIFEST_SUM,
  type Manifest,
} from './manifest.ts';
import { isSound, type KeptBackup, listBackups } from './shelf.ts';

export interface BackupOrder {
  source: Source;
  /** Folder of files and keys. */
  dataDir: string;
  /** Folder in which every backup gets a folder of its own. */
  into: string;
  now: Instant;
  program: string;
  withKey: boolean;
}

/** `2026-09-28-0940-05123`: Shanghai date and time, to the millisecond. */
const nameFor = (now: Instant): string =>
  `${localDate(now)}-${localTime(now).replace(':', '')}-${now.slice(17, 23).replace('.', '')}`;

/**
 * Make a backup: the database as it is at one moment, every file of the house, and the manifest. Files that the last
 * sound backup holds already are linked to, not copied. Half a backup never gets its name.
 * @throws BackupRefused, or the system's error (no room, no permission)
 */
export async function makeBackup(order: BackupOrder): Promise<{ dir: string; manifest: Manifest }> {
  const { into, now } = order;
  const dir = join(into, nameFor(now));
  const draft = join(into, `.${nameFor(now)}.part`);
  await mkdir(join(draft, 'files'), { recursive: true });
  try {
    const manifest = await fill(draft, order);
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    await writeNew(join(draft, MANIFEST), text);
    await writeNew(join(draft, MANIFEST_SUM), `${sha256(text)}\n`);
    await rename(draft, dir);
    await flush(into);
    return { dir, manifest };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** The database first: files are written before the rows that name them, so none can be missing. */
async function fill(draft: string, order: BackupOrder): Promise<Manifest> {
  const { source, dataDir, into, now, program, withKey } = order;
  const began = performance.now();
  const database = DATABASE_FILE[source.engine];
  const contents = await copyDatabase(source, join(draft, database));
  await flush(join(draft, database));
  const last = (await listBackups(into)).find((b) => b.manifest !== null && isSound(b));
  const files = [
    await kept(draft, database),
    ...(await copyFiles(join(dataDir, 'files'), draft, last)),
    ...(withKey ? [await copyKey(dataDir, draft)] : []),
  ];
  return {
    format: 1,
    madeAt: now,
    tookMs: Math.round(performance.now() - began),
    program,
    engine: source.engine,
    keyIncluded: withKey,
    ...contents,
    files,
  };
}

/** A file of the house never changes: one that lies in the last backup is the same. */
async function copyFiles(from: string, draft: string, last: KeptBackup | undefined): Promise<KeptFile[]> {
  const known = new Map(last?.manifest?.files.map((f) => [f.path, f]));
  const files: KeptFile[] = [];
  for (const folder of await namesIn(from, /^[0-9a-f]{2}$/)) {
    await mkdir(join(draft, 'files', folder));
    for (const name of await namesIn(join(from, folder), /^[0-9a-f]{64}$/)) {
      const path = `files/${folder}/${name}`;
      const before = known.get(path);
      if (last && before && (await linkSame(join(last.dir, path), join(draft, path), before.size)))
        files.push(before);
      else {
        await copyNew(join(from, folder, name), join(draft, path));
        files.push(await kept(draft, path));
      }
    }
  }
  return files;
}

async function copyKey(dataDir: string, draft: string): Promise<KeptFile> {
  const from = join(dataDir, KEY_FILE);
  if (!(await isThere(from))) throw new BackupRefused('没有密钥文件：密钥由 CUNBAN_SECRET 给出，请另行保管');
  await copyNew(from, join(draft, KEY_FILE));
  return kept(draft, KEY_FILE);
}

const kept = async (dir: string, path: string): Promise<KeptFile> => ({
  path,
  ...(await hashOf(join(dir, path))),
});
