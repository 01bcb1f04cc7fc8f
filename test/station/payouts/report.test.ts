import { expect } from 'chai';
import { payouts } from '../../../src/cli/payouts.ts';
import type { MoneyReport } from '../../../src/station/payouts/index.ts';
import type { LineView, RunView } from '../../../src/station/payouts/runs/view.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, enrol, type PayDesk, payDesk, stray } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { send } from './claims.ts';

const OWN = '532628103201';
const FOREIGN = '532628205201';

onEachDatabase('what people see of money', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let desk: PayDesk;
  let run: RunView;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    desk = payDesk(house, 'MZ');
    await enrol(house, {
      scheme: 'dibao',
      count: 10,
      over: (i) => ({ villageId: i < 4 ? OWN : FOREIGN, ...(i === 3 && { way: 'cash' }) }),
    });
    await enrol(house, { scheme: 'land-subsidy', count: 2, first: 90 });
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const see = async <T>(login: string, path: string) => {
    const { status, body } = await (await house.as(login)).get<T & { code?: string }>(`/api/payouts/${path}`);
    return { status, body };
  };
  const edit = (table: string, where: object, what: object) =>
    house.service.deps.db.write(table).where(where).update(what);
  const claimOf = async (seq: number) => (await desk.lines(run))[seq - 1]?.entitlementId as string;

  it('a draft that is no longer as people are is not approved: every line and why, names masked', async () => {
    run = await desk.prepare('dibao', '2026-10');
    expect(run.count).to.equal(10);
    const ids = await Promise.all([1, 2, 3, 5, 6, 7].map(claimOf));
    const [ended, halted, faulty, moved, richer, cash] = ids as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    await edit(
      'payout_entitlements',
      { id: ended },
      { state: 'ended', until_period: '2026-09', reason: '已决定终止' },
    );
    await edit('payout_entitlements', { id: halted }, { state: 'suspended', reason: '逾期没有认证' });
    await edit('payout_entitlements', { id: faulty }, { account_fault: '户名不符' });
    await edit('payout_entitlements', { id: moved }, { village_id: OWN });
    await edit('payout_entitlements', { id: richer }, { amount: 99_900 });
    await edit('payout_entitlements', { id: cash }, { way: 'cash' });
    const { status, body } = await desk.step('approve', run);
    expect([status, body.code]).to.deep.equal([409, 'payout.changed']);
    const changed = body.changed as { seq: number; name: string; why: string }[];
    expect(changed.map((c) => [c.seq, c.why])).to.deep.equal([
      [1, '已终止或者不再应发'],
      [2, '逾期没有认证'],
      [3, '收款账户有误（户名不符），更正后再发'],
      [5, '已迁到别的村'],
      [6, '金额已变更'],
      [7, '发放方式已变更'],
    ]);
    for (const { name } of changed) expect(name).to.match(/^.\*+$/);
    expect((await desk.view(run)).state).to.equal('draft');
    for (const id of ids)
      await edit(
        'payout_entitlements',
        { id },
        { state: 'active', until_period: null, reason: null, account_fault: null, way: 'bank' },
      );
    await desk.step('discard', run);
    expect((await desk.lines(run)).every((l) => l.state === 'void')).to.equal(true);
  });

  it('nor sent off, when somebody changed after the approval; the leader gives it up', async () => {
    run = await desk.approve(await desk.prepare('dibao', '2026-10'));
    const id = await claimOf(2);
    await edit('payout_entitlements', { id }, { state: 'suspended', reason: '停' });
    expect((await desk.step('export', run)).body.code).to.equal('payout.changed');
    expect(
      (await send(house, 'mz-officer', `runs/${run.id}/discard`, { version: run.version })).status,
    ).to.equal(403);
    expect((await desk.step('discard', run)).body.state).to.equal('discarded');
    const again = await desk.prepare('dibao', '2026-10');
    expect(again.count).to.equal(9);
    expect(again.held?.map((h) => [h.entitlementId, h.says])).to.deep.equal([[id, '停']]);
    await desk.step('discard', again);
    await edit('payout_entitlements', { id }, { state: 'active', reason: null });
  });

  it('is sums for who inspects, the own people for village and township, all for the department, nothing for others', async () => {
    run = await desk.sendOff('dibao', '2026-10');
    const village = (id: string) => (v: RunView) =>
      v.townships.flatMap((t) => t.villages).find((p) => p.id === id)?.count ?? 0;
    for (const [login, own, foreign, people] of [
      ['mz-officer', 5, 5, 10],
      ['mz-reviewer', 5, 5, 10],
      ['inspector', 5, 5, null],
      ['village', 5, 0, 5],
      ['village2', 0, 5, 5],
      ['town-mz', 5, 0, 5],
      ['town-leader', 5, 0, 5],
    ] as [string, number, number, number | null][]) {
      const { status, body } = await see<RunView>(login, `runs/${run.id}`);
      expect([login, status, village(OWN)(body), village(FOREIGN)(body)]).to.deep.equal([
        login,
        200,
        own,
        foreign,
      ]);
      expect(body.count, login).to.equal(own + foreign);
      const lines = await see<{ lines: LineView[] }>(login, `runs/${run.id}/lines`);
      expect([login, lines.status]).to.deep.equal([login, people === null ? 403 : 200]);
      if (people !== null) expect(lines.body.lines, login).to.have.length(people);
      expect(JSON.stringify([body, lines.body])).to.not.match(/6217\d{8}|\d{17}[\dX]|139\d{8}/);
      expect(body.held === null, login).to.equal(!login.startsWith('mz-'));
    }
    for (const login of ['ny-officer', 'ny-leader', 'town-ny', 'sysadmin', 'auditor'])
      expect([login, (await see(login, `runs/${run.id}`)).status]).to.deep.equal([login, 404]);
    const listed = await see<{ runs: RunView[] }>('ny-officer', 'runs');
    expect(listed.body.runs).to.deep.equal([]);
    expect((await house.stranger().get(`/api/payouts/runs/${run.id}`)).status).to.equal(401);
  });

  it('comes in pages', async () => {
    const first = await see<{ lines: LineView[]; next: number }>(
      'mz-officer',
      `runs/${run.id}/lines?limit=4`,
    );
    const second = await see<{ lines: LineView[]; next: number | null }>(
      'mz-officer',
      `runs/${run.id}/lines?limit=9&after=${first.body.next}`,
    );
    expect([...first.body.lines, ...second.body.lines].map((l) => l.seq)).to.deep.equal([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(second.body.next).to.equal(null);
    const runs = await see<{ runs: RunView[]; next: string }>('mz-officer', 'runs?scheme=dibao&limit=2');
    const rest = await see<{ runs: RunView[]; next: null }>(
      'mz-officer',
      `runs?limit=20&after=${runs.body.next}`,
    );
    const numbers = [...runs.body.runs, ...rest.body.runs].map((r) => r.number);
    expect(numbers).to.deep.equal([
      'DIBAO-2026-10-4',
      'DIBAO-2026-10-3',
      'DIBAO-2026-10-2',
      'DIBAO-2026-10-1',
    ]);
    expect((await see('mz-officer', `runs/${run.id}/lines?state=moon`)).status).to.equal(422);
  });

  it('keeps back what was paid too much, never more than half of a line, until it is paid off', async () => {
    await desk.returned(run);
    const entitlementId = await claimOf(1);
    const { net } = (await desk.lines(run))[0] as LineView;
    const debt = { entitlementId, amount: net, reason: '多算了一个人' };
    expect((await send(house, 'mz-officer', 'debts', debt)).status).to.equal(201);
    await balanced(house);
    for (const [month, offset] of [
      ['2026-11', Math.floor(net / 2)],
      ['2026-12', Math.floor(net / 2)],
      ['2027-01', net - 2 * Math.floor(net / 2)],
    ] as const) {
      await house.at(`${month}-10T09:00:00+08:00`);
      const next = await desk.pay('dibao', month);
      const line = (await desk.lines(next)).find((l) => l.entitlementId === entitlementId);
      expect([month, line?.offset, line?.net]).to.deep.equal([month, offset, net - offset]);
      const { schemes } = await balanced(house);
      const dibao = schemes.find((s) => s.scheme === 'dibao');
      expect(dibao?.balances.receivable).to.equal(
        month === '2027-01' ? 0 : net - offset * (month === '2026-11' ? 1 : 2),
      );
    }
    const view = (await see<{ runs: RunView[] }>('mz-officer', 'runs?scheme=dibao&limit=1')).body.runs[0];
    const detail = await desk.view(view as RunView);
    expect(detail.differences?.changed.map((c) => c.entitlementId)).to.deep.equal([entitlementId]);
  });

  it('balances scheme by scheme; a department sees its own', async () => {
    await payDesk(house, 'NY').pay('land-subsidy', '2027');
    const schemes = async (login: string) =>
      (await see<MoneyReport>(login, 'report')).body.schemes.map((s) => s.scheme);
    expect(await schemes('inspector')).to.have.members(['dibao', 'land-subsidy']);
    expect(await schemes('ny-officer')).to.deep.equal(['land-subsidy']);
    expect(await schemes('village')).to.deep.equal([]);
    const one = await see<MoneyReport>('inspector', 'report?scheme=land-subsidy');
    expect(one.body.schemes.map((s) => [s.scheme, s.verdict])).to.deep.equal([['land-subsidy', '平衡']]);
  });

  describe('on the command line', () => {
    const run = async (...argv: string[]) => {
      const said: string[] = [];
      const { env } = process;
      process.env = { ...env, ...house.settings };
      try {
        const code = await payouts(
          argv,
          (s) => said.push(s),
          (s) => said.push(s),
        );
        return { code, said };
      } finally {
        process.env = env;
      }
    };

    it('is a table, or JSON', async () => {
      const { code, said } = await run('report');
      expect([code, said.at(-1)]).to.deep.equal([0, '平衡']);
      expect(said[0]).to.match(/^项目 +财政 +银行在途 +已发放 +村级现金 +应收回 +核销 +结论$/);
      expect(said.find((line) => line.startsWith('最低生活保障金'))).to.match(/平衡$/);
      const json = await run('report', '--json');
      expect((JSON.parse(json.said.join('')) as MoneyReport).schemes).to.have.length(2);
      expect((await run('moon')).code).to.equal(2);
      expect((await run('report', '--moon')).code).to.equal(2);
    });

    it('finds every way in which ledger and lines can differ, to the fen', async () => {
      const { db } = house.service.deps;
      const [line] = await db.read('payout_lines').where({ state: 'paid' }).limit(1);
      /** What the report finds while something is wrong. */
      const finds = async (account: string, fen: number) => {
        const { code, said } = await run('report', '--json');
        const report = JSON.parse(said.join('')) as MoneyReport;
        const found = report.schemes.flatMap((s) => s.differences.map((d) => [d.account, d.fen]));
        expect([code, report.verdict]).to.deep.equal([1, '不平']);
        expect(found).to.deep.include([account, fen]);
      };
      const wrong = async (
        table: string,
        id: string,
        what: object,
        back: object,
        ...found: [account: string, fen: number]
      ) => {
        await edit(table, { id }, what);
        await finds(...found);
        await edit(table, { id }, back);
      };
      type Entries = { account: string; fen: number }[];
      const posted = async (entries: Entries, ...found: [account: string, fen: number]) => {
        await stray(house, 'dibao', entries);
        await finds(...found);
        await stray(
          house,
          'dibao',
          entries.map(({ account, fen }) => ({ account, fen: -fen })),
        );
      };
      await posted([{ account: 'paid', fen: 1 }], 'paid', 1);
      await posted([{ account: 'paid', fen: 1 }], 'fund', 1);
      for (const account of ['bank', 'cash'])
        await posted(
          [
            { account: 'paid', fen: -700 },
            { account, fen: 700 },
          ],
          account,
          700,
        );
      await wrong('payout_lines', line.id, { gross: line.gross - 1 }, { gross: line.gross }, 'paid', 1);
      await wrong('payout_lines', line.id, { state: 'sent' }, { state: 'paid' }, 'bank', -line.net);
      const [debt] = await db.read('payout_debts').limit(1);
      const less = { recovered: debt.recovered - 1, state: 'open' };
      const back = { recovered: debt.recovered, state: debt.state };
      await wrong('payout_debts', debt.id, less, back, 'receivable', -1);
      expect((await run('report')).said.at(-1)).to.equal('平衡');
    });
  });
});
