/** What a backup holds, written beside it, so that every byte of it can be checked. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/types.ts';

/** A file of a backup by its path in it. */
export interface KeptFile {
  path: string;
  size: number;
  /** Of the bytes as they lie there: files of the house stay sealed. */
  sha256: string;
}

export interface Manifest {
  format: 1;
  madeAt: Instant;
  tookMs: number;
  /** Version of the program that made it. */
  program: string;
  /** The last migration the database has seen. */
  schema: string;
  mode: 'service' | 'rehearsal';
  engine: 'sqlite' | 'postgres';
  /** Which key opens what is sealed; the key itself only when it was asked for. */
  keyId: string;
  keyIncluded: boolean;
  /** Rows by table. */
  rows: Record<string, number>;
  /** The database first. */
  files: KeptFile[];
}

export const MANIFEST = 'manifest.json';
/** Hash of the manifest: a changed manifest shows. */
export const MANIFEST_SUM = 'manifest.sha256';
export const KEY_FILE = 'secret.key';
export const DATABASE_FILE = { sqlite: 'database.sqlite', postgres: 'database.dump' } as const;

/** Why a backup cannot be made, read or restored: a sentence for whoever asked. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/** The manifest in a folder. @throws BackupRefused when there is none, or it was changed */
export async function readManifest(dir: string): Promise<Manifest> {
  const [text, sum] = await Promise.all([readText(join(dir, MANIFEST)), readText(join(dir, MANIFEST_SUM))]);
  if (text === null || sum === null) throw new BackupRefused(`${dir} 里没有备份清单，或者备份没有做完`);
  if (sha256(text) !== sum.trim()) throw new BackupRefused(`${dir} 的备份清单被改动过`);
  const manifest = JSON.parse(text) as Manifest;
  if (!manifest.files.every((f) => PLACES.test(f.path)))
    throw new BackupRefused(`${dir} 的备份清单里有不属于备份的文件`);
  return manifest;
}

/** Nothing else stands in a backup, and nothing is put anywhere else. */
const PLACES = /^(database\.(sqlite|dump)|secret\.key|files\/[0-9a-f]{2}\/[0-9a-f]{64})$/;

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}
