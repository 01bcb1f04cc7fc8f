/** Application and acceptance, rules B1-1 … B1-10 of the catalogue (行政许可法 art. 24, 29–32). */
import { expect } from 'chai';
import type { CaseView } from '../../src/station/cases/index.ts';
import type { ItemGuide } from '../../src/station/catalogue/present/index.ts';
import { bringMaterials, openCase } from '../walk/case.ts';
import { changed, clockOf, dueOf, type Form, Ground, kindsOf, type Problem } from './ground.ts';

const FAULTS = [
  { target: '/form/applicant/phone', reason: '号码打不通', example: '13800000000' },
  { target: '/materials/authorisation', reason: '缺一名成年家庭成员签名', example: '全家成年人都签名' },
];
const REASONS = [{ reason: '户籍不在本县', basis: '《社会救助暂行办法》第十条' }];
const SPARED = ['shared', 'e-licence', 'internal', 'generated'];

describe('application (B1-1 … B1-4)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');
  const guide = async (code: string) =>
    (await ground.house.stranger().get<ItemGuide>(`/api/items/${code}`)).body;
  const draft = async (item: string, situation: string, form: Form) => {
    const clerk = await ground.house.as('village');
    const opened = await clerk.post<CaseView>('/api/cases', { item, situation, form, draft: true });
    expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
    return opened.body;
  };

  it('B1-1: the form of every item is free for everybody to take, with examples', async () => {
    for (const { code } of ground.items()) {
      const { fee, guides } = await guide(code);
      expect(fee, code).to.match(/[一-龥]/);
      for (const { id, form } of guides) {
        expect(form.properties, `${code} ${id}`).to.be.an('object');
        expect(form.examples, `${code} ${id}`).to.have.length.greaterThan(1);
      }
    }
  }).timeout(120_000);

  it('B1-1: at the counter or by data exchange, and the log says which', async () => {
    for (const channel of ['窗口', '线上'] as const) {
      const walk = await ground.filed('NY-04', { channel });
      expect((await ground.log(walk))[0]?.data.channel).to.equal(channel);
    }
    const walk = await openCase(ground.house, 'NY-04');
    const { faults } = await ground.refused(walk, 'village', 'FILE', { channel: '口头' }, 422);
    expect(faults?.map((f) => f.pointer)).to.deep.equal(['/data/channel']);
  });

  it('B1-1: an agent acts on written authority', async () => {
    const form = changed(ground.form('MZ-01'), {
      agent: { kind: '委托代理人', name: '陆大山', idNumber: '532628196611159910', relation: '侄子' },
    });
    const clerk = await ground.house.as('village');
    const opened = await clerk.post<CaseView>('/api/cases', { item: 'MZ-01', form });
    expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
    const others = opened.body.materials.filter((m) => m.id !== 'proxy');
    await bringMaterials(clerk, { ...opened.body, materials: others });
    const walk = await openCase(ground.house, 'MZ-01', { form });
    const path = `/api/cases/${opened.body.id}/events`;
    const sent = await clerk.post<Problem>(path, { event: 'FILE', version: 1, data: {} });
    expect(sent.status).to.equal(422);
    expect(sent.body.faults?.map((f) => f.pointer)).to.deep.equal(['/materials/proxy']);
    expect((await walk.act('village', 'FILE')).number).to.match(/^532628/);
    expect((await ground.paper(walk, 'receipt')).text).to.include('授权委托书');
  });

  it('B1-2: the guide of every item has its nine elements', async () => {
    const items = ground.items();
    expect(items).to.have.length(33);
    for (const { code, kind } of items) {
      const told = await guide(code);
      const nine = {
        item: told.title,
        basis: told.basis,
        conditions: told.conditions,
        quantity: told.quota,
        procedure: told.guides.flatMap((g) => g.steps.map((s) => s.title)),
        term: told.guides.map((g) => (kind === 'permit' ? g.statutory : g.promised)),
        materials: told.guides.flatMap((g) => g.materials.map((m) => m.title)),
        examples: told.guides.flatMap((g) => g.form.examples ?? []),
        fee: told.fee,
      };
      for (const [element, value] of Object.entries(nine)) {
        const all = Array.isArray(value) ? value : [value];
        expect(all, `${code} ${element}`).to.not.be.empty;
        for (const one of all) expect(one, `${code} ${element}`).to.be.ok;
      }
      for (const g of told.guides) {
        expect(g.steps.length, `${code} ${g.id}`).to.be.greaterThan(1);
        expect(g.materials, `${code} ${g.id}`).to.not.be.empty;
      }
    }
  }).timeout(120_000);

  it('B1-3: what a register or the house itself has is never asked for, in any item', async () => {
    const asked: string[] = [];
    let spared = 0;
    for (const { code, situations } of ground.items())
      for (const { id } of situations) {
        const { examples = [] } = ground.deps.definitions.get(code).formFor(id);
        for (const example of examples) {
          const { materials } = await draft(code, id, example as Form);
          for (const { id: material, waiver, way } of materials) {
            if (!waiver || !SPARED.includes(waiver.way)) continue;
            spared++;
            if (way !== 'spared') asked.push(`${code} ${id} ${material}: ${way}`);
          }
        }
      }
    expect(asked).to.deep.equal([]);
    expect(spared).to.be.greaterThan(300);
  }).timeout(120_000);

  describe('B1-4 ①: what needs no application is told at once', () => {
    const small = (block: string, field: string) => (form: Form) => ({
      ...form,
      [block]: (form[block] as Form[]).map((row) => ({ ...row, [field]: 10 })),
    });
    const exempt = (exemption: string, monthly: number) => (form: Form) => {
      const use = form.use as { monthly: Form[] };
      const each = use.monthly.map((m) => ({ ...m, amount: monthly }));
      const annual = Math.round(monthly * 12 * 10_000) / 10_000;
      return { ...form, exemption, use: { ...use, annual, monthly: each } };
    };
    /** Every rule of the 33 items that gives an answer, and the form it answers. */
    const ASKED: Record<string, (form: Form) => Form> = {
      'LY-01 R0': (form) => changed(form, { stand: { object: '竹林', inReserve: '否' } }),
      'LY-03 R1': (form) => changed(form, { fire: { on: '2026-10-20' } }),
      'RS-01 R2': (form) => changed(form, { standing: { other: '职工基本养老保险' } }),
      'SW-01 R0-collective': exempt('农村集体经济组织及其成员使用本集体水塘、水库中的水', 1),
      'SW-01 R0-domestic': exempt('家庭生活少量取水', 0.002),
      'SW-01 R0-livestock': exempt('零星散养、圈养畜禽饮用等少量取水', 0.003),
      'SW-01 R0-emergency': exempt('抗旱、抢险等临时应急取水', 1),
      'XM-01 R7': small('scale', 'output'),
      'XM-02 R1': small('herds', 'quantity'),
      'YB-02 R1': (form) => ({ ...form, direct: '低保对象' }),
    };
    const ask = async (item: string, form: Form) =>
      (await ground.house.as('village')).post<Problem>('/api/cases', { item, form });
    const count = async (table: string) =>
      Number((await ground.deps.db.read(table).count('* as n').first())?.n);

    it('B1-4 ①: a note and no case; the same question on the same day is one note', async () => {
      const form = changed(ground.form('LY-01'), { stand: { object: '竹林', inReserve: '否' } });
      const [cases, notes] = [await count('cases'), await count('answers')];
      const first = await ask('LY-01', form);
      expect(first.status, JSON.stringify(first.body)).to.equal(409);
      expect(first.body).to.include({ code: 'case.not_needed', rule: 'R0' });
      expect(first.body.says).to.match(/不需要办理采伐许可证/);
      const again = await ask('LY-01', form);
      expect(again.body.note).to.equal(first.body.note).and.to.be.a('string');
      expect([await count('cases'), await count('answers')]).to.deep.equal([cases, notes + 1]);
      const clerk = await ground.house.as('village');
      const note = await clerk.get<Form>(`/api/answers/${first.body.note}`);
      expect(note.status).to.equal(200);
      expect(note.body.says).to.equal(first.body.says);
    });

    it('B1-4 ①: every rule of every item that answers gives its note, with its article', async () => {
      const rules = ground
        .items()
        .flatMap(({ code, rules }) =>
          rules.filter((r) => r.effect === 'answer').map((r) => `${code} ${r.id}`),
        );
      expect(Object.keys(ASKED)).to.have.members(rules);
      for (const [name, asked] of Object.entries(ASKED)) {
        const [code = '', rule] = name.split(' ');
        const { status, body } = await ask(code, asked(ground.form(code)));
        expect(status, `${name}: ${JSON.stringify(body)}`).to.equal(409);
        expect(body, name).to.include({ code: 'case.not_needed', rule });
        expect(body.says, name).to.match(/[一-龥]/);
        expect(body.basis, name).to.match(/《.+》/);
        expect(body.note, name).to.be.a('string');
      }
    });

    it('B1-4 ①: asked again on another day it is another note', async () => {
      const form = changed(ground.form('LY-01'), { stand: { object: '竹林', inReserve: '否' } });
      const { note } = (await ask('LY-01', form)).body;
      await ground.house.at('2026-09-29T09:00:00+08:00');
      expect((await ask('LY-01', form)).body.note).to.not.equal(note);
    });
  });

  it('B1-4 ②: not this organ’s business: the right organ is named, in writing', async () => {
    const walk = await ground.filed('MZ-01');
    const said = { branch: '不属于本机关职权范围', reasons: REASONS };
    const { faults } = await ground.refused(walk, 'town-window', 'REFUSE', said, 422);
    expect(faults?.map((f) => f.pointer)).to.deep.equal(['/data/authority']);
    await walk.act('town-window', 'REFUSE', { ...said, authority: '广南县民政局' });
    expect(walk.view).to.include({ phase: 'closed', outcome: 'refused' });
    const { text } = await ground.paper(walk, 'refusal');
    expect(text).to.include('请向广南县民政局提出申请').and.include('户籍不在本县');
  });

  it('B1-4 ③: what can be put right on the spot is, and no correction is asked for', async () => {
    const clerk = await ground.house.as('village');
    const wrong = changed(ground.form('MZ-01'), { applicant: { phone: '1380000' } });
    const opened = await draft('MZ-01', 'new', wrong);
    await bringMaterials(clerk, opened);
    const path = `/api/cases/${opened.id}`;
    const file = (version: number) =>
      clerk.post<CaseView & Problem>(`${path}/events`, { event: 'FILE', version, data: {} });
    expect((await file(1)).body.faults?.map((f) => f.pointer)).to.deep.equal(['/form/applicant/phone']);
    const mended = await clerk.send<CaseView>('PUT', `${path}/form`, {
      version: 1,
      form: ground.form('MZ-01'),
    });
    const filed = (await file(mended.body.version)).body;
    expect(filed.state).to.equal('acceptance.pending');
    expect(filed.clocks.map((c) => c.name)).to.deep.equal(['acceptance']);
  });

  it('B1-4 ④: one notice names every fault, each with its reason and example', async () => {
    const walk = await ground.filed('MZ-01');
    const { faults } = await ground.refused(walk, 'town-window', 'REQUEST_CORRECTION', { faults: [] }, 422);
    expect(faults?.map((f) => f.pointer)).to.deep.equal(['/data/faults']);
    await walk.act('town-window', 'REQUEST_CORRECTION', { faults: FAULTS });
    const { text } = await ground.paper(walk, 'correction');
    for (const { reason, example } of FAULTS) expect(text).to.include(reason).and.include(example);
    expect(text).to.include('家庭经济状况核对授权书').and.include('2026年10月');
    expect(walk.view.faults.map((f) => f.pointer)).to.deep.equal(FAULTS.map((f) => f.target));
  });

  it('B1-4 ⑤: complete, or completed: accepted', async () => {
    const walk = await ground.filed('MZ-01');
    await walk.act('town-window', 'REQUEST_CORRECTION', { faults: FAULTS });
    await walk.act('village', 'RESUBMIT');
    const accepted = await walk.act('town-window', 'ACCEPT');
    expect(accepted.dates).to.include({ accepted: ground.today(), deemed: false });
    expect(kindsOf(await ground.papers(walk))).to.include.members(['receipt', 'correction', 'acceptance']);
  });
});

