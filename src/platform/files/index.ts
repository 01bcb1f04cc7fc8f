/**
 * Files by their content: the name of a file is the hash of its bytes, so nothing is stored twice or changed. On the
 * disk they lie sealed, as bank files, scans and signed papers carry numbers in full.
 */
import { mkdir, open as openFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { invalid, tooLarge, unsupportedMedia } from '../../errors.ts';
import { sha256 } from '../../kernel/canonical.ts';
import type { Vault } from '../vault/index.ts';

export interface FileStore {
  /** Keep bytes; returns once they are on the disk. */
  put(bytes: Uint8Array): Promise<{ hash: string; size: number }>;
  /** @throws Error when there is no such file, or its bytes no longer fit their hash */
  get(hash: string): Promise<Buffer>;
}

/** A store under one directory: `ab/abcdef…`. Half-written files never get their name. */
export function createFileStore(
  directory: string,
  random: (n: number) => Uint8Array,
  vault: Pick<Vault, 'sealBytes' | 'openBytes'>,
): FileStore {
  const placeOf = (hash: string) => {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error(`not a file hash: ${hash}`);
    return { folder: join(directory, hash.slice(0, 2)), file: join(directory, hash.slice(0, 2), hash) };
  };
  return {
    async put(bytes) {
      const hash = sha256(bytes);
      const { folder, file } = placeOf(hash);
      if (!(await isThere(file)))
        await write(folder, file, vault.sealBytes(bytes), Buffer.from(random(8)).toString('hex'));
      return { hash, size: bytes.length };
    },
    async get(hash) {
      const bytes = opened(vault, await readFile(placeOf(hash).file), hash);
      if (sha256(bytes) !== hash) throw new Error(`file ${hash} is damaged`);
      return bytes;
    },
  };
}

/** Files of an older house lie there as they were handed in. */
function opened(vault: Pick<Vault, 'openBytes'>, stored: Buffer, hash: string): Buffer {
  try {
    return vault.openBytes(stored);
  } catch (error) {
    throw new Error(`file ${hash} is damaged, or sealed with another key`, { cause: error });
  }
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (error: { code?: string }) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

async function write(folder: string, file: string, bytes: Uint8Array, suffix: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  const draft = `${file}.${suffix}`;
  try {
    await flush(draft, 'wx', (handle) => handle.writeFile(bytes));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  await flush(folder, 'r', async () => {});
  if (made !== undefined) await flush(dirname(made), 'r', async () => {});
}

async function flush(
  path: string,
  flags: string,
  work: (handle: Awaited<ReturnType<typeof openFile>>) => Promise<void>,
): Promise<void> {
  const handle = await openFile(path, flags);
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What may be handed in as a material. */
const ACCEPTED = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export type MaterialType = (typeof ACCEPTED)[number];

/** What may prove that something happened: a recording too. */
const EVIDENCE = [...ACCEPTED, 'video/mp4', 'video/quicktime'] as const;

async function sniffAmong<T extends string>(bytes: Uint8Array, accepted: readonly T[]): Promise<T | null> {
  const found = await fileTypeFromBuffer(bytes);
  return accepted.find((type) => type === found?.mime) ?? null;
}

/** The type the bytes of a material show themselves to be, or null when it is not one that is accepted. */
export const sniff = (bytes: Uint8Array): Promise<MaterialType | null> => sniffAmong(bytes, ACCEPTED);

/** The same of a photograph, scan or recording that proves something. */
export const sniffEvidence = (bytes: Uint8Array): Promise<(typeof EVIDENCE)[number] | null> =>
  sniffAmong(bytes, EVIDENCE);

/** Largest picture or scan of a material, in bytes. */
const MAX_MATERIAL = 10 * 1024 * 1024;

/**
 * The type of a picture or scan that was handed in; its bytes decide what it is, not its name.
 * @param pointer where the form asked for it
 * @throws 422 `file.empty`, 413 `file.too_large`, 415 `file.wrong_type`
 */
export async function requireMaterial(bytes: Uint8Array, pointer: string): Promise<MaterialType> {
  if (bytes.length === 0) throw invalid([{ pointer, message: '文件是空的' }], 'file.empty');
  if (bytes.length > MAX_MATERIAL) throw tooLarge('file.too_large');
  const mime = await sniff(bytes);
  if (mime === null) throw unsupportedMedia('file.wrong_type');
  return mime;
}
