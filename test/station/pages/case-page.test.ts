/** The page of a case, its correction composer, and what is seen when it comes back: over HTTP, on both databases. */
import { expect } from 'chai';
import type { CaseView } from '../../../src/station/cases/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, openHouse, PNG, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { inputValue, open, send } from './browser.ts';

interface Form {
  applicant: { address: string; idNumber: string; phone: string };
  household: Record<string, unknown>[];
}

onEachDatabase('pages: a case at first look, corrected, and back', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let walk: Walker;
  let window: Client;
  let clerk: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    [window, clerk] = [await house.as('town-window'), await house.as('village')];
    walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const path = () => `/cases/${walk.id}`;
  const api = () => `/api${path()}`;
  const pageOf = async (login: string, at = path()) => (await open(await house.as(login), at)).html;
  const section = (html: string, id: string) => {
    const from = html.indexOf(`id="${id}"`);
    expect(from, id).to.be.above(0);
    return html.slice(from, html.indexOf('</section>', from));
  };

  it('answers at first look: where it is, who has it, till when and why, what is possible and by which key', async () => {
    const glance = section(await pageOf('town-window'), 'now');
    expect(glance)
      .to.match(/step-past[^>]*><b>收件<\/b>/)
      .and.match(/step-now"[^>]*aria-current="step"[^>]*><b>受理/);
    expect(glance).to.match(/step-ahead[^>]*><b>乡镇初审/);
    expect(glance).to.include('现在由剥隘镇的便民服务窗口办理').and.include('还剩 5 个工作日');
    expect(glance).to.include('2026年10月10日').and.include('从 2026年9月28日 起 5 个工作日');
    expect(glance)
      .to.match(/act\/ACCEPT" data-key="a"/)
      .and.match(/act\/REQUEST_CORRECTION" data-key="b"/);
    expect(glance.indexOf('act/ACCEPT')).to.be.below(glance.indexOf('act/REFUSE'));
  });

  it('leaves out steps this file will not take', async () => {
    const glance = section(await pageOf('town-window'), 'now');
    expect(glance, 'no close relative of an official applies').not.to.include('近亲属备案核查');
  });

  it('tells whoever may do nothing who may', async () => {
    const glance = section(await pageOf('mz-officer'), 'now');
    expect(glance).not.to.include('/act/ACCEPT');
    expect(glance).to.match(/受理、[^<]*：由剥隘镇的便民服务窗口办理/);
  });

  it('draws the way walked, and tells it as a list', async () => {
    const drawing = section(await pageOf('town-window'), 'drawing');
    expect(drawing.split('data-way="walked"').length - 1).to.equal(1);
    expect(drawing).to.include('data-way="faint"').and.include('粗蓝线、浅蓝框是走过的路');
    const html = await pageOf('town-window');
    const list = html.slice(html.indexOf('走过的环节'));
    expect(list).to.match(/填写中.*2026年9月28日 09:40 收件，提交申请，到 <strong>待受理<\/strong>/s);
  });

  it('says on the page of an act what follows it, and puts the keyboard into the opinion', async () => {
    const act = await pageOf('town-window', `${path()}/act/ACCEPT`);
    expect(act).to.include('接下来：家庭经济状况核对（富宁县民政局的承办人，5 个工作日）。');
    expect(act).to.match(
      /<textarea[^>]*name="\/opinion"[^>]*autofocus|<textarea[^>]*autofocus[^>]*name="\/opinion"/,
    );
  });

  it('shows form and pictures side by side, one picture at a time', async () => {
    const review = await pageOf('town-window', `${path()}/review`);
    const files = [...review.matchAll(/review\?file=([0-9a-z]{26})"/g)].map((m) => m[1] as string);
    expect(new Set(files).size).to.be.at.least(2);
    expect(review).to.include('data-key="["').and.include('现住址');
    const second = await pageOf('town-window', `${path()}/review?file=${files[1]}`);
    expect(second).to.include(`<img src="${path()}/materials/${files[1]}"`);
    expect((await open(await house.as('village2'), `${path()}/review`)).status).to.equal(404);
  });

  it('turns ticks into rows with an example and reasons of the kind, without script', async () => {
    const act = `${path()}/act/REQUEST_CORRECTION`;
    const form = await open(window, act);
    const version = ['version', inputValue(form.html, 'version')] as const;
    const ticks = ['/form/applicant/phone', '/materials/authorisation'].map((p) => ['_pick', p] as const);
    const listed = await send(window, act, [version, ...ticks, ['_compose', 'yes']]);
    expect(listed.status).to.equal(200);
    expect(listed.html).to.include('name="/faults/1/reason"').and.not.include('name="/faults/2/reason"');
    expect(listed.html).to.include('value="/faults/0/reason|照片不清楚，请重拍"');
    expect(listed.html).to.include('value="/faults/1/reason|打不通，请核对"');
    expect(listed.html).to.match(/name="\/faults\/1\/example"[^>]*>11 位手机号</);
    expect(listed.html).to.match(/value="\/form\/applicant\/phone" checked/);
    const rows = [
      ['/faults/0/target', '材料：家庭经济状况核对授权书'],
      ['/faults/0/reason', '照片不清楚，请重拍'],
      ['/faults/1/target', '申请人 › 手机号码'],
    ] as const;
    const picked = ticks.map(([, p]) => ['_picked', p] as const);
    const [, material] = ticks;
    const fewer = await send(window, act, [
      version,
      ...rows,
      ...picked,
      material as never,
      ['_compose', 'yes'],
    ]);
    expect(fewer.html).to.include('name="/faults/0/reason"').and.not.include('name="/faults/1/reason"');
    const unsaid = await send(window, act, [version, ['_pick', '/form/applicant/address']]);
    expect(unsaid.status).to.equal(422);
    expect(unsaid.html).to.include('id="f-data-faults-0-reason__error"');
    expect((await clerk.get<CaseView>(api())).body.state).to.equal('acceptance.pending');
  });

  it('sends every fault once, each on its field or material', async () => {
    await house.at('2026-09-29T09:40:00+08:00');
    const act = `${path()}/act/REQUEST_CORRECTION`;
    const form = await open(window, act);
    const sent = await send(window, act, [
      ['version', inputValue(form.html, 'version')],
      ['_pick', '/form/applicant/address'],
      ['_pick', '/form/applicant/ethnicity'],
      ['_pick', '/materials/authorisation'],
      ['/faults/0/target', '申请人 › 现住址'],
      ['/faults/0/reason', '没有写到村民小组'],
      ['/faults/1/target', '申请人 › 民族'],
      ['/faults/1/reason', '和户口簿不一致'],
      ['/faults/2/target', '材料：家庭经济状况核对授权书'],
      ['/faults/2/reason', '照片不清楚，请重拍'],
    ]);
    expect(sent.status, sent.html.slice(0, 200)).to.equal(303);
    const { faults } = (await clerk.get<CaseView>(api())).body;
    expect(faults.map((f) => f.pointer)).to.deep.equal([
      '/form/applicant/address',
      '/form/applicant/ethnicity',
      '/materials/authorisation',
    ]);
    const waiting = section(await pageOf('town-window'), 'now');
    expect(waiting).to.include('等申请人补正，由剥隘村委会的村代办员代办');
  });

  it('compares what came back: fields, rows and files, and what was asked for and left', async () => {
    const { version, materials } = (await clerk.get<CaseView>(api())).body;
    const form = exampleForm(house.service, 'MZ-01') as unknown as Form;
    form.applicant.address += '（第三小组）';
    form.applicant.phone = form.applicant.phone.replace(/^(\d{3})\d/, (_, head) => `${head}7`);
    const before = form.household.length;
    form.household.pop();
    const saved = await clerk.send('PUT', `${api()}/form`, { form, version });
    expect(saved.status, JSON.stringify(saved.body)).to.equal(200);
    const other = materials.find((m) => m.files.length > 0 && m.id !== 'authorisation');
    const body = new FormData();
    body.set('material', other?.id ?? '');
    body.set('file', new Blob([PNG, Buffer.from('x')], { type: 'image/png' }), '新的一页.png');
    expect((await clerk.post(`${api()}/materials`, body)).status).to.equal(201);
    const again = (await clerk.get<CaseView>(api())).body.version;
    const back = await clerk.post<CaseView>(`${api()}/events`, {
      event: 'RESUBMIT',
      version: again,
      data: {},
    });
    expect(back.status, JSON.stringify(back.body)).to.equal(200);
    expect(before).to.be.above(1);
    for (const html of [await pageOf('town-window'), await pageOf('town-window', `${path()}/act/ACCEPT`)]) {
      const card = section(html, 'changes');
      expect(card).to.include('（第三小组）').and.include('新的一页.png');
      expect(card)
        .to.match(/badge-warn">删去/)
        .and.match(/badge-done">新加/);
      const left = card.slice(card.indexOf('没有改动的'));
      expect(left).to.match(/要求补正、但没有改动的 2 处|没有改动的 2 处/);
      expect(left).to.include('申请人 › 民族').and.include('家庭经济状况核对授权书');
      expect(card).to.include('号码不同，已隐去');
      expect(card).not.to.match(/\d{17}[\dX]/);
    }
    expect(section(await pageOf('town-window'), 'story')).to.match(/改动：\d+ 处：申请人 › 现住址/);
  });

  it('opens the form as the last officer saw it, masked, and only to whom may see the case', async () => {
    const html = await pageOf('town-window');
    const [, seen] = /href="(\/cases\/[0-9a-z]{26}\/as-of\/\d+)">上一位（李春燕）/.exec(html) ?? [];
    expect(seen).to.be.a('string');
    const then = await open(window, seen as string);
    expect(then.html).to.include('当时的申请表').and.not.include('（第三小组）');
    expect(then.html).not.to.match(/\d{17}[\dX]/);
    expect((await open(window, `${path()}/as-of/99`)).status).to.equal(404);
    expect((await open(await house.as('village2'), seen as string)).status).to.equal(404);
    expect((await open(await house.as('sysadmin'), seen as string)).status).to.equal(404);
  });
});
