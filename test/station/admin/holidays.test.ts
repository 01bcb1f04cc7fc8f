/** A holiday table comes into the running house: every fault by its line, looked at, then it counts for everybody. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseHolidays } from '../../../src/kernel/calendar.ts';
import { noticeYear, readNotice } from '../../../src/kernel/holiday-notice.ts';
import { projectRoot } from '../../../src/platform/paths.ts';
import type { CaseView } from '../../../src/station/cases/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { inputValue, open, send, sendPlain } from '../pages/browser.ts';

const data = (name: string) => parseHolidays(readFileSync(join(projectRoot, 'data', name), 'utf8'));
const statutory = data('statutory-days.csv');

/** The statutory days of 2027, and a bridge at New Year that no notice has announced yet. */
const TABLE = [
  ...[...statutory.days].map(([date, { name }]) => `${date},off,${name}`),
  '2026-12-31,off,元旦',
];
const WORDS = { scope: 'CN', year: '2027', source: '国办发明电〔2026〕演练号' };

describe('a notice of days off', () => {
  const read = (lines: string[], year = 2027, local = false) =>
    readNotice(lines.join('\n'), { year, local, statutory });

  it('every notice of the State Council that came with the program is read without a fault', () => {
    const all = [...data('china-holidays.csv').days];
    for (const year of [2015, 2016, 2017, 2018, 2019, 2021, 2022, 2023, 2024, 2025, 2026]) {
      const own = all
        .filter(([d]) => noticeYear(d) === year)
        .map(([d, { kind, name }]) => `${d},${kind},${name}`);
      expect(read(own, year).faults, String(year)).to.deep.equal([]);
    }
    // That of 2020 says of a Monday that work begins again: not a day that is made up for.
    const own = all
      .filter(([d]) => noticeYear(d) === 2020)
      .map(([d, { kind, name }]) => `${d},${kind},${name}`);
    expect(read(own, 2020).faults.map((f) => f.message)).to.deep.equal([
      '2020-02-03 是星期一，本来就上班，不会写成调休上班',
    ]);
  });

  it('tells each fault by its line', () => {
    const { faults, days } = read([
      'date,kind,name',
      '2027-13-01,off,元旦',
      '2027-01-01,rest,元旦',
      '2027-01-01,off,',
      '2027-01-01,off',
      '2027-01-01,off,元旦',
      '2027-01-01,off,元旦',
      '2028-01-01,off,元旦',
      '2027-12-31,off,元旦',
      '2027-01-05,work,元旦',
    ]);
    expect(days).to.deep.equal([]);
    expect(faults.map((f) => f.line)).to.deep.equal([2, 3, 4, 5, 7, 8, 9, 10]);
  });

  it('a statutory day that works, or a festival left out, was copied badly', () => {
    const without = TABLE.filter((l) => !l.includes('春节') && !l.startsWith('2027-05-01'));
    expect(read(without).faults.map((f) => f.message)).to.deep.equal([
      '2027-02-05 是法定节日，表里没有放假',
      '2027-02-08 是法定节日，表里没有放假',
      '表里没有春节',
    ]);
    expect(read([]).faults).to.deep.equal([{ line: 0, message: '没有一行日期' }]);
    expect(read(TABLE).faults).to.deep.equal([]);
  });

  it('a local notice holds days off of its own year alone', () => {
    expect(read(['2027-04-01,off,州庆', '2027-04-02,off,州庆'], 2027, true).faults).to.deep.equal([]);
    expect(
      read(['2027-04-03,work,州庆', '2026-04-01,off,州庆'], 2027, true).faults.map((f) => f.line),
    ).to.deep.equal([1, 2]);
  });
});

