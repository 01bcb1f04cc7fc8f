/** The log of acts, as an auditor reads it; and that every act has words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../src/platform/paths.ts';
import { ACTS, detailText } from '../../../src/station/admin/people/audit/words.ts';
import { ERROR_WORDING } from '../../../src/wording.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { open, sendPlain } from '../pages/browser.ts';

describe('words for the log of acts', () => {
  const PLANS = ['merge', 'split', 'dissolve', 'retype'];
  /** Acts put together in the source, each with what it can become. */
  const TOGETHER: Record<string, string[]> = {
    '`cash.${act}`': [],
    '`job.${act}`': ['job.retry', 'job.park'],
    '`org.${plan.kind}-ask`': PLANS.map((plan) => `org.${plan}-ask`),
    '`org.${plan.kind}-${decision}`': PLANS.flatMap((plan) =>
      ['approve', 'refuse', 'undo'].map((decision) => `org.${plan}-${decision}`),
    ),
    '`parameter.${decision}`': ['parameter.approve', 'parameter.refuse', 'parameter.withdraw'],
    '`${kind}.print`': ['paper.print', 'certificate.print'],
  };
  const files = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f) && !f.endsWith('audit/words.ts'))
    .map((f) => readFileSync(join(projectRoot, 'src', f), 'utf8'))
    .filter((text) => /platform\/audit\/index\.ts|noteLook|audited\(/.test(text));
  const found = (pattern: RegExp) =>
    files.flatMap((text) => [...text.matchAll(pattern)].map((m) => m[1] as string));

  it('every act in the source has words', () => {
    const plain = found(/'([a-z]{3,}\.[a-z]+(?:-[a-z]+)*)'/g).filter((a) => !(a in ERROR_WORDING));
    const bare = found(/audited\(\s*trx,\s*deps,\s*who,\s*'([a-z.-]+)'/g);
    const cash = bare.map((a) => `cash.${a}`);
    const acts = [...plain, ...cash, ...Object.values(TOGETHER).flat()].filter((a) => !bare.includes(a));
    expect(new Set(acts).size).to.be.greaterThan(80);
    expect([...new Set(acts)].filter((a) => !(a in ACTS))).to.deep.equal([]);
  });

  it('every act put together is known here', () => {
    const together = found(/(?:act: |who, )(`[^`]*\$\{[^`]*`)/g);
    expect(together).to.have.length.greaterThan(3);
    expect([...new Set(together)].filter((t) => !(t in TOGETHER))).to.deep.equal([]);
  });

  it('no words stand for nothing', () => {
    const all = files.join('\n');
    const acts = [...Object.values(TOGETHER).flat()];
    const idle = Object.keys(ACTS).filter(
      (a) => !all.includes(`'${a}'`) && !acts.includes(a) && !all.includes(`'${a.replace(/^cash\./, '')}'`),
    );
    expect(idle).to.deep.equal([]);
  });

  it('of acts on cases and people nothing is told beyond the act', () => {
    expect(detailText('citizen.rename', { name: '农秀兰' }, String)).to.equal('');
    const given = { role: 'clerk', org: '532628103201', subtree: false, from: '2026-09-28', to: null };
    expect(detailText('grant.give', { before: [], given, waits: false }, String)).to.equal(
      '之前 无；授予 532628103201 clerk（2026-09-28 至 长期）；等待确认 否',
    );
  });
});

onEachDatabase('the log of acts', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let auditor: Client;
  let walk: Walker;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, { LOG_LEVEL: 'fatal' });
    await house.at('2026-09-28T09:00:00+08:00');
    auditor = await house.as('auditor');
    walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const db = () => house.service.deps.db.read;
  const rows = (html: string) => html.split('<tbody>')[1]?.split('<tr').length ?? 1;
  const look = (query: string) => open(auditor, `/admin/audit?${query}`);

  it('is for auditors; each look is written down', async () => {
    for (const login of ['sysadmin', 'secadmin', 'village', 'mz-leader', 'inspector'])
      for (const path of ['/admin/audit', '/admin/audit/export', '/admin/audit/check'])
        expect((await open(await house.as(login), path)).status, `${login} ${path}`).to.equal(403);
    const before = await db()('audit').where({ act: 'audit.look' });
    expect((await look('act=session.open')).status).to.equal(200);
    const looks = await db()('audit').where({ act: 'audit.look' });
    expect(looks).to.have.length(before.length + 1);
    expect(JSON.parse(looks.at(-1).detail)).to.deep.equal({ asked: { act: 'session.open' } });
  });

  it('is narrowed by person, act, subject and days, and turned by key', async () => {
    expect((await look('person=农秀兰')).html)
      .to.include('农秀兰')
      .and.not.include('何佳慧');
    expect((await look('person=county-window&act=session.open')).html)
      .to.include('何佳慧')
      .and.include('登录');
    expect((await look('person=nobody')).html).to.include('没有符合条件的记录');
    expect((await look('to=2025-12-31')).html).to.include('没有符合条件的记录');
    const [{ id }] = await db()('accounts').where({ login: 'village' });
    expect((await look(`subject=${id}`)).html)
      .to.include('登录')
      .and.not.include('何佳慧');
    for (let i = 0; i < 60; i++) await look('act=none');
    const first = await look('act=audit.look');
    const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(rows(first.html)).to.equal(51);
    const second = await open(auditor, next);
    expect(rows(second.html)).to.be.within(5, 51);
    expect(second.html).to.include('« 第一页');
  });

  it('shows no number and no name of a citizen', async () => {
    const form = exampleForm(house.service, 'NY-04') as { applicant: { name: string } };
    const clerk = await house.as('village');
    await sendPlain(clerk, `/cases/${walk.id}/reveal`, []);
    const { html } = await look('');
    expect(html)
      .not.to.include(form.applicant.name)
      .and.not.match(/\d{17}[\dX]/);
  });

  it('is exported, and that is written down', async () => {
    const { status, html, headers } = await open(auditor, '/admin/audit/export?person=农秀兰');
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.include('text/csv');
    expect(html)
      .to.include('"时间","谁","账号","做了什么","对象","内容"')
      .and.include('"农秀兰","village","登录"');
    const [line] = await db()('audit').where({ act: 'audit.export' });
    expect(JSON.parse(line.detail)).to.deep.include({ asked: { person: '农秀兰' } });
  });

  it('logs of cases are checked: sound ones, one that was changed, one that does not exist', async () => {
    const check = (fields: [string, string][]) => sendPlain(auditor, '/admin/audit/check', fields);
    expect((await check([['number', walk.view.number as string]])).html).to.include('核对了 1 件、2 条记录');
    expect((await check([['last', '50']])).html).to.include('日志完整');
    const wrong = await check([['number', '532628103201-2020-0101-NY-04-000001']]);
    expect([wrong.status, wrong.html.includes('没有这个编号的办件')]).to.deep.equal([422, true]);
    expect((await check([['last', '0']])).status).to.equal(422);
    expect((await check([['last', '5000']])).status).to.equal(422);
    const forged = await openCase(house, 'NY-04');
    await forged.act('village', 'FILE');
    const { write } = house.service.deps.db;
    const [row] = await write('case_events').where({ case_id: forged.id });
    await write('case_events').insert({ ...row, seq: 2, actor_name: '冒名', prev_hash: row.hash });
    const broken = await check([['last', '50']]);
    expect(broken.html)
      .to.include('有 1 件的日志不符')
      .and.include('第 2 条')
      .and.include(forged.view.number as string);
    expect(broken.html).not.to.include('冒名');
    expect(await db()('audit').where({ act: 'audit.check' })).to.have.length(3);
  });
});
