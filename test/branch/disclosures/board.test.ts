/** The board: who reads what, what readers say and are answered, what is counted; pages without script. */
import { expect } from 'chai';
import { inputValue, open, send, sendPlain } from '../../station/pages/browser.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, visit } from '../../walk/case.ts';
import { BRANCH, desk, type Moved, SOUND } from './branch.ts';
import { book } from './workbook.ts';

const ID = '532628196611150019';
interface Board {
  disclosures: { id: string }[];
  kept: { ground: string; n: number }[];
}
interface Hanging {
  objections: { text: string | null; answer: string | null; late: boolean; dueOn: string }[];
}
interface Work {
  state: string;
  version: number;
  dueOn: string | null;
  objections: { id: string; text: string }[];
}
interface Figures {
  dues: Record<string, number>;
  objections: Record<string, number>;
}

onEachDatabase('disclosures: boards and readers', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let at: ReturnType<typeof desk>;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    at = desk(house);
    await house.at('2026-10-12T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const occasion = async (what: string, item = 'election') =>
    (await at.happened(item, '2026-10-11', what)).body.id;
  const object = (id: string, text = '金额对不上，请核对。') =>
    house
      .stranger()
      .post<{ receipt: string; dueOn: string; code: string }>(`/api/disclosures/${id}/objections`, { text });
  const work = async (id: string) =>
    (await (await house.as('secretary')).get<Work>(`/api/disclosures/${id}/work`)).body;
  const hanging = (id: string) => house.stranger().get<Hanging>(`/api/disclosures/${id}`);
  const answer = async (
    id: string,
    objection: string,
    version: number,
    more: object = {},
    login = 'secretary',
  ) =>
    (await house.as(login)).post<Moved>(`/api/disclosures/${id}/objections/${objection}/answer`, {
      version,
      answer: '已核对，差额是利息。',
      shown: true,
      ...more,
    });
  const figures = async (query = '') =>
    (await (await house.as('secretary')).get<Figures>(`/api/disclosures/figures?${query}`)).body;
  const onShow = (what: string) => at.publish(dues.get(what) ?? '', { audience: 'public', title: what });
  const dues = new Map<string, string>();
  const hang = async (what: string) => {
    dues.set(what, await occasion(what, 'goals'));
    return (await onShow(what)).id;
  };

  it('shows each reader what is meant for him: the street, members, the own branch', async () => {
    const made = await Promise.all([
      hang('向社会'),
      at.publish(await occasion('对党员'), { audience: 'members' }).then((d) => d.id),
      at.publish(await occasion('对本支部'), { audience: 'subtree' }).then((d) => d.id),
    ]);
    const seen = async (login: string | null) => {
      const client = login === null ? house.stranger() : await house.as(login);
      const { body } = await client.get<Board>(`/api/disclosures?org=${BRANCH}`);
      const statuses = await Promise.all(
        made.map(async (id) => (await client.get(`/api/disclosures/${id}`)).status),
      );
      const listed = made.map((id) => body.disclosures.some((d) => d.id === id));
      expect(statuses.map((s) => s === 200)).to.deep.equal(listed);
      return listed;
    };
    expect(await seen(null)).to.deep.equal([true, false, false]);
    expect(await seen('village')).to.deep.equal([true, false, false]);
    expect(await seen('secretary2')).to.deep.equal([true, true, false]);
    expect(await seen('member')).to.deep.equal([true, true, true]);
  });

  it('takes objections of anybody, answers them by the secretary within five working days, beside the text', async () => {
    const id = await hang('意见一');
    const first = await object(id);
    expect(first.status).to.equal(201);
    expect(first.body.dueOn).to.equal('2026-10-19');
    const second = await object(id, `经办人 ${ID} 多拿了钱。`);
    let now = await work(id);
    expect([now.state, now.dueOn, now.objections.length]).to.deep.equal(['feedback_open', '2026-10-19', 2]);
    expect((await hanging(id)).body.objections.map((o) => o.text)).to.deep.equal([null, null]);
    const [a, b] = now.objections.map((o) => o.id) as [string, string];
    expect((await answer(id, a, now.version, {}, 'party-approver')).body.code).to.equal('record.not_yours');
    expect((await answer(id, a, now.version - 1)).body.code).to.equal('record.stale_version');
    expect((await answer(id, a, now.version)).status).to.equal(200);
    now = await work(id);
    expect(now.state).to.equal('feedback_open');
    expect((await answer(id, a, now.version)).body.code).to.equal('record.not_found');
    expect((await answer(id, b, now.version)).body.code).to.equal('disclosure.personal_data');
    expect(
      (await answer(id, b, now.version, { shown: false, answer: `是 ${ID}` })).body.faults[0]?.pointer,
    ).to.equal('/answer');
    expect((await answer(id, b, now.version, { shown: false })).status).to.equal(200);
    expect((await work(id)).state).to.equal('feedback_answered');
    const shown = (await hanging(id)).body.objections;
    expect(shown.map((o) => [o.text, o.answer, o.late])).to.deep.equal([
      ['金额对不上，请核对。', '已核对，差额是利息。', false],
      [null, '已核对，差额是利息。', false],
    ]);
    const page = await open(house.stranger(), `/disclosures/receipts/${first.body.receipt}`);
    expect(page.html).to.include('已核对，差额是利息。');
    expect((await open(house.stranger(), '/disclosures/receipts/AAAAAAAAAAAA')).status).to.equal(404);
    const rows = await house.service.deps.db.read('disclosure_objections').where({ disclosure_id: id });
    expect(JSON.stringify(rows)).not.to.include('多拿了钱').and.not.include(second.body.receipt);
    const events = await house.service.deps.db
      .read('branch_events')
      .where({ record_id: id, event: 'OBJECT' });
    expect(events.map((e) => e.actor_id)).to.deep.equal([null, null]);
  });

  it('answers what was said even when its days are over, and takes nothing more', async () => {
    const due = await occasion('到期', 'hardship');
    const { id } = await at.publish(due, { audience: 'public' });
    await object(id);
    await house.at('2026-10-20T09:00:00+08:00');
    expect((await hanging(id)).status).to.equal(404);
    expect((await object(id)).status).to.equal(404);
    const now = await work(id);
    expect([now.state, now.dueOn]).to.deep.equal(['feedback_late', '2026-10-19']);
    expect((await figures()).objections.late).to.equal(1);
    expect((await answer(id, now.objections[0]?.id ?? '', now.version)).status).to.equal(200);
    expect((await work(id)).state).to.equal('archived');
    const counted = (await figures()).objections;
    expect([counted.late, counted['answered-late'], counted.answered]).to.deep.equal([0, 1, 2]);
  });

  it('counts in public what is withheld or taken back, with the kind of reason and nothing else', async () => {
    const before = (await house.stranger().get<Board>(`/api/disclosures?org=${BRANCH}`)).body.kept;
    expect(before).to.deep.equal([]);
    const refused = await at.propose(await occasion('不予'));
    const plain = { reason: '内有密级文件名' };
    expect(
      (await at.act('party-reviewer', refused.body.id, 'REJECT', 1, plain)).body.faults[0]?.pointer,
    ).to.equal('/ground');
    await at.act('party-reviewer', refused.body.id, 'REJECT', 1, { ...plain, ground: 'secret' });
    const { id } = await at.publish(await occasion('收回'), {});
    await at.act('party-approver', id, 'WITHDRAW', 4, { reason: '数字有错' });
    const { body } = await house.stranger().get<Board>(`/api/disclosures?org=${BRANCH}`);
    expect(body.kept.map((k) => [k.ground, k.n])).to.deep.equal([
      ['secret', 1],
      ['withdrawn', 1],
    ]);
    const page = await open(house.stranger(), `/disclosures?org=${BRANCH}`);
    expect(page.html)
      .to.include('涉及党和国家秘密')
      .and.include('公布以后撤下')
      .and.not.include('密级文件名');
  });

  it('counts on time, late, overdue and open, each number the length of its list', async () => {
    const late = (await at.happened('election', '2026-09-01', '晚了')).body.id;
    const overdueBefore = (await figures()).dues.overdue ?? 0;
    expect((await at.dues('secretary', 'standing=overdue')).some((d) => d.id === late)).to.equal(true);
    await at.publish(late);
    const counted = (await figures()).dues;
    expect(counted.overdue).to.equal(overdueBefore - 1);
    for (const [standing, n] of Object.entries(counted))
      expect((await at.dues('secretary', `standing=${standing}`)).length, standing).to.equal(n);
    expect(counted.late).to.be.greaterThan(0);
    expect(counted.withheld).to.equal(1);
    const party = (await figures('wing=party')).dues.open ?? 0;
    const village = (await figures('wing=village')).dues.open ?? 0;
    expect(party + village).to.equal(counted.open);
  });

  it('hangs on the board of the village too, and notices of cases on that of the branch', async () => {
    const id = await hang('村里看得到');
    const village = await open(house.stranger(), `/notices?org=${BRANCH.slice(1)}`);
    expect(village.html).to.include(`/disclosures/${id}`).and.include('村里看得到');
    expect((await open(house.stranger(), '/notices')).html).not.to.include(`/disclosures/${id}`);
    const branch = async () => (await open(house.stranger(), `/disclosures?org=${BRANCH}`)).html;
    expect(await branch()).to.include('现在没有办件公示');
    const walk = await openCase(house, 'ZR-02');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
    await walk.act('town-zr', 'RECORD_VISIT', visit('2026-10-20'));
    await walk.act('zr-officer', 'FORWARD', { opinion: '权属来源清楚' });
    await walk.act('zr-officer', 'POST');
    const notice = /href="(\/notices\/[0-9a-z]{26})"/.exec(await branch())?.[1] ?? '';
    const said = await sendPlain(house.stranger(), `${notice}/objections`, [['text', '四至与我家的重叠。']]);
    expect(said.location).to.match(/^\/objections\//);
    const raised = await house.service.deps.db
      .read('case_events')
      .where({ case_id: walk.id, type: 'OBJECT' });
    expect(raised, 'the objection is in the case').to.have.length(1);
  });

  it('goes from the due list to the board by pages alone, without script', async () => {
    const secretary = await house.as('secretary');
    const home = await open(secretary, '/branch/disclosures');
    expect(home.html).to.include('轮到您办的').and.include('拟稿');
    const noted = await sendPlain(secretary, '/branch/disclosures/dues', [
      ['orgId', BRANCH],
      ['item', 'hardship'],
      ['what', '重阳慰问'],
      ['on', '2026-10-20'],
    ]);
    expect(noted.status).to.equal(303);
    const compose = noted.location;
    const form = await open(secretary, compose);
    expect(inputValue(form.html, 'title')).to.equal('走访慰问困难党员、群众情况：重阳慰问');
    const fields = (more: [string, string | Blob, string?][]): [string, string | Blob, string?][] => [
      ['title', '重阳慰问'],
      ['audience', 'public'],
      ['text', '电话 13812345678'],
      ...more,
    ];
    const bytes = (rows: string[][], state?: 'hidden') =>
      new Blob([
        new Uint8Array(book([{ name: '表', rows }, ...(state ? [{ name: '底', state, rows: [[ID]] }] : [])])),
      ]);
    const rows = [
      ['姓名', '金额'],
      ['张小三', '300'],
    ];
    const refused = await send(
      secretary,
      compose,
      fields([
        ['do', 'check'],
        ['file', bytes(rows, 'hidden'), '表.xlsx'],
      ]),
    );
    expect(refused.status).to.equal(422);
    expect(refused.html).to.include('看不见的工作表“底”').and.include('13812345678');
    const checked = await send(
      secretary,
      compose,
      fields([
        ['do', 'check'],
        ['file', bytes(rows), '表.xlsx'],
      ]),
    );
    expect(checked.html).to.include('必须遮挡').and.include('张*三').and.include('按建议遮挡');
    const grid = inputValue(checked.html, 'grid').replaceAll('&quot;', '"');
    const blocked = await send(
      secretary,
      compose,
      fields([
        ['do', 'propose'],
        ['grid', grid],
      ]),
    );
    expect(blocked.status).to.equal(422);
    const cleaned = await send(
      secretary,
      compose,
      fields([
        ['do', 'mask'],
        ['grid', grid],
      ]),
    );
    expect(cleaned.html).to.include('138****5678').and.include('张*三').and.not.include('张小三');
    const sent = await send(secretary, compose, [
      ['title', '重阳慰问'],
      ['audience', 'public'],
      ['text', '慰问两人。'],
      ['grid', inputValue(cleaned.html, 'grid').replaceAll('&quot;', '"')],
      ['do', 'propose'],
    ]);
    expect(sent.status).to.equal(303);
    const page = sent.location;
    const press = async (login: string, event: string, more: [string, string][] = []) => {
      const who = await house.as(login);
      const { html } = await open(who, page);
      return sendPlain(who, page, [['event', event], ['version', inputValue(html, 'version')], ...more]);
    };
    const short = await press('party-reviewer', 'REVIEW', [['secrecy', 'yes']]);
    expect(short.status).to.equal(422);
    expect(short.html).to.include('内容真实、准确');
    await press(
      'party-reviewer',
      'REVIEW',
      Object.keys(SOUND).map((q): [string, string] => [q, 'yes']),
    );
    expect((await press('party-approver', 'APPROVE', [['audience', 'public']])).status).to.equal(303);
    expect((await press('secretary', 'PUBLISH')).status).to.equal(303);
    const shown = page.replace('/branch', '');
    const stranger = house.stranger();
    const public_ = await open(stranger, shown);
    expect(public_.html).to.include('张*三').and.include('慰问两人');
    expect(public_.headers.get('x-robots-tag')).to.include('noindex');
    expect((await sendPlain(stranger, `${shown}/objections`, [['text', '短']])).status).to.equal(422);
    const said = await sendPlain(stranger, `${shown}/objections`, [['text', '慰问品没有收到。']]);
    expect(said.location).to.match(/^\/disclosures\/receipts\/[0-9A-Z]{12}$/);
    const desk_ = await open(secretary, page);
    expect(desk_.html).to.include('慰问品没有收到');
    const action = /action="([^"]+\/objections\/[^"]+)"/.exec(desk_.html)?.[1] ?? '';
    const done = await sendPlain(secretary, action, [
      ['version', inputValue(desk_.html, 'version')],
      ['answer', '已经补送。'],
      ['shown', 'yes'],
    ]);
    expect(done.status).to.equal(303);
    expect((await open(stranger, shown)).html)
      .to.include('已经补送。')
      .and.include('慰问品没有收到');
    expect((await open(await house.as('secretary2'), page)).status).to.equal(404);
    expect((await open(stranger, page)).location).to.include('/sign-in');
  });
});
