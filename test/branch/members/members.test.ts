/** The list of members: over HTTP, on both databases. Nobody is in two branches and nobody in none. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { BRANCH, expectEverybodyOnce, idNumber, memberNamed, OTHER, sentCode } from './support.ts';

interface Listed {
  members: {
    id: string;
    name: string;
    idNumber: string;
    phone: string | null;
    account: string;
    version: number;
  }[];
  next: string | null;
}

onEachDatabase('the members of a branch', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let secretary: Client;
  let secretary2: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    [secretary, secretary2] = [await house.as('secretary'), await house.as('secretary2')];
  });
  afterEach(() => expectEverybodyOnce(house));
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const db = () => house.service.deps.db.read;
  const named = (name: string) => memberNamed(house, name);
  const list = async (client: Client, org: string) =>
    (await client.get<Listed>(`/api/branch/members?org=${org}`)).body;
  const newcomer = (more: object = {}) => ({
    org: BRANCH,
    name: '陆小满',
    idNumber: idNumber('53262820000303901'),
    phone: '13900010099',
    sharedPhone: false,
    kind: 'probationary',
    on: '2026-09-28',
    how: 'developed',
    reason: '支部大会决议 2026-3 号',
    ...more,
  });
  const add = (client: Client, body: object, key?: string) =>
    client.post<{ id: string; code: string }>(
      '/api/branch/members',
      body,
      key ? { 'Idempotency-Key': key } : {},
    );

  it('are listed for the officer of the branch and those above, with numbers masked, and for nobody else', async () => {
    const { members } = await list(secretary, BRANCH);
    expect(members).to.have.length(12);
    expect(JSON.stringify(members))
      .not.to.match(/\d{17}[\dX]/)
      .and.not.to.include('13900010002');
    expect(members.find((m) => m.name === '黄美玲')).to.include({
      idNumber: '532628**********24',
      phone: '139****0002',
      account: 'activated',
    });
    expect((await list(await house.as('party-town'), BRANCH)).members).to.have.length(12);
    for (const login of ['secretary2', 'member', 'party-editor', 'sysadmin', 'village'])
      expect((await (await house.as(login)).get(`/api/branch/members?org=${BRANCH}`)).status, login).to.equal(
        403,
      );
    expect((await house.stranger().get(`/api/branch/members?org=${BRANCH}`)).status).to.equal(401);
  });

  it('a new telephone is not verified; who has an account is counted without any order by it', async () => {
    const { id } = await named('陆永福');
    const change = { version: 1, name: '陆永福', phone: '13900010077', sharedPhone: false, kind: 'full' };
    expect((await secretary.post(`/api/branch/members/${id}/change`, change)).status).to.equal(204);
    expect(await db()('members').where({ id }).first()).to.include({ phone_verified_at: null, version: 2 });
    const county = await house.as('party-approver');
    const { body } = await county.get<{ whole: object; parts: { orgId: string }[] }>(
      '/api/branch/coverage?org=P532628',
    );
    expect(body.whole).to.deep.equal({ orgId: 'P532628', listed: 14, activated: 4 });
    const ids = body.parts.map((p) => p.orgId);
    expect(ids).to.deep.equal([...ids].sort());
    expect((await secretary.get('/api/branch/coverage?org=P532628')).status).to.equal(403);
  });

  it('of a long list come page by page, each once', async () => {
    for (let i = 0; i < 45; i++) {
      const body = newcomer({
        name: `陆${i}`,
        idNumber: idNumber(`53262819990101${100 + i}`),
      });
      expect((await add(secretary, body)).status).to.equal(201);
    }
    const first = await list(secretary, BRANCH);
    const second = (await secretary.get<Listed>(`/api/branch/members?org=${BRANCH}&after=${first.next}`))
      .body;
    expect([first.members.length, second.members.length, second.next]).to.deep.equal([50, 7, null]);
    expect(new Set([...first.members, ...second.members].map((m) => m.id)).size).to.equal(57);
  });

  it('are entered once: a repeat is the same member, a known number is refused without saying where', async () => {
    const [one, two] = [await add(secretary, newcomer(), 'k1'), await add(secretary, newcomer(), 'k1')];
    expect([one.status, two.body.id]).to.deep.equal([201, one.body.id]);
    const again = await add(secretary2, newcomer({ org: OTHER }));
    expect([again.status, again.body.code]).to.deep.equal([409, 'member.known']);
    expect(JSON.stringify(again.body)).not.to.include('剥隘');
    const row = await db()('members').where({ id: one.body.id }).first();
    expect(JSON.stringify(row)).not.to.include('13900010099').and.not.to.include('20000303');
  });

  it('two officers who enter the same person at once: one of them does', async () => {
    const idNumber2 = idNumber('53262820010303902');
    const both = await Promise.all([
      add(secretary, newcomer({ idNumber: idNumber2 })),
      add(secretary2, newcomer({ org: OTHER, idNumber: idNumber2 })),
    ]);
    expect(both.map((a) => a.status).sort()).to.deep.equal([201, 409]);
  });

  it('every fault of an entry is told at once; another’s branch is refused', async () => {
    const wrong = await add(
      secretary,
      newcomer({ name: ' ', idNumber: '532628200003039999', phone: '123', on: '2027-01-01', reason: '' }),
    );
    expect(wrong.status).to.equal(422);
    const { faults } = wrong.body as unknown as { faults: { pointer: string }[] };
    expect(faults.map((f) => f.pointer)).to.deep.equal(['/name', '/idNumber', '/phone', '/on', '/reason']);
    expect((await add(secretary, newcomer({ org: OTHER }))).status).to.equal(403);
    expect(
      (
        await add(
          await house.as('party-town'),
          newcomer({ org: 'P532628103', idNumber: idNumber('53262820020303903') }),
        )
      ).status,
    ).to.equal(422);
  });

  it('a search finds by the exact number alone, within one’s reach, and is kept', async () => {
    const search = async (client: Client, number: string) =>
      (await client.post<Listed>('/api/branch/members/search', { number })).body.members?.map((m) => m.name);
    expect(await search(secretary, '13900010002')).to.have.members(['黄美玲', '黄家兴']);
    expect(await search(secretary, '139 0001 0002')).to.have.members(['黄美玲', '黄家兴']);
    expect(await search(secretary, '1390001000')).to.deep.equal([]);
    expect(await search(secretary, '黄美玲')).to.deep.equal([]);
    expect(await search(secretary2, '13900010002')).to.deep.equal([]);
    expect(
      (await (await house.as('member')).post('/api/branch/members/search', { number: '1' })).status,
    ).to.equal(403);
    const kept = await db()('audit').where({ act: 'member.search' });
    expect(kept).to.have.length(5);
    expect(JSON.stringify(kept)).not.to.include('13900010002');
  });

  it('the full numbers are a separate act with a reason, which the member reads', async () => {
    const { id } = await named('黄美玲');
    const path = `/api/branch/members/${id}/reveal`;
    expect((await secretary.post(path, { reason: ' ' })).status).to.equal(422);
    expect((await secretary2.post(path, { reason: '核对' })).status).to.equal(404);
    const seen = await secretary.post<{ idNumber: string }>(path, { reason: '核对党费' });
    expect(seen.body.idNumber).to.match(/^532628198509239/);
    const member = await house.as('member');
    const { body } = await member.get<{
      member: { name: string };
      looks: { act: string; by: string; reason: string }[];
      memberships: object[];
    }>('/api/branch/me');
    expect(body.member.name).to.equal('黄美玲');
    expect(body.memberships).to.have.length(1);
    expect(body.looks[0]).to.include({ act: 'member.reveal', by: '农志强', reason: '核对党费' });
    expect((await (await house.as('village')).get('/api/branch/me')).status).to.equal(404);
  });

  it('a code opens the account: sent to the telephone, five tries, once, and a shared telephone is no matter', async () => {
    const { id } = await named('黄家兴');
    const given = {
      phone: '13900010002',
      lastFour: (await named('黄家兴')).last,
      password: 'three blue buses',
    };
    expect((await secretary2.post(`/api/branch/members/${id}/invite`, {})).status).to.equal(404);
    expect((await secretary.post(`/api/branch/members/${id}/invite`, {})).status).to.equal(200);
    const sent = await sentCode(house);
    expect(sent.to).to.equal('13900010002');
    expect(sent.text).not.to.include('黄');
    const open = (more: object) =>
      house
        .stranger()
        .post<{ login: string }>('/api/branch/activation', { ...given, code: sent.code, ...more });
    expect((await open({ code: '00000000' })).status).to.equal(403);
    expect((await open({ lastFour: '0000' })).status).to.equal(403);
    expect((await open({ phone: '13900010003' })).status).to.equal(403);
    expect((await open({ password: 'short' })).status).to.equal(422);
    const [one, two] = await Promise.all([open({}), open({})]);
    expect([one.status, two.status].sort()).to.deep.equal([201, 403]);
    const { login } = (one.status === 201 ? one : two).body;
    const client = house.stranger();
    const signed = await client.post<{ csrf: string }>('/api/session', { login, password: given.password });
    expect(signed.status).to.equal(200);
    expect((await client.get<{ member: { name: string } }>('/api/branch/me')).body.member.name).to.equal(
      '黄家兴',
    );
    expect((await secretary.post(`/api/branch/members/${id}/invite`, {})).status).to.equal(409);
  });

  it('after five wrong codes, or three days, the right one opens nothing', async () => {
    const { id, last } = await named('农玉芬');
    const given = { phone: '13900010005', lastFour: last, password: 'three blue buses' };
    const open = (code: string) => house.stranger().post('/api/branch/activation', { ...given, code });
    await secretary.post(`/api/branch/members/${id}/invite`, {});
    const { code } = await sentCode(house);
    const wrong = code === '11111111' ? '22222222' : '11111111';
    for (let i = 0; i < 5; i++) expect((await open(wrong)).status).to.equal(403);
    expect((await open(code)).status).to.equal(403);
    await secretary.post(`/api/branch/members/${id}/invite`, {});
    const fresh = await sentCode(house);
    await house.at('2026-10-01T09:41:00+08:00');
    expect((await open(fresh.code)).status).to.equal(403);
  });

  it('two persons vouch for whoever has no telephone; never one alone, nor one of another branch', async () => {
    const { id } = await named('韦绍光');
    const path = `/api/branch/members/${id}`;
    expect((await secretary.post(`${path}/invite`, {})).body).to.include({ code: 'member.not_reachable' });
    const member = await house.as('member');
    expect((await member.post(`${path}/vouch`, {})).status).to.equal(404);
    expect((await member.post(`${path}/vouch-too`, {})).body).to.include({ code: 'member.not_vouched' });
    expect((await secretary.post(`${path}/vouch`, {})).status).to.equal(204);
    expect((await secretary.post(`${path}/vouch-too`, {})).body).to.include({ code: 'member.second_person' });
    expect((await secretary2.post(`${path}/vouch-too`, {})).status).to.equal(404);
    const opened = await member.post<{ login: string; password: string }>(`${path}/vouch-too`, {});
    expect(opened.status).to.equal(201);
    const signed = await house.stranger().post<{ mustChange: boolean }>('/api/session', opened.body);
    expect(signed.status).to.equal(200);
    expect((await db()('accounts').where({ login: opened.body.login }).first()).must_change).to.equal(1);
  });

  it('whoever is dead is in no branch and may do nothing there; a stale change is refused', async () => {
    const { id } = await named('岑玉华');
    const death = { state: 'dead', on: '2026-09-27', reason: '死亡证明', version: 1 };
    expect(
      (await secretary.post(`/api/branch/members/${id}/state`, { ...death, version: 2 })).status,
    ).to.equal(409);
    const member2 = await house.as('member2');
    expect((await member2.get('/api/branch/coverage?org=P532628103201')).status).to.equal(200);
    expect((await secretary.post(`/api/branch/members/${id}/state`, death)).status).to.equal(204);
    expect((await list(secretary, BRANCH)).members.some((m) => m.id === id)).to.equal(false);
    expect((await member2.get('/api/branch/coverage?org=P532628103201')).status).to.equal(403);
    expect((await secretary.get(`/api/branch/members/${id}`)).status).to.equal(404);
  });
});
