import { expect } from 'chai';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, exampleForm, type House, openHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { inputValue, open, send, sendPlain } from './browser.ts';

describe('pages: a case, its acts, and what the public sees', () => {
  let opened: Opened;
  let house: House;
  let walk: Walker;
  let window: Client;
  const applicant = () => exampleForm(house.service, 'MZ-01').applicant as { name: string; idNumber: string };

  before(async () => {
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    window = await house.as('town-window');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const path = () => `/cases/${walk.id}`;

  it('lies in the inbox of its desk with light, due day and link, and not in that of another town', async () => {
    const { html } = await open(window, '/inbox');
    expect(html).to.include(path()).and.include('正常').and.include('还剩 5 个工作日');
    expect(html).to.include('2026年12月7日').and.include(applicant().name);
    expect((await open(await house.as('town2-window'), '/inbox')).html).to.include('现在没有待办');
    expect((await open(window, '/inbox?item=NY-04')).html).to.include('没有符合条件的待办');
    const found = await open(window, `/cases?text=${encodeURIComponent(applicant().name)}&phase=open`);
    expect(found.html).to.include(path());
    expect((await open(window, '/cases?phase=closed')).html).not.to.include(path());
  });

  it('offers each person the acts of the own desk, and tells the others who may', async () => {
    const own = await open(window, path());
    expect(own.html).to.include(`${path()}/act/ACCEPT`).and.include(`${path()}/act/REQUEST_CORRECTION`);
    const other = await open(await house.as('mz-officer'), path());
    expect(other.html).not.to.include(`${path()}/act/ACCEPT`);
    expect(other.html).to.include('现在由剥隘镇的便民服务窗口办理');
    expect((await open(await house.as('mz-officer'), `${path()}/act/ACCEPT`)).status).to.equal(403);
    const foreign = await open(await house.as('village2'), path());
    expect(foreign.status).to.equal(404);
    expect(foreign.html).to.include('没有找到这件事项');
  });

  it('shows full numbers only on request, and records it', async () => {
    const { idNumber } = applicant();
    expect((await open(window, path())).html).not.to.include(idNumber);
    expect((await sendPlain(window, `${path()}/reveal`, [])).html).to.include(idNumber);
    const rows = await house.service.deps.db.read('audit').where({ act: 'case.reveal', subject: walk.id });
    expect(rows).to.have.length(1);
  });

  it('names places to be corrected in words, and keeps what was typed when something lacks', async () => {
    const form = await open(window, `${path()}/act/REQUEST_CORRECTION`);
    expect(form.html)
      .to.include('<option value="申请人 › 现住址"')
      .and.include('材料：家庭经济状况核对授权书');
    expect(form.html, 'nobody corrects what is computed').not.to.include('申请人 › 性别');
    const version = inputValue(form.html, 'version');
    const refused = await send(window, `${path()}/act/REQUEST_CORRECTION`, [
      ['version', version],
      ['/faults/0/target', '申请人 › 现住址'],
      ['/faults/0/example', '剥隘村第三小组 12 号'],
    ]);
    expect(refused.status).to.equal(422);
    expect(refused.html).to.include('id="f-data-faults-0-reason__error"').and.include('剥隘村第三小组 12 号');
    expect(refused.html).to.match(
      /<option selected value="申请人 › 现住址"|<option value="申请人 › 现住址" selected/,
    );
  });

  it('adds a row without script and does nothing yet', async () => {
    const more = await send(window, `${path()}/act/REQUEST_CORRECTION`, [
      ['version', '1'],
      ['/faults/0/reason', '没有写到小组'],
      ['_row', 'add:/faults'],
    ]);
    expect(more.html).to.include('name="/faults/1/reason"').and.include('没有写到小组');
    expect((await walk.reload('village')).state).to.equal('acceptance.pending');
  });

  it('tells a page that was overtaken what happened, what is possible now, and what was typed', async () => {
    const { html } = await open(window, `${path()}/act/ACCEPT`);
    await walk.act('town-window', 'REQUEST_CORRECTION', {
      faults: [{ target: '/form/applicant/address', reason: '没有写到村民小组' }],
    });
    const late = await send(window, `${path()}/act/ACCEPT`, [
      ['version', inputValue(html, 'version')],
      ['_seen', inputValue(html, '_seen')],
      ['/opinion', '材料齐全，予以受理'],
    ]);
    expect(late.status).to.equal(409);
    expect(late.html).to.include('没有写到村民小组').and.include('待补正').and.include('材料齐全，予以受理');
    expect(late.html).to.include('申请人 › 现住址');
  });

  it('brings the correction back to the clerk, each fault at its field', async () => {
    const clerk = await house.as('village');
    expect((await open(clerk, '/inbox')).html).to.include('待补正');
    const edit = await open(clerk, `${path()}/edit`);
    expect(edit.html).to.include('机关指出 1 处需要补正').and.include('id="f-form-applicant-address__error"');
    await walk.act('village', 'RESUBMIT');
    expect((await open(clerk, `${path()}/edit`)).location).to.equal(path());
  });

  it('keeps a form alive whose act is still possible in the new version', async () => {
    const { html } = await open(window, `${path()}/act/ACCEPT`);
    const stale = await send(window, `${path()}/act/ACCEPT`, [
      ['version', String(Number(inputValue(html, 'version')) - 1)],
      ['/opinion', '同意受理'],
    ]);
    expect(stale.status).to.equal(409);
    expect(stale.html).to.include('请看过再办').and.include('同意受理');
    const done = await send(window, `${path()}/act/ACCEPT`, [
      ['version', inputValue(stale.html, 'version')],
      ['/opinion', '同意受理'],
    ]);
    expect(done.status).to.equal(303);
    const page = await open(window, path());
    expect(page.html).to.include('受理意见：同意受理').and.include('李春燕（剥隘镇 便民服务窗口）');
  });

  it('answers the public by number and last four, by POST, without personal data', async () => {
    const { number } = await walk.reload('village');
    const { name, idNumber } = applicant();
    const stranger = house.stranger();
    const found = await sendPlain(stranger, '/progress', [
      ['number', ` ${number?.toLowerCase()} `],
      ['lastFour', idNumber.slice(-4)],
    ]);
    expect(found.status).to.equal(200);
    expect(found.html).to.include('家庭经济状况核对').and.include('一次性告知补正').and.include('哪天办好');
    expect(found.html).not.to.include(name).and.not.include(idNumber);
    for (const [no, four] of [
      [number ?? '', '0000'],
      ['532628103201-20261130-MZ01-999999', idNumber.slice(-4)],
    ]) {
      const wrong = await sendPlain(stranger, '/progress', [
        ['number', no ?? ''],
        ['lastFour', four ?? ''],
      ]);
      expect(wrong.status).to.equal(404);
      expect(wrong.html).to.include('没有查到。编号和证件号后四位，两样都要对');
    }
  });
});
