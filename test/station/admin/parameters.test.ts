/** Numbers that change: proposed by one, approved by another, in force from their day, never before. */
import { expect } from 'chai';
import { withEntered } from '../../../src/workflow/parameters.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';
import { secondKeeper } from './keepers.ts';

const filed = (from: string, to: string | null, value: number) => ({
  name: 'x',
  title: '标准',
  value,
  unit: '元',
  from,
  to,
  source: '文件',
  verified: false,
});
const entered = (from: string, value: number) => ({ name: 'x', value, from, source: '新文件' });
const spans = (...args: Parameters<typeof withEntered>) =>
  withEntered(...args).map(({ from, to, value }) => `${from}..${to ?? ''} ${value}`);

describe('values entered over those of the files', () => {
  it('hold from their day until the next one begins', () => {
    const files = [filed('2026-01-01', null, 1)];
    expect(spans(files, [entered('2026-10-01', 2), entered('2027-01-01', 3)])).to.deep.equal([
      '2026-01-01..2026-09-30 1',
      '2026-10-01..2026-12-31 2',
      '2027-01-01.. 3',
    ]);
  });
  it('leave a later value of the files as it is, and take the place of one of the same day', () => {
    const files = [filed('2026-01-01', '2026-06-30', 1), filed('2027-01-01', null, 9)];
    expect(spans(files, [entered('2026-10-01', 2)])).to.deep.equal([
      '2026-01-01..2026-06-30 1',
      '2026-10-01..2026-12-31 2',
      '2027-01-01.. 9',
    ]);
    expect(spans(files, [entered('2027-01-01', 2)]).at(-1)).to.equal('2027-01-01.. 2');
  });
  it('of a name that is in no file are left out', () => {
    expect(withEntered([], [entered('2026-10-01', 2)])).to.deep.equal([]);
  });
});

