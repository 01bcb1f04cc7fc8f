import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced } from '../../support/payouts.ts';
import { type Client, type House, openHouse } from '../../support/service.ts';
import {
  asSelf,
  type Bag,
  box,
  cashRun,
  closed,
  dayOf,
  handOut,
  must,
  piecesOf,
  receivedBag,
  reconciled,
  refused,
  sentBag,
} from './village.ts';

onEachDatabase('cash: days that balance', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  let committee: Client;
  let bag: Bag;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    clerk = await house.as('village');
    committee = await house.as('committee');
    await cashRun(house, { count: 4, amount: (i) => 10_001 + i });
    bag = await receivedBag(house);
    const [first] = bag.lines;
    must(await handOut(clerk, first as Bag['lines'][0], asSelf(0)), 201);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const close = (client: Client, fen: number, day = '2026-10-12') =>
    client.post('/api/cash/days/close', { day, pieces: piecesOf(fen) });

  it('a day without movements need not be closed, and cannot be', async () => {
    await refused(close(clerk, 0, '2026-10-11'), 409, 'cash.not_possible');
  });

  it('out by one fen, it is not closed: the difference and what to check are told', async () => {
    const { sums } = await dayOf(clerk, '2026-10-12');
    expect(sums).to.deep.equal({
      opening: 0,
      received: 40_010,
      handedOut: 10_001,
      returned: 0,
      expected: 30_009,
    });
    for (const difference of [-1, 1]) {
      const problem = await refused(close(clerk, 30_009 + difference), 409, 'cash.unbalanced');
      expect([problem.expected, problem.counted, problem.difference]).to.deep.equal([
        30_009,
        30_009 + difference,
        difference,
      ]);
      expect(problem.says)
        .to.include(`${difference < 0 ? '少' : '多'} 0.01 元`)
        .and.include('收据存根');
    }
    expect((await dayOf(clerk, '2026-10-12')).state?.state).to.equal('open');
  });

  it('the next day cannot begin before it is closed and confirmed', async () => {
    await house.at('2026-10-13T08:30:00+08:00');
    const [, second] = bag.lines as [Bag['lines'][0], Bag['lines'][0]];
    const problem = await refused(handOut(clerk, second, asSelf(1)), 409, 'cash.day_open');
    expect([problem.day, problem.says]).to.deep.equal([
      '2026-10-12',
      '2026年10月12日还没有日清，请先清点、日清。',
    ]);
    expect((await box(clerk)).unclosed?.day).to.equal('2026-10-12');
    must(await close(clerk, 30_009));
    expect((await refused(handOut(clerk, second, asSelf(1)), 409, 'cash.day_open')).says).to.match(
      /还等村委会确认/,
    );
  });

  it('the clerk closes, the committee confirms or sends it back; not the same person', async () => {
    await refused(close(committee, 30_009), 403, 'not_allowed');
    await refused(clerk.post('/api/cash/days/confirm', { day: '2026-10-12' }), 403, 'not_allowed');
    await refused(close(clerk, 30_009), 409, 'cash.day_closed');
    must(await committee.post('/api/cash/days/reopen', { day: '2026-10-12', reason: '请再数一遍' }));
    expect((await dayOf(clerk, '2026-10-12')).state).to.deep.include({ state: 'open', reason: '请再数一遍' });
    await refused(committee.post('/api/cash/days/confirm', { day: '2026-10-12' }), 409, 'cash.not_possible');
    must(await close(clerk, 30_009));
    must(await committee.post('/api/cash/days/confirm', { day: '2026-10-12' }));
    await refused(committee.post('/api/cash/days/confirm', { day: '2026-10-12' }), 409, 'cash.not_possible');
    await refused(
      committee.post('/api/cash/days/reopen', { day: '2026-10-12', reason: '还要改' }),
      409,
      'cash.not_possible',
    );
    await balanced(house);
  });

  it('somebody who is both clerk and committee does not confirm what they did themselves', async () => {
    const { db } = house.service.deps;
    const accountOf = async (login: string) => (await db.read('accounts').where({ login }).first('id')).id;
    const grant = await db
      .read('grants')
      .where({ account_id: await accountOf('committee') })
      .first();
    const id = await accountOf('village');
    await transact(db, (trx) => trx('grants').insert({ ...grant, id: 'both-roles', account_id: id }));
    const [, second] = bag.lines as [Bag['lines'][0], Bag['lines'][0]];
    must(await handOut(clerk, second, asSelf(1)), 201);
    must(await close(clerk, 20_007, '2026-10-13'));
    await refused(clerk.post('/api/cash/days/confirm', { day: '2026-10-13' }), 403, 'cash.second_person');
    await cashRun(house, { count: 1, first: 50 });
    const next = await sentBag(house);
    must(await clerk.post(`/api/cash/bags/${next.id}/count`, { amount: next.total / 100 }));
    await refused(clerk.post(`/api/cash/bags/${next.id}/receive`, {}), 403, 'cash.second_person');
    await transact(db, (trx) => trx('grants').where({ id: 'both-roles' }).delete());
    must(await committee.post('/api/cash/days/confirm', { day: '2026-10-13' }));
  });

  it('carries what is left over to the next day that something moves', async () => {
    await house.at('2026-10-20T09:00:00+08:00');
    const [, , third] = bag.lines as [Bag['lines'][0], Bag['lines'][0], Bag['lines'][0]];
    must(await handOut(clerk, third, asSelf(2)), 201);
    expect((await dayOf(clerk, '2026-10-20')).sums).to.include({ opening: 20_007, expected: 10_004 });
    await closed(house, '2026-10-20');
    await reconciled(house);
  });

  it('what moved is never changed, in the database itself', async () => {
    const change = transact(house.service.deps.db, (trx) => trx('cash_moves').update({ fen: 0 }));
    expect(String(await change.catch((error: Error) => error))).to.include('append-only');
  });
});
