import { conflict } from '../../errors.ts';
import { lockMigrations } from './dialect.ts';
import type { Database } from './index.ts';
import { migrations } from './migrations/index.ts';
import { transact } from './transact.ts';

/** This program is older than the database it was given. */
export class DatabaseNewerError extends Error {
  constructor(found: number, known: number) {
    super(
      `the database is at migration ${found}, this program knows ${known}: start a newer program（数据库比程序新，请用新版程序启动）`,
    );
    this.name = 'DatabaseNewerError';
  }
}

const numberOf = (name: string) => Number(name.slice(0, 4));

/**
 * Bring the database up to this program, each migration in its own transaction.
 * @param now stamped on the migrations done
 * @throws DatabaseNewerError when the database has seen a newer program
 */
export async function migrate(db: Database, now: string): Promise<string[]> {
  await transact(db, async (trx) => {
    await lockMigrations(trx);
    if (!(await trx.schema.hasTable('schema_migrations')))
      await trx.schema.createTable('schema_migrations', (t) => {
        t.integer('number').primary();
        t.text('name').notNullable();
        t.text('applied_at').notNullable();
      });
  });
  const done: string[] = [];
  for (const { name, up } of migrations)
    await transact(db, async (trx) => {
      await lockMigrations(trx);
      const applied: number[] = await trx('schema_migrations').pluck('number');
      const found = Math.max(0, ...applied);
      const known = numberOf(migrations.at(-1)?.name ?? '0000');
      if (found > known) throw new DatabaseNewerError(found, known);
      if (applied.includes(numberOf(name))) return;
      await up(trx);
      await trx('schema_migrations').insert({ number: numberOf(name), name, applied_at: now });
      done.push(name);
    });
  return done;
}

/**
 * A database serves one mode for good: rehearsal data never mixes with real cases.
 * @throws AppError 409 `database.other_mode`
 */
export async function claimMode(db: Database, mode: 'service' | 'rehearsal'): Promise<void> {
  await transact(db, async (trx) => {
    const found = await trx('meta').where({ key: 'mode' }).first();
    if (!found) await trx('meta').insert({ key: 'mode', value: mode });
    else if (found.value !== mode) throw conflict('database.other_mode', { database: found.value, mode });
  });
}

/**
 * A database is read with the key it was written with: with another, every sealed field would be lost.
 * @throws AppError 409 `database.other_key`
 */
export async function claimKey(db: Database, keyId: string): Promise<void> {
  await transact(db, async (trx) => {
    const found = await trx('meta').where({ key: 'vault.key' }).first();
    if (!found) await trx('meta').insert({ key: 'vault.key', value: keyId });
    else if (found.value !== keyId)
      throw conflict('database.other_key', { database: found.value, key: keyId });
  });
}
