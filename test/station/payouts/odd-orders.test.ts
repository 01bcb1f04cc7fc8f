/** Acts in an order nobody plans: each would pay somebody twice, or never, or leave a case lying for good. */
import { expect } from 'chai';
import { payoutPorts } from '../../../src/effects.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { ended } from '../../../src/station/payouts/entitlements/follow.ts';
import { settleCashLine } from '../../../src/station/payouts/index.ts';
import type { Entitlement } from '../../../src/station/payouts/types.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, enrol, type PayDesk, payDesk } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';
import { household, landForm } from '../rosters/people.ts';
import { brought, debtsOf, goOn, granted, send, take, theClaim } from './claims.ts';

const LONG = 300_000;

onEachDatabase('money in an odd order', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let desk: PayDesk;
  beforeEach(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    desk = payDesk(house, 'MZ');
    await house.at('2026-10-12T09:00:00+08:00');
  });
  afterEach(async () => {
    await house.close();
    await opened.drop();
  });

  const changed = async (login: string, id: string, act: string, more: object): Promise<void> => {
    const { version } = await house.service.deps.db.read('payout_entitlements').where({ id }).first();
    const answer = await send(house, login, `claims/${id}/${act}`, { version, reason: '来件更正', ...more });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(204);
  };
  const stateOf = async ({ id }: Walker): Promise<string> =>
    (await house.service.deps.db.read('cases').where({ id }).first('state')).state;
  const thisPeriod = (): string => house.service.deps.clock.now().slice(0, 7);
  /** A case of temporary aid whose money is due. */
  const dueCase = (): Promise<Walker> => brought(house, 'MZ-02', { situation: 'general', until: 'PAY' });
  const act = async (walk: Walker, event: string, data: object) => {
    const client = await house.as('mz-officer');
    const { version } = (await client.get<{ version: number }>(`/api/cases/${walk.id}`)).body;
    return client.post<{ code?: string }>(`/api/cases/${walk.id}/events`, { event, version, data });
  };

  it('what an older claim was paid beyond its end does not keep the newer one from its money', async () => {
    const [older] = await enrol(house, { scheme: 'dibao', count: 1, amount: () => 40_000 });
    await desk.pay('dibao', '2026-10');
    await enrol(house, { scheme: 'dibao', count: 1, amount: () => 50_000 });
    await changed('mz-officer', older?.id as string, 'stop', { stoppedOn: '2026-09-30' });
    expect((await debtsOf(house, 'mz-officer')).map((d) => d.amount)).to.deep.equal([40_000]);
    const run = await desk.pay('dibao', '2026-10');
    const [line] = await desk.lines(run);
    expect(line).to.include({ gross: 50_000, offset: 25_000, net: 25_000, state: 'paid' });
    await balanced(house);
  });

  it('a line refused for a time that its claim has left behind is owed all the same', async () => {
    const forest = payDesk(house, 'LY');
    const [claim] = await enrol(house, { scheme: 'ranger', count: 1, amount: () => 80_000 });
    const run = await forest.sendOff('ranger', '2026-10');
    await house.at('2026-11-05T09:00:00+08:00');
    await changed('ly-officer', claim?.id as string, 'suspend', {});
    await forest.returned(run, () => '1005');
    const again = await forest.pay('ranger', '2026-11');
    expect(await forest.lines(again)).to.have.length(1);
    expect((await forest.lines(again))[0]).to.include({ gross: 80_000, state: 'paid' });
    expect((await forest.tryPrepare('ranger', '2026-11')).body.code).to.equal('payout.nothing_due');
    await balanced(house);
  });

  if (engine.name === 'postgres')
    it('money that arrives while an end is being written is owed back', async () => {
      const { deps } = house.service;
      const [claim] = await enrol(house, { scheme: 'dibao', count: 1, amount: () => 40_000 });
      const run = await desk.sendOff('dibao', '2026-10');
      const bytes = await desk.answer(run, () => '0000');
      const ending = await deps.db.write.transaction();
      const last = { until: '2026-09', reason: '户口迁出' };
      await ended(ending, deps, claim as Entitlement, last, deps.clock.now());
      let isRead = false;
      const reading = desk.upload(run, bytes).finally(() => {
        isRead = true;
      });
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while (!isRead && (await deps.db.read.raw(waiting)).rows.length === 0);
      await ending.commit();
      expect((await reading).status).to.equal(200);
      expect((await debtsOf(house, 'mz-officer')).map((d) => d.amount)).to.deep.equal([40_000]);
      await balanced(house);
    });

  it('a batch is not settled by the bank while some of it lies in the village', async () => {
    const { deps } = house.service;
    const land = payDesk(house, 'NY');
    const form = landForm(house, [household(61), household(62)]);
    const batch = await brought(house, 'NY-02', { situation: 'annual', form, until: 'PAY' });
    const [claim] = await granted(house, 'ny-officer', batch);
    await changed('ny-officer', claim?.id as string, 'way', { way: 'cash' });
    const run = await land.sendOff('land-subsidy', thisPeriod().slice(0, 4), { caseId: batch.id });
    await land.returned(run);
    expect(await stateOf(batch)).to.equal('payment.sent');
    const left = (await land.lines(run)).find((l) => l.state === 'cash');
    const done = { result: 'paid', at: deps.clock.now() } as const;
    await transact(deps.db, (trx) => settleCashLine(trx, deps, payoutPorts(deps), left?.id as string, done));
    expect(await stateOf(batch)).to.not.match(/^payment/);
  }).timeout(LONG);

  describe('a case whose money is due', () => {
    it('is not settled or bounced by hand while the bank has its line', async () => {
      const walk = await dueCase();
      const run = await desk.sendOff('temporary-aid', thisPeriod());
      expect(await stateOf(walk)).to.equal('payment.sent');
      const on = house.service.deps.clock.now().slice(0, 10);
      for (const [event, data] of [
        ['BOUNCE', { reason: '账号不存在' }],
        ['SETTLE', { arrivedOn: on }],
      ] as const)
        expect((await act(walk, event, data)).body.code, event).to.equal('payout.in_run');
      await desk.returned(run);
      expect(await stateOf(walk)).to.not.match(/^payment/);
      await balanced(house);
    }).timeout(LONG);

    it('handed in anew with the account it had is paid by the next run', async () => {
      const walk = await dueCase();
      await desk.returned(await desk.sendOff('temporary-aid', thisPeriod()), () => '1004');
      expect(await stateOf(walk)).to.equal('payment.bounced');
      await take(house, walk, 'RESUBMIT');
      expect((await theClaim(house, 'mz-officer', walk)).accountFault).to.equal(null);
      expect(await desk.pay('temporary-aid', thisPeriod())).to.include({ count: 1, state: 'settled' });
      await balanced(house);
    }).timeout(LONG);

    it('whose account is put right before the old one is refused waits for nobody', async () => {
      const walk = await dueCase();
      const run = await desk.sendOff('temporary-aid', thisPeriod());
      const claim = await theClaim(house, 'mz-officer', walk);
      const account = { holder: claim.payee.name, bank: '中国农业银行', number: '6228480590000000125' };
      await changed('mz-officer', claim.id, 'account', { account });
      await desk.returned(run, () => '1001');
      expect((await theClaim(house, 'mz-officer', walk)).accountFault).to.equal(null);
      await desk.pay('temporary-aid', thisPeriod());
      expect(await stateOf(walk)).to.not.match(/^payment/);
      await balanced(house);
    }).timeout(LONG);

    it('is done when it is handed in anew after a run has paid it to the right account', async () => {
      const walk = await dueCase();
      await desk.returned(await desk.sendOff('temporary-aid', thisPeriod()), () => '1001');
      const claim = await theClaim(house, 'mz-officer', walk);
      const account = { holder: claim.payee.name, bank: '中国农业银行', number: '6228480590000000125' };
      await changed('mz-officer', claim.id, 'account', { account });
      await desk.pay('temporary-aid', thisPeriod());
      expect(await stateOf(walk)).to.equal('payment.bounced');
      await take(house, walk, 'RESUBMIT');
      expect(await stateOf(walk)).to.not.match(/^payment/);
      expect(await granted(house, 'mz-officer', walk)).to.have.length(1);
      await balanced(house);
    }).timeout(LONG);

    it('paid by hand is in no run, though the house died before it wrote that down', async () => {
      const walk = await dueCase();
      const { jobs } = house.service.deps;
      const { drain } = jobs;
      jobs.drain = async () => 0;
      await county(house).take(walk, { event: 'PAY', says: {} });
      jobs.drain = drain;
      const { status, body } = await desk.tryPrepare('temporary-aid', thisPeriod());
      expect([status, body.code]).to.deep.equal([409, 'payout.nothing_due']);
      expect(body.held).to.deep.equal({ moving: 1 });
      await jobs.tick();
      expect(await county(house).stuck()).to.deep.equal([]);
      await goOn(house, walk);
      await balanced(house);
    }).timeout(LONG);
  });
});