describe('acceptance and its day (B1-5 … B1-8)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  it('B1-6: one correction; a second is refused, whatever is found later', async () => {
    const walk = await ground.filed('NY-04');
    await walk.act('county-window', 'REQUEST_CORRECTION', { faults: FAULTS.slice(0, 1) });
    await walk.act('village', 'RESUBMIT');
    const { code, possible } = await ground.refused(walk, 'county-window', 'REQUEST_CORRECTION', {
      faults: FAULTS.slice(0, 1),
    });
    expect(code).to.equal('case.event_not_possible');
    expect(possible).to.include('ACCEPT').and.not.include('REQUEST_CORRECTION');
  });

  it('B1-8: acceptance and refusal are papers with number, date and seal', async () => {
    const accepted = await ground.filed('NY-04');
    await accepted.act('county-window', 'ACCEPT');
    const refused = await ground.filed('NY-04');
    await refused.act('county-window', 'REFUSE', { branch: '依法不需要办理', reasons: REASONS });
    for (const [walk, kind, word] of [
      [accepted, 'acceptance', '受'],
      [refused, 'refusal', '不受'],
    ] as const) {
      const { number, text } = await ground.paper(walk, kind);
      expect(number).to.match(new RegExp(`^富.*${word}〔2026〕\\d+号$`));
      expect(text).to.include('2026年9月28日').and.include('行政许可专用章');
    }
  });

  it('B1-7: ten working days to correct, extended once on request; no term runs meanwhile', async () => {
    const walk = await ground.filed('NY-04');
    const asked = await walk.act('county-window', 'REQUEST_CORRECTION', { faults: FAULTS.slice(0, 1) });
    const due = ground.workday(ground.today(), 10);
    expect(dueOf(asked, 'correction')).to.equal(due);
    const running = asked.clocks.filter((c) => c.light !== 'done').map((c) => c.name);
    expect(running).to.deep.equal(['correction']);
    const extended = await walk.act('village', 'EXTEND_CORRECTION', { reason: '在外地务工，月底回来' });
    expect(dueOf(extended, 'correction')).to.equal(ground.workday(due, 10));
    await ground.refused(walk, 'village', 'EXTEND_CORRECTION', { reason: '还没有回来' });
  });

  it('B1-5, B1-7: silence accepts from the day of receipt; no correction withdraws, and rejects nothing', async () => {
    const silent = await ground.filed('NY-04');
    const lazy = await ground.filed('NY-04');
    await lazy.act('county-window', 'REQUEST_CORRECTION', { faults: FAULTS.slice(0, 1) });
    const received = ground.today();
    const fifth = ground.workday(received, 5);
    expect(dueOf(await silent.reload('village'), 'acceptance')).to.equal(fifth);
    await ground.house.at(`${fifth}T23:59:00+08:00`);
    expect((await silent.reload('village')).dates.accepted).to.equal(null);
    await ground.house.at(`${ground.workday(fifth, 1)}T00:00:00+08:00`);
    const deemed = await silent.reload('village');
    expect(deemed.dates).to.include({ accepted: received, deemed: true });
    expect(dueOf(deemed, 'statutory')).to.equal(ground.workday(received, 20));
    expect((await ground.paper(silent, 'acceptance')).text).to.include('视为受理');

    const tenth = ground.workday(received, 10);
    await ground.house.at(`${ground.workday(tenth, 1)}T00:00:00+08:00`);
    expect(await lazy.reload('village')).to.include({ phase: 'closed', outcome: 'lapsed' });
    expect(kindsOf(await ground.papers(lazy))).to.deep.equal(['receipt', 'correction', 'termination']);
    const { text } = await ground.paper(lazy, 'termination');
    expect(text).to.include('逾期没有补正，视为撤回申请').and.not.include('不予');
    await ground.filed('NY-04');
  });

  it('B1-5: after a correction the five days run from the day it came in', async () => {
    const walk = await ground.filed('NY-04');
    await walk.act('county-window', 'REQUEST_CORRECTION', { faults: FAULTS.slice(0, 1) });
    const later = ground.workday(ground.today(), 3);
    await ground.house.at(`${later}T10:00:00+08:00`);
    const resubmitted = await walk.act('village', 'RESUBMIT');
    expect(clockOf(resubmitted, 'acceptance')?.due).to.equal(ground.workday(later, 5));
    await ground.house.at(`${ground.workday(later, 6)}T00:00:00+08:00`);
    expect((await walk.reload('village')).dates).to.include({ accepted: later, deemed: true });
  });
});

