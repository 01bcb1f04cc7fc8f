/** Public notices and their counting of days (B.5; 民法典 art. 201, 203; 个人信息保护法 art. 25). */
import { expect } from 'chai';
import { addDays } from '../../src/kernel/time.ts';
import { type FormSchema, isRecord } from '../../src/workflow/form-schema.ts';
import { officers, type Walker } from '../walk/case.ts';
import type { Traveller } from '../walk/county.ts';
import { changed, dueOf, type Form, Ground, kindsOf } from './ground.ts';

interface PublicNotice {
  id: string;
  until: string;
  state: string;
  shown: { label: string; value: string }[];
}

/** Every identity number, telephone and card in a form. */
function sensitive(schema: FormSchema, value: unknown): string[] {
  if (['cn-id', 'cn-phone', 'bank-card'].includes(schema.format ?? ''))
    return typeof value === 'string' ? [value] : [];
  const { items, properties = {} } = schema;
  if (items && Array.isArray(value)) return value.flatMap((row) => sensitive(items, row));
  if (!isRecord(value)) return [];
  return Object.entries(properties).flatMap(([key, field]) => sensitive(field, value[key]));
}

const NUMBERS = [
  /(?<!\d)\d{17}[\dXx](?!\d)/,
  /(?<!\d)\d{16,19}(?!\d)/,
  /(?<!\d)1[3-9]\d{9}(?!\d)/,
  /病情|疾病|大病|患|残疾(?!人(生活|护理)补贴)/,
];

describe('notices of every item (B.5)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  it('B.5: nothing personal stands on any notice of any item, on paper or on the board', async () => {
    const travellers: Traveller[] = [];
    for (const { code, situations, steps } of ground.items())
      for (const { id: situation } of situations)
        if (steps.some((s) => s.kind === 'post' && (!s.situations || s.situations.includes(situation)))) {
          const { examples = [] } = ground.deps.definitions.get(code).formFor(situation);
          for (const [i, form] of examples.entries()) {
            const walk = await ground.filed(code, { situation, form: form as Form });
            travellers.push({ label: `${code} ${situation} ${i}`, walk, until: 'POST' });
          }
        }
    await ground.travel(travellers);
    let posted = 0;
    for (const { label, walk } of travellers) {
      const { row, possible } = await standing(walk);
      if (!possible.includes('POST')) continue;
      posted++;
      await ground.take(walk, 'POST');
      const boards = await ground.rows('notices', walk);
      expect(boards.length, label).to.be.greaterThan(0);
      const schema = ground.deps.definitions.get(row.itemCode).formFor(row.situation);
      const secrets = sensitive(schema, row.form);
      for (const { id } of boards) {
        const { body } = await ground.house.stranger().get<PublicNotice>(`/api/notices/${id}`);
        const page = await ground.house.stranger().send<string>('GET', `/notices/${id}`, undefined, {
          accept: 'text/html',
        });
        const shown = body.shown.map((s) => s.value).join(' ');
        const paper = (await ground.paper(walk, 'notice')).text;
        for (const secret of secrets)
          for (const text of [JSON.stringify(body), page.body, paper])
            expect(text, label).to.not.include(secret);
        for (const pattern of NUMBERS) expect(shown, label).to.not.match(pattern);
      }
    }
    expect(posted).to.be.greaterThan(25);
  }).timeout(600_000);

  async function standing(walk: Walker) {
    const row = await ground.rowOf(walk);
    const client = await ground.house.as('inspector');
    const view = await client.get<{ possible: { event: string }[] }>(`/api/cases/${walk.id}`);
    return { row, possible: (view.body.possible ?? []).map((p) => p.event) };
  }
});

