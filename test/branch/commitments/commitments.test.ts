/** Commitments from the promise to the meeting's finding: over HTTP, on both databases. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';

const BRANCH = 'P532628103201';

interface View {
  id: string;
  state: string;
  version: number;
  text: string;
  isDue: boolean;
  reviews: { outcome: string; present: number }[];
}
interface ListAnswer {
  commitments: View[];
  tally: Record<string, number> | null;
}

onEachDatabase('commitments: made, checked, kept, reviewed by the meeting', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let secretary: Client;
  let member: Client;
  let member2: Client;
  let town: Client;
  let id: string;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    [secretary, member, member2, town] = (await Promise.all(
      ['secretary', 'member', 'member2', 'party-town'].map((login) => house.as(login)),
    )) as [Client, Client, Client, Client];
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const promise = {
    org: BRANCH,
    isForOrg: false,
    kind: 'service',
    text: '帮三户老人收玉米',
    beneficiary: '村里老人',
  };
  const make = async (client: Client, more: object = {}): Promise<string> => {
    const sent = { ...promise, promisedOn: '2026-10-15', ...more };
    const { status, body } = await client.post<{ id: string }>('/api/commitments', sent);
    expect(status, JSON.stringify(body)).to.equal(201);
    return body.id;
  };
  const look = (client: Client, one = id) => client.get<View>(`/api/commitments/${one}`);
  /** As somebody who sees it: its version is known to all. */
  const act = async (client: Client, event: string, more: object = {}, one = id): Promise<number> => {
    const { version } = await house.service.deps.db.read('branch_records').where({ id: one }).first();
    return (await client.post(`/api/commitments/${one}/events`, { event, version, ...more })).status;
  };
  const review = (outcome: string, more: object = {}) => ({
    review: { metOn: '2026-09-01', present: 9, outcome, remark: '逐项评议', ...more },
  });
  const listed = async (client: Client, org = BRANCH) =>
    (await client.get<ListAnswer>(`/api/commitments?org=${org}`)).body;

  it('is made by a member in the own branch, for a day to come, in 200 characters', async () => {
    const post = (client: Client, more: object) =>
      client.post('/api/commitments', { ...promise, promisedOn: '2026-10-15', ...more });
    expect((await post(await house.as('village'), {})).status).to.equal(403);
    expect((await post(member, { org: 'P532628205201' })).status).to.equal(403);
    expect((await post(member, { isForOrg: true })).status).to.equal(403);
    expect((await post(member, { promisedOn: '2026-09-01' })).status).to.equal(422);
    expect((await post(member, { text: '长'.repeat(201) })).status).to.equal(422);
    id = await make(member);
  });

  it('is known to nobody before it is checked, then to the branch, never outside it', async () => {
    for (const client of [secretary, member2, town]) expect((await look(client)).status).to.equal(404);
    expect(await act(member, 'SUBMIT')).to.equal(200);
    expect((await look(secretary)).status).to.equal(200);
    for (const client of [member2, town, house.stranger()]) expect((await look(client)).status).to.equal(404);
    expect(await act(member, 'CHECK')).to.equal(403);
    expect(await act(town, 'CHECK')).to.equal(404);
    expect(await act(secretary, 'CHECK')).to.equal(200);
    expect((await look(member2)).status).to.equal(200);
    for (const login of ['party-town', 'secretary2', 'party-inspector', 'sysadmin'])
      expect((await look(await house.as(login))).status, login).to.equal(404);
    expect((await look(house.stranger())).status).to.equal(404);
    expect((await listed(house.stranger())).commitments).to.deep.equal([]);
  });

  it('reminds before the day promised', async () => {
    expect((await look(member)).body.isDue).to.equal(false);
    await house.at('2026-10-08T08:00:00+08:00');
    expect((await look(member)).body.isDue).to.equal(true);
  });

  it('is reviewed by the meeting, not by one person, and its member may answer a “not”', async () => {
    expect(await act(member, 'REPORT')).to.equal(422);
    expect(await act(member, 'REPORT', { evidence: '收了三户' })).to.equal(200);
    expect(await act(secretary, 'REVIEW')).to.equal(422);
    expect(await act(secretary, 'REVIEW', review('not', { present: 1 }))).to.equal(422);
    expect(await act(secretary, 'REVIEW', review('not', { metOn: '2027-01-01' }))).to.equal(422);
    expect(await act(member, 'REVIEW', review('fulfilled'))).to.equal(403);
    expect((await look(member)).body.reviews).to.deep.equal([]);
    expect(await act(secretary, 'REVIEW', review('not'))).to.equal(200);
    expect(await act(member2, 'OBJECT', { reason: '下雨' })).to.equal(403);
    expect(await act(member, 'OBJECT')).to.equal(422);
    expect(await act(member, 'OBJECT', { reason: '下雨收不成，第二天都收了' })).to.equal(200);
    expect(await act(secretary, 'REVIEW_AGAIN', review('fulfilled'))).to.equal(200);
    expect((await look(member)).body.reviews.map((r) => r.outcome)).to.deep.equal(['not', 'fulfilled']);
    await house.at('2026-10-18T08:00:00+08:00');
    expect((await look(member)).body.state).to.equal('reviewed_again');
    await house.at('2026-10-19T08:00:00+08:00');
    expect((await look(member)).body.state).to.equal('closed');
  });

  it('a secretary’s own is checked from above, and public; so is the organisation’s', async () => {
    const more = { text: '每月走访一遍', promisedOn: '2026-12-20' };
    const own = await make(secretary, more);
    expect(await act(secretary, 'SUBMIT', {}, own)).to.equal(200);
    expect(await act(secretary, 'CHECK', {}, own)).to.equal(403);
    expect(await act(town, 'CHECK', {}, own)).to.equal(200);
    expect((await look(house.stranger(), own)).status).to.equal(200);
    const org = await make(secretary, { ...more, isForOrg: true, text: '修好进村路' });
    expect(await act(secretary, 'SUBMIT', {}, org)).to.equal(200);
    expect(await act(town, 'CHECK', {}, org)).to.equal(200);
    expect((await listed(house.stranger())).commitments.map((c) => c.text)).to.deep.equal([
      '每月走访一遍',
      '修好进村路',
    ]);
  });

  it('who is ill or old withdraws it, and nobody else learns why', async () => {
    const one = await make(member2, { promisedOn: '2026-12-01' });
    expect(await act(member2, 'SUBMIT', {}, one)).to.equal(200);
    expect(await act(secretary, 'CHECK', {}, one)).to.equal(200);
    expect(await act(member2, 'CANCEL', {}, one)).to.equal(422);
    expect(await act(member2, 'CANCEL', { reason: '住院' }, one)).to.equal(200);
    expect((await look(member, one)).status).to.equal(404);
    expect(JSON.stringify((await look(member2, one)).body)).not.to.include('住院');
    const kept = await house.service.deps.db.read('branch_events').where({ record_id: one });
    expect(JSON.stringify(kept)).not.to.include('住院');
  });

  it('has no points and no order but that of making: whoever asks for one is refused', async () => {
    const late = await make(member, { promisedOn: '2026-12-01', text: '学完党章' });
    expect(await act(member, 'SUBMIT', {}, late)).to.equal(200);
    expect(await act(secretary, 'CHECK', {}, late)).to.equal(200);
    const order = async () => (await listed(member)).commitments.map((c) => c.id);
    const before = await order();
    expect(before).to.deep.equal([...before].sort());
    expect(await act(member, 'REPORT', { evidence: '学完了' }, late)).to.equal(200);
    expect(await act(secretary, 'REVIEW', review('fulfilled', { metOn: '2026-10-19' }), late)).to.equal(200);
    expect(await order()).to.deep.equal(before);
    for (const query of ['sort=outcome', 'order=fulfilled', 'top=10', 'rank=1'])
      expect((await member.get(`/api/commitments?org=${BRANCH}&${query}`)).status, query).to.equal(422);
    const words = /point|score|rank|star|badge|积分|排名|得分|星级/i;
    for (const client of [member, secretary, town, house.stranger()])
      expect(JSON.stringify(await listed(client))).not.to.match(words);
    const columns = await house.service.deps.db.read('commitments').columnInfo();
    expect(Object.keys(columns).join(' ')).not.to.match(words);
  });

  it('those in the branch and above see what became of all, in numbers', async () => {
    const { tally } = await listed(town);
    expect(tally).to.deep.equal({
      holders: 3,
      items: 4,
      fulfilled: 2,
      partly: 0,
      not: 0,
      undecided: 2,
      late: 0,
    });
    expect((await listed(town)).commitments).to.have.length(2);
    expect((await listed(house.stranger())).tally).to.equal(null);
    expect((await listed(await house.as('secretary2'))).tally).to.equal(null);
  });
});
