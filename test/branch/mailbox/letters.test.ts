/** Letters to the secretary: their life, from whom they are kept, identities, clocks; over HTTP, on both databases. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import {
  act,
  COUNTY,
  expectBlind,
  file,
  letterOf,
  list,
  read,
  say,
  TOWNSHIP,
  VILLAGE,
  write,
} from './mail.ts';

const ANSWER = { text: '已列入今年的水毁修复计划，十二月底以前修通。' };

onEachDatabase('letters to the secretary', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let writer: Client;
  let desk: Client;
  let desk2: Client;
  let approver: Client;
  let tips: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    writer = house.stranger();
    [desk, desk2, approver, tips] = (await Promise.all(
      ['party-mail', 'party-mail2', 'party-approver', 'party-tips'].map((login) => house.as(login)),
    )) as [Client, Client, Client, Client];
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const db = () => house.service.deps.db.read;
  const idOf = async (client: Client, title: string) => {
    const found = (await list(client)).letters.find((l) => l.title === title);
    if (!found) throw new Error(`no letter ${title}`);
    return found.id;
  };
  /** A letter that the desk has begun with. */
  async function begun(title: string, more: Record<string, unknown> = {}): Promise<[string, string]> {
    const code = await write(writer, { title, ...more });
    const id = await idOf(more.tip ? tips : desk, title);
    await act(more.tip ? tips : desk, id, 'SCREEN');
    await act(more.tip ? tips : desk, id, 'START');
    return [code, id];
  }

  it('gives a code once, and finds the letter by it however it is typed', async () => {
    const code = await write(writer);
    expect(code).to.match(/^\d{4} \d{4} \d{4} \d{4}$/);
    const typed = code.replaceAll(' ', '-').replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)));
    const other = house.stranger();
    expect((await read(other, typed)).messages.map((m) => m.text)).to.deep.equal([letterOf().text]);
    const wrong = await other.post<{ code: string }>('/api/mailbox/read', { code: '1234567890123456' });
    expect([wrong.status, wrong.body.code]).to.deep.equal([404, 'letter.code_not_found']);
  });

  it('takes one form once', async () => {
    const letter = letterOf({ title: '同一张表' });
    expect((await writer.post('/api/mailbox/letters', letter)).status).to.equal(201);
    const again = await writer.post<{ code: string }>('/api/mailbox/letters', letter);
    expect([again.status, again.body.code]).to.deep.equal([409, 'letter.already_sent']);
  });

  it('says what is missing, and refuses a name on a nameless letter', async () => {
    const tries: [Record<string, unknown>, string][] = [
      [{ name: undefined }, '/name'],
      [{ mode: 'anonymous', name: '黄大山' }, '/name'],
      [{ to: undefined }, '/to'],
      [{ to: VILLAGE }, '/to'],
      [{ about: '532628103' }, '/about'],
      [{ about: 'P999999' }, '/about'],
      [{ about: 'P532600', to: undefined }, '/about'],
    ];
    for (const [more, pointer] of tries) {
      const answer = await writer.post<{ faults: { pointer: string }[] }>(
        '/api/mailbox/letters',
        letterOf(more),
      );
      expect(answer.status, JSON.stringify(more)).to.equal(422);
      expect(answer.body.faults[0]?.pointer, JSON.stringify(more)).to.equal(pointer);
    }
  });

  it('is screened in 5 working days and answered in 15, put off once with the reason told; waiting stops the clock', async () => {
    const code = await write(writer, { title: '时限' });
    const id = await idOf(desk, '时限');
    expect((await file(desk, id)).dueOn).to.equal('2026-10-19');
    await house.at('2026-10-13T09:00:00+08:00');
    await act(desk, id, 'SCREEN');
    expect((await file(desk, id)).dueOn).to.equal('2026-11-03');
    await house.at('2026-10-15T09:00:00+08:00');
    await act(desk, id, 'START');
    expect((await file(desk, id)).dueOn, 'one clock').to.equal('2026-11-03');
    await house.at('2026-10-20T09:00:00+08:00');
    // Ten working days are left: 21 October to 3 November.
    await act(desk, id, 'ASK', { text: '请问塌方在哪两处？' });
    expect((await file(desk, id)).state).to.equal('waiting');
    await house.at('2026-10-28T09:00:00+08:00');
    await say(writer, code, 'SUPPLY', '在三公里和五公里处。');
    expect([(await file(desk, id)).state, (await file(desk, id)).dueOn]).to.deep.equal([
      'in_progress',
      '2026-11-11',
    ]);
    const plain = await act(desk, id, 'EXTEND');
    expect(plain.status).to.equal(422);
    await act(desk, id, 'EXTEND', { reason: '等交通局的勘查结果' });
    expect((await file(desk, id)).dueOn).to.equal('2026-12-02');
    expect((await act(desk, id, 'EXTEND', { reason: '再等等' })).status, 'once').to.equal(409);
    expect((await read(writer, code)).messages.at(-1)?.text).to.equal('答复延长一次：等交通局的勘查结果');
    await act(desk, id, 'ASK', { text: '请问有没有照片？' });
    await house.at('2026-11-28T09:00:00+08:00');
    expect((await file(desk, id)).state, 'nobody answered for 30 days').to.equal('extended');
    await act(desk, id, 'ANSWER', ANSWER);
    const { state, messages } = await read(writer, code);
    expect(state).to.equal('answered');
    expect(messages.map((m) => m.side)).to.deep.equal('writer office writer office office office'.split(' '));
  });

  it('is taken up again twice at most, then looked at by somebody who did not answer', async () => {
    const [code, id] = await begun('重办');
    await act(desk, id, 'ANSWER', ANSWER);
    expect((await say(writer, code, 'REOPEN')).status, 'it must say why').to.equal(422);
    for (const state of ['reopened', 'reopened_again']) {
      expect((await say(writer, code, 'REOPEN', '没有说清楚什么时候修。')).body.state).to.equal(state);
      await act(desk, id, 'ANSWER', ANSWER);
    }
    expect((await say(writer, code, 'REOPEN', '还是没有说清楚。')).status).to.equal(409);
    await say(writer, code, 'ASK_REVIEW', '三次都没有说清楚。');
    expect((await act(desk, id, 'REVIEWED', ANSWER)).status).to.equal(403);
    expect((await act(approver, id, 'REVIEWED', ANSWER)).body.state).to.equal('closed');
    expect((await approver.get(`/api/letters/${id}`)).status, 'no longer before the approver').to.equal(404);
  });

  it("is published with the writer's word, as an edited text, by a second person; withheld is counted", async () => {
    const [code, id] = await begun('公开');
    await act(desk, id, 'ANSWER', ANSWER);
    await say(writer, code, 'SATISFIED');
    const publication = { title: '公路养护', question: '公路什么时候修好？', answer: ANSWER.text };
    expect((await act(desk, id, 'PROPOSE', { publication })).body.code).to.equal('letter.not_consented');
    await say(writer, code, 'CONSENT');
    expect((await act(desk, id, 'PROPOSE')).status).to.equal(422);
    expect((await act(desk, id, 'PROPOSE', { publication })).body.state).to.equal('proposed');
    expect((await act(desk, id, 'PUBLISH')).status).to.equal(403);
    expect((await act(approver, id, 'PUBLISH')).body.state).to.equal('published');
    const [, hidden] = await begun('不公开');
    await act(desk, hidden, 'ANSWER', ANSWER);
    await house.at('2026-12-30T09:00:00+08:00');
    expect((await file(desk, hidden)).state, 'closed after 30 days').to.equal('closed');
    await act(desk, hidden, 'WITHHOLD', { reason: '涉及个人情况' });
    const { body } = await writer.get<{
      offices: { org: string; withheld: number; published: number }[];
      published: Record<string, unknown>[];
    }>('/api/mailbox/numbers');
    expect(body.published.map((p) => p.title)).to.deep.equal(['公路养护']);
    expect(JSON.stringify(body)).not.to.match(/黄大山|13887600001|[0-9a-z]{26}/);
    expect(body.offices[0]).to.include({ withheld: 1, published: 1 });
  });

  it('keeps a confidential name sealed until two persons open it, and tells the writer', async () => {
    const [code, id] = await begun('保密', { mode: 'named_confidential' });
    const seenBy = async (client: Client) => (await client.get(`/api/letters/${id}/identity`)).status;
    expect((await file(desk, id)).identity).to.equal(null);
    expect(await seenBy(desk)).to.equal(404);
    const asked = await desk.post<{ id: string }>(`/api/letters/${id}/openings`, { reason: '要当面核实' });
    expect(asked.status).to.equal(201);
    expect(await seenBy(desk), 'asked, not agreed').to.equal(404);
    const path = `/api/letters/${id}/openings/${asked.body.id}/agree`;
    const alone = await desk.post<{ code: string }>(path, {});
    expect([alone.status, alone.body.code]).to.deep.equal([403, 'letter.second_person']);
    expect((await approver.post(path, {})).status, 'no desk of his').to.equal(404);
    expect((await desk2.post(path, {})).status).to.equal(204);
    const { body } = await desk.get<{ name: string }>(`/api/letters/${id}/identity`);
    expect(body).to.deep.equal({ name: '黄大山', phone: '13887600001' });
    const last = (await read(writer, code)).messages.at(-1);
    expect(last).to.include({ side: 'house' });
    expect(last?.text).to.include('要当面核实');
    expect(await db()('audit').where({ act: 'letter.see-identity', subject: id })).to.have.length(1);
    const [sms] = await db()('messages').where({ template: 'letter-news' }).orderBy('id', 'desc').limit(1);
    expect(house.service.deps.vault.open(sms.text_sealed)).not.to.match(/黄|\d{4}/);
  });

  it('never lies with those it is about: the level above answers, in every way of looking (§7.2)', async () => {
    const title = '剥隘镇党委的会议';
    await write(writer, { title, about: TOWNSHIP, to: undefined });
    const id = await idOf(desk, title);
    expect((await file(desk, id)).office).to.equal('中共富宁县委员会');
    expect((await file(desk, id)).desk).to.equal('mail');
    for (const login of [
      'party-town',
      'secretary',
      'member',
      'town-leader',
      'village',
      'sysadmin',
      'auditor',
    ])
      await expectBlind(await house.as(login), id, title);
    // Whoever answers letters at the county but belongs to the township as well knows nothing of it either.
    const { accounts } = { accounts: await db()('accounts').where({ login: 'party-mail2' }) };
    await house.service.deps.db.write('grants').insert({
      ...(await db()('grants').where({ account_id: accounts[0].id }).first()),
      id: 'grant-of-the-conflict',
      role: 'party-member',
      org_id: VILLAGE,
      subtree: 0,
    });
    await expectBlind(desk2, id, title);
    await house.service.deps.db.write('grants').where({ id: 'grant-of-the-conflict' }).delete();
    expect((await list(desk2)).letters.map((l) => l.id)).to.include(id);
  });

  it('goes a level up with its whole thread when the desk finds that it is about its own committee', async () => {
    const [code, id] = await begun('关于县委');
    expect((await desk.post(`/api/letters/${id}/subjects`, { org: COUNTY })).status).to.equal(204);
    await expectBlind(desk, id, '关于县委');
    await expectBlind(tips, id, '关于县委');
    const thread = await read(writer, code);
    expect(thread.office).to.equal('中共文山壮族苗族自治州委员会');
    expect(thread.messages).to.have.length(1);
  });

  it('keeps what accuses somebody at a desk of its own', async () => {
    const [, id] = await begun('检举', { tip: true });
    for (const client of [desk, desk2, approver, await house.as('party-town')])
      await expectBlind(client, id, '检举');
    expect((await file(tips, id)).desk).to.equal('tips');
  });

  it('is destroyed when its time is over: three years, an anonymous one one', async () => {
    const named = await write(writer, { title: '三年' });
    const nameless = await write(writer, { title: '一年', mode: 'anonymous' });
    for (const title of ['三年', '一年'])
      await act(desk, await idOf(desk, title), 'DECLINE', { reason: '不属于信箱受理的范围' });
    await house.at('2028-01-10T09:00:00+08:00');
    expect((await writer.post('/api/mailbox/read', { code: nameless })).status).to.equal(404);
    expect((await read(writer, named)).state).to.equal('declined');
    await house.at('2030-01-10T09:00:00+08:00');
    expect((await writer.post('/api/mailbox/read', { code: named })).status).to.equal(404);
    const gone = db()('branch_records').where({ module: 'letter', state: 'purged' }).select('id');
    expect(
      await db()('letters').whereIn('id', gone).whereNot({ title_sealed: '', code_hash: '' }),
    ).to.deep.equal([]);
    for (const table of ['letter_messages', 'letter_identities', 'letter_publications', 'letter_openings'])
      expect(await db()(table).whereIn('letter_id', gone), table).to.deep.equal([]);
    expect((await gone).length).to.be.greaterThan(3);
  });
});
