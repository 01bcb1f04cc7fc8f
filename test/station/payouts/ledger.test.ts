import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { post } from '../../../src/station/payouts/index.ts';
import { balanceOf } from '../../../src/station/payouts/ledger/index.ts';
import type { Posting } from '../../../src/station/payouts/types.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { enrol, payDesk } from '../../support/payouts.ts';
import { refusal } from '../../support/refusal.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';

onEachDatabase('the ledger', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const of = (...entries: Posting['entries']): Posting => ({
    scheme: 'dibao',
    memo: '测试',
    at: house.service.deps.clock.now(),
    entries,
  });
  const write = (...postings: Posting[]) =>
    transact(house.service.deps.db, (trx) => post(trx, house.service.deps, ...postings));
  const count = async () =>
    Number((await house.service.deps.db.read('payout_entries').count({ n: '*' }).first())?.n);

  it('takes only what sums to nought, in whole fen; one bad posting keeps all of them out', async () => {
    const good = of({ account: 'fund', fen: -5 }, { account: 'bank', fen: 5 });
    for (const [entries, says] of [
      [
        [
          { account: 'fund', fen: -5 },
          { account: 'bank', fen: 4 },
        ],
        'out by -1 fen',
      ],
      [
        [
          { account: 'fund', fen: -0.5 },
          { account: 'bank', fen: 0.5 },
        ],
        'no whole number of fen',
      ],
      [
        [
          { account: 'fund', fen: Number.NaN },
          { account: 'bank', fen: 1 },
        ],
        'no whole number of fen',
      ],
      [
        [
          { account: 'fund', fen: 2 ** 60 },
          { account: 'bank', fen: -(2 ** 60) },
        ],
        'no whole number of fen',
      ],
      [[], 'posts nothing'],
    ] as [Posting['entries'], string][])
      expect((await refusal(write(good, of(...entries)))).message).to.include(says);
    expect(await count()).to.equal(0);
  });

  it('keeps entries of a posting together, and gives balances by scheme and village', async () => {
    await write(
      of(
        { account: 'fund', fen: -700 },
        { account: 'cash', fen: 300, villageId: '532628103201' },
        { account: 'cash', fen: 400, villageId: '532628205201' },
      ),
      of({ account: 'cash', fen: -300, villageId: '532628103201' }, { account: 'paid', fen: 300 }),
    );
    const { db } = house.service.deps;
    const postings = await db.read('payout_entries').groupBy('posting').select('posting').sum({ fen: 'fen' });
    expect(postings.map((p) => p.fen)).to.deep.equal([0, 0]);
    expect(await balanceOf(db.read, 'cash', {})).to.equal(400);
    expect(await balanceOf(db.read, 'cash', { villageId: '532628103201' })).to.equal(0);
    expect(await balanceOf(db.read, 'cash', { villageId: '532628205201', scheme: 'dibao' })).to.equal(400);
    expect(await balanceOf(db.read, 'cash', { scheme: 'ranger' })).to.equal(0);
  });

  it('an entry is never changed and never taken out', async () => {
    const { db } = house.service.deps;
    const entry = await db.read('payout_entries').first();
    const one = () => db.write('payout_entries').where({ id: entry.id });
    expect((await refusal(one().update({ fen: 0 }))).message).to.match(/append-only/);
    expect((await refusal(one().delete())).message).to.match(/append-only/);
  });

  it('never has an entry changed by a run: a refusal is another posting', async () => {
    const desk = payDesk(house, 'MZ');
    await enrol(house, { scheme: 'elder-allowance', count: 3 });
    const run = await desk.sendOff('elder-allowance', '2026-10');
    const { db } = house.service.deps;
    const entries = () => db.read('payout_entries').where({ run_id: run.id }).orderBy('id');
    const before = await entries();
    await desk.returned(run, (r) => (r.seq === 1 ? '1004' : '0000'));
    const after = await entries();
    expect(after.slice(0, before.length)).to.deep.equal(before);
    const [a, b, c] = (await desk.lines(run)).map((l) => l.net) as [number, number, number];
    const moved = after.slice(before.length).map((e) => [e.account, e.fen]);
    expect(moved).to.have.deep.members([
      ['bank', -(b + c)],
      ['paid', b + c],
      ['bank', -a],
      ['fund', a],
    ]);
    for (const e of after) expect(e.memo).to.include(run.number);
  });
});