describe('the day of receipt (B1-9)', () => {
  /** A Friday before two ordinary working weeks. */
  const ground = new Ground('2026-11-06T16:00:00+08:00');
  const MONDAY = '2026-11-09';

  it('B1-9: at the counter that very day; online until closing time too', async () => {
    for (const channel of ['窗口', '线上'] as const) {
      const walk = await ground.filed('NY-04', { channel });
      expect(dueOf(walk.view, 'acceptance'), channel).to.equal('2026-11-13');
    }
    await ground.house.at('2026-11-06T20:15:00+08:00');
    const counter = await ground.filed('NY-04', { channel: '窗口' });
    expect((await ground.rowOf(counter)).snapshot.context.handedInOn).to.equal('2026-11-06');
  });

  it('B1-9: online after hours and on a day off the next working day, from which every term counts', async () => {
    await ground.house.at('2026-11-06T20:20:00+08:00');
    const evening = await ground.filed('NY-04', { channel: '线上' });
    const atOnce = await ground.filed('WJ-01', { channel: '线上' });
    await ground.house.at('2026-11-08T10:00:00+08:00');
    const sunday = await ground.filed('NY-04', { channel: '线上' });
    for (const walk of [evening, sunday]) {
      expect((await ground.rowOf(walk)).snapshot.context.handedInOn).to.equal(MONDAY);
      expect(dueOf(walk.view, 'acceptance')).to.equal(ground.workday(MONDAY, 5));
    }
    expect(atOnce.view.dates.accepted).to.equal(MONDAY);
    expect(dueOf(atOnce.view, 'promised')).to.equal(ground.workday(MONDAY, 1));
    await ground.house.at(`${ground.workday(MONDAY, 6)}T08:00:00+08:00`);
    for (const walk of [evening, sunday]) {
      const view = await walk.reload('village');
      expect(view.dates).to.include({ accepted: MONDAY, deemed: true });
      expect(dueOf(view, 'statutory')).to.equal(ground.workday(MONDAY, 20));
    }
  });

  it('B1-9: the village’s own delay costs the citizen nothing: the township counts from the village’s day', async () => {
    const day = ground.today();
    const walk = await ground.filed('MZ-01');
    await ground.house.at(`${ground.workday(day, 6)}T00:00:00+08:00`);
    expect((await walk.reload('village')).dates).to.include({ accepted: day, deemed: true });
  });
});

