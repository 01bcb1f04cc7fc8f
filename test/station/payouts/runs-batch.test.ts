import { expect } from 'chai';
import { payoutPorts } from '../../../src/effects.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { post, settleCashLine } from '../../../src/station/payouts/index.ts';
import type { LineView, RunView } from '../../../src/station/payouts/runs/view.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, card, type PayDesk, payDesk, settled, toldOf } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import { household, landForm } from '../rosters/people.ts';
import { brought, type Claim, claimsOf, granted, send } from './claims.ts';

const LONG = 300_000;

onEachDatabase('runs of payments: a batch', (engine) => {
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

  const stateOf = async (walk: Walker) => (await walk.reload('village')).state;

  describe('a batch', () => {
    let batch: Walker;
    let run: RunView;
    let ny: PayDesk;

    before(async function () {
      this.timeout(LONG);
      ny = payDesk(house, 'NY');
      const rows = [1, 2, 3, 4].map((i) => household(30 + i));
      batch = await brought(house, 'NY-02', {
        situation: 'annual',
        form: landForm(house, rows),
        until: 'PAY',
      });
    });

    const year = () => house.service.deps.clock.now().slice(0, 4);

    it('is paid row by row; its case is told the sum of the list', async () => {
      run = await ny.sendOff('land-subsidy', year(), { caseId: batch.id });
      expect(run.count).to.equal((await granted(house, 'ny-officer', batch)).length);
      expect(await stateOf(batch)).to.equal('payment.sent');
      const log = await (await house.as('ny-officer')).get<{ total: number }>(
        `/api/cases/${batch.id}/paylist`,
      );
      expect(run.total).to.equal(log.body.total);
      await settled(house);
    });

    it('is answered in parts: settled, with its case, when the last row is', async () => {
      await ny.returned(run, (r) => (r.seq <= 2 ? '0000' : undefined));
      expect((await ny.view(run)).state).to.equal('exported');
      expect(await stateOf(batch)).to.equal('payment.sent');
      await balanced(house);
      await ny.returned(run, (r) => (r.seq === 3 ? '1002' : r.seq === 4 ? '0000' : undefined));
      expect((await ny.view(run)).state).to.equal('settled');
      expect(await stateOf(batch)).to.not.equal('payment.sent');
      await settled(house);
      const refused = await toldOf(house, 'payout-refused');
      expect(refused).to.have.length(1);
      expect(refused[0]).to.include('账户已销户').and.include('服务站');
    });

    it('pays the row that was refused later, and no other', async () => {
      const bad = (await claimsOf(house, 'ny-officer', '?faulty=true')).find(
        (c) => c.caseId === batch.id,
      ) as Claim;
      expect(bad.accountFault).to.equal('账户已销户');
      expect((await ny.tryPrepare('land-subsidy', year())).body.code).to.equal('payout.nothing_due');
      const account = { holder: bad.name, bank: '农村信用社（农商银行）', number: card(99) };
      const put = { version: bad.version, reason: '群众更换账户', account };
      expect((await send(house, 'ny-officer', `claims/${bad.id}/account`, put)).status).to.equal(204);
      const retry = await ny.pay('land-subsidy', year());
      expect(retry).to.include({ count: 1, state: 'settled' });
      await settled(house);
    });
  });

  describe('a batch handed out in the village', () => {
    it('is settled, with its case, when the last of it is', async () => {
      const ny = payDesk(house, 'NY');
      const rows = [1, 2].map((i) => household(50 + i));
      const batch = await brought(house, 'NY-02', {
        situation: 'annual',
        form: landForm(house, rows),
        until: 'PAY',
      });
      for (const { id, version } of await granted(house, 'ny-officer', batch)) {
        const way = { version, reason: '行动不便，没有银行卡', way: 'cash' };
        expect((await send(house, 'ny-officer', `claims/${id}/way`, way)).status).to.equal(204);
      }
      const year = house.service.deps.clock.now().slice(0, 4);
      const run = await ny.sendOff('land-subsidy', year, { caseId: batch.id });
      expect(run).to.include({ state: 'settled', hasFiles: false, count: 2 });
      expect(await stateOf(batch)).to.equal('payment.sent');
      const { deps } = house.service;
      const at = deps.clock.now();
      const handOut = (id: string, result: 'paid' | 'unclaimed') =>
        transact(deps.db, (trx) => settleCashLine(trx, deps, payoutPorts(deps), id, { result, at }));
      const [first, second] = (await ny.lines(run)) as [LineView, LineView];
      await transact(deps.db, (trx) =>
        post(trx, deps, {
          scheme: 'land-subsidy',
          memo: '现金送村',
          at,
          entries: [
            { account: 'fund', fen: -run.total },
            { account: 'cash', fen: run.total, villageId: '532628103201' },
          ],
        }),
      );
      await settled(house);
      expect(await handOut(first.id, 'paid')).to.equal(true);
      expect(await handOut(first.id, 'paid'), 'a second time').to.equal(false);
      expect(await stateOf(batch)).to.equal('payment.sent');
      expect(await handOut(second.id, 'unclaimed')).to.equal(true);
      expect(await stateOf(batch)).to.not.equal('payment.sent');
      await settled(house);
      const again = await ny.prepare('land-subsidy', year);
      expect((await ny.lines(again)).map((l) => l.net)).to.deep.equal([second.net]);
      await ny.step('discard', again);
    }).timeout(LONG);
  });
});
