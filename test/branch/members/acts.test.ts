/** Mergers, splits, dissolutions and moves of branches with everything that lies there: on both databases. */
import { expect } from 'chai';
import { openRecord } from '../../../src/branch/records/index.ts';
import { moveOrg } from '../../../src/people/orgs/index.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { BRANCH, expectEverybodyOnce, memberNamed, OTHER } from './support.ts';

const TOWN = 'P532628103';
const NEW = { code: 'P532628103201-01', name: '中共剥隘镇剥隘村第二支部委员会', short: '剥隘村第二党支部' };

onEachDatabase('branches that are merged, split, dissolved, moved', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let target: string;
  beforeEach(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    target = house.service.deps.orgs.children(TOWN).find((o) => o.id !== BRANCH)?.id ?? '';
  });
  afterEach(async () => {
    await expectEverybodyOnce(house);
    await house.close();
    await opened.drop();
  });

  const db = () => house.service.deps.db.read;
  const count = async (org: string) => (await db()('memberships').where({ org_id: org, to_on: null })).length;
  const ask = async (plan: object, login = 'party-town') =>
    (await house.as(login)).post<{ id: string; report: { members: number; records: object[] }[] }>(
      '/api/branch/orgs/acts',
      { documentNo: '剥党发〔2026〕7号', plan },
    );
  const decide = async (id: string, decision: string, login = 'party-approver') => {
    const answer = await (await house.as(login)).post<{ code?: string }>(
      `/api/branch/orgs/acts/${id}/${decision}`,
      {},
    );
    return answer.status === 204 ? 'done' : answer.body.code;
  };
  const tree = async (on: string, org = TOWN) =>
    (
      await (
        await house.as('party-town')
      ).get<{ orgs: { orgId: string; kind: string }[] }>(`/api/branch/tree?org=${org}&on=${on}`)
    ).body.orgs.map((o) => o.orgId);
  const problem = (orgId: string, module = 'problem') =>
    transact(house.service.deps.db, (trx) =>
      openRecord(trx, house.service.deps, {
        module,
        orgId,
        authorId: null,
        visibility: 'subtree',
        content: {},
      }),
    );
  const transfer = async (name: string) => {
    const member = (await memberNamed(house, name)).id;
    const body = { member, to: OTHER, reason: '迁居' };
    return (await (await house.as('secretary')).post<{ id: string }>('/api/branch/transfers', body)).body.id;
  };

  it('merged: members, chosen work and transfers go along, offices end, the source stays readable; undone, all is as before', async () => {
    const { id: record } = await problem(BRANCH);
    const { id: letter } = await problem(BRANCH, 'letter');
    const moving = await transfer('农玉芬');
    const asked = await ask({ kind: 'merge', org: target, sources: [BRANCH], rehome: ['problem'] });
    expect(asked.status, JSON.stringify(asked.body)).to.equal(201);
    expect(asked.body.report[1]).to.include({
      orgId: BRANCH,
      members: 12,
      transfers: 1,
      grants: 3,
      children: 0,
    });
    expect(asked.body.report[1]?.records).to.deep.equal([
      { module: 'letter', count: 1 },
      { module: 'problem', count: 1 },
    ]);
    expect(await count(BRANCH)).to.equal(12);
    expect(await decide(asked.body.id, 'approve', 'party-town')).to.equal('record.not_found');
    await house.at('2026-09-29T09:40:00+08:00');
    expect(await decide(asked.body.id, 'approve')).to.equal('done');
    expect(await decide(asked.body.id, 'approve')).to.equal('org.not_possible');
    expect([await count(BRANCH), await count(target)]).to.deep.equal([0, 12]);
    const secretary = await house.as('secretary');
    expect((await secretary.get(`/api/branch/members?org=${target}`)).status).to.equal(403);
    expect((await secretary.get(`/api/branch/coverage?org=${target}`)).status).to.equal(200);
    const orgOf = async (id: string) => (await db()('branch_records').where({ id }).first()).org_id;
    expect([await orgOf(record), await orgOf(letter), await orgOf(moving)]).to.deep.equal([
      target,
      BRANCH,
      target,
    ]);
    expect((await tree('2026-09-28')).includes(BRANCH)).to.equal(true);
    expect((await tree('2026-09-29')).includes(BRANCH)).to.equal(false);
    expect(await db()('orgs').where({ id: BRANCH }).first()).to.include({ closed_on: '2026-09-29' });
    await house.at('2026-10-29T09:40:00+08:00');
    expect(await decide(asked.body.id, 'undo')).to.equal('done');
    expect([await count(BRANCH), await count(target)]).to.deep.equal([12, 0]);
    expect([await orgOf(record), await orgOf(moving)]).to.deep.equal([BRANCH, BRANCH]);
    expect((await secretary.get(`/api/branch/members?org=${BRANCH}`)).status).to.equal(200);
    expect((await tree('2026-10-15')).includes(BRANCH)).to.equal(false);
    expect((await tree('2026-10-29')).includes(BRANCH)).to.equal(true);
  });

  it('refused: a merger of different kinds, letters carried along, no document, one’s own level, after 30 days', async () => {
    const merge = { kind: 'merge', org: target, sources: [BRANCH], rehome: [] };
    expect((await ask({ ...merge, rehome: ['letter'] })).status).to.equal(422);
    expect((await ask(merge, 'secretary')).status).to.equal(403);
    expect(
      (await ask({ kind: 'merge', org: target, sources: [BRANCH], rehome: [], more: 1 })).status,
    ).to.equal(422);
    const itself = await ask({ ...merge, sources: [target] });
    expect(await decide(itself.body.id, 'approve')).to.equal('request.invalid');
    const done = (await ask(merge)).body.id;
    expect(await decide(done, 'approve')).to.equal('done');
    await house.at('2026-10-29T09:40:00+08:00');
    expect(await decide(done, 'undo')).to.equal('org.not_undoable');
    const refused = (await ask({ kind: 'dissolve', org: target })).body.id;
    expect(await decide(refused, 'refuse')).to.equal('done');
    expect(await decide(refused, 'approve')).to.equal('org.not_possible');
  });

  it('split: nobody is left unassigned; a branch becomes a general branch whose members have a branch beneath it', async () => {
    const members: string[] = await db()('memberships')
      .where({ org_id: BRANCH, to_on: null })
      .pluck('member_id');
    const assign = Object.fromEntries(members.map((id, i) => [id, i < 5 ? 'goes' : 'stays']));
    const [first = ''] = members;
    const { [first]: _, ...short } = assign;
    const split = { kind: 'split', org: BRANCH, branch: NEW };
    const wanting = (await ask({ ...split, assign: short })).body.id;
    expect(await decide(wanting, 'approve')).to.equal('request.invalid');
    expect(house.service.deps.orgs.find(NEW.code)).to.equal(undefined);
    const { id } = (await ask({ ...split, assign })).body;
    expect(await decide(id, 'approve')).to.equal('done');
    expect([await count(BRANCH), await count(NEW.code)]).to.deep.equal([7, 5]);
    const below = { ...NEW, code: 'P532628103201-02', name: '中共剥隘镇剥隘村第三支部委员会' };
    const retype = (await ask({ kind: 'retype', org: BRANCH, to: 'general-branch', branch: below })).body.id;
    expect(await decide(retype, 'approve')).to.equal('done');
    expect(house.service.deps.orgs.get(BRANCH).kind).to.equal('general-branch');
    expect([await count(BRANCH), await count(below.code)]).to.deep.equal([0, 7]);
    expect(await decide(retype, 'undo')).to.equal('done');
    expect(house.service.deps.orgs.get(BRANCH).kind).to.equal('branch');
    expect(await decide(id, 'undo')).to.equal('done');
    expect([await count(BRANCH), await count(NEW.code)]).to.deep.equal([12, 0]);
  });

  it('dissolved only when nobody and nothing is left there', async () => {
    const full = (await ask({ kind: 'dissolve', org: BRANCH })).body.id;
    expect(await decide(full, 'approve')).to.equal('org.has_members');
    await problem(target);
    const busy = (await ask({ kind: 'dissolve', org: target })).body.id;
    expect(await decide(busy, 'approve')).to.equal('org.has_records');
    const third =
      house.service.deps.orgs.children(TOWN).find((o) => ![BRANCH, target].includes(o.id))?.id ?? '';
    const empty = (await ask({ kind: 'dissolve', org: third })).body.id;
    expect(await decide(empty, 'approve')).to.equal('done');
    expect(house.service.deps.orgs.get(third).closedOn).to.equal('2026-09-28');
  });

  it('moved to another county with open work and transfers: nothing is lost, what was counted then stays, a closed branch goes along', async () => {
    const { id: record } = await problem(BRANCH);
    const moving = await transfer('农玉芬');
    const before = await db()('branch_records').where({ id: record }).first();
    const gone = (await ask({ kind: 'dissolve', org: target })).body.id;
    expect(await decide(gone, 'approve')).to.equal('done');
    await house.at('2026-10-12T09:40:00+08:00');
    const by = { accountId: 'console', mayManage: () => true };
    await moveOrg(house.service.deps, by, { org: TOWN, parent: 'P532627', on: '2026-10-12' });
    const path = `/P532600/P532627/${TOWN}/`;
    expect(house.service.deps.orgs.get(BRANCH).path).to.equal(`${path}${BRANCH}/`);
    expect(house.service.deps.orgs.get(target).path).to.equal(`${path}${target}/`);
    expect(await db()('branch_records').where({ id: record }).first()).to.deep.equal(before);
    const whole = async (login: string, org: string) =>
      (await (await house.as(login)).get<{ whole: { listed: number } }>(`/api/branch/coverage?org=${org}`))
        .body.whole;
    expect((await whole('party-approver', 'P532628')).listed).to.equal(2);
    expect((await whole('party-town', TOWN)).listed).to.equal(12);
    expect(await tree('2026-10-11', 'P532628')).to.include(BRANCH);
    expect(await tree('2026-10-12', 'P532628')).not.to.include(BRANCH);
    expect(await tree('2026-10-12', 'P532627'))
      .to.include(BRANCH)
      .and.not.to.include(target);
    const act = { event: 'BRANCH_AGREES', version: 1 };
    const acted = (await house.as('secretary')).post(`/api/branch/transfers/${moving}/act`, act);
    expect((await acted).status).to.equal(204);
  });
});