onEachDatabase('parameters of the system administrator', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let first: Client;
  let second: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, { LOG_LEVEL: 'fatal' });
    await house.at('2026-09-28T09:00:00+08:00');
    first = await house.as('sysadmin');
    second = await secondKeeper(house);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const NAME = 'dibaoStandardRural';
  const GIVEN = { text: '560', unitIs: 'on', from: '2027-01-01', source: '富民发〔2026〕31 号第二条' };
  const propose = async (over: Record<string, string> = {}, name = NAME, client = first) => {
    const page = await open(client, `/admin/parameters/${name}`);
    const request = inputValue(page.html, '_request');
    return sendPlain(client, `/admin/parameters/${name}`, [
      ['_request', request],
      ...Object.entries({ ...GIVEN, ...over }),
    ]);
  };
  const decide = (client: Client, id: string, decision: string, reason = '') =>
    sendPlain(client, `/admin/parameters/${NAME}/${id}/${decision}`, [['reason', reason]]);
  const rows = () => house.service.deps.db.read('parameter_values').orderBy('id');
  const last = async () => (await rows()).at(-1);
  const on = (day: string, name = NAME) => house.service.deps.definitions.params(day)[name];
  const flash = ({ headers }: { headers: Headers }) => decodeURIComponent(headers.get('set-cookie') ?? '');

  it('shows every number with its days, source and readers; for nobody else', async () => {
    const list = await open(first, '/admin/parameters?text=低保标准');
    expect(list.html).to.include('农村低保标准').and.include('500 元/人·月').and.include('MZ-01');
    const { html } = await open(first, `/admin/parameters/${NAME}`);
    expect(html)
      .to.include('演示值，未取得富宁县现行标准')
      .and.include('/admin/definitions/MZ-01')
      .and.include('程序自带');
    expect((await open(first, '/admin/parameters/gapDays')).html).to.include('/admin/definitions/JY-01');
    expect((await open(first, '/admin/parameters/nothing')).status).to.equal(404);
    for (const login of ['secadmin', 'auditor', 'mz-leader']) {
      const client = await house.as(login);
      expect((await open(client, '/admin/parameters')).status, login).to.equal(403);
      expect((await propose({}, NAME, client)).status, login).to.equal(403);
    }
  });

  it('the list is paged by key and shows each once', async () => {
    const seen: string[] = [];
    for (let path: string | null = '/admin/parameters'; path !== null; ) {
      const { html } = await open(first, path);
      seen.push(
        ...[...html.matchAll(/href="\/admin\/parameters\/(\w+)" data-row-link/g)].map((m) => m[1] as string),
      );
      path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null;
    }
    const names = new Set(house.service.deps.definitions.parameters().map((p) => p.name));
    expect(seen.length).to.equal(names.size);
    expect(new Set(seen)).to.deep.equal(names);
  });

  it('a proposal with faults is shown again with every one of them', async () => {
    const answer = await propose({ text: '五百六', unitIs: '', from: '2026-09-27', source: '' });
    expect(answer.status).to.equal(422);
    for (const text of ['只写数字', '不是元/人·月的，先换算', '不能改过去的', '请写明依据的文件和条款'])
      expect(answer.html).to.include(text);
    expect(answer.html).to.include('value="五百六"');
    expect((await propose({ text: '560.123' })).html).to.include('金额最多写到分');
    expect((await propose({ text: '2.5' }, 'gapDays')).html).to.include('工作日要写整数');
    expect((await propose({ text: '0' }, 'gapDays')).html).to.include('期限不能是 0');
    expect((await propose({ text: '1.2' }, 'payoutOffsetShare')).html).to.include('比例在 0 到 1 之间');
    expect((await propose({ text: '13-01' }, 'timberQuotaYearEnd')).html).to.include('请写成 12-31 这样');
    expect(await rows()).to.have.length(0);
  });

  it('what the items cannot live with is not proposed: they are proved with the new value', async () => {
    // The table of subsidies has as many places as the one of contributions: without one of them an item has no answer.
    const answer = await propose({ text: '200' }, 'residentPensionTiers');
    expect(answer.status).to.equal(422);
    expect(answer.html).to.include('事项定义不接受这个数值').and.include('RS-01');
    expect(await rows()).to.have.length(0);
  });

  it('proposed it counts for nothing; who proposed it cannot approve it', async () => {
    expect((await propose()).location).to.equal(`/admin/parameters/${NAME}`);
    expect(on('2027-01-01')).to.equal(500);
    const own = await open(first, `/admin/parameters/${NAME}`);
    expect(own.html).to.include('要由另一位系统管理员批准').and.not.include('/approve"');
    const { id } = await last();
    expect(flash(await decide(first, id, 'approve'))).to.include('须由另一位系统管理员批准');
    expect((await last()).state).to.equal('proposed');
    expect((await propose()).html).to.include('已经有人提出或者批准');
    expect((await open(first, '/admin')).html).to.include('1 个等另一位管理员批准');
  });

  it('approved by another it holds from its day, and not a day before, after a new start too', async () => {
    const page = await open(second, `/admin/parameters/${NAME}`);
    const { id } = await last();
    expect(page.html).to.include(`${id}/approve`);
    expect(flash(await decide(second, id, 'approve'))).to.include('已批准');
    const check = () => {
      expect(on('2026-12-31')).to.equal(500);
      expect(on('2027-01-01')).to.equal(560);
    };
    check();
    house = await house.restart({ LOG_LEVEL: 'fatal' });
    first = await house.as('sysadmin');
    check();
    const day = await open(first, `/admin/parameters/${NAME}?on=2027-03-05`);
    expect(day.html).to.include('560 元/人·月').and.include('许志远提出，蒙建国批准');
    const acts = await house.service.deps.db
      .read('audit')
      .whereLike('act', 'parameter.%')
      .orderBy('id')
      .pluck('act');
    expect(acts).to.deep.equal(['parameter.propose', 'parameter.approve']);
    expect(flash(await decide(first, id, 'approve'))).to.include('现在不能这样处理');
  });

  it('a slip of the finger is pointed at', async () => {
    await propose({ text: '5600', from: '2027-02-01' });
    expect((await open(first, `/admin/parameters/${NAME}`)).html).to.include('请核对：是现在的 11.2 倍');
    const { id } = await last();
    expect((await decide(first, id, 'refuse')).status).to.equal(422);
    await decide(first, id, 'refuse', '多写了一个零');
    expect((await open(first, `/admin/parameters/${NAME}`)).html).to.include('多写了一个零');
    expect(on('2027-02-01')).to.equal(560);
  });

  it('an approved value can be taken back before its day, not after', async () => {
    const [{ id }] = await rows();
    await house.at('2026-12-31T09:00:00+08:00');
    await decide(first, id, 'withdraw', '省里推迟执行');
    expect(on('2027-01-01')).to.equal(500);
    expect((await propose({ text: '570' })).location).to.equal(`/admin/parameters/${NAME}`);
    const late = await last();
    await house.at('2027-01-02T09:00:00+08:00');
    second = await freshSecond();
    expect(flash(await decide(second, late.id, 'approve'))).to.include('生效日已过');
    expect(on('2027-01-02')).to.equal(500);
  });

  const freshSecond = async () => {
    const client = house.stranger();
    const { body } = await client.post<{ csrf: string }>('/api/session', {
      login: 'sysadmin2',
      password: 'a second pair of eyes',
    });
    client.csrf = body.csrf;
    return client;
  };
});
