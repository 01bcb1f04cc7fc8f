/** A line that is cut while a form is filled in: nothing typed is lost, and the application is filed once. */
import { expect } from 'chai';
import { browserOrSkip } from '../../support/browser.ts';
import { application, type Counter, FORM, kept, openCounter, type, typedOn, WAITING } from './counter.ts';

describe('filing with the line cut', function () {
  this.timeout(180_000);
  let counter: Counter;
  before(async function () {
    browserOrSkip(this, 'filing with the line cut');
  });
  beforeEach(async () => {
    counter = await openCounter();
    await counter.signIn('village');
    await counter.go(FORM);
    await counter.warmed();
  });
  afterEach(() => counter?.close());

  it('typed half, line cut, typed on, saved, browser closed and opened: sent once when the line is back', async () => {
    const { line, house } = counter;
    const fields = application(house);
    const half = Math.floor(fields.length / 2);
    await type(counter.page, fields.slice(0, half));
    line.cut();
    await type(counter.page, fields.slice(half));
    await counter.page.click('[name=_do][value=check]');
    await counter.page.getByText('已存在这台电脑上，来网后自动送出').waitFor();
    expect(await counter.cases()).to.deep.equal([]);
    await counter.reopen();
    await counter.go(WAITING);
    await counter.page.getByText('等着送出（1）').waitFor();
    expect(await counter.page.textContent('[data-waiting]')).to.include('农秀英').and.include('生育登记');
    await counter.go(FORM);
    await counter.formReady();
    expect(await counter.page.title()).to.include('生育登记');
    expect((await typedOn(counter.page))['/applicant/name'], 'the next citizen gets an empty form').to.equal('');
    line.mend();
    await counter.go(WAITING);
    await counter.page.waitForURL(/sign-in/);
    await counter.signIn('village');
    await counter.page.getByText('已送出（1）').waitFor({ timeout: 40_000 });
    expect(await counter.cases()).to.deep.equal([
      { number: null, applicant_name: '农秀英', phase: 'draft' },
    ]);
    await counter.page.click('text=继续办理');
    await counter.formReady();
    await counter.page.click('[name=_do][value=submit]');
    await counter.page.waitForURL(/\/cases\/\w+$/);
    const filed = await counter.cases();
    expect(filed).to.have.length(1);
    expect(filed[0]?.number).to.match(/WJ/);
    await counter.go(WAITING);
    await counter.page.waitForSelector('[data-waiting] > *');
    expect(line.reached.filter((r) => r === 'POST /cases/new')).to.have.length(1);
  });
});
