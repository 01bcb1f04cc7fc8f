import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { post } from '../../../src/station/payouts/index.ts';
import { balanceOf } from '../../../src/station/payouts/ledger/index.ts';
import type { LineView } from '../../../src/station/payouts/runs/view.ts';
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
    const claims = await enrol(house, { scheme: 'elder-allowance', count: 3 });
    const run = await desk.sendOff('elder-allowance', '2026-10');
    const { db } = house.service.deps;
    const entries = () => db.read('payout_entries').where({ run_id: run.id });
    const before = await entries();
    await desk.returned(run, (r) => (r.seq === 1 ? '1004' : '0000'));
    const after = await entries();
    const isFormer = new Set(before.map((e) => e.id));
    expect(after.filter((e) => isFormer.has(e.id))).to.have.deep.members(before);
    const [a, b, c] = (await desk.lines(run)) as [LineView, LineView, LineView];
    const villageOf = ({ entitlementId }: LineView) => claims.find((e) => e.id === entitlementId)?.villageId;
    expect(villageOf(b)).not.to.equal(villageOf(c));
    const postings = new Map<string, unknown[]>();
    for (const e of after)
      if (!isFormer.has(e.id))
        postings.set(e.posting, [...(postings.get(e.posting) ?? []), [e.account, e.fen, e.village_id]]);
    const [paid = [], refused = [], ...others] = [...postings.values()].sort((p, q) => q.length - p.length);
    expect(paid).to.have.deep.members([
      ['bank', -(b.net + c.net), null],
      ['paid', b.net, villageOf(b)],
      ['paid', c.net, villageOf(c)],
    ]);
    expect(refused).to.have.deep.members([
      ['bank', -a.net, null],
      ['fund', a.net, null],
    ]);
    expect(others).to.deep.equal([]);
    const sums: { account: string; fen: number }[] = await db
      .read('payout_entries')
      .where({ run_id: run.id })
      .groupBy('account')
      .select('account')
      .sum({ fen: 'fen' });
    expect(sums.map((s) => [s.account, Number(s.fen)])).to.have.deep.members([
      ['fund', -(b.net + c.net)],
      ['bank', 0],
      ['paid', b.net + c.net],
    ]);
    for (const e of after) expect(e.memo).to.include(run.number);
  });
});
