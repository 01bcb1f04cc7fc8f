import { expect } from 'chai';
import { appendOnly } from '../../../src/platform/db/dialect.ts';
import {
  claimKey,
  claimMode,
  DatabaseNewerError,
  migrate,
  nextNumber,
  transact,
  writeOnce,
} from '../../../src/platform/db/index.ts';
import { createVault } from '../../../src/platform/vault/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { refusal } from '../../support/refusal.ts';

const clock = { now: () => '2026-09-28T01:40:00.000Z' };
const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));
const vault = createVault(random(32), random);

onEachDatabase('database', (engine) => {
  let opened: Opened;
  before(async () => {
    opened = await engine.open();
  });
  after(() => opened.drop());

  it('commits all or nothing', async () => {
    const failing = transact(opened.db, async (trx) => {
      await trx('meta').insert({ key: 'half', value: 'done' });
      throw new Error('stop');
    });
    expect((await refusal(failing)).message).to.equal('stop');
    expect(await opened.db.read('meta').where({ key: 'half' })).to.deep.equal([]);
  });

  it('refuses a transaction inside a transaction, which would wait for itself', async () => {
    const nested = transact(opened.db, () => transact(opened.db, async () => {}));
    expect((await refusal(nested)).message).to.contain('transact inside transact');
  });

  it('enforces foreign keys', async () => {
    const orphan = transact(opened.db, (trx) =>
      trx('case_materials').insert({
        id: 'm',
        case_id: 'nobody',
        material_id: 'x',
        file_hash: 'x',
        name: 'x',
        mime: 'x',
        size: 1,
        added_by: 'x',
        added_at: clock.now(),
      }),
    );
    expect((await refusal(orphan)).message).to.match(/foreign key/i);
  });

  it('counts come back as numbers', async () => {
    const row = await opened.db.read('meta').count('* as n').first();
    expect(row?.n).to.be.a('number');
  });

  it('numbers of a series have no gaps, at once and after a rollback', async () => {
    const one = () => transact(opened.db, (trx) => nextNumber(trx, '富民受', 2026));
    await refusal(
      transact(opened.db, async (trx) => {
        await nextNumber(trx, '富民受', 2026);
        throw new Error('stop');
      }),
    );
    const drawn = await Promise.all(Array.from({ length: 20 }, one));
    expect(drawn.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await transact(opened.db, (trx) => nextNumber(trx, '富民受', 2027))).to.equal(1);
  });

  it('a request is carried out once; a repeat gets the first answer', async () => {
    let runs = 0;
    const ask = (asked = 'the first') =>
      writeOnce({ db: opened.db, vault, clock }, { accountId: 'a' }, 'r1', asked, async () => ({
        run: ++runs,
      }));
    expect(await Promise.all([ask(), ask(), ask()])).to.deep.equal([{ run: 1 }, { run: 1 }, { run: 1 }]);
    expect((await refusal(ask('another'))).message).to.equal('request.reused');
    const row = await opened.db.read('requests').first();
    expect(JSON.stringify(row)).to.not.contain('run');
  });

  it('append-only tables take no update and no delete', async () => {
    await transact(opened.db, async (trx) => {
      await trx.schema.createTable('log', (t) => t.text('line'));
      await trx('log').insert({ line: 'first' });
      await appendOnly(trx, 'log');
    });
    const change = transact(opened.db, (trx) => trx('log').update({ line: 'other' }));
    expect((await refusal(change)).message).to.contain('append-only');
    const remove = transact(opened.db, (trx) => trx('log').delete());
    expect((await refusal(remove)).message).to.contain('append-only');
    const around = transact(opened.db, (trx) =>
      trx.raw(
        opened.db.dialect === 'sqlite'
          ? "insert or replace into log (rowid, line) values (1, 'other')"
          : 'truncate log',
      ),
    );
    expect((await refusal(around)).message).to.contain('append-only');
    expect(await opened.db.read('log')).to.deep.equal([{ line: 'first' }]);
  });

  it('a second migration does nothing, and an old program refuses a newer database', async () => {
    expect(await migrate(opened.db, clock.now())).to.deep.equal([]);
    await transact(opened.db, (trx) =>
      trx('schema_migrations').insert({ number: 9999, name: '9999-tomorrow', applied_at: clock.now() }),
    );
    expect(await refusal(migrate(opened.db, clock.now()))).to.be.instanceOf(DatabaseNewerError);
  });

  it('a database sealed with one key is not opened with another', async () => {
    await claimKey(opened.db, 'first');
    await claimKey(opened.db, 'first');
    expect((await refusal(claimKey(opened.db, 'second'))).message).to.equal('database.other_key');
  });

  it('a rehearsal database never serves real cases', async () => {
    await claimMode(opened.db, 'rehearsal');
    await claimMode(opened.db, 'rehearsal');
    expect((await refusal(claimMode(opened.db, 'service'))).message).to.equal('database.other_mode');
  });
});