describe('the village is no organ (B1-10)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');
  const OFFICIAL = ['ACCEPT', 'REFUSE', 'REQUEST_CORRECTION', 'APPROVE', 'REJECT', 'SUSPEND', 'EXTEND'];

  it('B1-10: no desk in a village accepts or decides, in any of the 33 machines', () => {
    const found = ground.items().flatMap(({ code }) => {
      const { machine } = ground.deps.definitions.get(code);
      return Object.entries(machine.states).flatMap(([step, { states = {} }]) =>
        Object.entries(states).flatMap(([leaf, { meta, on = {} }]) =>
          meta?.desk?.at === 'village'
            ? Object.keys(on)
                .filter((event) => OFFICIAL.includes(event))
                .map((event) => `${code} ${step}.${leaf} ${event}`)
            : [],
        ),
      );
    });
    expect(found).to.deep.equal([]);
  });

  it('B1-10: neither clerk nor committee may, over HTTP; their papers are the receipt and the minutes', async () => {
    const walk = await ground.filed('MZ-01');
    for (const login of ['village', 'committee'])
      for (const event of ['ACCEPT', 'REFUSE', 'REQUEST_CORRECTION'] as const) {
        const { code } = await ground.refused(walk, login, event, {}, 403);
        expect(code, `${login} ${event}`).to.equal('case.not_allowed');
      }
    await ground.finish(walk);
    const papers = await ground.papers(walk);
    const village = papers.filter((p) => /"organ":"[^"]*(村|社区)[^"镇]*"/.test(p.text));
    expect(kindsOf(village)).to.deep.equal(['receipt']);
  });
});
