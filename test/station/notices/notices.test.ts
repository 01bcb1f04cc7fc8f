import { expect } from 'chai';
import { publicValue } from '../../../src/station/facts.ts';
import { listObjections } from '../../../src/station/notices/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, type House, openHouse } from '../../support/service.ts';
import { officers, openCase, visit, type Walker } from '../../walk/case.ts';

interface PublicNotice {
  id: string;
  title: string;
  state: string;
  until: string;
  result: string | null;
  board: { id: string; name: string };
  shown: { label: string; value: string }[];
}

onEachDatabase('public notices (B.5)', (engine) => {
  let opened: Opened;
  let house: House;
  let walk: Walker;
  /** On the board of the county, and on every board. */
  let id: string;
  let ids: string[];
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    walk = await openCase(house, 'ZR-02');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
    await walk.act('town-zr', 'RECORD_VISIT', visit('2026-11-30'));
    await walk.act('zr-officer', 'FORWARD', { opinion: '权属来源清楚' });
    await walk.act('zr-officer', 'POST');
    const hung = await board();
    ids = hung.map((n) => n.id);
    id = hung.find((n) => n.board.id !== walk.view.village.id)?.id ?? '';
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const board = async (query = '') =>
    (await house.stranger().get<{ notices: PublicNotice[] }>(`/api/notices${query}`)).body.notices;
  const notice = async () => (await house.stranger().get<PublicNotice>(`/api/notices/${id}`)).body;
  const object = (text: string, more: Record<string, string> = {}) =>
    house.stranger().post<{ receiptCode: string }>(`/api/notices/${id}/objections`, { text, ...more });
  const page = async (path: string, form?: Record<string, string>) => {
    const answer = await fetch(house.url + path, {
      redirect: 'manual',
      headers: { accept: 'text/html' },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      html: await answer.text(),
    };
  };
  const objections = () => {
    const { db, vault } = house.service.deps;
    return listObjections(db.read, { vault }, walk.id);
  };

  it('hangs with what the item shows and nothing more: no number, no telephone, no way to the case', async () => {
    const told = await notice();
    expect(told).to.include({ state: 'open', until: '2026-12-21', result: null });
    const { name, idNumber, phone } = exampleForm(house.service, 'ZR-02').applicant as Record<string, string>;
    expect(told.shown.map((s) => s.value)).to.include(name);
    const all = JSON.stringify(told);
    expect(all).to.not.include(idNumber).and.to.not.include(phone).and.to.not.include(walk.id);
    const { status, html } = await page(`/notices/${id}`);
    expect(status).to.equal(200);
    expect(html).to.include(name).and.include('2026年12月21日').and.not.include(idNumber);
  });

  it('is found on each of its boards and above them, and on no other', async () => {
    const { board: hangs } = await notice();
    const village = ids.filter((one) => one !== id);
    expect((await board(`?org=${walk.view.village.id}`)).map((n) => n.id)).to.deep.equal(village);
    expect((await board(`?org=${hangs.id}`)).map((n) => n.id)).to.include(id);
    expect((await board('?org=532628')).map((n) => n.id)).to.have.members(ids);
    expect(ids).to.have.length(2);
    expect(await board('?org=532628101')).to.deep.equal([]);
    expect((await house.stranger().get('/api/notices?org=999')).status).to.equal(404);
    expect((await page('/notices')).html).to.include(`/notices/${id}`);
  });

  it('an objection too short is told at its field and keeps what was written', async () => {
    const sent = await page(`/notices/${id}/objections`, { text: '不对', contact: '村口小卖部' });
    expect(sent.status).to.equal(422);
    expect(sent.html).to.include('至少 5 个字').and.include('村口小卖部').and.include('不对');
    expect((await object('不对')).status).to.equal(422);
    expect((await object('长'.repeat(2001))).status).to.equal(422);
    expect(await objections()).to.deep.equal([]);
  });

  it('anybody may object without a name and without a script, and keeps a receipt', async () => {
    const text = '界址西边占了我家的晒坝，请重新丈量。';
    const sent = await page(`/notices/${id}/objections`, { text, name: ' ', contact: '' });
    expect(sent.status).to.equal(303);
    const [written] = await objections();
    expect(written).to.include({ text, name: null, contact: null, anonymous: true, state: 'open' });
    expect(sent.location).to.equal(`/objections/${written?.receiptCode}`);
    const receipt = await page(sent.location);
    expect(receipt.status).to.equal(200);
    expect(receipt.html).to.include('正在核查').and.not.include(text);
    expect((await walk.reload('zr-officer')).state).to.equal('announcement.objected');
    const rows = JSON.stringify(await house.service.deps.db.read('objections'));
    expect(rows).to.not.include('晒坝');
    expect((await page('/objections/NONE')).status).to.equal(404);
  });

  it('a named objection shows its writer to the case’s officers only', async () => {
    const answer = await object('登记的面积比实际大。', { name: '韦国强', contact: '13900001111' });
    expect(answer.status).to.equal(201);
    const named = (await objections()).find((o) => !o.anonymous);
    expect(named).to.include({ name: '韦国强', contact: '13900001111' });
    const rows = JSON.stringify(await house.service.deps.db.read('objections'));
    expect(rows).to.not.include('韦国强').and.to.not.include('13900001111');
    expect(JSON.stringify(await notice())).to.not.include('韦国强');
  });

  it('answered objections tell their writers; the closed notice tells how they ended', async () => {
    await house.at('2026-12-02T09:00:00+08:00');
    for (const { id: objectionId } of await objections())
      await walk.act('zr-officer', 'DISMISS_OBJECTION', {
        objectionId,
        officers,
        finding: '复测无误',
        reply: '经复测，界址与指界书一致。',
      });
    const [first] = await objections();
    const receipt = await page(`/objections/${first?.receiptCode}`);
    expect(receipt.html).to.include('异议不成立').and.include('经复测，界址与指界书一致。');
    await house.at('2026-12-31T09:00:00+08:00');
    const closed = await notice();
    expect(closed.state).to.equal('closed');
    expect((await board()).map((n) => n.state)).to.deep.equal(['closed', 'closed']);
    expect(closed.until, 'two working days of inquiry do not count').to.equal('2026-12-23');
    expect(closed.result).to.equal('公示期内收到异议 2 件：2 件不成立，已书面答复。');
  });

  it('after closing nobody can object; thirty days later it is taken down', async () => {
    expect((await object('我现在才看到，不同意。')).status).to.equal(409);
    expect((await page(`/notices/${id}`)).html).to.not.include('提交异议');
    const { closed_at } = await house.service.deps.db.read('notices').where({ id }).first();
    const closedOn = new Date(Date.parse(closed_at) + 8 * 3_600_000);
    const day = (n: number) => new Date(closedOn.getTime() + n * 86_400_000).toISOString().slice(0, 10);
    await house.at(`${day(30)}T23:00:00+08:00`);
    expect((await board()).map((n) => n.id)).to.have.members(ids);
    await house.at(`${day(31)}T00:10:00+08:00`);
    expect(await board()).to.deep.equal([]);
    expect((await house.stranger().get(`/api/notices/${id}`)).status).to.equal(404);
    expect((await page(`/notices/${id}`)).status).to.equal(404);
  });
});

describe('what a notice may show', () => {
  it('strikes out identity numbers, bank cards and mobile numbers, and leaves codes and sums', () => {
    expect(publicValue('532628196611159910')).to.equal('*'.repeat(18));
    expect(publicValue('农建国（53262819900101606X）')).to.equal(`农建国（${'*'.repeat(18)}）`);
    expect(publicValue('电话13887612345。')).to.equal(`电话${'*'.repeat(11)}。`);
    expect(publicValue('6217003860000000016')).to.equal('*'.repeat(19));
    for (const plain of [
      '532628103201JC00001F00010001',
      '860.00',
      '剥隘街 18 号',
      '532628103201',
      '2026-09-28',
    ])
      expect(publicValue(plain)).to.equal(plain);
  });
});
