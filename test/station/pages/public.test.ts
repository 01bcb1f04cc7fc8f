/** What villagers come for, in a browser without script, on a narrow telephone and in large type; and read aloud. */
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { listCertificates } from '../../../src/station/certificates/index.ts';
import { browserOrSkip, LAUNCH } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { expectReadable, expectSound } from '../../support/sound.ts';
import { stageNotice, stageStation, VILLAGE } from '../../support/stage-public.ts';
import { openCase, visit } from '../../walk/case.ts';

const PLACE = `/stations/${VILLAGE}`;

/** Voices that say nothing, and remember what they were to say. */
const VOICE = `(() => {
  const spoken = (window.spoken = []);
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  const speak = (u) => { spoken.push(u.text); window.endSentence = () => u.onend(); };
  const cancel = () => spoken.push('—');
  const getVoices = () => window.mute ? [] : [{ lang: 'zh-CN' }];
  Object.defineProperty(window, 'speechSynthesis', { value: { getVoices, speak, cancel } });
})()`;

describe('pages for villagers', function () {
  this.timeout(300_000);
  let opened: Opened;
  let house: House;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let notice: { id: string; number: string; lastFour: string };
  let code = '';
  before(async function () {
    browserOrSkip(this, 'pages for villagers');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    notice = await stageNotice(house);
    await stageStation(house);
    code = await certificate();
    browser = await chromium.launch(LAUNCH);
  });
  after(async () => {
    await browser?.close();
    await house?.close();
    await opened?.drop();
  });
  afterEach(() => context.close());

  async function certificate(): Promise<string> {
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-09-28'));
    await walk.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
    await walk.act('ny-leader', 'APPROVE', { opinion: '准予许可' });
    await walk.act('county-window', 'ISSUE');
    const [issued] = await listCertificates(house.service.deps.db.read, walk.id);
    return issued?.verifyCode ?? '';
  }

  const visitor = async (javaScriptEnabled: boolean) => {
    context = await browser.newContext({
      javaScriptEnabled,
      locale: 'zh-CN',
      viewport: { width: 360, height: 800 },
    });
    context.setDefaultTimeout(15_000);
    page = await context.newPage();
  };
  const go = (path: string) => page.goto(house.url + path);
  const shown = () => page.innerText('main');

  it('without script: from everyday words to the guide and the list of what to bring', async () => {
    await visitor(false);
    await go('/');
    await page.fill('#q', '我家房子漏雨了怎么办');
    await page.click('main button[type=submit]');
    await page.click('text=农村危房改造和农房抗震改造补助');
    expect(await shown())
      .to.include('多久办好')
      .and.include('多少钱');
    await page.click('text=/样，看清单/');
    expect(await shown()).to.match(/要带 \d+ 样，带齐一样勾一样/);
    expect(await page.isVisible('text=打印这张单子'), 'a button that would do nothing').to.equal(false);
    await page.click('text=发到手机');
    expect(await page.isVisible('.to-phone svg.qr')).to.equal(true);
  });

  it('without script: progress says where, till when and what to do; a wrong number how to find the right one', async () => {
    await visitor(false);
    await go('/progress');
    await page.fill('#number', notice.number.replaceAll('-', ' '));
    await page.fill('#lastFour', '0000');
    await page.click('main button[type=submit]');
    expect(await shown())
      .to.include('没有查到')
      .and.include('编号在哪里找')
      .and.include('回执丢了');
    expect(await page.inputValue('#number')).to.equal(notice.number);
    await page.fill('#lastFour', notice.lastFour.toLowerCase());
    await page.click('main button[type=submit]');
    expect((await page.locator('.first-look li').allInnerTexts()).map((t) => t.split('\n')[0])).to.deep.equal(
      ['办到哪里', '哪天办好', '您要做什么'],
    );
    expect(await shown())
      .to.include('不用做什么，等着就行')
      .and.include('正在公示，听大家的意见');
    expect(page.url(), 'nothing of it stays in the address').to.equal(`${house.url}/progress`);
  });

  it('without script: the code on the receipt brings the number along, and never the digits', async () => {
    await visitor(false);
    await go(`/progress?number=${notice.number}&lastFour=${notice.lastFour}`);
    expect(await page.inputValue('#number')).to.equal(notice.number);
    expect(await page.inputValue('#lastFour')).to.equal('');
    await go(`/progress?number=${encodeURIComponent('"><b>1')}`);
    expect(await page.inputValue('#number')).to.equal('"><B>1');
    await go('/progress?number=1&number=2');
    expect(await page.inputValue('#number')).to.equal('');
  });

  it('without script: an objection is made and its answer found; sent twice it is one', async () => {
    await visitor(false);
    await go(`/notices?org=${VILLAGE}`);
    await page.click('main table a');
    const key = await page.getAttribute('[name=_request]', 'value');
    await page.click('text=提交异议');
    expect(await shown()).to.include('请写明异议内容');
    await page.fill('textarea', '西边的界址占了我家的晒坝。');
    const again = await page.getAttribute('[name=_request]', 'value');
    expect(again).to.not.equal(key);
    const action = (await page.getAttribute('main form[method=post]', 'action')) ?? '';
    await page.click('text=提交异议');
    expect(await shown()).to.include('正在核查');
    const receipt = new URL(page.url()).pathname;
    const body = new URLSearchParams({ text: '西边的界址占了我家的晒坝。', _request: again ?? '' });
    const twice = await fetch(house.url + action, { method: 'POST', redirect: 'manual', body });
    expect(twice.headers.get('location')).to.equal(receipt);
    expect(await house.service.deps.db.read('objections')).to.have.length(1);
  });

  it('without script: a certificate is checked', async () => {
    await visitor(false);
    await go('/verify');
    await page.fill('#code', code);
    await page.click('main button[type=submit]');
    expect(await shown())
      .to.include('有效')
      .and.include('农药经营许可证');
    await go('/verify');
    await page.fill('#code', 'AAAABBBBCCCCDDDD');
    await page.click('main button[type=submit]');
    expect(await shown()).to.include('查无此证');
  });

  it('without script: large type and contrast are switched on and off, and stay on every page', async () => {
    await visitor(false);
    await go('/notices?state=ended');
    const size = () => page.evaluate('getComputedStyle(document.documentElement).fontSize');
    expect(await size()).to.equal('18px');
    await page.click('text=大字');
    expect(page.url(), 'back where it was').to.equal(`${house.url}/notices?state=ended`);
    expect(await size()).to.equal('23px');
    await page.click('text=高对比');
    await go('/items');
    expect(await page.getAttribute('html', 'class')).to.equal('large contrast');
    await page.click('text=大字');
    await page.click('text=高对比');
    expect(await page.getAttribute('html', 'class')).to.equal(null);
    expect(await page.isVisible('[data-read-aloud]')).to.equal(false);
    const elsewhere = await fetch(`${house.url}/reading`, {
      method: 'POST',
      redirect: 'manual',
      headers: { referer: 'https://example.org/x' },
      body: new URLSearchParams({ large: 'on' }),
    });
    expect(elsewhere.headers.get('location')).to.equal('/');
  });

  it('reads a page aloud by paragraph, marks what is read, stops when told, and hides where it cannot', async () => {
    await visitor(true);
    await page.addInitScript(VOICE);
    await go('/items/MZ-01');
    const spoken = () => page.evaluate('window.spoken.filter((s) => s !== "—")') as Promise<string[]>;
    await page.click('text=朗读');
    expect(await spoken()).to.deep.equal(['最低生活保障审核确认']);
    expect(await page.innerText('.spoken')).to.equal('最低生活保障审核确认');
    await page.evaluate('window.endSentence()');
    await page.waitForFunction('window.spoken.length > 1');
    expect(await page.locator('.spoken').count()).to.equal(1);
    await page.click('text=停止朗读');
    expect(await page.locator('.spoken').count()).to.equal(0);
    const so = (await spoken()).length;
    await page.evaluate('window.endSentence()');
    expect((await spoken()).length).to.equal(so);
    await page.addInitScript('window.mute = true');
    await go('/items/MZ-01');
    expect(await page.isVisible('[data-read-aloud]'), 'no Chinese voice').to.equal(false);
  });

  it('with script the switches do not lose what is on the page', async () => {
    await visitor(true);
    await go('/progress');
    await page.fill('#number', '532628');
    await Promise.all([page.waitForResponse('**/reading'), page.click('text=大字')]);
    expect(await page.getAttribute('html', 'class')).to.include('large');
    expect(await page.inputValue('#number')).to.equal('532628');
    await go('/');
    expect(await page.getAttribute('html', 'class')).to.include('large');
  });

  it('the list of what to bring is one sheet of A4, for the longest of each item', async () => {
    await visitor(true);
    for (const { code: item, situations, materials } of house.service.deps.definitions.list()) {
      const many = ({ id }: { id: string }) =>
        materials.filter((m) => !m.situations || m.situations.includes(id)).length;
      const [most] = [...situations].sort((a, b) => many(b) - many(a));
      await go(`/items/${item}/bring?situation=${most?.id}`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g), item).to.have.length(1);
    }
  });

  it('every public page is sound, at 320 px and with text twice as large, in every state', async () => {
    await visitor(true);
    const states: [string, string, ((page: Page) => Promise<unknown>)?][] = [
      ['front', '/'],
      ['items', '/items'],
      ['items-need', '/items?q=我要盖房'],
      ['items-none', '/items?q=飞机'],
      ['guide', '/items/NY-01?situation=split'],
      ['bring', '/items/NY-01/bring?situation=split'],
      ['progress', '/progress'],
      ['progress-wrong', '/progress', (p) => look(p, notice.number, '0000')],
      ['progress-found', '/progress', (p) => look(p, notice.number, notice.lastFour)],
      ['notices', '/notices'],
      ['notices-ended', '/notices?state=ended'],
      ['notice', `/notices/${notice.id}`],
      ['notice-fault', `/notices/${notice.id}`, (p) => p.click('text=提交异议')],
      ['notice-none', '/notices/none'],
      ['verify', '/verify'],
      ['verify-none', '/verify/AAAABBBBCCCCDDDD'],
      ['verify-found', `/verify/${code}`],
      ['stations', '/stations'],
      ['station', PLACE],
      ['screen', `${PLACE}/screen`],
      ['ticket', `${PLACE}/tickets/A006`],
    ];
    const look = async (p: Page, number: string, lastFour: string) => {
      await p.fill('#number', number);
      await p.fill('#lastFour', lastFour);
      await p.click('main button[type=submit]');
      await p.waitForSelector('text=/没有查到|您要做什么/');
    };
    for (const [name, where, act] of states) {
      await go(where);
      await act?.(page);
      await expectSound(page, name);
      await expectReadable(page, name);
    }
    await context.addCookies([{ name: 'cunban-reading', value: 'large.contrast', url: house.url }]);
    for (const where of ['/', '/items/NY-01', '/progress', '/notices', PLACE]) {
      await go(where);
      await expectSound(page, `${where} in large type and high contrast`);
    }
  });
});
