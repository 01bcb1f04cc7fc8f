/** Pages of money by the front door, without script: runs from draft to settled, and every refusal in words. */
import { expect } from 'chai';
import type { Entitlement } from '../../../src/station/payouts/types.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, enrol, payDesk, stray } from '../../support/payouts.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { inputValue, open, type PageAnswer, send, sendPlain } from '../pages/browser.ts';

const VILLAGE = '532628103201';
const OTHER = '532628205201';
const flashOf = ({ headers }: PageAnswer): string => decodeURIComponent(headers.get('set-cookie') ?? '');

onEachDatabase('pages of money: runs', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let officer: Client;
  let leader: Client;
  let claims: Entitlement[];
  const desk = () => payDesk(house, 'MZ');
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-08T09:00:00+08:00');
    officer = await house.as('mz-officer');
    leader = await house.as('mz-leader');
    claims = await enrol(house, {
      scheme: 'dibao',
      count: 120,
      amount: (i) => 30_000 + i,
      over: (i) => ({
        villageId: i < 110 ? VILLAGE : OTHER,
        ...(i === 3 && { state: 'suspended' as const, reason: '正在核查家庭收入' }),
        ...(i === 4 && { way: 'cash' as const }),
      }),
    });
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const money = () => house.service.deps.db.read('payout_runs').orderBy('id');
  const prepared = async (scheme = 'dibao', period = '2026-10'): Promise<string> => {
    const form = await open(officer, `/payouts/schemes/${scheme}/new`);
    const sent = await sendPlain(officer, `/payouts/schemes/${scheme}/new`, [
      ['_request', inputValue(form.html, '_request')],
      ['period', period],
    ]);
    expect(sent.status, sent.html).to.equal(303);
    return sent.location;
  };
  /** The page of an act, and what is sent from it. */
  const acted = async (client: Client, path: string, act: string, more: [string, Blob, string][] = []) => {
    const form = await open(client, `${path}/${act}`);
    expect(form.status, form.html).to.equal(200);
    const fields = ['_request', 'version'].map((n) => [n, inputValue(form.html, n)] as const);
    return send(client, `${path}/${act}`, [...fields, ...more]);
  };

  it('a stranger signs in first; administrators have no such section', async () => {
    const asked = await open(house.stranger(), '/payouts');
    expect([asked.status, asked.location]).to.deep.equal([303, '/sign-in?next=%2Fpayouts']);
    const admin = await house.as('sysadmin');
    expect((await open(admin, '/items')).html).not.to.include('href="/payouts"');
    expect((await open(admin, '/payouts/entitlements')).status).to.equal(403);
    expect((await open(admin, '/payouts/report')).status).to.equal(403);
    expect((await open(officer, '/items')).html).to.include('href="/payouts"');
  });

  it('the officer is told to prepare, the leader has nothing yet, the inspector has no buttons', async () => {
    const mine = await open(officer, '/payouts');
    expect(mine.html).to.include('/payouts/schemes/dibao/new').and.include('编制本期批次');
    expect(mine.html).to.include('119 人发放中').and.include('1 人暂停');
    expect(mine.html).not.to.include('城乡居民基本养老金');
    expect((await open(leader, '/payouts')).html)
      .to.include('等您批准的批次（0）')
      .and.include('等承办人编制本期批次');
    const inspector = await open(await house.as('inspector'), '/payouts');
    expect(inspector.html)
      .to.include('城乡居民基本养老金')
      .and.not.include('class="button button-primary"')
      .and.not.include('/payouts/entitlements');
    const clerk = await open(await house.as('village'), '/payouts');
    expect([clerk.status, clerk.location]).to.deep.equal([303, '/payouts/entitlements']);
  });

  it('a scheme shows its standard with the numbers of today, their source and validity', async () => {
    const { html } = await open(officer, '/payouts/schemes/dibao');
    expect(html)
      .to.match(/农村低保标准 \d+ 元/)
      .and.include('起发')
      .and.include('2026年1月1日起');
    expect(html).to.include('还没有批次').and.not.include('params.');
    expect((await open(officer, '/payouts/schemes/nothing')).status).to.equal(404);
    expect((await open(await house.as('ny-officer'), '/payouts/schemes/dibao')).status).to.equal(404);
    expect((await open(leader, '/payouts/schemes/dibao/new')).status).to.equal(403);
  });

  let run = '';
  it('a run is prepared once, also when the button is clicked twice', async () => {
    const form = await open(officer, '/payouts/schemes/dibao/new');
    expect(form.html).to.include('2026年10月（本期）').and.include('value="2026-08"');
    const fields = [
      ['_request', inputValue(form.html, '_request')],
      ['period', '2026-10'],
    ] as const;
    const both = [
      await sendPlain(officer, '/payouts/schemes/dibao/new', fields),
      await sendPlain(officer, '/payouts/schemes/dibao/new', fields),
    ];
    expect(both.map((a) => a.status)).to.deep.equal([303, 303]);
    expect(both[0]?.location).to.equal(both[1]?.location);
    run = both[0]?.location as string;
    expect((await money()).length).to.equal(1);
    const again = await sendPlain(officer, '/payouts/schemes/dibao/new', [['period', '2026-10']]);
    expect(again.status).to.equal(409);
    expect(again.html).to.include('这个项目还有一个批次没有审批').and.include(run);
  });

  it('a period that is none, or is to come, is refused at its field; nothing due is said', async () => {
    for (const period of ['', '2026-13', '2027-01']) {
      const sent = await sendPlain(officer, '/payouts/schemes/elder-allowance/new', [['period', period]]);
      expect(sent.status, period).to.equal(422);
      expect(sent.html).to.include('href="#f-period"');
    }
    const none = await sendPlain(officer, '/payouts/schemes/elder-allowance/new', [['period', '2026-10']]);
    expect(none.status).to.equal(409);
    expect(none.html).to.include('没有应发而未发的钱');
    expect((await money()).length).to.equal(1);
  });

  it('the preview: sums in figures and capitals, who is held back and why, lines masked and paged', async () => {
    const { html, status } = await open(leader, run);
    expect(status).to.equal(200);
    expect(html).to.include('119 人').and.include('叁万伍仟柒佰柒拾壹元叁角柒分').and.include('35,771.37 元');
    expect(html).to.include('暂不发放（1 人）').and.include('正在核查家庭收入');
    expect(html)
      .to.include('剥隘村')
      .and.match(/尾号 \d{4}/)
      .and.not.include('621700386');
    expect(html).not.to.match(/\d{17}[\dX]/);
    const next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') as string;
    const second = await open(leader, next.split('#')[0] as string);
    expect(second.html).to.include('上一页').and.not.include('rel="next"');
    const [{ name = '' } = {}] = claims.slice(115);
    const found = await open(leader, `${run}?text=${encodeURIComponent(name)}&village=${OTHER}`);
    expect(found.html).to.include(`>${name}</a>`);
    expect((await open(leader, `${run}?text=${encodeURIComponent('查无此人')}`)).html).to.include(
      '没有符合条件的明细',
    );
  });

  it('a village sees its own people and sums, an inspector sums without people, another department nothing', async () => {
    const [mine, theirs] = [claims[0] as Entitlement, claims[115] as Entitlement];
    const village = await open(await house.as('village2'), run);
    expect(village.html).to.include('10 人').and.include(theirs.id).and.not.include(mine.id);
    expect(village.html).not.to.include('暂不发放');
    expect((await open(await house.as('village2'), `${run}?village=${VILLAGE}`)).html).not.to.include(
      mine.id,
    );
    const inspector = await open(await house.as('inspector'), run);
    expect(inspector.html).to.include('119 人').and.not.include(mine.id).and.not.include('明细');
    expect((await open(await house.as('ny-officer'), run)).status).to.equal(404);
    expect((await open(officer, '/payouts/runs/nothing')).status).to.equal(404);
    expect((await open(officer, `${run}/nothing`)).status).to.equal(404);
  });

  it('whoever prepared it cannot approve it, and the page says why', async () => {
    expect((await open(officer, run)).html).to.include('编制和批准必须是两个人');
    expect((await open(officer, `${run}/approve`)).status).to.equal(403);
    const { db } = house.service.deps;
    const [kept] = await money();
    const { id } = await db.read('accounts').where({ login: 'mz-leader' }).first();
    await db.write('payout_runs').where({ id: kept.id }).update({ prepared_by: id });
    expect((await open(leader, run)).html)
      .to.include('必须由另一位分管领导批准')
      .and.not.include(`${run}/approve`);
    const page = await open(leader, `${run}/approve`);
    expect(page.html).to.include('现在不能批准批次').and.not.include('name="version"');
    const forced = await send(leader, `${run}/approve`, [['version', String(kept.version)]]);
    expect(forced.status).to.equal(403);
    expect(forced.html).to.include('须由另一位负责人审批');
    await db.write('payout_runs').where({ id: kept.id }).update({ prepared_by: kept.prepared_by });
    expect((await money())[0]?.state).to.equal('draft');
  });

  it('somebody whose case moved since is named, and the run must be made anew', async () => {
    const [, , moved] = claims as [Entitlement, Entitlement, Entitlement];
    await officer.post(`/api/payouts/claims/${moved.id}/suspend`, {
      version: moved.version,
      reason: '重新核查',
    });
    const sent = await acted(leader, run, 'approve');
    expect(sent.status).to.equal(409);
    expect(sent.html).to.include('编制以后有 1 人情况变了').and.include('重新核查');
    expect(sent.html).to.include('没有生效').and.not.include(`>${moved.name}<`);
    const gone = await acted(officer, run, 'discard');
    expect([gone.status, gone.location]).to.deep.equal([303, run]);
    expect((await open(officer, run)).html).to.include('已作废');
    run = await prepared();
  });

  it('an older page is overtaken: 409, what it is now, and nothing done', async () => {
    const stale = await send(leader, `${run}/approve`, [['version', '7']]);
    expect(stale.status).to.equal(409);
    expect(stale.html).to.include('刚刚有人办理过');
    expect((await acted(leader, run, 'approve')).status).to.equal(303);
    const late = await send(leader, `${run}/approve`, [['version', '1']]);
    expect(late.status).to.equal(303);
    const discard = await send(officer, `${run}/discard`, [['version', '1']]);
    expect(discard.status).to.equal(403);
    expect((await open(officer, `${run}/discard`)).html).to.include('由分管领导作废');
    expect((await open(officer, '/payouts')).html).to.include(`${run}/export`);
  });

  it('sent off once, also when clicked twice; the files are offered, and the way on is the return', async () => {
    const form = await open(officer, `${run}/export`);
    expect(form.html).to.include('报送以后不能作废');
    const fields = ['_request', 'version'].map((n) => [n, inputValue(form.html, n)] as const);
    const both = [await send(officer, `${run}/export`, fields), await send(officer, `${run}/export`, fields)];
    expect(both.map((a) => a.status)).to.deep.equal([303, 303]);
    const { html } = await open(officer, run);
    expect(html).to.include('待回盘').and.include('/files/text').and.include('/files/workbook');
    expect(html).to.include('待现金发放').and.include(`${run}/import`);
    const entries = await house.service.deps.db.read('payout_entries').where({ account: 'bank' });
    expect(entries.length).to.equal(1);
    expect((await open(leader, run)).html).to.include('等银行回盘');
  });

  it('a return with faults is told line by line and not applied; the right one settles it; the same again is known', async () => {
    const [, { id = '' } = {}] = await money();
    const upload = (bytes: Buffer, name = '回盘.txt') =>
      acted(officer, run, 'import', [['file', new Blob([new Uint8Array(bytes)]), name]]);
    const none = await acted(officer, run, 'import');
    expect(none.status).to.equal(422);
    expect(none.html).to.include('请选择银行的回盘文件');
    const wrong = await upload(await desk().answer({ id }, () => '0000', { misbehave: 'other_amount' }));
    expect(wrong.status).to.equal(422);
    expect(wrong.html)
      .to.include('文件没有导入')
      .and.match(/<td[^>]*>2<\/td>/)
      .and.include('不同');
    expect((await open(officer, run)).html)
      .to.include('badge-info">待回盘')
      .and.not.include('badge-done">已到账');
    const right = await desk().answer({ id }, ({ seq }) => (seq === 1 ? '1003' : '0000'));
    const done = await upload(right);
    expect([done.status, done.location], done.html).to.deep.equal([303, run]);
    expect(flashOf(done)).to.include('已付 116 笔，退回 1 笔');
    const { html } = await open(officer, run);
    expect(html)
      .to.include('银行退回')
      .and.include('户名不符')
      .and.include('更正账户')
      .and.include('回盘.txt');
    expect(html).to.include('银行已结清，现金待发');
    const twice = await send(officer, `${run}/import`, [
      ['version', '1'],
      ['file', new Blob([new Uint8Array(right)]), '又一次.txt'],
    ]);
    expect(twice.status).to.equal(409);
    expect(twice.html).to.include('这份文件以前导入过').and.include('已付 116 笔，退回 1 笔');
    await balanced(house);
  });

  it('the next run shows who is new, who is gone and why, whose sum changed', async () => {
    await house.at('2026-11-03T09:00:00+08:00');
    [officer, leader] = [await house.as('mz-officer'), await house.as('mz-leader')];
    const [first] = claims as [Entitlement];
    await officer.post(`/api/payouts/claims/${first.id}/stop`, {
      version: first.version,
      reason: '迁出本县',
      stoppedOn: '2026-10-20',
    });
    await enrol(house, { scheme: 'dibao', count: 1, first: 700 });
    const { html } = await open(officer, await prepared('dibao', '2026-11'));
    expect(html).to.include('与上一批次比较').and.include('DIBAO-2026-10-2');
    expect(html).to.include('新增（1 人）').and.include('减少').and.include('迁出本县');
    expect(html).to.include('收款账户有误（户名不符）');
    expect((await open(leader, '/payouts')).html)
      .to.include('等您批准的批次（1）')
      .and.include('>审批</a>');
  });

  it('the report says in words that it balances, for all days or some; the format of the files is a page', async () => {
    const all = await open(await house.as('inspector'), '/payouts/report?scheme=dibao');
    expect(all.html).to.include('平衡').and.include('差额 0.00 元').and.include('全部发生额');
    const none = await open(officer, '/payouts/report?from=2027-01-01&to=2027-01-31');
    expect(none.html).to.include('2027年1月1日至2027年1月31日发生额');
    const moved = (html: string) => /银行在途[\s\S]*?numeric nowrap[^>]*>([\d,.]+)/.exec(html)?.[1];
    expect(moved(all.html)).not.to.equal('0.00');
    expect(moved(none.html) ?? '0.00').to.equal('0.00');
    const format = await open(officer, '/payouts/format');
    expect(format.html).to.include('代发文件 D 行').and.include('户名不符').and.include('GB 18030');
  });

  it('a ledger that does not say what the lines say is shown as out of balance', async () => {
    await stray(house, 'dibao', [{ account: 'paid', fen: 1 }]);
    const { html } = await open(officer, '/payouts/report');
    expect(html).to.include('不平').and.include('差额，请立即核查').and.include('0.01 元');
    expect((await open(officer, '/payouts')).html).to.include('badge-danger">不平');
    await stray(house, 'dibao', [{ account: 'paid', fen: -1 }]);
  });
});
