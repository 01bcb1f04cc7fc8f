import { expect } from 'chai';
import type { RunView } from '../../../src/station/payouts/runs/view.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { card, type PayDesk, payDesk, settled, toldOf } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import { audited } from '../rosters/people.ts';
import { brought, type Claim, ledger, send, take, theClaim } from './claims.ts';

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

  const stateOf = async (walk: Walker) => (await walk.reload('village')).state;
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
      await settled(house);
    });

    it('comes back refused: the case goes to the counter, the account is at fault, the month is due again', async () => {
      expect(await mz.returned(first, () => '1003')).to.include({ paid: 0, refused: 1 });
      expect(await stateOf(dibao)).to.equal('payment.bounced');
      const [line] = await mz.lines(first);
      expect(line).to.include({ state: 'refused', reason: '户名不符' });
      expect((await theClaim(house, 'mz-officer', dibao)).accountFault).to.equal('户名不符');
      expect((await mz.view(first)).state).to.equal('settled');
      expect(await ledger(house, 'dibao')).to.deep.equal({ fund: 0, bank: 0 });
      await settled(house);
      const again = await mz.tryPrepare('dibao', claim.from);
      expect(again.body).to.deep.include({ code: 'payout.nothing_due', held: { account: 1 } });
      expect(await toldOf(house, 'bounced')).to.have.length(1);
      expect(await toldOf(house, 'payout-refused'), 'the case has told it').to.deep.equal([]);
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
      await settled(house);
      expect(dibao.view.state).to.not.include('bounced');
      expect((await dibao.reload('village')).phase).to.equal('kept');
      expect(await ledger(house, 'dibao')).to.deep.equal({
        fund: -claim.amount,
        bank: 0,
        paid: claim.amount,
      });
      expect(await toldOf(house, 'payout-paid'), 'the case has told it').to.deep.equal([]);
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
      await settled(house);
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
      const [message] = await toldOf(house, 'payout-paid');
      expect(message).to.include('最低生活保障金').and.include('元已到账，账户尾号');
      await settled(house);
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
