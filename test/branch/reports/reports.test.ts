/** Thought reports are the affair of two people: over HTTP, on both databases. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';

const BRANCH = 'P532628103201';
const TEXT = '今年家里收成好，想多学一点技术';
const ANSWER = '下个月镇上有课，一起去';

interface View {
  id: string;
  state: string;
  version: number;
  text: string | null;
  answer: string | null;
}

onEachDatabase('thought reports: read by the addressee alone', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let secretary: Client;
  let member: Client;
  let id: string;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    [secretary, member] = [await house.as('secretary'), await house.as('member')];
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });
  const db = () => house.service.deps.db.read;
  const accountOf = async (login: string): Promise<string> =>
    (await db()('accounts').where({ login }).first()).id;
  const send = async (addressee: string, more: object = {}) =>
    member.post<{ id: string }>('/api/thought-reports', {
      org: BRANCH,
      addressee: await accountOf(addressee),
      text: TEXT,
      ...more,
    });
  const look = (client: Client, one = id) => client.get<View>(`/api/thought-reports/${one}`);
  const act = async (client: Client, event: string, more: object = {}, one = id): Promise<number> => {
    const { version } = await db()('branch_records').where({ id: one }).first();
    return (await client.post(`/api/thought-reports/${one}/events`, { event, version, ...more })).status;
  };

  it('goes to the secretary or an officer of the own branch, and to nobody else', async () => {
    const { body } = await member.get<{ addressees: { name: string }[] }>(
      `/api/thought-reports/addressees?org=${BRANCH}`,
    );
    expect(body.addressees.map((a) => a.name)).to.deep.equal(['农志强']);
    for (const login of ['party-town', 'member2', 'secretary2', 'party-inspector'])
      expect((await send(login)).status, login).to.equal(422);
    expect((await send('secretary2', { org: 'P532628205201' })).status).to.equal(403);
    const sent = await send('secretary');
    expect(sent.status).to.equal(201);
    id = sent.body.id;
  });

  it('lies sealed, and its words are in no other row', async () => {
    const isSqlite = engine.name === 'sqlite';
    const tables: string[] = isSqlite
      ? await db()('sqlite_master').where({ type: 'table' }).pluck('name')
      : await db()('pg_tables').where({ schemaname: 'public' }).pluck('tablename');
    for (const table of tables) expect(JSON.stringify(await db()(table)), table).not.to.include(TEXT);
  });

  it('is read by the two, and by nobody above, beside or in the administration', async () => {
    expect((await look(secretary)).body.text).to.equal(TEXT);
    expect((await look(member)).body.text).to.equal(TEXT);
    for (const login of 'member2 secretary2 party-town party-reviewer party-approver party-inspector party-survey party-mail sysadmin secadmin auditor'.split(
      ' ',
    )) {
      const client = await house.as(login);
      expect((await look(client)).status, login).to.equal(404);
      expect(
        (await client.get<{ reports: View[] }>('/api/thought-reports')).body.reports,
        login,
      ).to.deep.equal([]);
      expect(await act(client, 'READ'), login).to.equal(404);
    }
    expect((await house.stranger().get(`/api/thought-reports/${id}`)).status).to.equal(401);
  });

  it('those above learn how many there are', async () => {
    const counts = (client: Client, org: string) =>
      client.get<{ counts: { state: string; count: number }[] }>(`/api/thought-reports/counts?org=${org}`);
    const { body } = await counts(await house.as('party-town'), 'P532628103');
    expect(body.counts.find((c) => c.state === 'received')?.count).to.equal(1);
    expect(JSON.stringify(body)).not.to.include('黄美玲');
    for (const login of ['member2', 'secretary2', 'sysadmin'])
      expect((await counts(await house.as(login), 'P532628103')).status, login).to.equal(404);
  });

  it('is read, answered, helped with, closed, each by the one whose it is', async () => {
    expect(await act(member, 'READ')).to.equal(403);
    expect(await act(secretary, 'READ')).to.equal(200);
    expect(await act(member, 'WITHDRAW')).to.equal(409);
    expect(await act(secretary, 'ANSWER')).to.equal(422);
    expect(await act(secretary, 'ANSWER', { answer: ANSWER })).to.equal(200);
    expect((await look(member)).body.answer).to.equal(ANSWER);
    expect(await act(member, 'NEEDS_HELP')).to.equal(200);
    expect(await act(secretary, 'CLOSE')).to.equal(200);
  });

  it('what is withdrawn before it is read leaves no word', async () => {
    const { body } = await send('secretary');
    expect(await act(member, 'WITHDRAW', {}, body.id)).to.equal(200);
    expect((await look(member, body.id)).body.text).to.equal(null);
  });

  it('whoever leaves the post reads no more', async () => {
    const grant = { account_id: await accountOf('secretary'), role: 'party-secretary' };
    await house.service.deps.db.write('grants').where(grant).update({ valid_to: '2026-08-31' });
    const { status } = await look(secretary);
    await house.service.deps.db.write('grants').where(grant).update({ valid_to: null });
    expect(status).to.equal(404);
    expect((await look(secretary)).status).to.equal(200);
  });

  it('is destroyed when it was kept two years, and not before', async () => {
    await house.at('2028-08-30T08:00:00+08:00');
    expect((await look(member)).body.text).to.equal(TEXT);
    await house.at('2028-09-04T08:00:00+08:00');
    expect((await look(member)).body).to.include({ state: 'purged', text: null, answer: null });
    const row = await db()('thought_reports').where({ id }).first();
    expect([row.text_sealed, row.answer_sealed]).to.deep.equal([null, null]);
  });
});
