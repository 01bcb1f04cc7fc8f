import { expect } from 'chai';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, type House, openHouse, PNG } from '../../support/service.ts';
import { fieldsOf, inputValue, open, send } from '../pages/browser.ts';
import {
  bring,
  csv,
  draftOf,
  goOn,
  household,
  households,
  landForm,
  type Row,
  rowsOf,
  sheet,
} from './people.ts';

type Field = readonly [string, string | Blob, string?];

describe('rosters: pages without script', () => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const draft = async (rows: Row[]) => (await draftOf(house, 'NY-02', 'annual', landForm(house, rows))).id;
  const edit = (id: string, query = '') => open(clerk, `/cases/${id}/edit${query}`);
  /** Everything the filing page sends: what stands in it, and the button. */
  const press = async (id: string, button: string, more: Field[] = [], year = 2026) => {
    const { html } = await edit(id);
    const { roster, ...typed } = landForm(house, [], year);
    const kept = inputValue(html, '_kept');
    return send(clerk, `/cases/${id}/roster`, [
      ['version', inputValue(html, 'version')],
      ...(kept ? ([['_kept', kept]] as Field[]) : fieldsOf(await rowsOf(house, id), '/roster')),
      ...fieldsOf(typed),
      ['_roster', button],
      ...more,
    ]);
  };
  const file = (lines: (string | number)[][]): Field => [
    'roster-file',
    new Blob([csv(lines)], { type: 'text/csv' }),
    '名册.csv',
  ];

  it('a short roster stands in the form; beside it the ways to fill it', async () => {
    const id = await draft(households(2));
    const { html } = await edit(id);
    expect(html).to.include('name="/roster/1/idNumber"').and.include('name="roster-file"');
    expect(html).to.include(`/api/cases/${id}/roster/template.csv`).and.include('value="last-year"');
    const other = await draftOf(house, 'NY-02', 'area', {});
    expect((await edit(other.id)).html).to.not.include('roster-file');
    const fresh = await open(clerk, '/cases/new?item=NY-02&situation=annual');
    expect(fresh.html).to.include('先保存草稿，就可以从电子表格导入');
  });

  it('a spreadsheet fills it, and everything else that was typed is kept', async () => {
    const id = await draft([]);
    const sent = await press(id, 'import', [file(sheet(house, households(40)))], 2025);
    expect([sent.status, sent.location]).to.deep.equal([303, `/cases/${id}/edit#f-form-roster`]);
    expect(await rowsOf(house, id)).to.deep.equal(households(40));
    const { html } = await edit(id);
    expect(inputValue(html, '/year')).to.equal('2025');
    expect(html).to.include('共 40 行').and.include('name="_kept"');
    expect(html).to.not.include('name="/roster/0/idNumber"');
    expect(html)
      .to.include(String(household(0).name))
      .and.not.include(household(0).idNumber);
  });

  it('a wrong spreadsheet is told by line; nothing is lost and the rows stay', async () => {
    const id = await draft(households(1));
    const wrong = households(3).map((r, i) => (i === 2 ? { ...r, area: 'x' } : r));
    const sent = await press(id, 'import', [file(sheet(house, wrong))]);
    expect(sent.status).to.equal(422);
    expect(sent.html).to.include('第 4 行「确权面积」');
    expect(await rowsOf(house, id)).to.have.length(1);
    const picture: Field = ['roster-file', new Blob([PNG], { type: 'image/png' }), '照片.png'];
    expect((await press(id, 'import', [picture])).status).to.equal(415);
    expect((await press(id, 'import')).html).to.include('没有选择文件');
    const none = await press(id, 'last-year');
    expect(none.status).to.equal(404);
    expect(none.html).to.include('本村没有已经核定的往年名册');
  });

  it('a long roster is shown in pages of fifty, and saving the form does not touch it', async () => {
    const id = await draft(households(320));
    const first = await edit(id);
    expect(first.html.match(/value="open:\d+"/g)).to.have.length(50);
    expect(first.html).to.include('第 1–50 行，共 320 行');
    expect(first.html.length).to.be.lessThan(250_000);
    const turned = await press(id, 'page:7');
    expect(turned.location).to.equal(`/cases/${id}/edit?rows=7#f-form-roster`);
    const last = await edit(id, '?rows=7');
    expect(last.html).to.include('第 301–320 行，共 320 行').and.include('value="open:320"');
    const { roster, ...typed } = landForm(house, []);
    const saved = await send(clerk, `/cases/${id}/edit`, [
      ['version', inputValue((await edit(id)).html, 'version')],
      ['_kept', '/roster'],
      ...fieldsOf({ ...typed, year: 2025 }),
      ['_do', 'save'],
    ]);
    expect(saved.status).to.equal(303);
    expect(await rowsOf(house, id)).to.deep.equal(households(320));
    const automatic = await send(clerk, `/cases/${id}/autosave`, [
      ['version', inputValue((await edit(id)).html, 'version')],
      ['_kept', '/roster'],
      ...fieldsOf(typed),
    ]);
    expect(automatic.status).to.equal(200);
    expect(await rowsOf(house, id)).to.have.length(320);
  });

  it('one row of it is changed, added and removed on a page of its own', async () => {
    const id = await draft(households(60));
    expect((await press(id, 'open:55')).location).to.equal(`/cases/${id}/roster/rows/55`);
    const path = `/cases/${id}/roster/rows`;
    const page = await open(clerk, `${path}/55`);
    expect(page.html).to.include('补贴花名册：第 55 行').and.include(household(54).idNumber);
    const { db } = house.service.deps;
    const looks = async () => (await db.read('audit').where({ act: 'case.reveal', subject: id })).length;
    const before = await looks();
    expect(before, 'the page of a row shows its number').to.be.greaterThan(0);
    await open(clerk, `${path}/new`);
    expect(await looks(), 'an empty row shows none').to.equal(before);
    const version = async () => inputValue((await open(clerk, `${path}/1`)).html, 'version');
    const put = async (row: string, value: Row, button: string) =>
      send(clerk, `${path}/${row}`, [['version', await version()], ...fieldsOf(value), ['_do', button]]);
    const wrong = await put('55', { ...household(54), area: '许多' }, 'save');
    expect(wrong.status).to.equal(422);
    expect(inputValue(wrong.html, '/area')).to.equal('许多');
    const right = await put('55', { ...household(54), area: 9.5 }, 'save');
    expect(right.location).to.equal(`/cases/${id}/edit?rows=2#f-form-roster`);
    expect((await rowsOf(house, id))[54]?.area).to.equal(9.5);
    expect((await put('new', household(70), 'save')).status).to.equal(303);
    expect((await rowsOf(house, id))[60]).to.deep.equal(household(70));
    expect((await put('61', {}, 'remove')).status).to.equal(303);
    expect(await rowsOf(house, id)).to.have.length(60);
    const stale = await send(clerk, `${path}/1`, [
      ['version', '1'],
      ...fieldsOf(household(0)),
      ['_do', 'save'],
    ]);
    expect(stale.status).to.equal(409);
    expect((await open(clerk, `${path}/61`)).status).to.equal(404);
    expect((await open(await house.as('village2'), `${path}/1`)).status).to.equal(404);
  });

  it('what is wrong in a row out of sight is told at the table, with a way to the row', async () => {
    const rows = households(60).map((r, i) => (i === 54 ? { ...r, account: '123' } : r));
    const id = await draft(rows);
    const { html } = await edit(id, '?check=1');
    expect(html).to.include('第 55 行「银行账号」').and.include('value="open:55"').and.include('第 51–60 行');
  });

  it('officers see what was found, strike what was proposed, and pay the sum that is filled in', async () => {
    await bring(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, households(2, 500)),
      until: 'RECORD_CHECK',
    });
    const walk = await bring(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, households(35, 501)),
      until: 'RECORD_CHECK',
    });
    const officer = await house.as('ny-officer');
    const page = await open(officer, `/cases/${walk.id}`);
    expect(page.html).to.include('名册比对').and.include('要处理').and.include('同一年度已经列入');
    expect(page.html).to.include(`/cases/${walk.id}/roster/rows/35`).and.not.include('下载名单');
    expect((await open(officer, `/cases/${walk.id}/roster/rows/35`)).html)
      .to.include('第 35 行')
      .and.not.include('_do');
    const act = await open(officer, `/cases/${walk.id}/act/RECORD_CHECK`);
    expect(inputValue(act.html, '/struck/0/row')).to.equal('1');
    expect(act.html).to.include('已按比对结果填好');
    await walk.act('ny-officer', 'RECORD_CHECK', {
      results: ['重复申报', '死亡人员信息', '银行账户'].map((register) => ({ register, result: '一致' })),
      struck: [{ row: 1, reason: '重复' }],
      opinion: '剔除一户',
    });
    await goOn(house, walk, 'PAY');
    const { body } = await officer.get<{ total: number }>(`/api/cases/${walk.id}/paylist`);
    const pay = await open(officer, `/cases/${walk.id}/act/PAY`);
    expect(inputValue(pay.html, '/amount')).to.equal(String(body.total / 100));
    const paying = await open(officer, `/cases/${walk.id}`);
    expect(paying.html).to.include('发放名单').and.include('剔除的 1 行').and.include('encoding=gb18030');
    const seen = await open(clerk, `/cases/${walk.id}`);
    expect(seen.html).to.include('名册比对').and.not.include('发放名单');
  });

  it('a correction of a long roster names rows, not every cell', async () => {
    const walk = await bring(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, households(300, 600)),
      until: 'ACCEPT',
    });
    const window = await house.as('town-window');
    const { html } = await open(window, `/cases/${walk.id}/act/REQUEST_CORRECTION`);
    expect(html).to.include('补贴花名册 第 300 行').and.not.include('第 300 行 › 户主姓名');
    expect(html.length).to.be.lessThan(400_000);
    await walk.act('town-window', 'REQUEST_CORRECTION', {
      faults: [{ target: '/form/roster/255', reason: '承包合同号与确权证不一致' }],
    });
    const page = await edit(walk.id);
    expect(page.html).to.include('第 251–300 行').and.include('value="open:256"');
    expect(page.html).to.include('承包合同号与确权证不一致');
  });

  it('hangs in the village as a list of its own, one line for each, and no numbers of persons', async () => {
    const walk = await bring(house, 'NY-02', {
      situation: 'annual',
      form: landForm(house, households(50, 700)),
      until: 'RECORD_CHECK',
    });
    const notice = await house.service.deps.db.read('notices').where({ case_id: walk.id }).first();
    const { html } = await open(house.stranger(), `/notices/${notice.id}`);
    expect(html).to.include('公示名单（50）');
    const list = /<ol class="name-list">(.*?)<\/ol>/s.exec(html)?.[1] ?? '';
    expect(list.match(/<li>/g)).to.have.length(50);
    expect(list).to.include(`那良小组 ${household(700).name}：`);
    for (const row of households(50, 700))
      expect(html).to.not.include(row.idNumber).and.to.not.include(row.account);
  });
});
