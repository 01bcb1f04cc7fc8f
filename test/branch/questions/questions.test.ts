/** Questions about the work of the party: classes, duplicates, publication without names, numbers; on both databases. */
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { COUNTY } from '../mailbox/mail.ts';

interface Line {
  id: string;
  text: string;
  state: string;
  version: number;
  dueOn: string;
}

onEachDatabase('questions about the work of the party', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let asker: Client;
  let desk: Client;
  let approver: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    asker = house.stranger();
    [desk, approver] = [await house.as('party-mail'), await house.as('party-approver')];
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  async function ask(text: string, phone?: string): Promise<string> {
    const once = randomBytes(16).toString('hex');
    const body = { once, text, to: COUNTY, ...(phone && { phone }) };
    return (await asker.post<{ code: string }>('/api/ask/questions', body)).body.code;
  }
  const lines = async (client: Client) =>
    (await client.get<{ questions: Line[] }>('/api/questions')).body.questions;
  const find = async (text: string): Promise<Line> => {
    const found = (await lines(desk)).find((q) => q.text === text);
    if (!found) throw new Error(`no question ${text}`);
    return found;
  };
  async function act(client: Client, id: string, event: string, more: Record<string, unknown> = {}) {
    const { version } = (await desk.get<Line>(`/api/questions/${id}`)).body;
    return client.post<{ state: string; code: string }>(`/api/questions/${id}/acts`, {
      event,
      version,
      ...more,
    });
  }
  const read = async (code: string) =>
    (
      await asker.post<{ state: string; answer: string | null; mayFollowUp: boolean }>('/api/ask/read', {
        code,
      })
    ).body;

  it('is answered in 5, 10 or 15 working days, by its class', async () => {
    const days = { simple: '2026-10-19', usual: '2026-10-26', hard: '2026-11-02' };
    for (const [name, due] of Object.entries(days)) {
      await ask(`转正要交什么材料？${name}`);
      const { id } = await find(`转正要交什么材料？${name}`);
      expect((await act(desk, id, 'TRIAGE')).status).to.equal(422);
      expect((await act(desk, id, 'TRIAGE', { class: name })).body.state).to.equal('assigned');
      expect((await find(`转正要交什么材料？${name}`)).dueOn, name).to.equal(due);
    }
  });

  it('answers everybody who asked the same, and tells each who left a number', async () => {
    const first = await ask('流动党员怎样交党费？', '13887601111');
    const same = await ask('在外打工，党费怎么交？', '13887602222');
    const third = await ask('党费能不能在网上交？');
    const { id } = await find('流动党员怎样交党费？');
    await act(desk, id, 'TRIAGE', { class: 'simple' });
    for (const text of ['在外打工，党费怎么交？', '党费能不能在网上交？'])
      expect((await act(desk, (await find(text)).id, 'MERGE', { into: id })).body.state).to.equal('merged');
    expect((await act(desk, id, 'MERGE', { into: id })).status, 'into itself').to.equal(422);
    const before = await house.service.deps.db.read('messages').where({ template: 'question-news' });
    await act(desk, id, 'ANSWER', { answer: '可以转账到支部的党费专户，也可以请家人代交。' });
    for (const code of [first, same, third])
      expect((await read(code)).answer).to.equal('可以转账到支部的党费专户，也可以请家人代交。');
    const after = await house.service.deps.db.read('messages').where({ template: 'question-news' });
    expect(after.length - before.length).to.equal(2);
  });

  it('is published by somebody else than who answered, without the asker', async () => {
    await ask('我叫黄大山，入党要几年？');
    const { id } = await find('我叫黄大山，入党要几年？');
    await act(desk, id, 'TRIAGE', { class: 'usual' });
    await act(desk, id, 'ANSWER', { answer: '黄大山同志：预备期一年。' });
    expect((await act(desk, id, 'PUBLISH')).status, 'nothing edited').to.equal(422);
    const publication = { question: '入党的预备期是多久？', answer: '预备期为一年。' };
    expect((await act(desk, id, 'PUBLISH', { publication })).status).to.equal(403);
    expect((await act(approver, id, 'PUBLISH', { publication })).body.state).to.equal('published');
    const { body } = await asker.get<{ published: unknown[] }>('/api/ask/published');
    expect(body.published).to.have.length(1);
    expect(JSON.stringify(body)).to.include('预备期为一年').and.not.include('黄大山');
  });

  it('can be asked on about, closes when nobody does, and is counted, late ones too', async () => {
    const code = await ask('支部大会多久开一次？');
    const { id } = await find('支部大会多久开一次？');
    await act(desk, id, 'TRIAGE', { class: 'simple' });
    await act(desk, id, 'ANSWER', { answer: '一般每季度一次。' });
    const body = { code, text: '农忙的时候能不能推迟？' };
    expect((await asker.post<{ state: string }>('/api/ask/follow-up', body)).body.state).to.equal('assigned');
    expect((await asker.post('/api/ask/follow-up', body)).status).to.equal(409);
    await house.at('2026-11-02T09:00:00+08:00');
    await act(desk, id, 'ANSWER', { answer: '可以，由支部委员会决定。' });
    await house.at('2026-12-15T09:00:00+08:00');
    expect((await read(code)).state).to.equal('closed');
    await house.at('2027-02-15T09:00:00+08:00');
    const { offices } = (await asker.get<{ offices: Record<string, unknown>[] }>('/api/ask/published')).body;
    expect(offices).to.deep.equal([
      {
        org: '中共富宁县委员会',
        received: 8,
        answered: 3,
        inTime: 2,
        published: 1,
        withheld: 0,
        declined: 0,
        merged: 2,
        medianDays: 0,
        unansweredLong: 3,
      },
    ]);
  });

  it('is kept from who has no desk for it', async () => {
    const { id } = await find('转正要交什么材料？hard');
    for (const login of ['party-town', 'secretary', 'member', 'sysadmin', 'auditor', 'party-tips']) {
      const other = await house.as(login);
      expect(await lines(other), login).to.deep.equal([]);
      expect((await other.get(`/api/questions/${id}`)).status).to.equal(404);
    }
    expect((await approver.get(`/api/questions/${id}`)).status, 'nothing to approve yet').to.equal(404);
  });
});
