import { expect } from 'chai';
import type { DayList } from '../../../src/station/desk/queries.ts';
import type { DeskPerson, DeskView, HandOverResult, ListLine } from '../../../src/station/desk/types.ts';
import { personKey } from '../../../src/station/persons.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { identity, nameOf } from '../../support/payouts.ts';
import { type Client, exampleForm, type House, openHouse, SIGNATURE } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { cashRun, closed, must, receivedBag, refused, VILLAGE } from '../cash/village.ts';
import { open, send } from '../pages/browser.ts';

const DAY = '2026-10-12';
const ON_PAPER = '纸质签名或者按指印';

onEachDatabase('the hand-over desk', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  let committee: Client;
  let applicant: { name: string; idNumber: string };
  let key: string;
  let collecting: Walker;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at(`${DAY}T09:00:00+08:00`);
    clerk = await house.as('village');
    committee = await house.as('committee');
    applicant = exampleForm(house.service, 'WJ-01').applicant as typeof applicant;
    key = personKey(house.service.deps.vault, applicant.idNumber);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const desk = async (client: Client, query = '') => must(await client.get<DeskView>(`/api/desk${query}`));
  const person = async (client: Client) =>
    must(await client.get<{ person: DeskPerson; handed: ListLine[] }>(`/api/desk/people/${key}`));

  it('says that nothing lies ready, and what will', async () => {
    expect(await desk(clerk)).to.include({ total: 0, pages: 1 });
    const { status, html } = await open(clerk, '/desk');
    expect([status, html.includes('现在没有待领取的')]).to.deep.equal([200, true]);
    expect((await open(clerk, `/desk/people/${key}`)).status).to.equal(404);
  });

  it('gathers case, decision and money of one person, whoever sent them', async () => {
    collecting = await openCase(house, 'WJ-01');
    await collecting.act('village', 'FILE');
    await collecting.act('town-wj', 'APPROVE', { opinion: '信息一致' });
    const rejected = await openCase(house, 'WJ-01');
    await rejected.act('village', 'FILE');
    await rejected.act('town-wj', 'REJECT', {
      facts: '信息与登记不一致',
      evidence: '登记信息截图',
      reasons: [{ reason: '信息不一致', basis: '办事指南第一条' }],
      falsehood: '没有',
    });
    await cashRun(house, {
      count: 25,
      over: (i) =>
        i > 0
          ? {}
          : {
              name: applicant.name,
              person: key,
              payee: {
                name: applicant.name,
                idNumber: applicant.idNumber,
                phone: null,
                holder: applicant.name,
                bank: '',
                account: '',
              },
            },
    });
    await receivedBag(house);
    const { person: one } = await person(clerk);
    expect(one.items.map((i) => i.kind).sort()).to.deep.equal(['case', 'cash', 'paper']);
    expect(one.name).to.equal(applicant.name);
    expect(JSON.stringify(await desk(clerk))).not.to.include(applicant.idNumber);
  });

  it('shows the rest on a second page', async () => {
    const [first, second] = [await desk(clerk), await desk(clerk, '?page=2')];
    expect([first.total, first.people.length, second.people.length]).to.deep.equal([25, 20, 5]);
    const { html } = await open(clerk, '/desk');
    expect(html).to.include('page=2');
  });

  it('finds by name and by the last four figures; that is written down', async () => {
    expect((await desk(clerk, `?q=${encodeURIComponent(nameOf(3))}`)).people.map((p) => p.name)).to.include(
      nameOf(3),
    );
    const found = await desk(clerk, `?q=${identity(7).slice(-4).toLowerCase()}`);
    expect(found.people.map((p) => p.name)).to.include(nameOf(7));
    const looked = await house.service.deps.db.read('audit').where({ act: 'desk.look-up' });
    expect(looked.length).to.equal(1);
    expect((await desk(clerk, '?q=没有这个人')).total).to.equal(0);
  });

  it('another village sees nothing of it; the committee looks, and hands nothing over', async () => {
    const foreign = await house.as('village2');
    expect((await desk(foreign)).total).to.equal(0);
    await refused(foreign.get(`/api/desk/people/${key}`), 404, 'citizen.not_found');
    await refused(foreign.get(`/api/desk?village=${VILLAGE}`), 404, 'cash.not_found');
    const items = (await person(committee)).person.items.map(({ kind, id }) => ({ kind, id }));
    await refused(
      committee.post(`/api/desk/people/${key}/hand-over`, { items, data: {} }),
      403,
      'not_allowed',
    );
    await refused((await house.as('town-mz')).get('/api/desk'), 403, 'not_allowed');
  });

  it('refuses what is not filled in or not theirs, and hands over nothing', async () => {
    const items = (await person(clerk)).person.items.map(({ kind, id }) => ({ kind, id }));
    const self = {
      collector: '本人',
      name: applicant.name,
      idNumber: applicant.idNumber,
      idChecked: true,
      signedBy: ON_PAPER,
      witness: '黄大年',
    };
    const faults = async (data: object) =>
      (
        await refused(
          clerk.post(`/api/desk/people/${key}/hand-over`, { items, data }),
          422,
          'request.invalid',
        )
      ).faults?.map((f) => f.pointer);
    expect(await faults({ ...self, witness: undefined })).to.deep.equal(['/data/witness']);
    expect(await faults({ ...self, witness: '农秀兰' })).to.deep.equal(['/data/witness']);
    expect(await faults({ ...self, idNumber: identity(99) })).to.deep.equal(['/data/idNumber']);
    expect(await faults({ ...self, collector: '代领', relation: '儿子' })).to.deep.equal(['/data/receiver']);
    expect((await person(clerk)).person.items.length).to.equal(3);
  });

  it('without script: everything in one go, signed on paper; then what to print', async () => {
    const page = await open(clerk, `/desk/people/${key}`);
    const values = [...page.html.matchAll(/name="_item" value="([^"]+)"/g)].map((m) => m[1] as string);
    expect(values.length).to.equal(3);
    const fields: [string, string][] = [
      ...values.map((v): [string, string] => ['_item', v]),
      ['_request', 'desk-test-1'],
      ['/collector', '本人'],
      ['/name', applicant.name],
      ['/idNumber', applicant.idNumber],
      ['/idChecked', 'on'],
      ['/signedBy', ON_PAPER],
      ['/witness', '黄大年'],
    ];
    const missing = await send(
      clerk,
      `/desk/people/${key}`,
      fields.filter(([n]) => n !== '/witness'),
    );
    expect([missing.status, missing.html.includes('error-summary')]).to.deep.equal([422, true]);
    const sent = await send(clerk, `/desk/people/${key}`, fields);
    expect([sent.status, sent.location], sent.html.slice(0, 300)).to.deep.equal([303, `/desk/people/${key}`]);
    const { handed } = await person(clerk);
    expect(handed.length).to.be.greaterThan(2);
    const prints = handed.map((l) => l.print).filter((p): p is string => p !== null);
    for (const path of prints)
      expect((await open(clerk, path)).headers.get('content-type')).to.equal('application/pdf');
    expect(prints.length).to.equal(3);
    expect((await collecting.reload('village')).phase).to.equal('closed');
    await send(clerk, `/desk/people/${key}`, fields);
    expect((await person(clerk)).handed).to.deep.equal(handed);
    const items = values.map((v) => ({ kind: v.split(':')[0], id: v.split(':')[1] }));
    await refused(clerk.post(`/api/desk/people/${key}/hand-over`, { items, data: {} }), 409, 'desk.gone');
    const served = await house.service.deps.db.read('paper_services').where({ outcome: 'served' });
    expect(served.map((s) => s.way)).to.deep.equal(served.map(() => '直接送达'));
  });

  it('a proxy is told once; what cannot be handed over does not hold up the rest', async () => {
    const walk = await openCase(house, 'WJ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-wj', 'APPROVE', { opinion: '信息一致' });
    await cashRun(house, {
      count: 1,
      first: 500,
      over: () => ({
        name: applicant.name,
        person: key,
        lineKey: 'second:1',
        payee: {
          name: applicant.name,
          idNumber: applicant.idNumber,
          phone: null,
          holder: applicant.name,
          bank: '',
          account: '',
        },
      }),
      scheme: 'temporary-aid',
    });
    await receivedBag(house);
    await closed(house, DAY);
    const { items } = (await person(clerk)).person;
    const result = must(
      await clerk.post<HandOverResult>(`/api/desk/people/${key}/hand-over`, {
        items: items.map(({ kind, id }) => ({ kind, id })),
        data: {
          collector: '代领',
          name: nameOf(60),
          idNumber: identity(60),
          relation: '女儿',
          idChecked: true,
          signedBy: '屏幕手写',
          signature: SIGNATURE,
          witness: '黄大年',
          witnessSignature: SIGNATURE,
        },
      }),
    );
    expect([result.done.map((i) => i.kind), result.failed.map((f) => f.item.kind)]).to.deep.equal([
      ['case'],
      ['cash'],
    ]);
    expect(result.failed[0]?.says).to.include('已经日清');
    expect((await walk.reload('village')).phase).to.equal('closed');
  });

  it('the list of the day names everybody who was handed something, and today who still waits', async () => {
    const list = must(await clerk.get<DayList>(`/api/desk/list?day=${DAY}`));
    expect(list.handed.filter((l) => l.key === key && l.amount !== null).length).to.equal(1);
    expect(list.handed.map((l) => l.group)).to.include('者宁小组');
    expect(list.waiting.map((l) => l.name)).to.include(nameOf(5));
    const { html } = await open(clerk, '/desk/list');
    for (const word of ['姓名', '村民小组', '领取', '金额', '签名', nameOf(5)]) expect(html).to.include(word);
    await house.at('2026-10-13T09:00:00+08:00');
    const past = must(await clerk.get<DayList>(`/api/desk/list?day=${DAY}`));
    expect([past.handed.length, past.waiting.length]).to.deep.equal([list.handed.length, 0]);
    expect((await open(clerk, '/desk/list?day=2026-02-30')).status).to.equal(404);
  });

  it('reading changes nothing', async () => {
    const state = async () =>
      JSON.stringify([
        await house.service.deps.db.read('cash_lines').orderBy('line_id'),
        await house.service.deps.db.read('case_events').count(),
        await house.service.deps.db.read('paper_services').count(),
        await house.service.deps.db.read('cash_moves').count(),
      ]);
    const before = await state();
    for (const path of [
      '/desk',
      '/desk/list',
      `/desk/people/${key}`,
      '/cash',
      '/cash/days',
      `/cash/days/${DAY}`,
    ])
      expect((await open(clerk, path)).status, path).to.equal(200);
    expect(await state()).to.equal(before);
  });
});
