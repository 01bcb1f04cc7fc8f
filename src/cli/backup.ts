import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import {
  BackupRefused,
  DATABASE_FILE,
  KEPT,
  type Manifest,
  makeBackup,
  pruneBackups,
  restoreBackup,
  sizeOf,
  verifyBackup,
} from '../platform/backup/index.ts';
import { wallClock } from '../platform/clock.ts';
import { programVersion, sourceOf } from '../service.ts';

type Print = (s: string) => void;

const BACKUP_USAGE = 'usage: cunban backup [--to DIR] [--with-key] | backup --verify DIR';
const RESTORE_USAGE = 'usage: cunban restore --from DIR --to DATADIR';

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;

/** The options given, or null when the call is wrong. */
function read(
  argv: string[],
  options: Record<string, typeof TEXT | typeof FLAG>,
): Record<string, unknown> | null {
  try {
    return parseArgs({ args: argv, options }).values;
  } catch {
    return null;
  }
}

/** Refusals are sentences and exit code 1. */
async function refusing(err: Print, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    err(error.message);
    return 1;
  }
}

/**
 * `cunban backup [--to DIR] [--with-key]`: a consistent copy of database and files, while the service runs or not;
 * without `--to` into `CUNBAN_BACKUP_DIR`, of which the newest are kept. `--verify DIR`: check every byte of one.
 * @returns 0 done, 1 refused or not as the manifest says, 2 the call is wrong
 */
export async function backup(argv: string[], out: Print, err: Print): Promise<number> {
  const options = read(argv, { to: TEXT, verify: TEXT, 'with-key': FLAG });
  const {
    to,
    verify,
    'with-key': withKey = false,
  } = (options ?? {}) as {
    to?: string;
    verify?: string;
    'with-key'?: boolean;
  };
  if (options === null || (verify !== undefined && (to !== undefined || withKey))) {
    err(BACKUP_USAGE);
    return 2;
  }
  return refusing(err, () =>
    verify === undefined ? make(readConfig(), to, withKey, out) : check(resolve(verify), out),
  );
}

async function make(config: Config, to: string | undefined, withKey: boolean, out: Print): Promise<number> {
  const into = to === undefined ? config.backupDir : resolve(to);
  if (into === null) throw new BackupRefused('请用 --to 写明备份目录，或者设置 CUNBAN_BACKUP_DIR');
  const { dir, manifest } = await makeBackup({
    source: sourceOf(config),
    dataDir: config.dataDir,
    into,
    now: wallClock.now(),
    program: programVersion,
    withKey,
  });
  if (to === undefined) await pruneBackups(into, KEPT);
  out(`已备份到 ${dir}：${manifest.files.length} 个文件，${sizeOf(manifest)} 字节，${manifest.tookMs} 毫秒`);
  out(keyText(manifest));
  return 0;
}

const keyText = ({ keyIncluded, keyId }: Manifest): string =>
  keyIncluded
    ? `密钥 ${keyId} 在备份里：谁拿到备份都能打开封存的内容，请严加保管`
    : `密钥 ${keyId} 不在备份里：请把 secret.key（或 CUNBAN_SECRET）另存一份，没有它恢复后打不开`;

async function check(dir: string, out: Print): Promise<number> {
  const { manifest, faults } = await verifyBackup(dir, wallClock.now());
  for (const fault of faults) out(fault);
  out(faults.length === 0 ? `${manifest.files.length} 个文件都与清单相符` : `${faults.length} 处不符`);
  return faults.length === 0 ? 0 : 1;
}

/**
 * `cunban restore --from DIR --to DATADIR`: put a backup back into an empty data directory; not a byte of it when one
 * is not as the manifest says. A dump of PostgreSQL is laid there for `pg_restore`.
 * @returns 0 done, 1 refused, 2 the call is wrong
 */
export async function restore(argv: string[], out: Print, err: Print): Promise<number> {
  const { from, to } = (read(argv, { from: TEXT, to: TEXT }) ?? {}) as { from?: string; to?: string };
  if (from === undefined || to === undefined) {
    err(RESTORE_USAGE);
    return 2;
  }
  return refusing(err, async () => {
    const target = resolve(to);
    const manifest = await restoreBackup(resolve(from), target);
    out(`已恢复到 ${target}：${manifest.files.length} 个文件，都与清单相符`);
    if (manifest.engine === 'postgres')
      out(`数据库另行恢复：pg_restore --no-owner --dbname=空的数据库 ${target}/${DATABASE_FILE.postgres}`);
    if (!manifest.keyIncluded)
      out(`还要放回密钥 ${manifest.keyId}：${target}/secret.key，或者设置 CUNBAN_SECRET`);
    out(`启动：DATA_DIR=${target}${manifest.mode === 'rehearsal' ? ' CUNBAN_MODE=rehearsal' : ''} npm start`);
    return 0;
  });
}
