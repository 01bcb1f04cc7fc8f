/** A consistent copy of the database while the service runs, and what stands in it. */
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Knex } from 'knex';
import { copySqlite, lookIntoSqlite, openPostgres } from '../db/connection.ts';
import { isThere } from './disk.ts';
import { BackupRefused, type Manifest } from './manifest.ts';

/** Where the database is: a SQLite file, or the address of PostgreSQL. */
export type Source = { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string };

export type Contents = Pick<Manifest, 'schema' | 'mode' | 'keyId' | 'rows'>;

const run = promisify(execFile);

/** Copy the database to a file that is not there yet. @throws BackupRefused */
export async function copyDatabase(source: Source, to: string): Promise<Contents> {
  if (source.engine === 'postgres') return dumpPostgres(source.url, to);
  if (!(await isThere(source.file))) throw new BackupRefused(`没有数据库 ${source.file}`);
  await copySqlite(source.file, to);
  const copy = lookIntoSqlite(to);
  try {
    const tables = await copy('sqlite_master')
      .where({ type: 'table' })
      .whereNot('name', 'like', 'sqlite_%')
      .orderBy('name')
      .pluck('name');
    return await contentsOf(copy, tables);
  } finally {
    await copy.destroy();
  }
}

/** The dump and the counts are of one moment: both look at the same exported snapshot. */
async function dumpPostgres(url: string, to: string): Promise<Contents> {
  const { read, write } = openPostgres(url);
  try {
    return await read.transaction(
      async (trx) => {
        const { rows } = await trx.raw('select pg_export_snapshot() as id');
        await dump(url, ['--format=custom', `--snapshot=${rows[0].id}`], to);
        const tables = await trx('pg_tables')
          .where({ schemaname: 'public' })
          .orderBy('tablename')
          .pluck('tablename');
        return contentsOf(trx, tables);
      },
      { isolationLevel: 'repeatable read' },
    );
  } finally {
    await read.destroy();
    await write.destroy();
  }
}

/** The password goes by a file of its own: a command line can be read by everybody on the machine. */
async function dump(url: string, args: string[], to: string): Promise<void> {
  const address = new URL(url);
  const { hostname, port, username, password, pathname } = address;
  const database = decodeURIComponent(pathname.slice(1));
  const passfile = `${to}.pass`;
  const words = [hostname, port || '5432', database, username, password].map((word) =>
    decodeURIComponent(word).replace(/[\\:]/g, '\\$&'),
  );
  await writeFile(passfile, `${words.join(':')}\n`, { mode: 0o600 });
  address.password = '';
  address.searchParams.set('passfile', passfile);
  try {
    await run('pg_dump', [...args, `--file=${to}`, `--dbname=${address.href}`]);
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
    const said = code === 'ENOENT' ? '这台机器上没有 pg_dump' : `pg_dump 没有成功：${stderr.trim()}`;
    throw new BackupRefused(
      `${said}。请在装有与服务器同版本 pg_dump 的机器上执行：pg_dump --format=custom --host=${hostname} --port=${port || '5432'} --username=${username} --file=database.dump ${database}`,
    );
  } finally {
    await rm(passfile, { force: true });
  }
}

async function contentsOf(db: Knex, tables: string[]): Promise<Contents> {
  const rows: Record<string, number> = {};
  for (const table of tables) rows[table] = Number((await db(table).count({ n: '*' }).first())?.n);
  const known = async (key: string) => (await db('meta').where({ key }).first())?.value;
  const last = await db('schema_migrations').orderBy('number', 'desc').first();
  return { schema: last.name, mode: await known('mode'), keyId: await known('vault.key'), rows };
}