onEachDatabase('holiday tables of the system administrator', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let keeper: Client;
  let walk: Walker;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, { LOG_LEVEL: 'fatal' });
    await house.at('2026-12-28T09:00:00+08:00');
    keeper = await house.as('sysadmin');
    walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const check = (over: Partial<typeof WORDS> = {}, csv = TABLE.join('\n')) =>
    send(keeper, '/admin/holidays/check', [...Object.entries({ ...WORDS, ...over }), ['csv', csv]]);
  const put = async (
    client = keeper,
    over: Partial<typeof WORDS> = {},
    csv = TABLE.join('\n'),
    request = 'one',
  ) =>
    sendPlain(client, '/admin/holidays', [
      ['_request', request],
      ...Object.entries({ ...WORDS, ...over }),
      ['csv', csv],
    ]);
  const statutoryOf = async () => {
    const view = (await (await house.as('village')).get<CaseView>(`/api/cases/${walk.id}`)).body;
    return view.clocks.find((c) => c.name === 'statutory') as { due: string; provisional: boolean };
  };
  const nextDue = async () =>
    (await house.service.deps.db.read('cases').where({ id: walk.id }).first()).next_due;
  const audited = (act: string) => house.service.deps.db.read('audit').where({ act });

  it('names the years without a table, and is for nobody else', async () => {
    const { html } = await open(keeper, '/admin/holidays');
    expect(html).to.match(/2027 年[\s\S]*?国务院[\s\S]*?没有，到期日按推定的放假日算/);
    expect((await open(keeper, '/admin')).html).to.include('2027 年没有国务院放假表');
    for (const login of ['secadmin', 'auditor', 'village', 'mz-leader']) {
      const client = await house.as(login);
      expect((await open(client, '/admin/holidays')).status, login).to.equal(403);
      expect((await put(client)).status, login).to.equal(403);
    }
    expect(await house.service.deps.db.read('holiday_tables')).to.have.length(0);
  });

  it('a table with faults changes nothing, and what was typed is still there', async () => {
    const answer = await check({}, '2027-01-01,off,元旦\n2027-01-02,rest,元旦');
    expect(answer.status).to.equal(422);
    expect(answer.html).to.include('第 2 行：“rest”无效').and.include('2027-01-02,rest,元旦');
    const wrong = await check({ year: '2031', source: '', scope: 'XX' });
    for (const text of ['年份应在 2015 到 2027 之间', '请写明通知的文号', '请选择是谁的通知'])
      expect(wrong.html).to.include(text);
    expect((await put(keeper, {}, '2027-01-01,off,元旦')).status).to.equal(422);
  });

  it('before it counts one sees which days change and for how many, never whose', async () => {
    const before = await statutoryOf();
    expect(before.provisional).to.equal(true);
    const { html, status } = await check();
    expect(status).to.equal(200);
    expect(html).to.include('2026年12月31日').and.include('还没有生效');
    expect(html)
      .to.match(/<b>\d+<\/b> 件在办事项/)
      .and.include('民政局');
    expect(html)
      .not.to.include(walk.view.number as string)
      .and.not.include('刘');
    expect(await statutoryOf()).to.deep.equal(before);
  });

  it('a file of a Chinese spreadsheet is read as well', async () => {
    const bytes = Buffer.from('323032372d30312d30312c6f66662cd4aab5a9', 'hex');
    const answer = await send(keeper, '/admin/holidays/check', [
      ...Object.entries(WORDS),
      ['csv', ''],
      ['file', new Blob([bytes]), '放假.csv'],
    ]);
    expect(answer.html).to.include('2027-01-01,off,元旦').and.include('表里没有春节');
  });

  it('put into force it counts for everybody at once: presumed days become firm, lists follow', async () => {
    const before = await statutoryOf();
    const answer = await put();
    expect(answer.location, answer.html).to.equal('/admin/holidays');
    const after = await statutoryOf();
    expect(after.provisional).to.equal(false);
    expect(after.due).not.to.equal(before.due);
    const view = (await (await house.as('village')).get<CaseView>(`/api/cases/${walk.id}`)).body;
    const earliest = view.clocks
      .flatMap((c) => (c.light === 'done' || c.due === null ? [] : [c.due]))
      .sort()[0];
    expect(await nextDue()).to.equal(earliest);
    expect((await open(keeper, '/admin/holidays')).html)
      .to.include(WORDS.source)
      .and.include('许志远');
    expect((await open(keeper, '/admin')).html).not.to.include('2027 年没有国务院放假表');
    expect(await audited('holidays.import')).to.have.length(1);
    const deadlines = await house.service.deps.db
      .read('deadlines')
      .where({ case_id: walk.id, clock: 'statutory', rung: 'due' });
    expect(deadlines[0].fires_at > `${after.due}T`, deadlines[0].fires_at).to.equal(true);
  });

  it('sent twice it is put in once; a second table of the year is refused', async () => {
    expect((await put()).location).to.equal('/admin/holidays');
    expect(await house.service.deps.db.read('holiday_tables')).to.have.length(1);
    const again = await put(keeper, {}, TABLE.join('\n'), 'two');
    expect(again.status).to.equal(409);
    expect(again.html).to.include('这一年已经导入过放假表');
  });

  it('it is still there after a new start, and nothing is counted again', async () => {
    const after = await statutoryOf();
    house = await house.restart({ LOG_LEVEL: 'fatal' });
    keeper = await house.as('sysadmin');
    expect(await statutoryOf()).to.deep.equal(after);
  });

  it('a local notice makes the anniversary firm', async () => {
    const isPresumed = () => house.service.deps.calendar().isProvisional('2027-04-01');
    expect(isPresumed()).to.equal(true);
    const answer = await put(keeper, { scope: '532600' }, '2027-04-01,off,州庆', 'local');
    expect(answer.location, answer.html).to.equal('/admin/holidays');
    expect(isPresumed()).to.equal(false);
    expect(house.service.deps.calendar().isWorkday('2027-04-02')).to.equal(true);
  });

  it('taken back, with a reason, days are presumed again', async () => {
    const [{ id }] = await house.service.deps.db.read('holiday_tables').where({ scope: 'CN' });
    const page = await open(keeper, `/admin/holidays/${id}/withdraw`);
    expect(page.html).to.include('影响谁').and.include('2026年12月31日');
    const withdraw = (reason: string) =>
      sendPlain(keeper, `/admin/holidays/${id}/withdraw`, [
        ['_request', inputValue(page.html, '_request')],
        ['reason', reason],
      ]);
    expect((await withdraw('')).status).to.equal(422);
    expect((await withdraw('通知文本录错一天')).location).to.equal('/admin/holidays');
    expect((await statutoryOf()).provisional).to.equal(true);
    expect((await open(keeper, `/admin/holidays/${id}/withdraw`)).status).to.equal(404);
    expect((await open(keeper, '/admin/holidays')).html).to.include('通知文本录错一天');
    expect(await audited('holidays.withdraw')).to.have.length(1);
  });
});
