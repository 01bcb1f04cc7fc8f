import { expect } from 'chai';
import type { ReturnDetail } from '../../../src/station/cash/queries/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, payDesk } from '../../support/payouts.ts';
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
  receivedBag,
  reconciled,
  refused,
  VILLAGE,
} from './village.ts';

onEachDatabase('cash: what nobody calls for goes back', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  let committee: Client;
  let office: Client;
  let bag: Bag;
  let found: ReturnDetail;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    clerk = await house.as('village');
    committee = await house.as('committee');
    office = await house.as('town-mz');
    await cashRun(house, { count: 3, amount: (i) => 20_000 + i });
    bag = await receivedBag(house);
    must(await handOut(clerk, bag.lines[0] as Bag['lines'][0], asSelf(0)), 201);
    await closed(house, '2026-10-12');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const act = (client: Client, name: string, body: object = {}) =>
    client.post<ReturnDetail>(`/api/cash/returns/${found.id}/${name}`, body);

  it('on the last day it is still the citizen’s, the day after it is listed', async () => {
    expect(house.service.deps.definitions.params('2026-10-12').cashUnclaimedDays).to.equal(60);
    await house.at('2026-12-11T09:00:00+08:00');
    expect((await box(clerk)).unclaimed).to.deep.equal([]);
    await refused(clerk.post('/api/cash/returns', {}), 409, 'cash.nothing');
    await house.at('2026-12-12T09:00:00+08:00');
    const { unclaimed, lines } = await box(clerk);
    expect(unclaimed.map((l) => l.net)).to.have.members([20_001, 20_002]);
    expect(lines.map((l) => l.until)).to.deep.equal(['2026-12-11', '2026-12-11']);
  });

  it('the clerk lists it, and it is not handed out meanwhile; cancelled, it can be', async () => {
    await refused(committee.post('/api/cash/returns', {}), 403, 'not_allowed');
    const { returns } = must(
      await clerk.post<{ returns: ReturnDetail[] }>('/api/cash/returns', { village: VILLAGE }),
      201,
    );
    found = returns[0] as ReturnDetail;
    expect([found.count, found.total, found.to.id]).to.deep.equal([2, 40_003, '532628103-SH']);
    const second = bag.lines[1] as Bag['lines'][0];
    await refused(handOut(clerk, second, asSelf(1)), 409, 'cash.not_possible');
    must(await act(clerk, 'cancel', { reason: '第二人今天来领' }));
    must(await handOut(clerk, second, asSelf(1)), 201);
    const again = must(await clerk.post<{ returns: ReturnDetail[] }>('/api/cash/returns', {}), 201);
    found = again.returns[0] as ReturnDetail;
    expect([found.count, found.total]).to.deep.equal([1, 20_002]);
  });

  it('the committee confirms, and the money leaves the box; it is on its way in the books', async () => {
    await refused(act(clerk, 'send'), 403, 'not_allowed');
    await refused(act(office, 'receive', { amount: 200.02 }), 409, 'cash.not_possible');
    must(await act(committee, 'send'));
    await refused(act(clerk, 'cancel', { reason: '晚了' }), 409, 'cash.not_possible');
    expect((await dayOf(clerk, '2026-12-12')).sums).to.include({
      handedOut: 20_001,
      returned: 20_002,
      expected: 0,
    });
    expect(await reconciled(house)).to.include({ box: 0, goingBack: 20_002 });
  });

  it('the office counts what comes back; then the line is unclaimed and its period is due again', async () => {
    await refused(
      act(await house.as('village2'), 'receive', { amount: 200.02 }),
      404,
      'cash.return_not_found',
    );
    const problem = await refused(act(office, 'receive', { amount: 200.01 }), 409, 'cash.difference');
    expect(problem.difference).to.equal(-1);
    must(await act(office, 'receive', { amount: 200.02, explanation: '漏数一枚两分硬币' }));
    const line = await house.service.deps.db.read('payout_lines').where({ id: bag.lines[2]?.lineId }).first();
    expect([line.state, line.reason]).to.deep.equal(['unclaimed', '现金逾期无人领取，已经退回']);
    expect(await reconciled(house)).to.include({ goingBack: 0, box: 0 });
    await closed(house, '2026-12-12');
    await balanced(house);
  });

  it('a later run pays it again', async () => {
    const run = await payDesk(house, 'MZ').prepare('dibao', '2026-10');
    const lines = await payDesk(house, 'MZ').lines(run);
    expect(lines.map((l) => l.net)).to.deep.equal([20_002]);
  });
});
