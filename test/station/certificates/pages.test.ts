/** The register's pages: without a script, at both widths, free of faults that axe finds. */
import { expect } from 'chai';
import type { BrowserContext } from 'playwright-core';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, type House, openHouse } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { open, sendPlain } from '../pages/browser.ts';
import { granted, register } from './licences.ts';

const TOWNSHIP = '532628103';
const LONG = 240_000;

onEachDatabase('pages of the register', (engine) => {
  let opened: Opened;
  let house: House;
  let officer: Client;
  let leader: Client;
  let window: Client;
  let ids: string[];
  const [one, two] = [() => ids[0] as string, () => ids[1] as string];
  before(async function () {
    this.timeout(LONG);
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    const r = register(house);
    ids = [];
    for (let i = 0; i < 2; i++) ids.push((await r.of(await granted(house, 'NY-04'))).id);
    [officer, leader, window] = (await Promise.all(
      ['ny-officer', 'ny-leader', 'town-window'].map((login) => house.as(login)),
    )) as [Client, Client, Client];
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('a stranger signs in first; a foreign village finds an empty register', async () => {
    const { status, location } = await open(house.stranger(), '/certificates');
    expect(status).to.equal(303);
    expect(location).to.equal('/sign-in?next=%2Fcertificates');
    const foreign = await open(await house.as('village2'), '/certificates');
    expect(foreign.html).to.include('还没有证照').and.not.include('农药经营许可证');
    const hidden = await open(await house.as('village2'), `/certificates/${one()}`);
    expect([hidden.status, hidden.html.includes('返回证照登记簿')]).to.deep.equal([404, true]);
    expect((await open(await house.as('village2'), '/transfers')).html).to.include('还没有交接单');
  });

  it('the register is filtered by its address; a field left empty chooses nothing', async () => {
    const all = await open(officer, '/certificates?text=&item=&state=&custody=&expiresBy=');
    expect(all.html).to.include('农药经营许可证').and.include('电子证照，未打印');
    const none = await open(officer, '/certificates?state=revoked');
    expect(none.html).to.include('没有符合条件的证照').and.include('查看全部');
    expect((await open(officer, '/certificates?state=moon')).status).to.equal(422);
  });

  it('a person is looked up by a form, never by an address', async () => {
    const { applicant } = exampleForm(house.service, 'NY-04') as { applicant: { idNumber: string } };
    const found = await sendPlain(officer, '/certificates/look-up', [['idNumber', applicant.idNumber]]);
    expect(found.html).to.include('按证件号查到 2 份证照').and.not.include(applicant.idNumber);
    expect((await sendPlain(officer, '/certificates/look-up', [['idNumber', '1']])).status).to.equal(422);
  });

  it('printed, ticked, sent, confirmed, page by page', async () => {
    for (const id of ids)
      expect((await sendPlain(officer, `/certificates/${id}/print`, [])).location).to.equal(
        `/certificates/${id}`,
      );
    const choose = await open(officer, '/transfers/new');
    expect(choose.html).to.include('从富宁县农业农村局送往剥隘镇').and.include(`value="${one()}"`);
    const nothing = await sendPlain(officer, '/transfers', [['to', TOWNSHIP]]);
    expect(nothing.status).to.equal(422);
    const sent = await sendPlain(officer, '/transfers', [
      ['to', TOWNSHIP],
      ['certificates', one()],
      ['certificates', two()],
    ]);
    expect(sent.status).to.equal(303);
    expect((await open(officer, sent.location)).html)
      .to.include('撤回移交')
      .and.not.include('确认收到勾选');
    const list = await open(window, '/transfers?direction=in');
    expect(list.html).to.include(sent.location);
    const short = await sendPlain(window, `${sent.location}/receive`, [['certificates', one()]]);
    expect(short.status).to.equal(422);
    expect(short.html).to.include('请写明差异情况').and.include('点到一件，勾一件');
    const got = await sendPlain(window, `${sent.location}/receive`, [
      ['certificates', one()],
      ['note', '少一件，已电话告知'],
    ]);
    expect(got.status).to.equal(303);
    const settled = await open(window, sent.location);
    expect(settled.html).to.include('未收到（差异）').and.include('少一件，已电话告知');
    expect((await open(window, `${sent.location}/print`)).html).to.include('接收人（签名、日期）');
  });

  it('proposed and confirmed by two people; a form that is not complete comes back as it was', async () => {
    const propose = (fields: [string, string][]) =>
      sendPlain(officer, `/certificates/${two()}/proposal`, fields);
    const again = await propose([
      ['act', 'WITHDRAW'],
      ['reason', '因公共利益需要'],
      ['basis', '行政许可法第八条'],
    ]);
    expect(again.status).to.equal(422);
    expect(again.html).to.include('因公共利益需要').and.include('补偿');
    const done = await propose([
      ['act', 'SUSPEND'],
      ['reason', '正在立案调查'],
      ['basis', '行政许可法第六十九条'],
    ]);
    expect(done.status).to.equal(303);
    const waiting = await open(leader, `/certificates/${two()}`);
    expect(waiting.html).to.include('处理意见：暂停使用，待负责人确认').and.include('正在立案调查');
    expect((await open(officer, `/certificates/${two()}`)).html).to.not.include('确认暂停使用');
    expect((await sendPlain(leader, `/certificates/${two()}/proposal/confirm`, [])).status).to.equal(303);
    const page = await open(officer, `/certificates/${two()}`);
    expect(page.html).to.include('暂停使用').and.include('恢复使用');
    expect((await open(leader, '/certificates?proposed=1')).html).to.include('没有符合条件的证照');
  });

  it('the case leads to its certificate, and a full view is asked for', async () => {
    const { caseId } = await register(house).see('ny-officer', one());
    expect((await open(officer, `/cases/${caseId}`)).html).to.include(`/certificates/${one()}`);
    const shown = await sendPlain(officer, `/certificates/${one()}/reveal`, []);
    expect(shown.html).to.include('本次查看完整信息已记录');
  });

  it('second pages lead on from the first', async () => {
    const { db, vault } = house.service.deps;
    const [sample] = await db.read('certificates').where({ id: one() });
    for (let i = 0; i < 31; i++) {
      const id = `00000000000000000000000${String(i).padStart(3, '0')}`;
      await db.write('certificates').insert({
        ...sample,
        id,
        spec_id: `copy-${i}`,
        number: `副本${String(i).padStart(3, '0')}`,
        verify_code: id,
        fields_sealed: vault.seal('[]'),
      });
    }
    const first = await open(officer, '/certificates?text=副本'.replace('副本', encodeURIComponent('副本')));
    const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&');
    expect(first.html).to.include('副本030').and.not.include('副本000');
    const second = await open(officer, next as string);
    expect(second.html).to.include('副本000').and.not.include('副本030').and.not.include('rel="next"');
  });
});

describe('pages of the register in a real browser', function () {
  this.timeout(LONG);
  let opened: Opened;
  let house: House;
  let context: BrowserContext;

  before(async function () {
    browserOrSkip(this, 'the pages of the register');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  it('break no rule of axe and never scroll sideways, wide and narrow', async () => {
    const r = register(house);
    const ids = [];
    for (let i = 0; i < 2; i++) ids.push((await r.of(await granted(house, 'NY-04'))).id);
    const [first, second] = ids as [string, string];
    for (const id of ids) await r.done('ny-officer', id, 'print');
    const sent = await r.send('ny-officer', TOWNSHIP, [first]);
    await r.done('ny-officer', second, 'proposal', {
      act: 'SUSPEND',
      reason: '立案调查',
      basis: '第六十九条',
    });
    const visits: [string, string[]][] = [
      ['ny-officer', ['/certificates', `/certificates/${first}`, '/transfers', '/transfers/new']],
      ['ny-leader', [`/certificates/${second}`]],
      ['town-window', [`/transfers/${sent.id}`, `/transfers/${sent.id}/print`]],
      ['village2', ['/certificates', '/transfers/new']],
    ];
    for (const [login, paths] of visits) {
      for (const path of paths) {
        const page = await openAs(context, house, login, path);
        await expectSound(page, `${login}${path.replaceAll('/', '-')}`);
      }
    }
  });
});
