import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, type House, openHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import {
  audited,
  bring,
  draftOf,
  goOn,
  household,
  households,
  landForm,
  type Row,
  rowsOf,
} from './people.ts';

interface List {
  code: string;
  step: string;
  rows: { row: number; name: string; idNumber: string; account: string; amount: string; fen: number }[];
  struck: { row: number; name: string; idNumber: string; reason: string }[];
  count: number;
  total: number;
  capitals: string;
  checksum: string;
}

onEachDatabase('rosters: paid by a list', (engine) => {
  let opened: Opened;
  let house: House;
  let walk: Walker;
  const rows = households(4, 20);
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    walk = await bring(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, rows),
      until: 'RECORD_CHECK',
    });
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const get = async <T = List>(path: string, login = 'ny-officer') =>
    (await house.as(login)).get<T>(`/api/cases/${walk.id}${path}`);
  const bytesOf = async (path: string): Promise<Buffer> => {
    const { cookie } = await house.as('ny-officer');
    const answer = await fetch(`${house.url}/api/cases/${walk.id}${path}`, { headers: { cookie } });
    expect(answer.status).to.equal(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const strike = {
    results: ['重复申报', '死亡人员信息', '银行账户'].map((register) => ({ register, result: '一致' })),
    struck: [
      { row: 3, reason: '已经死亡' },
      { row: 2, reason: '长年抛荒' },
    ],
    opinion: '剔除两户',
  };
  /** 80 元 an acre in the parameters of the demonstration. */
  const rate = () => house.service.deps.definitions.params('2026-09-28').landSubsidyRate as number;
  const fen = (row: Row) => Math.round(Number(row.area) * rate() * 100);

  it('is not there before the decision, nor for who neither pays nor belongs to the department', async () => {
    expect((await get('/paylist')).body.code).to.equal('paylist.not_decided');
    await walk.act('ny-officer', 'RECORD_CHECK', strike);
    await goOn(house, walk, 'PAY');
    expect((await get('/paylist', 'ny-leader')).status).to.equal(200);
    for (const login of ['village', 'committee', 'town-window', 'mz-officer'])
      expect([login, (await get('/paylist', login)).status]).to.deep.equal([
        login,
        login === 'mz-officer' ? 404 : 403,
      ]);
    expect((await get('/paylist', 'village2')).status).to.equal(404);
    expect((await get('/paylist?step=moon')).body.code).to.equal('paylist.none');
  });

  it('leaves out who was struck, sums up to the fen and in capitals, and masks what is shown', async () => {
    const { body } = await get('/paylist');
    expect(body.rows.map((r) => r.row)).to.deep.equal([1, 4]);
    const total = fen(rows[0] as Row) + fen(rows[3] as Row);
    expect(body).to.include({ step: 'payment', count: 2, total });
    expect(body.rows.reduce((sum, r) => sum + r.fen, 0)).to.equal(total);
    expect(body.capitals).to.match(/^[壹贰叁肆伍陆柒捌玖拾佰仟零]+元/);
    expect(body.struck.map((s) => [s.row, s.name, s.reason])).to.deep.equal([
      [2, rows[1]?.name, '长年抛荒'],
      [3, rows[2]?.name, '已经死亡'],
    ]);
    const all = JSON.stringify(body);
    for (const row of rows) expect(all).to.not.include(row.idNumber).and.to.not.include(row.account);
  });

  it('comes as a file for the bank, every number in full, its rows proved by their checksum; each taking is noted', async () => {
    const { body } = await get('/paylist');
    const text = (await bytesOf('/paylist.csv')).toString('utf8');
    expect(text.startsWith('\uFEFF行号,姓名,身份证号,账户名,银行账号,金额（元）\r\n')).to.equal(true);
    const lines = text.slice(1).split('\r\n');
    expect(lines[1]).to.equal(
      [
        1,
        rows[0]?.name,
        rows[0]?.idNumber,
        rows[0]?.holder,
        rows[0]?.account,
        (fen(rows[0] as Row) / 100).toFixed(2),
      ].join(','),
    );
    expect(lines[3]).to.equal(`合计,2 人,,,,${(body.total / 100).toFixed(2)}`);
    expect(lines[4]).to.equal(`大写金额,${body.capitals}`);
    const hash = createHash('sha256').update(`${lines[1]}\r\n${lines[2]}\r\n`).digest('hex');
    expect(lines[5]).to.equal(`校验码（SHA-256）,${hash}`);
    expect(body.checksum).to.equal(hash);
    const old = await bytesOf('/paylist.csv?encoding=gb18030');
    expect(`\uFEFF${new TextDecoder('gb18030').decode(old)}`).to.equal(text);
    const struck = (await bytesOf('/paylist/struck.csv')).toString('utf8');
    expect(struck).to.include(`3,${rows[2]?.name},${rows[2]?.idNumber},已经死亡\r\n`);
    const notes = await audited(house, 'paylist.download');
    expect(
      notes.map((n) => n.detail as { part: string; encoding: string; total: number }),
    ).to.deep.include.members([
      { part: 'rows', step: 'payment', encoding: 'gb18030', rows: 2, total: body.total, checksum: hash },
      { part: 'struck', step: 'payment', encoding: 'utf-8', rows: 2, total: body.total, checksum: hash },
    ]);
    expect(notes).to.have.length(3);
    expect((await get('/paylist.csv?encoding=latin1')).status).to.equal(422);
  });

  it('is what is paid: another sum is refused, and told', async () => {
    const { body } = await get('/paylist');
    const officer = await house.as('ny-officer');
    const { version } = await walk.reload('ny-officer');
    const pay = (amount: number) =>
      officer.post<{ faults: { pointer: string; message: string }[] }>(`/api/cases/${walk.id}/events`, {
        event: 'PAY',
        version,
        data: { batch: '2026-1', paidOn: '2026-11-20', amount },
      });
    const wrong = await pay(body.total / 100 + 0.01);
    expect(wrong.status).to.equal(422);
    expect(wrong.body.faults[0]).to.include({ pointer: '/data/amount' });
    expect(wrong.body.faults[0]?.message).to.include('2 人').and.include('已剔除 2 行');
    expect((await pay(body.total / 100)).status).to.equal(200);
  });

  it('changes accounts only, once the bank has sent money back; who was struck stays struck', async () => {
    await walk.act('ny-officer', 'BOUNCE', { reason: '第 1 行账号不存在' });
    const clerk = await house.as('village');
    const save = async (change: (all: Row[]) => Row[]) => {
      const all = await rowsOf(house, walk.id);
      const form = { ...landForm(house, change(all)) };
      const saved = await clerk.send('PUT', `/api/cases/${walk.id}/form`, { form });
      expect(saved.status, JSON.stringify(saved.body)).to.equal(200);
      const { version } = await walk.reload('village');
      return clerk.post<{ faults: { message: string }[] }>(`/api/cases/${walk.id}/events`, {
        event: 'RESUBMIT',
        version,
      });
    };
    const fewer = await save((all) => all.slice(1));
    expect(fewer.body.faults[0]?.message).to.equal('银行退回以后只能更正账户，名册仍应是 4 行');
    const richer = await save(() => rows.map((r, i) => (i === 3 ? { ...r, area: 99 } : r)));
    expect(richer.body.faults.map((f) => f.message)).to.deep.equal(['第 4 行：银行退回以后只能更正账户']);
    const account = household(99).account as string;
    expect((await save(() => rows.map((r, i) => (i === 0 ? { ...r, account } : r)))).status).to.equal(200);
    const text = (await bytesOf('/paylist.csv')).toString('utf8');
    expect(text).to.include(account).and.not.include(rows[0]?.account);
    expect((await get('/paylist')).body.struck.map((s) => s.row)).to.deep.equal([2, 3]);
  });

  it("gives last year's rows to the next: without who was struck, amounts anew, what was paid beside it", async () => {
    await goOn(house, walk);
    const draft = await draftOf(house, 'NY-02', 'annual', landForm(house, [household(80)], 2027));
    const clerk = await house.as('village');
    const path = `/api/cases/${draft.id}/roster/last-year`;
    const taken = await clerk.post<{ rows: number; left: number; from: string; version: number }>(path, {});
    expect(taken.body).to.deep.equal({ rows: 2, left: 2, from: walk.view.number, version: 2 });
    const now = await rowsOf(house, draft.id);
    expect(now.map((r) => r.name)).to.deep.equal([rows[0]?.name, rows[3]?.name]);
    expect(now.map((r) => r.lastAmount)).to.deep.equal([rows[0], rows[3]].map((r) => fen(r as Row) / 100));
    expect(now[0]).to.not.have.any.keys('amount', 'net', 'deducted');
    const foreign = await draftOf(house, 'NY-02', 'annual', {}, 'village2');
    const none = await (await house.as('village2')).post<List>(
      `/api/cases/${foreign.id}/roster/last-year`,
      {},
    );
    expect(none.body.code).to.equal('roster.no_last_year');
  });

  it('adds up what each check struck: SW-02 pays twice', async () => {
    const form = exampleForm(house.service, 'SW-02', 0, 'annual') as { roster: Row[] };
    const other = (i: number): Row => ({
      ...(form.roster[0] as Row),
      ...{ number: `BS-${i}`, name: `黄甲${i}`, holder: `黄甲${i}` },
      idNumber: household(40 + i).idNumber as string,
      account: household(40 + i).account as string,
    });
    walk = await bring(house, 'SW-02', {
      situation: 'annual',
      form: { ...form, roster: [other(1), other(2), other(3)] },
      until: 'RECORD_CHECK',
    });
    const results = ['公安：死亡、户籍', '人社：公职、国有企业职工', '法院：判决、服刑'].map((register) => ({
      register,
      result: '一致',
    }));
    const struck = (row: number) => ({ results, struck: [{ row, reason: '已任公职' }], opinion: '剔除' });
    await walk.act('sw-officer', 'RECORD_CHECK', struck(1));
    await goOn(house, walk, 'SETTLE');
    await goOn(house, walk, 'RECORD_CHECK');
    await walk.act('sw-officer', 'RECORD_CHECK', struck(3));
    const list = async (step: string) => (await get(`/paylist?step=${step}`, 'sw-officer')).body;
    expect((await list('second-payment')).rows.map((r) => r.row)).to.deep.equal([2]);
    expect((await list('first-payment')).rows.map((r) => r.row)).to.deep.equal([2, 3]);
    expect((await get('/paylist', 'sw-officer')).body.step).to.equal('second-payment');
  });
});
