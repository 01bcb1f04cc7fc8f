/** A line that is cut while a form is filled in: nothing typed is lost, and the application is filed once. */
import { expect } from 'chai';
import { browserOrSkip } from '../../support/browser.ts';
import { application, type Counter, FORM, kept, openCounter, type, typedOn, WAITING } from './counter.ts';

const POST = 'POST /cases/new';

describe('filing with the line cut', function () {
  this.timeout(120_000);
  let counter: Counter;
  before(async function () {
    browserOrSkip(this, 'filing with the line cut');
  });
  beforeEach(async () => {
    counter = await openCounter();
    await counter.signIn('village');
    await counter.go(FORM);
    await counter.formReady();
  });
  afterEach(() => counter?.close());

  const posts = () => counter.line.reached.filter((r) => r === POST);
  const save = (how = 'check') => counter.page.click(`[name=_do][value=${how}]`);
  const queued = () => counter.page.getByText('已存在这台电脑上，来网后自动送出').waitFor();
  const sent = () => counter.page.getByText('已送出（1）').waitFor({ timeout: 40_000 });
  const oneDraft = async () =>
    expect(await counter.cases()).to.deep.equal([{ number: null, applicant_name: '农秀英', phase: 'draft' }]);

  it('typed half, cut, typed on, saved, browser closed and opened: sent once when the line is back', async () => {
    const { line, house } = counter;
    await counter.warmed();
    const fields = application(house);
    const half = Math.floor(fields.length / 2);
    await type(counter.page, fields.slice(0, half));
    line.cut();
    await type(counter.page, fields.slice(half));
    await save();
    await queued();
    expect(await counter.cases()).to.deep.equal([]);
    await counter.reopen();
    await counter.go(WAITING);
    await counter.page.getByText('等着送出（1）').waitFor();
    const waiting = await counter.page.textContent('[data-waiting]');
    expect(waiting).to.include('农秀英').and.include('生育登记');
    await counter.go(FORM);
    await counter.formReady();
    const next = await typedOn(counter.page);
    expect(next['/applicant/name'], 'the next citizen gets an empty form').to.equal('');
    line.mend();
    await counter.go(WAITING);
    await counter.signIn('village');
    await sent();
    await oneDraft();
    await counter.page.click('text=继续办理');
    await counter.formReady();
    await save('submit');
    await counter.page.waitForURL(/\/(filing\/receipts|cases)\/\w+$/);
    const filed = await counter.cases();
    expect(filed).to.have.length(1);
    expect(filed[0]?.number).to.match(/WJ/);
    expect(posts()).to.have.length(1);
  });

  it('carried out by the house while its answer was lost: sent again by itself, and still one draft', async () => {
    await type(counter.page, application(counter.house));
    counter.line.loseAnswer('POST', '/cases/new');
    await save();
    await counter.page.getByText('没有连上服务站').waitFor();
    await oneDraft();
    await counter.page.getByText('1 件存在这台电脑上').waitFor();
    counter.line.mend();
    await counter.go(WAITING);
    await sent();
    expect(posts()).to.have.length(2);
    await oneDraft();
  });

  it('sent again with changes after its answer was lost: the one draft takes them', async () => {
    await counter.warmed(WAITING);
    await type(counter.page, application(counter.house));
    counter.line.loseAnswer('POST', '/cases/new');
    await save();
    await counter.page.getByText('没有连上服务站').waitFor();
    await counter.go(WAITING);
    await counter.page.click('text=打开再改');
    await counter.page.getByText('填写的内容，都在下面').waitFor();
    await counter.page.fill('[name="/applicant/name"]', '农秀兰');
    await save('save');
    await queued();
    counter.line.mend();
    await counter.go(WAITING);
    await sent();
    expect((await counter.cases()).map((c) => c.applicant_name)).to.deep.equal(['农秀兰']);
  });

  it('a browser that crashed while typing brings back every field and row; what is discarded is gone', async () => {
    const fields = application(counter.house);
    await type(counter.page, fields);
    await counter.page.click('[name=_row][value="add:/children"]');
    await counter.page.fill('[name="/children/1/name"]', '黄二妹');
    await kept(counter.page);
    const before = await typedOn(counter.page);
    await counter.reopen();
    await counter.signIn('village');
    await counter.go(FORM);
    await counter.page.getByText('填写的内容，都在下面').waitFor();
    expect(await typedOn(counter.page)).to.deep.equal(before);
    expect(before['/children/1/name']).to.equal('黄二妹');
    await counter.page.click('text=丢弃');
    await counter.page.waitForFunction(() => !document.body.textContent?.includes('已恢复'));
    await counter.formReady();
    expect((await typedOn(counter.page))['/applicant/name']).to.equal('');
    expect(await counter.cases()).to.deep.equal([]);
  });

  it('a session that ended keeps what was typed, and it is sent after signing in again', async () => {
    await type(counter.page, application(counter.house));
    await counter.context.clearCookies();
    await save();
    await counter.page.getByText('登录以后自动送出').waitFor();
    await counter.page.click('text=去登录');
    await counter.signIn('village');
    await sent();
    await oneDraft();
  });

  it('on line, what has arrived waits no longer and is sent once', async () => {
    await type(counter.page, application(counter.house));
    await save();
    await counter.page.waitForURL(/\/edit\?check=1/);
    await counter.formReady();
    await counter.go(WAITING);
    await counter.page.getByText('没有等着送出的').waitFor();
    expect(posts()).to.have.length(1);
  });

  it('says once where it cannot work, on a line that is not encrypted; the form is sent as ever', async () => {
    await counter.context.addInitScript('Object.defineProperty(window, "isSecureContext", { value: false })');
    await counter.go(FORM);
    expect(await counter.page.getByText('断网时不能受理').count()).to.equal(1);
    await type(counter.page, application(counter.house));
    await save('save');
    await counter.page.waitForURL(/\/edit/);
    await oneDraft();
  });

  it('a kept form opened while the line was cut is sent with a fresh proof when the line is back', async () => {
    await counter.warmed();
    counter.line.cut();
    await counter.go('/cases/new?item=WJ-01&situation=pregnancy&citizen=unknown');
    await counter.formReady();
    expect(await counter.page.locator('[name=_csrf]').last().inputValue()).to.equal('');
    counter.line.mend();
    await type(counter.page, application(counter.house));
    await save('save');
    await counter.page.waitForURL(/\/edit/);
    await oneDraft();
    expect(posts()).to.have.length(1);
  });
});
