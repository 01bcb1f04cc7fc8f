/** Pages of who is paid, and of what was paid too much: found, put right, stopped, taken back, let go. */
import { expect } from 'chai';
import type { Entitlement } from '../../../src/station/payouts/types.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, card, enrol, payDesk } from '../../support/payouts.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { inputValue, open, type PageAnswer, sendPlain } from '../pages/browser.ts';

const VILLAGE = '532628103201';
const OTHER = '532628205201';
const PATH = '/payouts/entitlements';

onEachDatabase('pages of money: people and debts', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let officer: Client;
  let leader: Client;
  let clerk: Client;
  let claims: Entitlement[];
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-08T09:00:00+08:00');
    officer = await house.as('mz-officer');
    leader = await house.as('mz-leader');
    clerk = await house.as('village');
    claims = await enrol(house, {
      scheme: 'dibao',
      count: 60,
      over: (i) => ({ villageId: i === 59 ? OTHER : VILLAGE }),
    });
    const run = await payDesk(house, 'MZ').sendOff('dibao', '2026-10');
    await payDesk(house, 'MZ').returned(run, ({ seq }) => (seq === 1 ? '1003' : '0000'));
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  type Fields = readonly (readonly [string, string])[];
  /** The fields that the page of an act hides, with what is typed. */
  const filled = async (client: Client, path: string, typed: Fields) => {
    const form = await open(client, path);
    expect(form.status, form.html).to.equal(200);
    const hidden = ['_request', 'version', 'rest'].map((n) => [n, inputValue(form.html, n)] as const);
    return [...hidden.filter(([, value]) => value !== ''), ...typed];
  };
  const acted = async (client: Client, path: string, typed: Fields): Promise<PageAnswer> =>
    sendPlain(client, path, await filled(client, path, typed));
  const audit = (act: string) => house.service.deps.db.read('audit').where({ act });
  const faulty = async (): Promise<string> =>
    (await house.service.deps.db.read('payout_entitlements').whereNotNull('account_fault').first('id')).id;

  it('lists claims in pages, masked; finds them by name, state and fault of the account', async () => {
    const { html } = await open(officer, PATH);
    expect(html)
      .to.include('尾号')
      .and.not.match(/\d{17}[\dX]/)
      .and.not.include('621700386');
    const next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') as string;
    const second = await open(officer, next);
    expect((second.html.match(new RegExp(`href="${PATH}/[0-9a-z]{26}"`, 'g')) ?? []).length).to.equal(10);
    const [one] = claims as [Entitlement];
    const found = await open(officer, `${PATH}?text=${encodeURIComponent(one.name)}&scheme=dibao`);
    expect(found.html).to.include(`${PATH}/${one.id}`);
    const wrong = await open(officer, `${PATH}?state=faulty`);
    expect(wrong.html)
      .to.include('账户要更正：户名不符')
      .and.include(await faulty());
    expect((wrong.html.match(new RegExp(`href="${PATH}/[0-9a-z]{26}"`, 'g')) ?? []).length).to.equal(1);
    expect((await open(officer, `${PATH}?state=ended`)).html).to.include('没有符合条件的待遇');
    expect((await open(officer, `${PATH}?state=nonsense&village=nowhere`)).html).to.include('没有符合条件');
  });

  it('finds one person by the whole identity number, and writes that down; the number is in no address', async () => {
    const [one] = claims as [Entitlement];
    const found = await sendPlain(officer, `${PATH}/look-up`, [['idNumber', ` ${one.payee.idNumber} `]]);
    expect(found.html).to.include('查到 1 份待遇').and.include(one.id).and.not.include(one.payee.idNumber);
    expect((await audit('payout.look-up')).length).to.equal(1);
    const wrong = await sendPlain(officer, `${PATH}/look-up`, [['idNumber', '532628194001011']]);
    expect(wrong.status).to.equal(422);
    expect(wrong.html).to.include('field-error');
    const foreign = await sendPlain(await house.as('village2'), `${PATH}/look-up`, [
      ['idNumber', one.payee.idNumber],
    ]);
    expect(foreign.html).to.include('查到 0 份待遇');
    const inspector = await house.as('inspector');
    expect(
      (await sendPlain(inspector, `${PATH}/look-up`, [['idNumber', one.payee.idNumber]])).status,
    ).to.equal(403);
  });

  it('a claim: what was paid for it with its run; acts by who may do them; another village sees nothing', async () => {
    const [one] = claims as [Entitlement];
    const { html } = await open(officer, `${PATH}/${one.id}`);
    expect(html).to.include('DIBAO-2026-10-1').and.include('已到账').and.include('2026年10月');
    expect(html).to.include(`${PATH}/${one.id}/stop`).and.include('/suspend').and.not.include('/resume');
    const mine = await open(clerk, `${PATH}/${one.id}`);
    expect(mine.html).to.include('/account').and.not.include('/stop"').and.not.include('/reveal');
    expect((await open(clerk, `${PATH}/${one.id}/stop`)).status).to.equal(403);
    expect((await open(clerk, `${PATH}/${one.id}/reveal`)).status).to.equal(403);
    expect((await open(await house.as('village2'), `${PATH}/${one.id}`)).status).to.equal(404);
    expect((await open(officer, `${PATH}/${one.id}/nothing`)).status).to.equal(404);
  });

  it('the clerk of the village puts an account right, once, with a number that is one', async () => {
    const id = await faulty();
    const path = `${PATH}/${id}/account`;
    const typed = (number: string): Fields => [
      ['/account/holder', '盘秀秀'],
      ['/account/bank', '中国农业银行'],
      ['/account/number', number],
      ['/reason', '存折户名写错'],
    ];
    const wrong = await acted(clerk, path, typed('6217003860000000000'));
    expect(wrong.status).to.equal(422);
    expect(wrong.html).to.include('error-summary').and.include('存折户名写错').and.include('中国农业银行');
    const fields = await filled(clerk, path, typed(card(4711)));
    const both = [await sendPlain(clerk, path, fields), await sendPlain(clerk, path, fields)];
    expect(both.map((a) => [a.status, a.location])).to.deep.equal([
      [303, `${PATH}/${id}`],
      [303, `${PATH}/${id}`],
    ]);
    expect((await audit('claim.correct-account')).length).to.equal(1);
    const { html } = await open(clerk, `${PATH}/${id}`);
    expect(html).to.include(card(4711).slice(-4)).and.not.include('收款账户要更正');
    const late = await sendPlain(clerk, path, [['version', '1'], ...typed(card(5))]);
    expect(late.status).to.equal(409);
    expect(late.html).to.include('没有生效').and.include('存折户名写错');
  });

  it('full numbers are shown for a reason, and who looked is written down', async () => {
    const [one] = claims as [Entitlement];
    const path = `${PATH}/${one.id}/reveal`;
    const without = await acted(officer, path, []);
    expect(without.status).to.equal(422);
    expect(without.html).not.to.include(one.payee.account);
    expect((await audit('payout.reveal')).length).to.equal(0);
    const shown = await acted(officer, path, [['/reason', '群众来电核对']]);
    expect(shown.status).to.equal(200);
    expect(shown.html).to.include(one.payee.idNumber).and.include(one.payee.account).and.include('已记录');
    const [line] = await audit('payout.reveal');
    expect(line.detail).to.include('群众来电核对');
  });

  it('suspended, resumed, paid in cash, stopped: each with a reason, each only where it can be', async () => {
    const [, , one] = claims as [Entitlement, Entitlement, Entitlement];
    const path = `${PATH}/${one.id}`;
    const why = [['/reason', '正在核查']] as const;
    expect((await acted(officer, `${path}/suspend`, why)).status).to.equal(303);
    expect((await open(officer, path)).html)
      .to.include('暂停')
      .and.include(`${path}/resume`);
    expect((await open(officer, `${path}/suspend`)).html).to.include('现在是“暂停”，不能暂停发放');
    expect((await acted(officer, `${path}/resume`, why)).status).to.equal(303);
    expect((await acted(officer, `${path}/way`, [['/way', '村里现金'], ...why])).status).to.equal(303);
    expect((await open(officer, path)).html).to.include('按月，村里现金');
    const future = await acted(officer, `${path}/stop`, [['/stoppedOn', '2026-12-01'], ...why]);
    expect(future.status).to.equal(422);
    expect(future.html).to.include('不能晚于今天');
    const stopped = await acted(officer, `${path}/stop`, [['/stoppedOn', '2026-09-10'], ...why]);
    expect(stopped.status).to.equal(303);
    const { html } = await open(officer, path);
    expect(html).to.include('已终止').and.include('多发追回').and.include('待追回');
  });

  it('over-payments: entered, repaid in part, never more than is owed, let go by two persons', async () => {
    const [, one] = claims as [Entitlement, Entitlement];
    const entered = await acted(officer, `${PATH}/${one.id}/debt`, [
      ['/amount', '88.80'],
      ['/reason', '收入变化未及时申报'],
    ]);
    expect(entered.status, entered.html).to.equal(303);
    const list = await open(officer, '/payouts/debts');
    expect(list.html).to.include('88.80 元').and.include('收入变化未及时申报').and.include('登记退还');
    const debt = (await house.service.deps.db.read('payout_debts').where({ amount: 8_880 }).first()).id;
    const path = `/payouts/debts/${debt}`;
    const most = await acted(officer, `${path}/repay`, [
      ['/amount', '88.81'],
      ['/receipt', '0001'],
    ]);
    expect(most.status).to.equal(422);
    expect(most.html).to.include('只欠 88.80 元');
    const fields = await filled(officer, `${path}/repay`, [
      ['/amount', '30'],
      ['/receipt', '0001'],
    ]);
    const both = [
      await sendPlain(officer, `${path}/repay`, fields),
      await sendPlain(officer, `${path}/repay`, fields),
    ];
    expect(both.map((a) => a.status)).to.deep.equal([303, 303]);
    expect((await open(officer, '/payouts/debts')).html).to.include('还差 58.80 元');
    const early = await acted(leader, `${path}/write-off`, []);
    expect(early.status).to.equal(409);
    expect((await open(officer, `${path}/write-off`)).status).to.equal(403);
    expect((await acted(officer, `${path}/propose`, [['/reason', '本人失联']])).status).to.equal(303);
    expect((await acted(leader, `${path}/write-off`, [])).status).to.equal(303);
    expect((await open(officer, '/payouts/debts?state=written-off')).html).to.include('已核销');
    expect((await open(leader, `${path}/write-off`)).html).to.include('现在是“已核销”');
    expect((await open(clerk, '/payouts/debts')).status).to.equal(403);
    expect((await open(await house.as('ny-officer'), `${path}/repay`)).status).to.equal(404);
    await balanced(house);
  });

  it('a long list of over-payments goes on on a second page', async () => {
    for (const claim of claims.slice(3, 55))
      await officer.post('/api/payouts/debts', { entitlementId: claim.id, amount: 100, reason: '误发' });
    const first = await open(officer, '/payouts/debts');
    const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') as string;
    const rows = (html: string) => (html.match(/登记退还<\/a>/g) ?? []).length;
    expect([rows(first.html), rows((await open(officer, next)).html)]).to.deep.equal([50, 3]);
  });

  it('the page of the case shows the last of it, to who may see it', async () => {
    const [{ caseId }] = claims as [Entitlement];
    const { html } = await open(officer, `/cases/${caseId}`);
    expect(html).to.include('id="money"').and.include('共 60 笔，最近的 3 笔');
    expect((await open(await house.as('inspector'), `/cases/${caseId}`)).html).not.to.include('id="money"');
  });
});
