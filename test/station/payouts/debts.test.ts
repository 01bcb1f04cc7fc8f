import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { debtsAfterPaid } from '../../../src/station/payouts/debts/found.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import {
  brought,
  type Claim,
  type Debt,
  debtsOf,
  example,
  goOn,
  granted,
  ledger,
  line,
  send,
  take,
  theClaim,
} from './claims.ts';

const LONG = 300_000;
const ELDER = '532628194403019957';

onEachDatabase('what was paid too much', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let walk: Walker;
  let claim: Claim;
  before(async function () {
    this.timeout(LONG);
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    walk = await brought(house, 'MZ-03', { situation: 'new', until: 'APPROVE' });
    await take(house, walk, 'APPROVE', { amount: 50.01 });
    await goOn(house, walk);
    claim = await theClaim(house, 'mz-officer', walk);
    await house.at('2027-01-20T10:00:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const now = async (): Promise<Claim> => theClaim(house, 'mz-officer', walk);
  const debts = async (query = ''): Promise<Debt[]> => debtsOf(house, 'mz-officer', query);
  /** A death registered on a day, of which the house hears on another. */
  const death = async (diedOn: string): Promise<Walker> => {
    const form = example(house, 'GA-01', 1, 'death');
    Object.assign(form.deceased as object, { diedOn });
    const registered = await brought(house, 'GA-01', { situation: 'death', form, until: 'APPROVE' });
    await take(house, registered, 'APPROVE');
    return registered;
  };
  const restored = async (): Promise<void> => {
    const back = await brought(house, 'GA-01', { situation: 'restore' });
    await goOn(house, back);
  };
  const again = async (effect: 'standing' | 'reach') => {
    const { db, jobs, clock } = house.service.deps;
    await db
      .write('outbox')
      .where({ effect })
      .update({ state: 'waiting', next_at: clock.now(), leased_by: null, leased_until: null });
    await jobs.tick();
  };

  it('nothing while the old man lives', async () => {
    expect(claim).to.include({ from: '2026-09', until: null, amount: 5001, state: 'active' });
    await line(house, claim, ['2026-10', '2026-11', '2026-12', '2027-01']);
    expect(await debts()).to.deep.equal([]);
    expect((await ledger(house, 'elder-allowance')).paid).to.be.greaterThan(0);
  });

  it('a death registered late ends the claim with the month of the death; what came after it is owed', async () => {
    const before = await ledger(house, 'elder-allowance');
    await death('2026-11-15');
    expect(await now()).to.include({ state: 'ended', until: '2026-11' });
    const [debt, ...more] = await debts();
    expect(more).to.deep.equal([]);
    expect(debt).to.include({
      amount: 10_002,
      recovered: 0,
      state: 'open',
      entitlementId: claim.id,
      name: '李老八',
    });
    expect(debt?.reason).to.match(/^2026年12月、2027年1月不应再发：/);
    const after = await ledger(house, 'elder-allowance');
    expect(after.receivable).to.equal(10_002);
    expect(after.paid).to.equal((before.paid ?? 0) - 10_002);
  }).timeout(LONG);

  it('an effect that runs again, or a second death, finds nothing new', async () => {
    const before = [await now(), await debts(), await ledger(house, 'elder-allowance')];
    await again('reach');
    await again('standing');
    await death('2026-11-15');
    expect([await now(), await debts(), await ledger(house, 'elder-allowance')]).to.deep.equal(before);
  }).timeout(LONG);

  it('is seen by the department that pays alone', async () => {
    expect(await debtsOf(house, 'ny-officer')).to.deep.equal([]);
    expect(await debtsOf(house, 'village')).to.deep.equal([]);
    expect(
      (await (await house.as('ny-officer')).get('/api/payouts/debts?scheme=elder-allowance')).status,
    ).to.equal(404);
  });

  it('comes back in money, once, and never more than is owed', async () => {
    const [debt] = (await debts()) as [Debt];
    const path = `debts/${debt.id}/repayments`;
    const some = { amount: 5000, rest: 10_002, receipt: '票 0001' };
    expect((await send(house, 'town-mz', path, some)).status).to.equal(403);
    expect((await send(house, 'mz-officer', path, { ...some, amount: 10_003 })).status).to.equal(422);
    expect((await send(house, 'mz-officer', path, some)).status).to.equal(204);
    expect((await send(house, 'mz-officer', path, some)).body.code).to.equal('claim.stale');
    expect((await debts())[0]).to.include({ recovered: 5000, state: 'open' });
    expect((await ledger(house, 'elder-allowance')).receivable).to.equal(5002);
  });

  it('the house was wrong: the claim goes on, the rest is no debt, and what came back is owed to him', async () => {
    const before = await ledger(house, 'elder-allowance');
    await restored();
    expect(await now()).to.include({ state: 'active', until: null, reason: null });
    expect((await debts())[0]).to.include({ state: 'cancelled', recovered: 5000 });
    expect(await debts('?state=open')).to.deep.equal([]);
    const after = await ledger(house, 'elder-allowance');
    expect(after.receivable).to.equal(0);
    expect(after.paid).to.equal((before.paid ?? 0) + 5002);
    const back = (await granted(house, 'mz-officer', walk)).filter((c) => c.lineKey.startsWith('+refund:'));
    expect(back.map((c) => [c.amount, c.rhythm, c.state])).to.deep.equal([[5000, 'once', 'active']]);
    await again('standing');
    expect((await granted(house, 'mz-officer', walk)).length).to.equal(2);
  }).timeout(LONG);

  it('a real death after it opens a debt anew, also for what was on its way', async () => {
    const sent = await line(house, claim, ['2027-02'], { state: 'sent' });
    await death('2026-12-31');
    expect(await now()).to.include({ state: 'ended', until: '2026-12' });
    expect((await debts('?state=open')).map((d) => d.amount)).to.deep.equal([5001]);
    const { deps } = house.service;
    await transact(deps.db, async (trx) => {
      await trx('payout_lines').where({ id: sent.id }).update({ state: 'paid' });
      await debtsAfterPaid(trx, deps, sent, deps.clock.now());
    });
    await transact(deps.db, (trx) => debtsAfterPaid(trx, deps, sent, deps.clock.now()));
    expect((await debts('?state=open')).map((d) => d.amount)).to.deep.equal([5001, 5001]);
    expect((await debts('?state=open'))[0]?.reason).to.contain('2027年2月');
  }).timeout(LONG);

  it('is kept back from a line of the same person, the oldest first; meanwhile nobody repays it', async () => {
    const { deps } = house.service;
    const [newer, older] = (await debts('?state=open')) as [Debt, Debt];
    const keeping = await line(house, claim, ['2027-03', '2027-04'], { state: 'sent', offset: 5000 });
    const repay = await send(house, 'mz-officer', `debts/${older.id}/repayments`, {
      amount: 1,
      rest: 5001,
      receipt: '票 0002',
    });
    expect(repay.body.code).to.equal('debt.kept_back');
    const before = await ledger(house, 'elder-allowance');
    // Paid for months after the end: what it kept back pays off a debt, and the rest is one itself.
    await transact(deps.db, async (trx) => {
      await trx('payout_lines').where({ id: keeping.id }).update({ state: 'paid' });
      await debtsAfterPaid(trx, deps, keeping, deps.clock.now());
    });
    const all = await debts();
    expect(all.find((d) => d.id === older.id)).to.include({ recovered: 5000, state: 'open' });
    expect(all.find((d) => d.id === newer.id)).to.include({ recovered: 0 });
    const after = await ledger(house, 'elder-allowance');
    expect(after.receivable).to.equal((before.receivable ?? 0) - 5000 + 10_002);
    expect((after.paid ?? 0) + (after.receivable ?? 0)).to.equal(
      (before.paid ?? 0) + (before.receivable ?? 0),
    );
  });

  it('a line that keeps back more than is owed cannot be paid', async () => {
    const { deps } = house.service;
    const open = (await debts('?state=open')).reduce((sum, d) => sum + d.amount - d.recovered, 0);
    const sent = { id: 'none', runId: 'none', entitlementId: claim.id, offset: open + 1 };
    const before = await debts();
    const paid = transact(deps.db, (trx) => debtsAfterPaid(trx, deps, sent, deps.clock.now()));
    expect(await paid.catch((e: Error) => e.message)).to.contain('more than is owed');
    expect(await debts()).to.deep.equal(before);
  });

  it('is written off by a leader when an officer proposed it, with the ledger told', async () => {
    const entered = await send(house, 'mz-officer', 'debts', {
      entitlementId: claim.id,
      amount: 777,
      reason: '冒领一次',
    });
    expect(entered.status).to.equal(201);
    const path = `debts/${entered.body.id}`;
    expect(
      (await send(house, 'ny-officer', 'debts', { entitlementId: claim.id, amount: 1, reason: '越权' }))
        .status,
    ).to.equal(403);
    expect((await send(house, 'mz-leader', `${path}/write-off`)).body.code).to.equal('debt.not_proposed');
    const proposal = { reason: '没有继承人，无法追回' };
    expect((await send(house, 'mz-leader', `${path}/write-off-proposal`, proposal)).status).to.equal(403);
    expect((await send(house, 'mz-officer', `${path}/write-off-proposal`, proposal)).status).to.equal(204);
    expect((await send(house, 'mz-officer', `${path}/write-off`)).status).to.equal(403);
    expect((await send(house, 'mz-leader', `${path}/write-off`)).status).to.equal(204);
    expect((await send(house, 'mz-leader', `${path}/write-off`)).body.code).to.equal('debt.not_open');
    expect((await debts('?state=written-off')).map((d) => [d.amount, d.reason])).to.deep.equal([
      [777, '冒领一次'],
    ]);
    expect((await ledger(house, 'elder-allowance'))['written-off']).to.equal(777);
  });

  it('a claim stopped by hand from an earlier day is owed back from then on', async () => {
    const pension = await brought(house, 'RS-02', { situation: 'start', until: 'PAY' });
    const mine = await theClaim(house, 'rs-officer', pension);
    await line(house, mine, ['2026-12', '2027-01', '2027-02']);
    const path = `claims/${mine.id}/stop`;
    const body = { version: mine.version, reason: '已享受职工养老待遇' };
    expect((await send(house, 'rs-officer', path, { ...body, stoppedOn: '2099-01-01' })).status).to.equal(
      422,
    );
    expect((await send(house, 'rs-officer', path, { ...body, stoppedOn: '2027-01-05' })).status).to.equal(
      204,
    );
    expect(await theClaim(house, 'rs-officer', pension)).to.include({ state: 'ended', until: '2027-01' });
    expect((await debtsOf(house, 'rs-officer')).map((d) => d.amount)).to.deep.equal([mine.amount]);
    expect((await ledger(house, 'resident-pension')).receivable).to.equal(mine.amount);
  }).timeout(LONG);

  it('names no person in the audit', async () => {
    const audit = await house.service.deps.db.read('audit');
    expect(JSON.stringify(audit)).to.not.contain(ELDER);
  });
});
