import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { type Database, migrate, openDatabase, transact } from '../../../src/platform/db/index.ts';
import { migrations } from '../../../src/platform/db/migrations/index.ts';
import { engines, type Opened, onEachDatabase } from '../../support/databases.ts';
import { refusal } from '../../support/refusal.ts';

const NOW = '2026-09-28T01:40:00.000Z';
const put = (db: Database, key: string, value: string) =>
  transact(db, (trx) => trx('meta').insert({ key, value }));

onEachDatabase('both engines behave alike', (engine) => {
  let opened: Opened;
  let db: Database;
  beforeEach(async () => {
    opened = await engine.open();
    db = opened.db;
  });
  afterEach(() => opened.drop());

  it('the reading side refuses to write: transact is the one door', async () => {
    const write = db.read('meta').insert({ key: 'k', value: 'v' });
    expect((await refusal(Promise.resolve(write))).message).to.match(/read-?only/i);
    expect(await db.read('meta')).to.deep.equal([]);
  });

  it('more writers at once than there are connections may all read beside their transaction', async () => {
    const one = () => transact(db, async () => (await db.read('meta')).length);
    const all = await Promise.all(Array.from({ length: 24 }, one));
    expect(all).to.deep.equal(Array.from({ length: 24 }, () => 0));
  });

  it('values stay out of error messages, which are logged', async () => {
    await put(db, 'k', 'v');
    const error = await refusal(put(db, 'k', '532628196611159910'));
    expect(error.message)
      .to.match(/unique/i)
      .and.to.not.contain('532628');
  });

  it('sums and averages are numbers', async () => {
    await transact(db, (trx) =>
      trx('number_series').insert([
        { series: 'a', year: 2026, last: 1 },
        { series: 'b', year: 2026, last: 2 },
      ]),
    );
    expect(await db.read('number_series').sum('last as sum').avg('last as mean').first()).to.deep.equal({
      sum: 3,
      mean: 1.5,
    });
  });

  it('of many who change the same version, one succeeds', async () => {
    await put(db, 'case', '1');
    const change = () =>
      transact(db, (trx) => trx('meta').where({ key: 'case', value: '1' }).update({ value: '2' }));
    const changed = await Promise.all(Array.from({ length: 8 }, change));
    expect(changed.sort()).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('tries a lost race again, and no other failure', async () => {
    let runs = 0;
    const failing = (code: string) =>
      transact(db, async (trx) => {
        await trx('meta').insert({ key: code, value: String(++runs) });
        if (runs === 1) throw Object.assign(new Error('try again'), { code });
      });
    await failing('40001');
    expect(await db.read('meta')).to.deep.equal([{ key: '40001', value: '2' }]);
    runs = 0;
    expect((await refusal(failing('23514'))).message).to.equal('try again');
  });

  it('has the same tables, columns and kinds as the other engine', async () => {
    const other = await (engines[0] as (typeof engines)[number]).open();
    const [here, there] = [await describeSchema(db), await describeSchema(other.db)];
    await other.drop();
    expect(Object.keys(here)).to.include.members(['audit', 'cases', 'deadlines', 'outbox', 'requests']);
    expect(here).to.deep.equal(there);
  });

  it('two programs that start at once on an empty database migrate it once', async () => {
    const file = `${opened.file}-empty`;
    if (opened.url !== null)
      await transact(db, (trx) => trx.raw('drop schema public cascade; create schema public'));
    const both = [1, 2].map(() => openDatabase({ databaseUrl: opened.url, file }));
    const [a, b] = (await Promise.all(both)) as [Database, Database];
    const done = await Promise.all([migrate(a, NOW), migrate(b, NOW)]);
    await Promise.all([a.close(), b.close()]);
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    expect(done.flat().sort()).to.deep.equal(migrations.map(({ name }) => name));
  });

  it('a migration that joined in the middle is done too', async () => {
    await transact(db, async (trx) => {
      await trx.schema.dropTable('messages');
      await trx('schema_migrations').where({ name: '0005-messages' }).delete();
    });
    expect(await migrate(db, NOW)).to.deep.equal(['0005-messages']);
    expect(await db.read('messages')).to.deep.equal([]);
  });
});

describe('SQLite', () => {
  it('takes the write lock when a transaction begins, not at its first write', async () => {
    const opened = await (engines[0] as (typeof engines)[number]).open();
    const other = await openDatabase({ databaseUrl: null, file: opened.file });
    await other.write.raw('PRAGMA busy_timeout = 0');
    const error = await transact(opened.db, () => refusal(transact(other, async () => {})));
    expect(error).to.include({ code: 'SQLITE_BUSY' });
    await other.close();
    await opened.drop();
  });

  it('flushes every commit to the disk', async () => {
    const opened = await (engines[0] as (typeof engines)[number]).open();
    const told = await transact(opened.db, async (trx) => [
      ...(await trx.raw('PRAGMA journal_mode')),
      ...(await trx.raw('PRAGMA synchronous')),
    ]);
    expect(told).to.deep.equal([{ journal_mode: 'wal' }, { synchronous: 2 }]);
    await opened.drop();
  });
});

/** Table to columns: `name kind`, with `!` when it must be there; SQLite does not say so of its keys. */
async function describeSchema(db: Database): Promise<Record<string, string[]>> {
  const rows: { table: string }[] =
    db.dialect === 'sqlite'
      ? await db
          .read('sqlite_master')
          .where({ type: 'table' })
          .whereNot('name', 'like', 'sqlite_%')
          .select('name as table')
      : await db
          .read('information_schema.tables')
          .where({ table_schema: 'public' })
          .select('table_name as table');
  const schema: Record<string, string[]> = {};
  for (const table of rows.map((row) => row.table).sort()) {
    const keys: { name: string; pk: number }[] =
      db.dialect === 'sqlite' ? await db.read.raw('select name, pk from pragma_table_info(?)', [table]) : [];
    const isKey = (name: string) => keys.some((column) => column.name === name && column.pk > 0);
    const columns = Object.entries(await db.read(table).columnInfo());
    schema[table] = columns
      .map(([name, c]) => `${name} ${c.type}${c.nullable && !isKey(name) ? '' : '!'}`)
      .sort();
  }
  return schema;
}
