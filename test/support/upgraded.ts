/** A database as an older program left it, to be brought up by this one. */
import { rmSync } from 'node:fs';
import { type Database, migrate, openDatabase, type Trx, transact } from '../../src/platform/db/index.ts';
import { migrations } from '../../src/platform/db/migrations/index.ts';
import type { Engine } from './databases.ts';

/** When the older program did what it did. */
export const OLD = '2026-09-28T01:40:00.000Z';

export interface Upgraded {
  db: Database;
  drop(): Promise<void>;
}

/**
 * A database on which the first `before` migrations have run, with a village `v` and what `fill` writes; then all others
 * run.
 */
export async function upgraded(
  engine: Engine,
  before: number,
  fill: (trx: Trx) => Promise<void>,
): Promise<Upgraded> {
  const opened = await engine.open();
  const file = `${opened.file}-old`;
  if (opened.url !== null)
    await transact(opened.db, (trx) => trx.raw('drop schema public cascade; create schema public'));
  const db = await openDatabase({ databaseUrl: opened.url, file });
  await transact(db, async (trx) => {
    await trx.schema.createTable('schema_migrations', (t) => {
      t.integer('number').primary();
      t.text('name').notNullable();
      t.text('applied_at').notNullable();
    });
    for (const [i, { name, up }] of migrations.slice(0, before).entries()) {
      await up(trx);
      await trx('schema_migrations').insert({ number: i + 1, name, applied_at: OLD });
    }
    await trx('orgs').insert({
      id: 'v',
      kind: 'village',
      name: '村',
      short: '村',
      path: '/v/',
      departments: '[]',
    });
    await fill(trx);
  });
  await migrate(db, OLD);
  return {
    db,
    async drop() {
      await db.close();
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
      await opened.drop();
    },
  };
}

/** The row of a case of that time. */
export const oldCase = (id: string) => ({
  id,
  number: id,
  item_code: 'NY-04',
  item_title: '农药经营许可',
  department: 'NY',
  definition_sha: '',
  situation: 'new',
  village_id: 'v',
  applicant_name: '农建国',
  form_sealed: '',
  commitments: '[]',
  state: 'closed',
  phase: 'closed',
  snapshot: '{}',
  version: 1,
  opened_by: 'x',
  opened_at: OLD,
  updated_at: OLD,
});
