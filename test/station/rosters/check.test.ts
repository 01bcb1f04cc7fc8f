import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, type House, openHouse } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';
import { bring, goOn, household, households, landForm, type Row } from './people.ts';

interface Check {
  step: string;
  rows: number;
  found: {
    row: number;
    name: string;
    idNumber: string;
    findings: { kind: string; level: string; says: string }[];
  }[];
  code: string;
}

onEachDatabase('rosters: compared on entering the check', (engine) => {
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const check = async (walk: Walker, login = 'ny-officer') =>
    (await (await house.as(login)).get<Check>(`/api/cases/${walk.id}/roster/check`)).body;
  const said = (body: Check) =>
    body.found.map(({ row, findings }) => [row, ...findings.map((f) => `${f.kind} ${f.level}`)]);
  const says = (body: Check, row: number) =>
    body.found.find((f) => f.row === row)?.findings.map((f) => f.says);
  const annual = (rows: Row[], year?: number) =>
    bring(house, 'NY-02', { situation: 'annual', form: landForm(house, rows, year), until: 'RECORD_CHECK' });

  it('finds the dead, what repeats, wrong names and shared accounts; a sound row is not mentioned', async () => {
    const death = await openCase(house, 'GA-01', { situation: 'death' });
    await goOn(house, death);
    const { deceased } = exampleForm(house.service, 'GA-01', 0, 'death') as {
      deceased: { name: string; idNumber: string };
    };
    const rows = [
      household(0),
      household(1, { name: deceased.name, holder: deceased.name, idNumber: deceased.idNumber }),
      household(2, { holder: '农某某', relation: '子女' }),
      household(3, { account: String(household(4).account) }),
      household(4),
      household(5, { name: '阿依·古丽', holder: '阿依•古丽' }),
    ];
    const walk = await annual(rows);
    const body = await check(walk);
    expect(body).to.include({ step: 'comparison', rows: 6 });
    expect(said(body)).to.deep.equal([
      [2, 'death stop'],
      [3, 'holder stop'],
      [4, 'shared-account stop'],
      [5, 'shared-account stop'],
    ]);
    expect(says(body, 2)).to.deep.equal([`已办理死亡注销（办件 ${death.view.number}，2026年9月28日决定）`]);
    expect(says(body, 3)).to.deep.equal(['账户名“农某某”与“户主姓名”不一致']);
    expect(says(body, 4)?.[0]).to.include('第 5 行');
    const all = JSON.stringify(body);
    expect(all).to.not.include(deceased.idNumber).and.to.not.include(rows[3]?.account);
    expect(body.found[0]?.idNumber).to.match(/^532628\*+25$/);
  });

  it('finds what another batch of the same year holds, not of another year, nor of one that came to nothing', async () => {
    const first = await annual(households(3, 100));
    const second = await annual([household(101), household(110)]);
    const body = await check(second);
    expect(said(body)).to.deep.equal([[1, 'other-batch stop']]);
    expect(says(body, 1)?.[0]).to.include(first.view.number).and.include('第 2 行').and.include('剥隘');
    expect((await check(first)).found).to.deep.equal([]);
    expect((await check(await annual([household(101)], 2025))).found).to.deep.equal([]);
    await second.act('village', 'WITHDRAW', { reason: '重复造册' });
    expect((await check(await annual([household(110)]))).found).to.deep.equal([]);
  });

  it('finds single applications: of the same year, settled, ended, and in another household', async () => {
    const single = exampleForm(house.service, 'WJ-02', 2, 'individual') as Record<string, unknown>;
    const applicant = single.applicant as { name: string; idNumber: string };
    const filed = await openCase(house, 'WJ-02', { situation: 'individual', form: single });
    await filed.act('village', 'FILE');
    const roster = exampleForm(house.service, 'WJ-02', 0, 'annual') as { roster: Row[]; year: number };
    const row = { ...roster.roster[0], name: applicant.name, holder: applicant.name } as Row;
    const batch = (year: number) =>
      bring(house, 'WJ-02', {
        situation: 'annual',
        form: { ...roster, year, roster: [{ ...row, idNumber: applicant.idNumber }] },
        until: 'RECORD_CHECK',
      });
    const now = await check(await batch(single.year as number), 'wj-officer');
    expect(said(now)).to.deep.equal([[1, 'single stop']]);
    expect(says(now, 1)?.[0]).to.include(filed.view.number).and.include('正在办理');
    expect((await check(await batch((single.year as number) + 1), 'wj-officer')).found).to.deep.equal([]);
  });

  it('finds what ended or changed one by one, and the guardian who draws for a child', async () => {
    const stop = exampleForm(house.service, 'JY-01', 0, 'stop') as Record<string, unknown>;
    const student = stop.student as { name: string; idNumber: string };
    await goOn(house, await openCase(house, 'JY-01', { situation: 'stop', form: stop }));
    const term = exampleForm(house.service, 'JY-01', 0, 'term') as { roster: Row[] };
    const [first] = term.roster as [Row];
    const rows = [
      { ...first, name: student.name, idNumber: student.idNumber, registerNumber: `G${student.idNumber}` },
      {
        ...first,
        name: '农小兰',
        idNumber: household(7).idNumber,
        registerNumber: `G${household(7).idNumber}`,
      },
    ];
    const walk = await bring(house, 'JY-01', {
      situation: 'term',
      form: { ...term, roster: rows },
      until: 'RECORD_CHECK',
    });
    const body = await check(walk, 'jy-officer');
    expect(said(body)).to.deep.equal([
      [1, 'ended look', 'holder look', 'shared-account look'],
      [2, 'holder look', 'shared-account look'],
    ]);
    expect(says(body, 1)?.[0]).to.include('转学、毕业等停发');
    expect(says(body, 2)?.[0]).to.include('监护人姓名');
  });

  it('compares anew each time: SW-02 before the second payment', async () => {
    const form = exampleForm(house.service, 'SW-02', 0, 'annual') as { roster: Row[] };
    const walk = await bring(house, 'SW-02', { situation: 'annual', form, until: 'RECORD_CHECK' });
    expect((await check(walk, 'sw-officer')).step).to.equal('comparison');
    await walk.act('sw-officer', 'RECORD_CHECK', {
      results: ['公安：死亡、户籍', '人社：公职、国有企业职工', '法院：判决、服刑'].map((register) => ({
        register,
        result: '一致',
      })),
      opinion: '一致',
    });
    await goOn(house, walk, 'RECORD_CHECK');
    expect((await check(walk, 'sw-officer')).step).to.equal('recheck');
  });

  it('is for those who work on the case, once there is a comparison', async () => {
    const walk = await bring(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, households(1, 200)),
      until: 'FORWARD',
    });
    expect((await check(walk)).code).to.equal('roster.not_checked');
    expect((await check(walk, 'village2')).code).to.equal('case.not_found');
    const other = await openCase(house, 'NY-04');
    expect((await check(other)).code).to.equal('roster.none');
  });

  it('strikes rows that exist, each once', async () => {
    const walk = await annual(households(3, 210));
    const officer = await house.as('ny-officer');
    const registers = ['重复申报', '死亡人员信息', '银行账户'];
    const data = (struck: { row: number; reason: string }[]) => ({
      results: registers.map((register) => ({ register, result: '一致' })),
      struck,
      opinion: '已比对',
    });
    const { version } = await walk.reload('ny-officer');
    const send = (struck: { row: number; reason: string }[]) =>
      officer.post<{ faults: { pointer: string; message: string }[] }>(`/api/cases/${walk.id}/events`, {
        event: 'RECORD_CHECK',
        version,
        data: data(struck),
      });
    const wrong = await send([
      { row: 4, reason: '没有' },
      { row: 2, reason: '死亡' },
      { row: 2, reason: '死亡' },
    ]);
    expect(wrong.status).to.equal(422);
    expect(wrong.body.faults.map((f) => [f.pointer, f.message])).to.deep.equal([
      ['/data/struck/0/row', '名册只有 3 行，没有第 4 行'],
      ['/data/struck/2/row', '第 2 行填了两次'],
    ]);
    expect((await send([{ row: 2, reason: '死亡' }])).status).to.equal(200);
  });

  it('compares 1,500 rows, and files them, in well under three seconds', async () => {
    const walk = await openCase(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, households(1500, 300)),
    });
    let began = performance.now();
    await walk.act('village', 'FILE');
    expect(performance.now() - began, 'filed').to.be.lessThan(3000);
    await goOn(house, walk, 'RECORD_VISIT');
    const visited = visit(house.service.deps.clock.now().slice(0, 10));
    await walk.act('town-ny', 'RECORD_VISIT', { ...visited, asked: { sampled: 75, wrong: 0 } });
    began = performance.now();
    await walk.act('town-leader', 'FORWARD', { opinion: '同意' });
    expect(performance.now() - began, 'compared').to.be.lessThan(3000);
    expect((await check(walk)).rows).to.equal(1500);
    const { deps } = house.service;
    expect(await deps.db.read('roster_keys').where({ case_id: walk.id })).to.have.length(1500);
  });
});
