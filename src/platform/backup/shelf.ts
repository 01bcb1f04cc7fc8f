/** The folder in which backups stand: which there are, whether they were checked, and which go. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../kernel/types.ts';
import { hashOf, isThere, namesIn } from './disk.ts';
import { BackupRefused, type Manifest, readManifest } from './manifest.ts';

const NAME = /^\d{4}-\d{2}-\d{2}-\d{4}-\d{5}$/;
/** What the last check found; beside the backup, which it does not belong to. */
const CHECKED = 'verified.json';

export interface KeptBackup {
  name: string;
  dir: string;
  /** Null: the manifest is gone or was changed. */
  manifest: Manifest | null;
  /** The last check; null when there was none. */
  verified: { at: Instant; faults: string[] } | null;
}

/** Nothing is known against it. */
export const isSound = (b: KeptBackup): boolean =>
  b.manifest !== null && (b.verified?.faults.length ?? 0) === 0;

/** Bytes of everything in it. */
export const sizeOf = (manifest: Manifest): number => manifest.files.reduce((sum, f) => sum + f.size, 0);

/** The backups in a folder, newest first. */
export async function listBackups(into: string): Promise<KeptBackup[]> {
  const names = (await namesIn(into, NAME)).reverse();
  return Promise.all(names.map((name) => look(join(into, name), name)));
}

async function look(dir: string, name: string): Promise<KeptBackup> {
  const checked = join(dir, CHECKED);
  const verified = (await isThere(checked)) ? JSON.parse(await readFile(checked, 'utf8')) : null;
  try {
    return { name, dir, manifest: await readManifest(dir), verified };
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    return { name, dir, manifest: null, verified };
  }
}

/** Everything that is not as the manifest says; nothing when the backup is whole. */
export async function faultsOf(dir: string, manifest: Manifest): Promise<string[]> {
  const faults: string[] = [];
  for (const { path, size, sha256 } of manifest.files) {
    const file = join(dir, path);
    if (!(await isThere(file))) faults.push(`缺少 ${path}`);
    else {
      const found = await hashOf(file);
      if (found.size !== size || found.sha256 !== sha256) faults.push(`${path} 与清单不符`);
    }
  }
  return faults;
}

/**
 * Check every byte of a backup and note it beside it.
 * @throws BackupRefused when there is no manifest to check by
 */
export async function verifyBackup(
  dir: string,
  now: Instant,
): Promise<{ manifest: Manifest; faults: string[] }> {
  const manifest = await readManifest(dir);
  const faults = await faultsOf(dir, manifest);
  await writeFile(join(dir, CHECKED), `${JSON.stringify({ at: now, faults })}\n`);
  return { manifest, faults };
}

/** Take away all but the newest `keep`. */
export async function pruneBackups(into: string, keep: number): Promise<string[]> {
  const old = (await listBackups(into)).slice(keep);
  for (const { dir } of old) await rm(dir, { recursive: true });
  return old.map((b) => b.name);
}
