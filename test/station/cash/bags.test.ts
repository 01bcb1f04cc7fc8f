import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, toldOf } from '../../support/payouts.ts';
import { type Client, type House, openHouse } from '../../support/service.ts';
import {
  type Bag,
  box,
  cashRun,
  must,
  receivedBag,
  reconciled,
  refused,
  sentBag,
  VILLAGE,
} from './village.ts';

onEachDatabase('cash: bags to the village', (engine) => {
  let opened: Opened;
  let house: House;
  let office: Client;
  let clerk: Client;
  let committee: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    office = await house.as('town-mz');
    clerk = await house.as('village');
    committee = await house.as('committee');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('there is nothing to pack before a run is sent off', async () => {
    await refused(office.post('/api/cash/bags', { village: VILLAGE }), 409, 'cash.nothing');
  });

  it('the office that serves the department packs what waits; another desk, another township may not', async () => {
    await cashRun(house, { count: 5 });
    const { villages } = must(
      await office.get<{ villages: { id: string; count: number }[] }>('/api/cash/waiting'),
    );
    expect(villages.map(({ id, count }) => ({ id, count }))).to.deep.equal([{ id: VILLAGE, count: 5 }]);
    for (const login of ['village', 'committee', 'town2-window', 'mz-leader', 'inspector'])
      await refused((await house.as(login)).post('/api/cash/bags', { village: VILLAGE }), 403, 'not_allowed');
    await refused(
      (await house.as('town-zr')).post('/api/cash/bags', { village: VILLAGE }),
      409,
      'cash.nothing',
    );
  });

  it('a line is in one bag, also when two pack at the same moment', async () => {
    const county = await house.as('mz-officer');
    const answers = await Promise.all(
      [office, county].map((client) => client.post<Bag>('/api/cash/bags', { village: VILLAGE })),
    );
    expect(answers.map((a) => a.status).sort()).to.deep.equal([201, 409]);
    const bag = answers.find((a) => a.status === 201)?.body as Bag;
    expect([bag.count, bag.total]).to.deep.equal([5, 150_010]);
    const packer = answers[0]?.status === 201 ? office : county;
    must(await packer.post(`/api/cash/bags/${bag.id}/cancel`, { reason: '重新装袋' }));
    expect((await reconciled(house)).ledger).to.equal(0);
  });

  it('its money is the village’s in the books from when it is sent, and shows as on its way', async () => {
    const bag = await sentBag(house);
    expect(await reconciled(house)).to.include({ ledger: bag.total, onTheWay: bag.total, box: 0 });
    await balanced(house);
    await refused(office.post(`/api/cash/bags/${bag.id}/send`, {}), 409, 'cash.not_possible');
    await refused(
      office.post(`/api/cash/bags/${bag.id}/cancel`, { reason: '晚了' }),
      409,
      'cash.not_possible',
    );
  });

  it('a count that is out by one fen is refused, and the report stays open until it is explained', async () => {
    const { incoming } = await box(clerk);
    const { id, total } = incoming[0] as Bag;
    const count = (amount: number, explanation?: string) =>
      clerk.post(`/api/cash/bags/${id}/count`, { amount, ...(explanation && { explanation }) });
    const problem = await refused(count((total - 1) / 100), 409, 'cash.difference');
    expect([problem.expected, problem.difference]).to.deep.equal([total, -1]);
    expect(problem.says).to.match(/少 0\.01 元/);
    const left = must(await clerk.get<Bag>(`/api/cash/bags/${id}`));
    expect([left.state, left.differences.length, left.differences[0]?.cleared]).to.deep.equal([
      'sent',
      1,
      null,
    ]);
    await refused(committee.post(`/api/cash/bags/${id}/receive`, {}), 409, 'cash.not_possible');
    await refused(count(total / 100), 422, 'request.invalid');
    must(await count(total / 100, '重新清点，少数了一枚一分硬币'));
    const now = must(await clerk.get<Bag>(`/api/cash/bags/${id}`));
    expect([now.state, now.differences[0]?.explanation]).to.deep.equal([
      'counted',
      '重新清点，少数了一枚一分硬币',
    ]);
  });

  it('the clerk counts, the committee receives, and once', async () => {
    const { id, total } = (await box(clerk)).incoming[0] as Bag;
    await refused(clerk.post(`/api/cash/bags/${id}/receive`, {}), 403, 'not_allowed');
    must(await committee.post(`/api/cash/bags/${id}/receive`, {}));
    await refused(committee.post(`/api/cash/bags/${id}/receive`, {}), 409, 'cash.not_possible');
    const told = await toldOf(house, 'cash-ready');
    expect(told).to.have.length(5);
    // Sixty days from the day it came (parameter cashUnclaimedDays).
    for (const text of told) expect(text).to.match(/2026年10月300\.\d\d元现金.*在2026年12月11日前领取/);
    const after = await box(clerk);
    expect([after.balance, after.lines.length, after.incoming.length]).to.deep.equal([total, 5, 0]);
    expect(await reconciled(house)).to.include({ ledger: total, onTheWay: 0, box: total });
  });

  it('another village does not even learn that a bag is there', async () => {
    const { bags } = must(await clerk.get<{ bags: Bag[] }>('/api/cash/bags'));
    const id = bags[0]?.id as string;
    const foreign = await house.as('village2');
    await refused(foreign.get(`/api/cash/bags/${id}`), 404, 'cash.bag_not_found');
    await refused(foreign.post(`/api/cash/bags/${id}/count`, { amount: 1 }), 404, 'cash.bag_not_found');
    await refused(foreign.get(`/api/cash/box?village=${VILLAGE}`), 404, 'cash.not_found');
    expect((await box(foreign)).lines).to.deep.equal([]);
  });

  it('lists show identity numbers masked', async () => {
    await cashRun(house, { count: 1, first: 700 });
    const bag = await receivedBag(house);
    expect(bag.lines[0]?.idMasked).to.match(/^532628\*{10}\d[\dX]$/);
    expect(JSON.stringify(bag)).not.to.match(/532628\d{11}[\dX]/);
  });
});
