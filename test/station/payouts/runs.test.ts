import { expect } from 'chai';
import { payoutPorts } from '../../../src/effects.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { post, settleCashLine } from '../../../src/station/payouts/index.ts';
import type { LineView, RunView } from '../../../src/station/payouts/runs/view.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, card, type PayDesk, payDesk } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import { audited, household, landForm } from '../rosters/people.ts';
import { brought, type Claim, claimsOf, granted, ledger, send, take, theClaim } from './claims.ts';

const LONG = 300_000;

onEachDatabase('runs of payments', (engine) => {
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

  /** Short messages about lines, by template. */
  const told = async (template: string): Promise<string[]> => {
    const { db, vault } = house.service.deps;
    const rows = await db.read('messages').where({ template }).orderBy('at');
    return rows.map((r: { text_sealed: string }) => vault.open(r.text_sealed));
  };
  const stateOf = async (walk: Walker) => (await walk.reload('village')).state;
  const settled = async () => {
    await house.service.deps.jobs.tick();
    await balanced(house);
  };
  /** A day of a month, 9 o'clock. */
  const on = (day: string) => house.at(`${day}T09:00:00+08:00`);

  describe('two months of three schemes, with a refusal', () => {
    let dibao: Walker;
    let elder: Walker;
    let pension: Walker;
    let claim: Claim;
    let mz: PayDesk;
    let rs: PayDesk;
    let first: RunView;

    before(async function () {
      this.timeout(LONG);
      mz = payDesk(house, 'MZ');
      rs = payDesk(house, 'RS');
      dibao = await brought(house, 'MZ-01', { situation: 'new', until: 'PAY' });
      elder = await brought(house, 'MZ-03', { situation: 'new', until: 'PAY' });
      pension = await brought(house, 'RS-02', { situation: 'start', until: 'PAY' });
      claim = await theClaim(house, 'mz-officer', dibao);
      await on(`${claim.from}-10`);
    });

    it('is prepared by an officer of the department that pays, and by nobody else', async () => {
      const body = { scheme: 'dibao', period: claim.from };
      for (const login of ['mz-leader', 'ny-officer', 'town-mz', 'village', 'inspector', 'sysadmin'])
        expect([login, (await send(house, login, 'runs', body)).status]).to.deep.equal([login, 403]);
      expect((await mz.tryPrepare('moon', claim.from)).body.code).to.equal('payout.scheme_not_found');
      const month = await mz.tryPrepare('dibao', '2026-Q4');
      expect(month.body.faults?.[0]).to.include({ pointer: '/period' });
      expect((await mz.tryPrepare('dibao', '2031-01')).body.faults?.[0]?.message).to.equal(
        '这一期还没有开始',
      );
      first = await mz.prepare('dibao', claim.from);
      expect(first).to.include({ number: `DIBAO-${claim.from}-1`, state: 'draft', count: 1, version: 1 });
      expect(first.total).to.equal(claim.amount);
      expect(first.capitals).to.match(/元/);
      expect(first.townships[0]).to.include({ name: '剥隘镇', count: 1, net: claim.amount });
      const [line] = await mz.lines(first);
      expect(line).to.include({ name: claim.name, accountTail: '0016', state: 'planned', offset: 0 });
      expect(JSON.stringify(line)).to.not.include('621700386');
    });

    it('is approved by a leader who is another person', async () => {
      const officer = await mz.officer();
      const path = `/api/payouts/runs/${first.id}`;
      expect((await officer.post(`${path}/approve`, { version: 1 })).status).to.equal(403);
      expect((await send(house, 'rs-leader', `runs/${first.id}/approve`, { version: 1 })).status).to.equal(
        404,
      );
      const { db } = house.service.deps;
      const { id } = await db.read('accounts').where({ login: 'mz-officer' }).first();
      const grant = { account_id: id, role: 'leader', org_id: '532628-MZ' };
      const [sample] = await db.read('grants').limit(1);
      await db.write('grants').insert({ ...sample, id: 'second-role', ...grant });
      const own = await officer.post<{ code: string }>(`${path}/approve`, { version: 1 });
      expect([own.status, own.body.code]).to.deep.equal([403, 'payout.second_person']);
      await db.write('grants').where(grant).delete();
      const stale = await (await mz.leader()).post<{ code: string }>(`${path}/approve`, { version: 9 });
      expect([stale.status, stale.body.code]).to.deep.equal([409, 'payout.stale']);
      expect((await mz.step('export', first)).body.code, 'not approved yet').to.equal('payout.stale');
      first = await mz.approve(first);
      expect(first).to.include({ state: 'approved', version: 2 });
      expect(first.approved?.name).to.equal('赵卫东');
    });

    it('goes to the bank in two files, in full; the case is told', async () => {
      expect(await stateOf(dibao)).to.equal('payment.pending');
      first = await mz.export(first);
      expect(first.state).to.equal('exported');
      const text = new TextDecoder('gb18030').decode(await mz.file(first));
      expect(text).to.include('6217003860000000016').and.include(`${first.number}`);
      const book = await mz.file(first, 'workbook');
      expect(book.subarray(0, 2).toString()).to.equal('PK');
      expect((await mz.file(first, 'workbook')).equals(book)).to.equal(true);
      expect((await send(house, 'ny-officer', `runs/${first.id}/export`, { version: 2 })).status).to.equal(
        404,
      );
      for (const login of ['village', 'town-mz', 'inspector', 'ny-officer']) {
        const answer = await (await house.as(login)).get(`/api/payouts/runs/${first.id}/files/text`);
        expect([login, answer.status >= 403]).to.deep.equal([login, true]);
      }
      const taken = await audited(house, 'payout.download');
      expect(taken.map((t) => (t.detail as { kind: string }).kind)).to.deep.equal([
        'text',
        'workbook',
        'workbook',
      ]);
      expect(await stateOf(dibao)).to.equal('payment.sent');
      expect(await ledger(house, 'dibao')).to.deep.equal({ fund: -claim.amount, bank: claim.amount });
      await settled();
    });

    it('comes back refused: the case goes to the counter, the account is at fault, the month is due again', async () => {
      expect(await mz.returned(first, () => '1003')).to.include({ paid: 0, refused: 1 });
      expect(await stateOf(dibao)).to.equal('payment.bounced');
      const [line] = await mz.lines(first);
      expect(line).to.include({ state: 'refused', reason: '户名不符' });
      expect((await theClaim(house, 'mz-officer', dibao)).accountFault).to.equal('户名不符');
      expect((await mz.view(first)).state).to.equal('settled');
      expect(await ledger(house, 'dibao')).to.deep.equal({ fund: 0, bank: 0 });
      await settled();
      const again = await mz.tryPrepare('dibao', claim.from);
      expect(again.body).to.deep.include({ code: 'payout.nothing_due', held: { account: 1 } });
      expect(await told('bounced')).to.have.length(1);
      expect(await told('payout-refused'), 'the case has told it').to.deep.equal([]);
    });

    it('is tried again, the account put right, in a second run of the same month', async () => {
      const account = card(7);
      const { db, vault } = house.service.deps;
      const row = await db.read('cases').where({ id: dibao.id }).first();
      const form = JSON.parse(vault.open(row.form_sealed));
      form.account.number = account;
      await (await house.as('village')).send('PUT', `/api/cases/${dibao.id}/form`, { form });
      await take(house, dibao, 'RESUBMIT');
      const run = await mz.sendOff('dibao', claim.from);
      expect(run.number).to.equal(`DIBAO-${claim.from}-2`);
      expect(await stateOf(dibao)).to.equal('payment.sent');
      expect(new TextDecoder('gb18030').decode(await mz.file(run))).to.include(account);
      await mz.returned(run);
      await settled();
      expect(dibao.view.state).to.not.include('bounced');
      expect((await dibao.reload('village')).phase).to.equal('kept');
      expect(await ledger(house, 'dibao')).to.deep.equal({
        fund: -claim.amount,
        bank: 0,
        paid: claim.amount,
      });
      expect(await told('payout-paid'), 'the case has told it').to.deep.equal([]);
    });

    it('pays what fell due meanwhile together, one line for each claim', async () => {
      for (const [desk, scheme, walk] of [
        [mz, 'elder-allowance', elder],
        [rs, 'resident-pension', pension],
      ] as const) {
        const login = scheme === 'resident-pension' ? 'rs-officer' : 'mz-officer';
        const own = await theClaim(house, login, walk);
        const run = await desk.pay(scheme, claim.from);
        const [line] = await desk.lines(run);
        const months = monthsBetween(own.from, claim.from);
        expect(line).to.include({ state: 'paid', net: own.amount * months });
        expect(await stateOf(walk)).to.not.match(/^payment/);
      }
      await settled();
    });

    it('pays the next month to the claim alone: the case goes on untouched, the citizen is told of the line', async () => {
      const next = monthAfter(claim.from);
      await on(`${next}-10`);
      const before = await dibao.reload('village');
      const run = await mz.pay('dibao', next);
      expect(run).to.include({ number: `DIBAO-${next}-1`, state: 'settled', total: claim.amount });
      expect(run.differences).to.deep.include({
        added: [],
        gone: [],
        changed: [],
        since: `DIBAO-${claim.from}-2`,
      });
      expect((await dibao.reload('village')).version).to.equal(before.version);
      const [message] = await told('payout-paid');
      expect(message).to.include('最低生活保障金').and.include('元已到账，账户尾号');
      await settled();
    });

    it('stops with the claim', async () => {
      const now = await theClaim(house, 'mz-officer', dibao);
      const today = house.service.deps.clock.now().slice(0, 10);
      const stop = { version: now.version, reason: '查明不再符合条件', stoppedOn: today };
      expect((await send(house, 'mz-officer', `claims/${claim.id}/stop`, stop)).status).to.equal(204);
      await on(`${monthAfter(monthAfter(claim.from))}-10`);
      const { body } = await mz.tryPrepare('dibao', monthAfter(monthAfter(claim.from)));
      expect(body.code).to.equal('payout.nothing_due');
    });
  });

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
      await settled();
    });

    it('is answered in parts: settled, with its case, when the last row is', async () => {
      await ny.returned(run, (r) => (r.seq <= 2 ? '0000' : undefined));
      expect((await ny.view(run)).state).to.equal('exported');
      expect(await stateOf(batch)).to.equal('payment.sent');
      await balanced(house);
      await ny.returned(run, (r) => (r.seq === 3 ? '1002' : r.seq === 4 ? '0000' : undefined));
      expect((await ny.view(run)).state).to.equal('settled');
      expect(await stateOf(batch)).to.not.equal('payment.sent');
      await settled();
      const refused = await told('payout-refused');
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
      await settled();
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
      await settled();
      expect(await handOut(first.id, 'paid')).to.equal(true);
      expect(await handOut(first.id, 'paid'), 'a second time').to.equal(false);
      expect(await stateOf(batch)).to.equal('payment.sent');
      expect(await handOut(second.id, 'unclaimed')).to.equal(true);
      expect(await stateOf(batch)).to.not.equal('payment.sent');
      await settled();
      const again = await ny.prepare('land-subsidy', year);
      expect((await ny.lines(again)).map((l) => l.net)).to.deep.equal([second.net]);
      await ny.step('discard', again);
    }).timeout(LONG);
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
      await settled();
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
      await settled();
    });

    it('is owed back when it arrives after the claim has ended', async function () {
      this.timeout(LONG);
      const late = await brought(house, 'CL-02', { situation: 'new', until: 'PAY' });
      const { id, version, amount } = await theClaim(house, 'mz-officer', late);
      const today = house.service.deps.clock.now().slice(0, 10);
      await take(house, late, 'PAY', { batch: 'S-2', paidOn: today, amount: amount / 100 });
      await settled();
      const stop = { version, reason: '查明不再符合条件', stoppedOn: '2026-09-01' };
      expect((await send(house, 'mz-officer', `claims/${id}/stop`, stop)).status).to.equal(204);
      expect(await ledger(house, 'disability-benefit')).to.include({ bank: amount });
      await take(house, late, 'SETTLE', { arrivedOn: today });
      await settled();
      expect(await ledger(house, 'disability-benefit')).to.include({ bank: 0, receivable: amount });
    });
  });
});

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** Months from the first to the last, both counted. */
function monthsBetween(first: string, last: string): number {
  const at = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return at(last) - at(first) + 1;
}
