/** Accounts and grants, as a security administrator keeps them. */
import { expect } from 'chai';
import { createAccount } from '../../../src/people/accounts/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { Client, openHouse, type TestHouse } from '../../support/service.ts';
import { inputValue, open, type PageAnswer, send, sendPlain } from '../pages/browser.ts';

onEachDatabase('accounts and grants', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let keeper: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:00:00+08:00');
    keeper = await house.as('secadmin');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const db = () => house.service.deps.db.read;
  const accountOf = async (login: string) => db()('accounts').where({ login }).first();
  const pathOf = async (login: string) => `/admin/accounts/${(await accountOf(login)).id}`;
  /** Send a form as its page stands. */
  const submit = async (
    path: string,
    fields: Record<string, string>,
    client = keeper,
  ): Promise<PageAnswer> => {
    const { html } = await open(client, path);
    return sendPlain(client, path, [['_request', inputValue(html, '_request')], ...Object.entries(fields)]);
  };
  const press = async (path: string, client = keeper) => {
    const page = path.slice(0, path.lastIndexOf('/'));
    const { html } = await open(client, page);
    return sendPlain(client, path, [['_request', inputValue(html, '_request')]]);
  };
  const audited = async (act: string, subject: string) =>
    (await db()('audit').where({ act, subject }).orderBy('id', 'desc')).map((r: { detail: string }) =>
      JSON.parse(r.detail),
    );
  const passwordIn = (html: string) =>
    /<code>([a-zA-Z2-9]{4}(?:-[a-zA-Z2-9]{4}){2})<\/code>/.exec(html)?.[1] ?? '';
  const signIn = async (login: string, password: string) => {
    const client = new Client(house.url);
    const { status, body } = await client.post<{ csrf: string }>('/api/session', { login, password });
    client.csrf = body.csrf;
    return { client, status };
  };
  const told = async (answer: Promise<PageAnswer>, words: string) => {
    const { status, html } = await answer;
    expect(status, words).to.equal(422);
    expect(html).to.include(words);
  };

  it('is for security administrators; the list is narrowed, and turned by key', async () => {
    for (const login of ['sysadmin', 'auditor', 'village', 'mz-leader', 'inspector'])
      for (const path of [
        '/admin/accounts',
        '/admin/accounts/new',
        '/admin/accounts/table',
        await pathOf('village'),
      ])
        expect((await open(await house.as(login), path)).status, `${login} ${path}`).to.equal(403);
    const rows = (html: string) => [...html.matchAll(/data-row-link[^>]*>([^<]+)</g)].map(([, name]) => name);
    const find = async (query: string) => rows((await open(keeper, `/admin/accounts?${query}`)).html);
    expect(await find('text=农秀')).to.deep.equal(['农秀兰']);
    expect(await find('text=town-w')).to.have.members(['韦丽萍', '李春燕']);
    expect(await find('text=%25')).to.deep.equal([]);
    expect(await find('role=window&org=富宁县')).to.have.members(['李春燕', '邓小玲', '何佳慧']);
    expect(await find('org=532628205')).to.have.members(['盘志华', '邓小玲']);
    expect((await open(keeper, '/admin/accounts?org=没有村')).html).to.include('您管理的范围里没有“没有村”');
    const seen: (string | undefined)[] = [];
    let path = '/admin/accounts';
    for (let page = 0; page < 9 && path !== ''; page++) {
      const { html } = await open(keeper, path);
      seen.push(...rows(html));
      path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    }
    const here = db()('grants').where('org_id', 'like', '532628%').distinct('account_id');
    expect(seen).to.have.length((await here).length);
    expect(new Set(seen).size).to.equal(seen.length);
    expect(await find('state=never&text=village2')).to.deep.equal(['盘志华']);
    expect(await find('state=never&text=secadmin')).to.deep.equal([]);
  });

  it('another county’s accounts are not there', async () => {
    const fields = { name: '陆远', role: 'window', org: '532627', from: '2026-09-28' };
    await told(submit('/admin/accounts/new', fields), '您管理的范围里没有');
    const grant = { role: 'window', org: '532627', subtree: false, from: '2026-09-28', to: null };
    const far = { login: 'far', name: '陆远', password: 'far away house', grants: [grant] };
    const id = await createAccount(house.service.deps, 'console', far);
    expect((await open(keeper, `/admin/accounts/${id}`)).status).to.equal(404);
    expect((await sendPlain(keeper, `/admin/accounts/${id}/password`, [])).status).to.equal(404);
    expect((await open(keeper, '/admin/accounts?text=far')).html).to.include('没有符合条件的账号');
  });

  let first = '';
  it('an account is opened with a login out of the name and a password for one sign-in', async () => {
    const post = { role: 'clerk', org: '532628103201', from: '2026-09-28', to: '' };
    await told(submit('/admin/accounts/new', { name: '', ...post }), '请填写姓名');
    await told(
      submit('/admin/accounts/new', { name: '黄小云', ...post, org: '532628103' }),
      '没有村代办员这个岗位',
    );
    await told(
      submit('/admin/accounts/new', { name: '黄小云', login: 'village', ...post }),
      '这个账号名已被使用',
    );
    const { html: form } = await open(keeper, '/admin/accounts/new');
    const fields: [string, string][] = [
      ['_request', inputValue(form, '_request')],
      ['name', '黄小云'],
      ...Object.entries(post),
    ];
    const { status, html } = await sendPlain(keeper, '/admin/accounts/new', fields);
    expect(status).to.equal(200);
    expect(html).to.include('huangxiaoyun');
    first = passwordIn(html);
    const again = await sendPlain(keeper, '/admin/accounts/new', fields);
    expect(again.html).to.include('不再显示').and.not.include(first);
    expect(await db()('accounts').where({ name: '黄小云' })).to.have.length(1);
    expect(JSON.stringify([await db()('requests'), await db()('audit')])).not.to.include(first);
    const second = await submit('/admin/accounts/new', { name: '黄小云', ...post });
    expect(second.html).to.include('huangxiaoyun2');
  });

  it('until the password is changed nothing is open but the own account', async () => {
    const { client } = await signIn('huangxiaoyun', first);
    expect((await open(client, '/inbox')).location).to.equal('/account');
    expect((await client.get<{ code: string }>('/api/cases')).body.code).to.equal('account.must_change');
    expect((await sendPlain(client, '/account/leave', [])).status).to.equal(403);
    expect((await open(client, '/account')).html).to.include('请先修改密码');
    const change = (next: string) =>
      sendPlain(client, '/account/password', [
        ['current', first],
        ['next', next],
        ['again', next],
      ]);
    expect((await change(first)).html).to.include('新密码不能和现在的密码一样');
    expect((await change('seven green hats')).status).to.equal(303);
    expect((await open(client, '/inbox')).status).to.equal(200);
    expect((await signIn('huangxiaoyun', first)).status).to.equal(401);
  });

  it('grants: only roles of the place, none twice, an administrator’s beside no other; each written down', async () => {
    const path = `${await pathOf('town-window')}/grant`;
    const { id } = await accountOf('town-window');
    const give = (role: string, org: string, more: Record<string, string> = {}) =>
      submit(path, { role, org, from: '2026-09-28', to: '', ...more });
    await told(give('', '剥隘镇'), '请选择岗位');
    await told(give('clerk', '剥隘镇'), '没有村代办员这个岗位');
    await told(give('window', '剥隘镇'), '已经有这个岗位');
    for (const role of ['system-admin', 'security-admin', 'auditor'])
      await told(give(role, '富宁县'), '各自单独设账号');
    const auditor = `${await pathOf('auditor')}/grant`;
    for (const role of ['window', 'inspector', 'system-admin'])
      await told(submit(auditor, { role, org: '富宁县', from: '2026-09-28' }), '各自单独设账号');
    await told(give('leader', '剥隘镇', { from: '2026-09-27' }), '不能早于今天');
    await told(give('leader', '剥隘镇', { to: '2026-09-01' }), '不能早于开始日期');
    expect((await give('leader', '剥隘镇', { to: '2026-12-31' })).status).to.equal(303);
    const [detail] = await audited('grant.give', id);
    expect(detail.before).to.have.length(1);
    expect(detail.given).to.include({ role: 'leader', org: '532628103', to: '2026-12-31' });
    const grants = await db()('grants').where({ account_id: id });
    expect(grants).to.have.length(2);
  });

  it('a grant is withdrawn at once or from a day on, with its reason; the history stays', async () => {
    const [grant] = await db()('grants').where({
      role: 'leader',
      org_id: '532628103',
      valid_to: '2026-12-31',
    });
    const path = `/admin/grants/${grant.id}/withdraw`;
    const window = await house.as('town-window');
    expect((await open(window, '/account')).html).to.include('分管领导');
    await told(submit(path, { on: '2026-09-28', reason: '' }), '请填写收回的原因');
    await told(submit(path, { on: '2026-09-27', reason: '调整' }), '不能早于今天');
    expect((await submit(path, { on: '2026-09-28', reason: '调整分工' })).status).to.equal(303);
    expect((await open(window, '/account')).html).not.to.include('分管领导');
    const [detail] = await audited('grant.withdraw', grant.account_id);
    expect(detail).to.deep.include({ reason: '调整分工' });
    expect([detail.before.to, detail.after.to]).to.deep.equal(['2026-12-31', '2026-09-27']);
    const page = await open(keeper, await pathOf('town-window'));
    expect(page.html).to.include('当天收回').and.include('郑云霞收回');
    expect((await submit(path, { on: '2026-09-28', reason: '再来' })).status).to.equal(409);
  });

  it('nobody keeps his own account', async () => {
    const own = await pathOf('secadmin');
    expect((await open(keeper, own)).html).to.include('要请另一位安全管理员');
    const [grant] = await db()('grants').where({ role: 'security-admin' });
    const tries: [string, Record<string, string>][] = [
      [`${own}/grant`, { role: 'auditor', org: '富宁县', from: '2026-09-28' }],
      [`${own}/disable`, { reason: '试试' }],
      [`${own}/password`, {}],
      [`/admin/grants/${grant.id}/withdraw`, { on: '2026-09-28', reason: '试试' }],
    ];
    for (const [path, fields] of tries)
      expect((await sendPlain(keeper, path, Object.entries(fields))).status, path).to.equal(403);
  });

  it('an administrator’s role waits for a second security administrator as soon as there is one', async () => {
    const openNew = async (name: string, role: string, client = keeper) => {
      const fields = { name, role, org: '富宁县', subtree: 'on', from: '2026-09-28' };
      const { html } = await submit('/admin/accounts/new', fields, client);
      return { login: /<code>([a-z0-9]+)<\/code>/.exec(html)?.[1] ?? '', password: passwordIn(html) };
    };
    const own = async ({ login, password }: { login: string; password: string }) => {
      const { client } = await signIn(login, password);
      const next = 'eleven quiet boats';
      await sendPlain(client, '/account/password', [
        ['current', password],
        ['next', next],
        ['again', next],
      ]);
      return client;
    };
    const second = await own(await openNew('苏文', 'security-admin'));
    expect((await open(second, '/admin/accounts')).status).to.equal(200);
    const third = await openNew('马骏', 'auditor');
    const auditor = await own(third);
    expect((await open(auditor, '/admin')).status).to.equal(403);
    const [grant] = await db()('grants').where({ pending: 1 });
    expect(
      (await sendPlain(keeper, `/admin/grants/${grant.id}/agree`, [['account', grant.account_id]])).status,
    ).to.equal(403);
    const page = await open(second, await pathOf(third.login));
    expect(page.html).to.include('待另一位确认');
    const agreed = await sendPlain(second, `/admin/grants/${grant.id}/agree`, [
      ['account', grant.account_id],
    ]);
    expect(agreed.location).to.equal(await pathOf(third.login));
    expect((await open(auditor, '/admin')).status).to.equal(200);
    expect(await audited('grant.agree', grant.account_id)).to.have.length(1);
    const leave = {
      deputy: (await accountOf('secadmin')).id,
      from: '2026-09-28',
      to: '2026-09-30',
      post: 'all',
    };
    expect((await submit(`${await pathOf('suwen')}/leave`, { ...leave, reason: '培训' })).status).to.equal(
      303,
    );
    await openNew('莫宁', 'auditor');
    expect(
      await db()('grants').where({ pending: 1, ended_at: null }),
      'sent on leave by the giver',
    ).to.have.length(1);
    const [waiting] = await db()('grants').where({ pending: 1, ended_at: null });
    const lent = { role: 'security-admin', org: '532601', subtree: true, from: '2026-01-01', to: null };
    const password = 'a lent pair of eyes';
    const standIn = { login: 'standin', name: '代班', password, grants: [lent] };
    const deputy = await createAccount(house.service.deps, 'console', standIn);
    expect((await submit('/account/leave', { ...leave, deputy, reason: '出差' })).status).to.equal(303);
    const { client } = await signIn('standin', password);
    const byDeputy = await sendPlain(client, `/admin/grants/${waiting.id}/agree`, [
      ['account', waiting.account_id],
    ]);
    expect(byDeputy.status, 'in the place of the giver').to.equal(403);
    expect(await db()('grants').where({ pending: 1, ended_at: null })).to.have.length(1);
    const [lending] = await db()('deputies').where({ deputy_id: deputy });
    await sendPlain(keeper, `/account/leave/${lending.id}/end`, []);
    const [{ id }] = await db()('grants').where({ account_id: (await accountOf('suwen')).id });
    await submit(`/admin/grants/${id}/withdraw`, { on: '2026-09-28', reason: '考察结束' });
    expect((await open(second, '/admin/accounts')).status).to.equal(403);
  });

  it('of two grants, or two leaves, at the same moment one is refused', async () => {
    const { id } = await accountOf('town2-window');
    const path = `/admin/accounts/${id}`;
    const both = (to: string, fields: Record<string, string>) =>
      Promise.all([1, 2].map(() => sendPlain(keeper, `${path}/${to}`, Object.entries(fields))));
    for (const day of ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']) {
      const given = await both('grant', { role: 'inspector', org: '532628205', from: day, to: day });
      expect(given.map((a) => a.status).sort(), day).to.deep.equal([303, 422]);
      const deputy = (await accountOf('county-window')).id;
      const leave = { deputy, from: day, to: day, post: 'window@532628205', reason: '培训' };
      expect((await both('leave', leave)).map((a) => a.status).sort(), day).to.deep.equal([303, 422]);
    }
    expect(await db()('grants').where({ account_id: id, role: 'inspector' })).to.have.length(4);
  });

  it('locked, unlocked, signed out, shut out and let in again', async () => {
    const path = await pathOf('town2-window');
    const client = await house.as('town2-window');
    for (let i = 0; i < 5; i++) await signIn('town2-window', 'wrong password');
    expect((await open(keeper, '/admin/accounts?state=locked')).html)
      .to.include('邓小玲')
      .and.not.include('农秀兰');
    await press(`${path}/unlock`);
    expect((await open(keeper, '/admin/accounts?state=locked')).html).not.to.include('邓小玲');
    await press(`${path}/sessions`);
    expect((await client.get('/api/session')).status).to.equal(401);
    await told(submit(`${path}/disable`, { reason: ' ' }), '请填写停用的原因');
    expect((await submit(`${path}/disable`, { reason: '借调' })).location).to.equal(path);
    expect((await open(keeper, path)).html).to.include('借调');
    expect((await open(keeper, '/admin/accounts?state=disabled')).html).to.include('邓小玲');
    expect((await signIn('town2-window', 'cunban-demo-2026')).status).to.equal(401);
    await press(`${path}/enable`);
    expect((await signIn('town2-window', 'cunban-demo-2026')).status).to.equal(200);
    const { html } = await press(`${path}/password`);
    expect((await signIn('town2-window', 'cunban-demo-2026')).status).to.equal(401);
    expect((await signIn('town2-window', passwordIn(html))).status).to.equal(200);
    const { id } = await accountOf('town2-window');
    for (const act of [
      'account.unlock',
      'session.end',
      'account.disable',
      'account.enable',
      'account.reset-password',
    ])
      expect(await audited(act, id), act).to.have.length(1);
  });

  it('a leave is entered for somebody who cannot do it himself', async () => {
    const path = `${await pathOf('county-window')}/leave`;
    const deputy = (await accountOf('town-window')).id;
    const fields = { deputy, from: '2026-09-28', to: '2026-09-30', post: 'all', reason: '住院' };
    expect((await submit(path, fields)).status).to.equal(303);
    expect((await open(await house.as('town-window'), '/account')).html).to.include('您正在代：何佳慧');
    const [leave] = await db()('deputies').where({ deputy_id: deputy });
    expect((await sendPlain(keeper, `${path}/${leave.id}/end`, [])).location).to.equal(path);
    expect((await open(await house.as('town-window'), '/account')).html).not.to.include('您正在代');
  });

  const upload = async (csv: string) => {
    const { html } = await open(keeper, '/admin/accounts/table');
    const file = new Blob([csv], { type: 'text/csv' });
    return send(keeper, '/admin/accounts/table', [
      ['_request', inputValue(html, '_request')],
      ['file', file, '账号.csv'],
    ]);
  };
  const HEAD = '姓名,账号,岗位,机构,连同下级,起,止\n';

  it('several at once: faults are shown and nothing is written; when all is well they are opened together', async () => {
    const count = async () => Number((await db()('accounts').count('* as n').first())?.n);
    const before = await count();
    await told(upload('甲,乙\n'), '第一行应为');
    const wrong = await upload(
      `${HEAD}农小兰,,村代办员,剥隘镇,否,,\n,,村代办员,532628103201,否,,\n李春,village,窗口受理员,剥隘镇,也许,明天,\n陆远,,皇帝,532628103201,,,\n`,
    );
    expect(wrong.status).to.equal(422);
    for (const words of [
      '没有村代办员这个岗位',
      '请填写姓名',
      '已被使用',
      '“连同下级”填',
      '“明天”不是日期',
      '没有“皇帝”',
    ])
      expect(wrong.html, words).to.include(words);
    expect(wrong.html).not.to.include('name="applicants"');
    expect(await count()).to.equal(before);
    const right = await upload(
      `${HEAD}农小兰,,村代办员,532628103201,否,,\n农小兰,,窗口受理员,剥隘镇,,2026-10-01,2027-09-30\n`,
    );
    expect(right.html).to.include('nongxiaolan').and.include('nongxiaolan2');
    expect(await count()).to.equal(before);
    const applicants = inputValue(right.html, 'applicants').replaceAll('&quot;', '"');
    const fields: [string, string][] = [
      ['_request', inputValue(right.html, '_request')],
      ['applicants', applicants],
    ];
    const done = await sendPlain(keeper, '/admin/accounts/table/open', fields);
    expect(done.html).to.include('开通了 2 个账号');
    expect(await count()).to.equal(before + 2);
    expect(
      (await signIn('nongxiaolan2', passwordIn(done.html.split('nongxiaolan2')[1] ?? ''))).status,
    ).to.equal(200);
    const tampered = applicants.replaceAll('532628103201', '532627103201');
    const refused = await sendPlain(keeper, '/admin/accounts/table/open', [['applicants', tampered]]);
    expect(refused.status).to.equal(422);
    expect(await count()).to.equal(before + 2);
  });
});