describe('days and objections of a notice (B.5)', () => {
  /** Seven natural days from here end in the holiday of National Day. */
  const ground = new Ground('2026-09-28T09:40:00+08:00');
  const posted = async (code = 'MZ-01') => {
    const walk = await ground.filed(code);
    await ground.until(walk, 'POST');
    await ground.take(walk, 'POST');
    return walk;
  };
  const noticeOf = async (walk: Walker) =>
    (await ground.rows('notices', walk)).at(-1) as Record<string, string>;
  const board = async (walk: Walker) =>
    ground.house.stranger().get<PublicNotice>(`/api/notices/${(await noticeOf(walk)).id}`);
  const investigated = (objectionId: string | undefined) => ({
    objectionId,
    officers,
    finding: '走访邻里，查看账目。',
    reply: '经核查，答复如下。',
  });

  it('B.5: the first day is not counted, and a last day off work rolls on to the next working day', async () => {
    const walk = await posted();
    expect(addDays(ground.today(), 7)).to.equal('2026-10-05');
    expect((await board(walk)).body.until).to.equal('2026-10-08');
    expect(dueOf(await walk.reload('mz-officer'), 'posting')).to.equal('2026-10-08');
    await ground.house.at('2026-10-08T23:59:00+08:00');
    expect((await walk.reload('mz-officer')).state).to.equal('posting.open');
    await ground.house.at('2026-10-09T00:00:00+08:00');
    expect((await walk.reload('mz-officer')).phase).to.equal('open');
    expect((await ground.paper(walk, 'notice-result')).text).to.include('没有收到异议');
  });

  it('B.5: an objection is looked into by two officers within five working days, and answered in writing', async () => {
    const walk = await posted();
    await ground.take(walk, 'OBJECT');
    const disputed = await walk.reload('town-mz');
    expect(dueOf(disputed, 'objection')).to.equal(ground.workday(ground.today(), 5));
    const objection = (await ground.rows('objections', walk))[0]?.id;
    const said = investigated(objection);
    const alone = { ...said, officers: officers.slice(0, 1) };
    await ground.refused(walk, 'town-mz', 'DISMISS_OBJECTION', alone, 422);
    const silent = { ...said, reply: '' };
    await ground.refused(walk, 'town-mz', 'DISMISS_OBJECTION', silent, 422);
    const before = ground.today();
    await ground.house.at(`${ground.workday(before, 2)}T09:00:00+08:00`);
    await walk.act('town-mz', 'DISMISS_OBJECTION', said);
    expect(walk.view.state).to.equal('posting.open');
    const { receipt_code } = (await ground.rows('objections', walk))[0] as Record<string, string>;
    expect((await ground.rows('objections', walk))[0]).to.include({ state: 'dismissed', reply: said.reply });
    expect(receipt_code).to.match(/\w{8,}/);
  });

  it('B.5: a number that somebody wrote into a shown field is struck out', async () => {
    const place = '大坡脚，电话 13800000002，证号 532628196611159910';
    const form = changed(ground.form('LY-01'), { forestland: { place } });
    const walk = await ground.filed('LY-01', { form });
    await ground.until(walk, 'POST');
    await ground.take(walk, 'POST');
    for (const text of [JSON.stringify((await board(walk)).body), (await ground.paper(walk, 'notice')).text])
      expect(text)
        .to.include('大坡脚')
        .and.not.match(/13800000002|532628196611159910/);
  });

  it('B.5: sustained it is examined and posted anew', async () => {
    const walk = await posted();
    await ground.take(walk, 'OBJECT');
    await walk.act(
      'town-mz',
      'SUSTAIN_OBJECTION',
      investigated((await ground.rows('objections', walk))[0]?.id),
    );
    expect(walk.view.state).to.equal('visit.pending');
    await ground.until(walk, 'POST');
    await ground.take(walk, 'POST');
    const states = (await ground.rows('notices', walk)).map((n) => n.state).sort();
    expect(states).to.deep.equal(['closed', 'open']);
    expect(kindsOf(await ground.papers(walk)).filter((k) => k === 'notice')).to.have.length(2);
  });

  it('B.5: thirty days after its end it is taken down', async () => {
    const walk = await posted();
    const last = (await board(walk)).body.until;
    const closed = addDays(last, 1);
    await ground.house.at(`${closed}T00:00:00+08:00`);
    expect((await board(walk)).body.state).to.equal('closed');
    await ground.house.at(`${addDays(closed, 30)}T20:00:00+08:00`);
    expect((await board(walk)).status).to.equal(200);
    await ground.house.at(`${addDays(closed, 31)}T01:00:00+08:00`);
    expect((await board(walk)).status).to.equal(404);
  });
});
