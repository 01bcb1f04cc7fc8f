/** A member changes branch: over HTTP, on both databases. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { BRANCH, expectEverybodyOnce, memberNamed, OTHER } from './support.ts';

const WAY = [
  ['secretary', 'BRANCH_AGREES', 'out_approved_branch'],
  ['party-town', 'COMMITTEE_AGREES', 'out_approved'],
  ['party-town', 'ISSUE_LETTER', 'in_transit'],
  ['party-approver', 'RECEIVE', 'received'],
  ['secretary2', 'PLACE', 'placed'],
] as const;

onEachDatabase('a transfer to another branch', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  afterEach(() => expectEverybodyOnce(house));
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const db = () => house.service.deps.db.read;
  const orgOf = async (id: string) =>
    (await db()('memberships').where({ member_id: id }).whereNull('to_on').first()).org_id as string;
  async function apply(name: string, to = OTHER): Promise<string> {
    const { id } = await memberNamed(house, name);
    const answer = await (await house.as('secretary')).post<{ id: string }>('/api/branch/transfers', {
      member: id,
      to,
      reason: '迁居',
    });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body.id;
  }
  const versionOf = async (id: string) =>
    (await db()('branch_records').where({ id }).first()).version as number;
  const act = async (login: string, id: string, event: string, more: object = {}) =>
    (await house.as(login)).post<{ code: string }>(`/api/branch/transfers/${id}/act`, {
      event,
      version: await versionOf(id),
      ...more,
    });
  const stateOf = async (id: string) => (await db()('branch_records').where({ id }).first()).state as string;
  async function walk(id: string, until: string): Promise<void> {
    for (const [login, event, state] of WAY) {
      expect((await act(login, id, event)).status, event).to.equal(204);
      if (state === until) return;
    }
  }

  it('keeps him in the old branch until the new one has placed him; then list and rights change together', async () => {
    const { id: member } = await memberNamed(house, '岑玉华');
    const asked = await (await house.as('member2')).post<{ id: string }>('/api/branch/transfers', {
      to: OTHER,
      reason: '迁居',
    });
    const { id } = asked.body;
    const client: Client = await house.as('member2');
    for (const [login, event, state] of WAY) {
      expect(await orgOf(member), `before ${event}`).to.equal(BRANCH);
      expect((await client.get(`/api/branch/coverage?org=${BRANCH}`)).status).to.equal(200);
      expect((await client.get(`/api/branch/coverage?org=${OTHER}`)).status).to.equal(403);
      expect((await act(login, id, event)).status, event).to.equal(204);
      expect(await stateOf(id)).to.equal(state);
      await expectEverybodyOnce(house);
    }
    expect(await orgOf(member)).to.equal(OTHER);
    expect((await client.get(`/api/branch/coverage?org=${BRANCH}`)).status).to.equal(403);
    expect((await client.get(`/api/branch/coverage?org=${OTHER}`)).status).to.equal(200);
    const past = await db()('memberships').where({ member_id: member }).orderBy('from_on');
    expect(past.map((m) => [m.org_id, m.to_on])).to.deep.equal([
      [BRANCH, '2026-09-28'],
      [OTHER, null],
    ]);
    expect(past[1]?.reason).to.match(/^组转〔2026〕\d{4}号$/);
    const told = await db()('messages').where({ template: 'party-transfer' });
    expect(told).to.have.length(5);
    expect(told.map((m) => house.service.deps.vault.open(m.text_sealed)).join()).not.to.match(/岑|剥隘/);
  });

  it('a step is only its own part’s, in its own state; somebody without a part does not learn of it', async () => {
    const id = await apply('农玉芬');
    expect((await act('secretary2', id, 'PLACE')).body.code).to.equal('record.not_possible');
    expect((await act('secretary2', id, 'BRANCH_AGREES')).body.code).to.equal('record.not_yours');
    expect((await act('member', id, 'BRANCH_AGREES')).status).to.equal(404);
    expect((await (await house.as('party-editor')).get(`/api/branch/transfers/${id}`)).status).to.equal(404);
    const stale = { event: 'BRANCH_AGREES', version: 9 };
    const post = (await house.as('secretary')).post(`/api/branch/transfers/${id}/act`, stale);
    expect((await post).body).to.include({ code: 'record.stale_version' });
    const again = await (await house.as('secretary')).post('/api/branch/transfers', {
      member: (await memberNamed(house, '农玉芬')).id,
      to: OTHER,
      reason: '再来',
    });
    expect(again.body).to.include({ code: 'member.in_transfer' });
    expect((await act('secretary', id, 'WITHDRAW')).status).to.equal(204);
  });

  it('the officer does not agree to his own; one returned, withdrawn or expired leaves him where he was', async () => {
    const { id: own } = await memberNamed(house, '农志强');
    const mine = await apply('农志强');
    expect((await act('secretary', mine, 'BRANCH_AGREES')).body.code).to.equal('record.not_yours');
    expect((await act('party-town', mine, 'RETURN')).status).to.equal(422);
    expect((await act('party-town', mine, 'RETURN', { reason: '手续不全' })).status).to.equal(204);
    expect(await orgOf(own)).to.equal(BRANCH);
    const { id: member } = await memberNamed(house, '农彩凤');
    const id = await apply('农彩凤');
    await walk(id, 'out_approved');
    expect((await act('party-town', id, 'ISSUE_LETTER', { days: 92 })).status).to.equal(422);
    expect((await act('party-town', id, 'ISSUE_LETTER')).status).to.equal(204);
    expect((await db()('transfers').where({ id }).first()).letter_until).to.equal('2026-10-28');
    await house.at('2026-10-28T09:00:00+08:00');
    expect(await stateOf(id)).to.equal('in_transit');
    await house.at('2026-10-29T09:00:00+08:00');
    expect(await stateOf(id)).to.equal('expired');
    expect(await orgOf(member)).to.equal(BRANCH);
    await apply('农彩凤');
  });

  it('placed twice at once, and applied for twice at once: once', async () => {
    const { id: member } = await memberNamed(house, '韦志明');
    const secretary = await house.as('secretary');
    const ask = { member, to: OTHER, reason: '迁居' };
    const asked = await Promise.all(
      [1, 2].map(() => secretary.post<{ id: string }>('/api/branch/transfers', ask)),
    );
    expect(asked.map((a) => a.status).sort()).to.deep.equal([201, 409]);
    const id = asked.find((a) => a.status === 201)?.body.id ?? '';
    await walk(id, 'received');
    const placed = await Promise.all([act('secretary2', id, 'PLACE'), act('secretary2', id, 'PLACE')]);
    expect(placed.map((a) => a.status).sort()).to.deep.equal([204, 409]);
    expect(await db()('memberships').where({ member_id: member })).to.have.length(2);
  });
});
