import { expect } from 'chai';
import { nextPeriod } from '../../../src/station/payouts/rules/periods.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import { household, landForm } from '../rosters/people.ts';
import {
  type Blocks,
  brought,
  type Claim,
  claimsOf,
  example,
  goOn,
  granted,
  send,
  take,
  theClaim,
} from './claims.ts';

const LONG = 300_000;

onEachDatabase('claims of money', (engine) => {
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

  /** A standing effect as if the program had died before it wrote down that it was done. */
  const again = async (walk: Walker) => {
    const { db, jobs, clock } = house.service.deps;
    await db
      .write('outbox')
      .where({ case_id: walk.id, effect: 'standing' })
      .update({ state: 'waiting', next_at: clock.now(), leased_by: null, leased_until: null });
    await jobs.tick();
  };

  describe('a household that is granted the dibao', () => {
    let first: Walker;
    let claim: Claim;

    it('has a claim from the month after the decision, masked, once it comes to be paid', async () => {
      first = await brought(house, 'MZ-01', { situation: 'new', until: 'APPROVE' });
      expect(await granted(house, 'mz-officer', first)).to.deep.equal([]);
      await take(house, first, 'APPROVE', { amount: 1219.5 });
      expect(await granted(house, 'mz-officer', first)).to.deep.equal([]);
      await goOn(house, first, 'PAY');
      claim = await theClaim(house, 'mz-officer', first);
      const decided = (await house.service.deps.db.read('cases').where({ id: first.id }).first()).decided_at;
      const month = new Date(Date.parse(decided) + 8 * 3_600_000).toISOString().slice(0, 7);
      expect(claim).to.include({
        scheme: 'dibao',
        lineKey: '',
        name: '黄志强',
        amount: 121_950,
        rhythm: 'month',
        way: 'bank',
        until: null,
        state: 'active',
        accountFault: null,
      });
      expect(claim.from > month, `${claim.from} after ${month}`).to.equal(true);
      expect(claim.payee).to.deep.equal({
        name: '黄志强',
        idNumber: '532628**********10',
        phone: '138****0002',
        holder: '黄志强',
        bank: '农村信用社（农商银行）',
        account: '***************0016',
      });
    }).timeout(LONG);

    it('is sealed in the database', async () => {
      const { db, vault } = house.service.deps;
      const row = await db.read('payout_entitlements').where({ id: claim.id }).first();
      expect(JSON.stringify(row)).to.not.match(/6217003860000000016|532628196611159910|13800000002/);
      expect(JSON.parse(vault.open(row.payee_sealed)).account).to.equal('6217003860000000016');
      expect(row.account_tail).to.equal('0016');
    });

    it('is seen by the department that pays, the township and the village, and by nobody else', async () => {
      for (const login of ['mz-officer', 'mz-leader', 'town-window', 'village'])
        expect(
          (await claimsOf(house, login)).map((c) => c.id),
          login,
        ).to.include(claim.id);
      for (const login of ['ny-officer', 'village2', 'town2-window', 'inspector', 'sysadmin']) {
        expect(
          (await claimsOf(house, login)).map((c) => c.id),
          login,
        ).to.not.include(claim.id);
        expect((await (await house.as(login)).get(`/api/payouts/claims/${claim.id}`)).status, login).to.equal(
          404,
        );
      }
      expect((await claimsOf(house, 'mz-officer', '?scheme=dibao&text=志强')).map((c) => c.id)).to.deep.equal(
        [claim.id],
      );
      expect(
        (await claimsOf(house, 'mz-officer', '?scheme=dibao&text=志%25强')).map((c) => c.id),
      ).to.deep.equal([claim.id]);
      expect(await claimsOf(house, 'mz-officer', '?scheme=dibao&state=ended')).to.deep.equal([]);
    });

    it('is shown in full to the department alone, and that is written down', async () => {
      const why = { reason: '核对退票账户' };
      const shown = await send(house, 'mz-officer', `claims/${claim.id}/reveal`, why);
      expect(shown.status, JSON.stringify(shown.body)).to.equal(200);
      expect(shown.body).to.include({ account: '6217003860000000016', idNumber: '532628196611159910' });
      expect((await send(house, 'village', `claims/${claim.id}/reveal`, why)).status).to.equal(403);
      const audit = await house.service.deps.db
        .read('audit')
        .where({ act: 'payout.reveal', subject: claim.id });
      expect(audit.length).to.equal(1);
      expect(JSON.stringify(audit)).to.not.contain('6217003860000000016');
    });

    it('is made once, however often its effects run', async () => {
      await again(first);
      expect(await theClaim(house, 'mz-officer', first)).to.deep.equal(claim);
    });

    it('goes to another account after the bank sent money back', async () => {
      await take(house, first, 'PAY');
      await take(house, first, 'BOUNCE', { reason: '账号不存在' });
      const faulty = await theClaim(house, 'mz-officer', first);
      expect(faulty.accountFault).to.equal('账号不存在');
      expect((await claimsOf(house, 'village', '?scheme=dibao&faulty=true')).map((c) => c.id)).to.deep.equal([
        claim.id,
      ]);
      const row = await house.service.deps.db.read('cases').where({ id: first.id }).first();
      const form = JSON.parse(house.service.deps.vault.open(row.form_sealed));
      form.account.number = '6228480590000000125';
      form.account.bank = '中国农业银行';
      const clerk = await house.as('village');
      const saved = await clerk.send('PUT', `/api/cases/${first.id}/form`, { version: row.version, form });
      expect(saved.status, JSON.stringify(saved.body)).to.equal(200);
      await take(house, first, 'RESUBMIT');
      const right = await theClaim(house, 'mz-officer', first);
      expect(right).to.include({
        accountFault: null,
        from: claim.from,
        amount: claim.amount,
        state: 'active',
      });
      expect(right.payee).to.include({ bank: '中国农业银行', account: '***************0125' });
    }).timeout(LONG);

    it('ends where a newer decision begins', async () => {
      await goOn(house, first);
      const adjusted = await brought(house, 'MZ-01', { situation: 'adjust', until: 'APPROVE' });
      await take(house, adjusted, 'APPROVE', { amount: 800 });
      await goOn(house, adjusted, 'PAY');
      const [older, newer] = [
        await theClaim(house, 'mz-officer', first),
        await theClaim(house, 'mz-officer', adjusted),
      ];
      expect(newer).to.include({ state: 'active', amount: 80_000, until: null });
      expect(older.state).to.equal('ended');
      expect(older.reason).to.contain('低保已经调整');
      expect((older.until as string) < newer.from, `${older.until} before ${newer.from}`).to.equal(true);
    }).timeout(LONG);
  });

  describe('a pension', () => {
    let walk: Walker;
    it('is halted when nobody confirms, and goes on from where it was when somebody does', async () => {
      walk = await brought(house, 'RS-02', { situation: 'start' });
      const claim = await theClaim(house, 'rs-officer', walk);
      expect(claim).to.include({ scheme: 'resident-pension', state: 'active', rhythm: 'month' });
      const { definitions, clock } = house.service.deps;
      const now = clock.now();
      await house.at(`${Number(now.slice(0, 4)) + 1}${now.slice(4, 10)}T10:00:00+08:00`);
      await house.at(`${Number(now.slice(0, 4)) + 1}-12-31T10:00:00+08:00`);
      await house.at(`${Number(now.slice(0, 4)) + 2}-03-31T10:00:00+08:00`);
      const halted = await theClaim(house, 'rs-officer', walk);
      expect(
        halted.state,
        JSON.stringify(definitions.params('2026-09-28').residentPensionConfirmGraceDays),
      ).to.equal('suspended');
      expect(halted.reason).to.contain('暂停发放');
      await again(walk);
      expect(await theClaim(house, 'rs-officer', walk)).to.deep.equal(halted);
      await take(house, walk, 'CONFIRM');
      const on = await theClaim(house, 'rs-officer', walk);
      // Back pay: it begins where it began, so that what passed meanwhile is still due.
      expect(on).to.include({ state: 'active', reason: null, from: claim.from, until: null });
    }).timeout(LONG);

    it('suspended by hand is not resumed by a confirmation', async () => {
      const claim = await theClaim(house, 'rs-officer', walk);
      const path = `claims/${claim.id}/suspend`;
      const body = { version: claim.version, reason: '服刑期间停发' };
      expect((await send(house, 'village', path, body)).status).to.equal(403);
      expect((await send(house, 'mz-officer', path, body)).status).to.equal(404);
      expect(
        (await send(house, 'rs-officer', path, { ...body, version: claim.version - 1 })).body.code,
      ).to.equal('claim.stale');
      expect((await send(house, 'rs-officer', path, body)).status).to.equal(204);
      await take(house, walk, 'CONFIRM');
      const held = await theClaim(house, 'rs-officer', walk);
      expect(held).to.include({ state: 'suspended', reason: '服刑期间停发' });
      const twice = await send(house, 'rs-officer', path, { ...body, version: held.version });
      expect(twice.body.code).to.equal('claim.not_possible');
      const on = { version: held.version, reason: '刑满' };
      expect((await send(house, 'rs-officer', `claims/${claim.id}/resume`, on)).status).to.equal(204);
      expect((await theClaim(house, 'rs-officer', walk)).state).to.equal('active');
      const acts = await house.service.deps.db.read('audit').where({ subject: claim.id }).orderBy('id');
      expect(acts.map((a: { act: string }) => a.act)).to.deep.equal(['claim.suspend', 'claim.resume']);
    }).timeout(LONG);
  });

  it('a newer decision that reaches back ends the older one before it begins', async () => {
    const older = await brought(house, 'CL-02', { situation: 'new' });
    const first = await theClaim(house, 'mz-officer', older);
    const now = new Date(Date.parse(house.service.deps.clock.now()) + 40 * 86_400_000);
    await house.at(now.toISOString());
    const newer = await brought(house, 'CL-02', { situation: 'adjust', until: 'PAY' });
    const second = await theClaim(house, 'mz-officer', newer);
    const ended = await theClaim(house, 'mz-officer', older);
    expect(second.from > first.from).to.equal(true);
    expect(ended).to.include({ state: 'ended', until: nextPeriod(second.from, -1) });
  }).timeout(LONG);

  it('a ranger is paid from the agreement until its end', async () => {
    const walk = await brought(house, 'LY-02', { situation: 'new', until: 'PAY' });
    const { record } = await recordOf(walk);
    const claim = await theClaim(house, 'ly-officer', walk);
    expect(claim.from).to.equal((record.from as string).slice(0, 7));
    expect(claim.until).to.equal((record.to as string).slice(0, 7));
    await patrols(claim, walk);
  }).timeout(LONG);

  /** Months without a patrol are lost; what was open from before them is owed. */
  const patrols = async (claim: Claim, walk: Walker) => {
    const monthsOn = async (n: number) => {
      const [year = 0, month = 0] = claim.from.split('-').map(Number);
      const at = new Date(Date.UTC(year, month - 1 + n, 15));
      await house.at(at.toISOString());
      return at.toISOString().slice(0, 7);
    };
    const halted = await monthsOn(2);
    const body = { version: claim.version, reason: '没有核实巡护' };
    expect((await send(house, 'ly-officer', `claims/${claim.id}/suspend`, body)).status).to.equal(204);
    const off = await theClaim(house, 'ly-officer', walk);
    expect(off).to.include({ state: 'suspended', from: halted });
    const resumed = await monthsOn(4);
    const on = { version: off.version, reason: '已核实巡护' };
    expect((await send(house, 'ly-officer', `claims/${claim.id}/resume`, on)).status).to.equal(204);
    expect(await theClaim(house, 'ly-officer', walk)).to.include({ state: 'active', from: resumed });
    const owed = (await granted(house, 'ly-officer', walk)).filter((c) => c.lineKey.startsWith('+arrears:'));
    expect(owed.map((c) => [c.amount, c.rhythm])).to.deep.equal([[2 * claim.amount, 'once']]);
  };

  const recordOf = async (walk: Walker) => {
    const client = await house.as('ly-officer');
    const events = await client.get<{ events: { type: string; data: { asked?: Blocks } }[] }>(
      `/api/cases/${walk.id}/events`,
    );
    const report = events.body.events.find((e) => e.type === 'REPORT');
    return { record: (report?.data.asked ?? report?.data) as Record<string, unknown> };
  };

  it('every kept row of a roster has a claim of its own', async () => {
    const rows = [household(40), household(41), household(42, { area: 5.55 })];
    const walk = await brought(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, rows),
      until: 'PAY',
    });
    const list = await (await house.as('ny-officer')).get<{ rows: { fen: number }[] }>(
      `/api/cases/${walk.id}/paylist`,
    );
    const claims = (await granted(house, 'ny-officer', walk)).sort((a, b) =>
      a.lineKey < b.lineKey ? -1 : 1,
    );
    expect(claims.map((c) => c.lineKey)).to.deep.equal(['payment:1', 'payment:2', 'payment:3']);
    expect(claims.map((c) => c.amount)).to.deep.equal(list.body.rows.map((r) => r.fen));
    for (const claim of claims)
      expect(claim).to.include({ rhythm: 'once', from: 'once', way: 'bank', until: null });
    expect(claims[0]?.payee.bank).to.equal('农村信用社（农商银行）');
    await again(walk);
    expect((await granted(house, 'ny-officer', walk)).length).to.equal(3);
  }).timeout(LONG);

  it('urgent aid without an account is handed out in cash', async () => {
    const form = example(house, 'MZ-02', 0, 'urgent');
    const walk = await brought(house, 'MZ-02', { situation: 'urgent', form, until: 'PAY' });
    const claim = await theClaim(house, 'mz-officer', walk);
    expect(claim).to.include({ scheme: 'temporary-aid', rhythm: 'once', way: 'cash' });
    expect(claim.payee).to.include({ holder: '李老八', bank: '', account: '' });
    const way = { version: claim.version, way: 'bank', reason: '改为打卡' };
    expect((await send(house, 'mz-officer', `claims/${claim.id}/way`, way)).status).to.equal(422);
    const account = {
      version: claim.version,
      reason: '本人补交银行卡',
      account: { holder: '李老八', bank: '中国农业银行', number: '6228480590000000125' },
    };
    const wrong = { ...account, account: { ...account.account, number: '6228480590000000126' } };
    expect((await send(house, 'village', `claims/${claim.id}/account`, wrong)).status).to.equal(422);
    expect((await send(house, 'village2', `claims/${claim.id}/account`, account)).status).to.equal(404);
    expect((await send(house, 'village', `claims/${claim.id}/account`, account)).status).to.equal(204);
    const next = { ...way, version: claim.version + 1 };
    expect((await send(house, 'village', `claims/${claim.id}/way`, next)).status).to.equal(403);
    expect((await send(house, 'mz-officer', `claims/${claim.id}/way`, next)).status).to.equal(204);
    expect(await theClaim(house, 'mz-officer', walk)).to.include({ way: 'bank', version: claim.version + 2 });
    const audit = await house.service.deps.db.read('audit').where({ subject: claim.id }).orderBy('id');
    expect(audit.map((a: { act: string; detail: string }) => [a.act, JSON.parse(a.detail)])).to.deep.equal([
      ['claim.correct-account', { reason: '本人补交银行卡', from: '', to: '0125' }],
      ['claim.set-way', { reason: '改为打卡', from: 'cash', to: 'bank' }],
    ]);
  }).timeout(LONG);

  it('aid whose papers never came is not paid any more', async () => {
    const { materials } = house.service.deps.definitions.get('MZ-02').definition;
    const gaps = materials.filter((m) => m.tolerable).map((m) => m.id);
    const form = example(house, 'MZ-02', 0, 'general');
    (form.help as { amount: number }).amount = 1000;
    const walk = await brought(house, 'MZ-02', { situation: 'general', form, gaps, until: 'PAY' });
    expect((await theClaim(house, 'mz-officer', walk)).state).to.equal('active');
    const now = new Date(Date.parse(house.service.deps.clock.now()) + 60 * 86_400_000);
    await house.at(now.toISOString());
    const row = await house.service.deps.db.read('cases').where({ id: walk.id }).first();
    expect(row.outcome).to.equal('ended');
    expect(await theClaim(house, 'mz-officer', walk)).to.include({
      state: 'ended',
      reason: '逾期没有补交或者办理，已终止',
    });
  }).timeout(LONG);

  it('a lapse the case goes on after leaves the aid as it was', async () => {
    const walk = await brought(house, 'MZ-02', { situation: 'urgent', until: 'REPORT' });
    const now = new Date(Date.parse(house.service.deps.clock.now()) + 60 * 86_400_000);
    await house.at(now.toISOString());
    const log = await house.service.deps.db.read('case_events').where({ case_id: walk.id });
    expect(log.map((e: { type: string }) => e.type)).to.include('WAIT_LAPSED');
    expect((await theClaim(house, 'mz-officer', walk)).state).to.equal('active');
  }).timeout(LONG);
});
