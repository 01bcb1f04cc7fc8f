import { expect } from 'chai';
import type { RunView } from '../../../src/station/payouts/runs/view.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type PayDesk, payDesk, settled } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import { brought, ledger, send, take, theClaim } from './claims.ts';

const LONG = 300_000;

onEachDatabase('runs of payments: beside them', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  describe('paid by hand', () => {
    let walk: Walker;
    let mz: PayDesk;

    before(async function () {
      this.timeout(LONG);
      mz = payDesk(house, 'MZ');
      walk = await brought(house, 'MZ-02', { situation: 'general', until: 'PAY' });
    });

    const runOf = async () => {
      const { body } = await (await mz.officer()).get<{ runs: RunView[] }>(
        '/api/payouts/runs?scheme=temporary-aid',
      );
      return body.runs.map(({ kind, state, total }) => ({ kind, state, total }));
    };

    it('is refused while a run pays it, and when the run is given up goes beside it', async () => {
      const month = house.service.deps.clock.now().slice(0, 7);
      const run = await mz.prepare('temporary-aid', month);
      const client = await house.as('mz-officer');
      const { version } = await walk.reload('mz-officer');
      const today = house.service.deps.clock.now().slice(0, 10);
      const pay = { event: 'PAY', version, data: { batch: 'S-1', paidOn: today, amount: run.total / 100 } };
      const answer = await client.post<{ code: string; number: string }>(`/api/cases/${walk.id}/events`, pay);
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'payout.in_run']);
      expect(answer.body.number).to.equal(run.number);
      await mz.step('discard', run);
      expect((await client.post(`/api/cases/${walk.id}/events`, pay)).status).to.equal(200);
      await settled(house);
      expect((await runOf())[0]).to.deep.equal({ kind: 'outside', state: 'exported', total: run.total });
      expect(await ledger(house, 'temporary-aid')).to.deep.equal({ fund: -run.total, bank: run.total });
      expect((await mz.tryPrepare('temporary-aid', month)).body.code).to.equal('payout.nothing_due');
    });

    it('is written down once, and settled as the desk says', async () => {
      const { db, jobs, clock } = house.service.deps;
      await db
        .write('outbox')
        .where({ case_id: walk.id, effect: 'standing' })
        .update({ state: 'waiting', next_at: clock.now(), leased_by: null, leased_until: null });
      await jobs.tick();
      expect((await runOf()).filter((r) => r.kind === 'outside')).to.have.length(1);
      const today = clock.now().slice(0, 10);
      await take(house, walk, 'SETTLE', { arrivedOn: today });
      expect((await runOf())[0]).to.include({ kind: 'outside', state: 'settled' });
      const { bank, paid } = await ledger(house, 'temporary-aid');
      expect(bank).to.equal(0);
      expect(paid).to.be.greaterThan(0);
      await settled(house);
    });

    it('is owed back when it arrives after the claim has ended', async function () {
      this.timeout(LONG);
      const late = await brought(house, 'CL-02', { situation: 'new', until: 'PAY' });
      const { id, version, amount } = await theClaim(house, 'mz-officer', late);
      const today = house.service.deps.clock.now().slice(0, 10);
      await take(house, late, 'PAY', { batch: 'S-2', paidOn: today, amount: amount / 100 });
      await settled(house);
      const stop = { version, reason: '查明不再符合条件', stoppedOn: '2026-09-01' };
      expect((await send(house, 'mz-officer', `claims/${id}/stop`, stop)).status).to.equal(204);
      expect(await ledger(house, 'disability-benefit')).to.include({ bank: amount });
      await take(house, late, 'SETTLE', { arrivedOn: today });
      await settled(house);
      expect(await ledger(house, 'disability-benefit')).to.include({ bank: 0, receivable: amount });
    });
  });
});
