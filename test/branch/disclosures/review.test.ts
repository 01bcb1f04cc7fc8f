/** What falls due, and the way from a text to the board: over HTTP, on both databases. */
import { expect } from 'chai';
import { catalogue, catalogueFaults } from '../../../src/branch/disclosures/catalogue.ts';
import { disclosuresOnNewDay } from '../../../src/branch/disclosures/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { BRANCH, desk, type Moved, SOUND } from './branch.ts';

describe('the catalogue of disclosures', () => {
  it('names a source for everything, and lets nothing stay for good that may not', () => {
    expect(catalogueFaults(catalogue())).to.deep.equal([]);
    const broken = structuredClone(catalogue());
    for (const item of broken.items) if (item.id === 'hardship') delete item.expires;
    for (const item of broken.items) if (item.id === 'dues') delete item.every;
    for (const item of broken.items) if (item.id === 'goals') item.basis = 'hearsay';
    expect(catalogueFaults(broken)).to.deep.equal([
      'dues: a period goes with the calendar',
      'hardship would stay for good',
      'source hearsay is not named',
    ]);
  });
});

onEachDatabase('disclosures: what is due and who decides', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let at: ReturnType<typeof desk>;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    at = desk(house);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const read = () => house.service.deps.db.read;
  const due = async (item: string, period: string) => {
    const row = await read()('disclosure_dues').where({ org_id: BRANCH, item, period }).first();
    return row.id as string;
  };
  const occasion = async (what: string) => (await at.happened('election', '2026-09-27', what)).body.id;

  it('falls due by the calendar, once, however often the day begins', async () => {
    const before = Number((await read()('disclosure_dues').count({ n: '*' }))[0]?.n);
    expect(before).to.be.greaterThan(10);
    await disclosuresOnNewDay(house.service.deps, '2026-09-28');
    await disclosuresOnNewDay(house.service.deps, '2026-09-28');
    expect(Number((await read()('disclosure_dues').count({ n: '*' }))[0]?.n)).to.equal(before);
    const own = await at.dues();
    expect(new Set(own.map((d) => d.org.id))).to.deep.equal(new Set([BRANCH]));
    const dues = own.find((d) => d.item === 'dues' && d.title.includes('第三季度'));
    expect(dues?.title).to.equal('2026年第三季度党费收缴、使用和管理情况');
    expect(dues?.opensOn).to.equal('2026-09-30');
    // Seven working days after 30 September: the holidays of October lie between, 10 October is worked.
    expect(dues?.dueOn).to.equal('2026-10-15');
    const finance = (lines: typeof own) => lines.filter((d) => d.item === 'finance').map((d) => d.title);
    expect(finance(own)).to.include('2026年9月村集体财务收支情况');
    expect(finance(await at.dues('secretary2'))).to.include('2026年第三季度村集体财务收支情况');
  });

  it('shows a secretary the own organisation, those above what lies beneath, others nothing', async () => {
    expect(new Set((await at.dues('secretary2')).map((d) => d.org.id))).to.deep.equal(
      new Set(['P532628205201']),
    );
    expect(new Set((await at.dues('party-town')).map((d) => d.org.id)).has(BRANCH)).to.equal(true);
    expect(await at.dues('member')).to.deep.equal([]);
    expect(await at.dues('secretary', 'org=P532628205201')).to.deep.equal([]);
    expect((await house.stranger().get('/api/disclosures/dues')).status).to.equal(401);
  });

  it('takes what happened, with its own day, once; nothing the calendar asks for, nothing of others', async () => {
    const one = await at.happened('election', '2026-09-25', '支部换届');
    expect(one.status).to.equal(201);
    expect(one.body.dueOn).to.equal('2026-09-28');
    expect((await at.happened('election', '2026-09-25', '支部换届')).body.id).to.equal(one.body.id);
    expect((await at.happened('dues', '2026-09-25', '党费')).body.faults[0]?.pointer).to.equal('/item');
    expect((await at.happened('election', '2026-09-29', '还没有')).body.faults[0]?.pointer).to.equal('/on');
    expect((await at.happened('nothing', '2026-09-25', '没有')).body.code).to.equal(
      'disclosure.item_not_found',
    );
    expect((await at.happened('election', '2026-09-25', '别人', 'P532628205201')).body.code).to.equal(
      'record.not_yours',
    );
    expect((await at.happened('major', '2026-09-25', '村务', 'P532628')).body.code).not.to.equal(undefined);
  });

  it('goes from the secretary to the reviewer, the approver and the board, each seen by nobody else before', async () => {
    const dueId = await due('dues', '2026-Q3');
    const made = await at.propose(dueId, { audience: 'members' });
    expect(made.status).to.equal(201);
    const { id } = made.body;
    const look = async (login: string) =>
      (await (await house.as(login)).get(`/api/disclosures/${id}`)).status;
    expect(await look('member')).to.equal(404);
    const kept = await read()('branch_records').where({ id }).first();
    expect(kept.visibility, 'nobody’s until it is published').to.equal('named');
    expect((await (await house.as('secretary2')).get(`/api/disclosures/${id}/work`)).status).to.equal(404);
    expect((await at.act('party-approver', id, 'APPROVE', 1)).body.code).to.equal('record.not_possible');
    expect((await at.act('party-reviewer', id, 'REVIEW', 1, { answers: SOUND })).status).to.equal(200);
    expect((await at.act('party-approver', id, 'APPROVE', 1)).body.code).to.equal('record.stale_version');
    expect((await at.act('party-reviewer', id, 'APPROVE', 2)).body.code).to.equal('record.not_yours');
    expect((await at.act('party-approver', id, 'APPROVE', 2)).status).to.equal(200);
    expect(await look('member')).to.equal(404);
    const published = await at.act('secretary', id, 'PUBLISH', 3);
    expect(published.body.version).to.equal(4);
    expect(await look('member')).to.equal(200);
    expect(await look('secretary2')).to.equal(200);
    expect((await house.stranger().get(`/api/disclosures/${id}`)).status).to.equal(404);
    const [line] = (await at.dues('secretary', 'standing=on-time')).filter((d) => d.id === dueId);
    expect(line?.metOn).to.equal('2026-09-28');
    expect((await at.propose(dueId)).body.code).to.equal('disclosure.in_hand');
  });

  it('asks four questions of whoever reviews, a fifth of village affairs, each by itself', async () => {
    const { body } = await at.propose(await occasion('四问'));
    for (const question of Object.keys(SOUND)) {
      const answers = { ...SOUND, [question]: { sound: false, note: '存疑' } };
      const answer = await at.act('party-reviewer', body.id, 'REVIEW', 1, { answers });
      expect(answer.body.faults.map((f) => f.pointer)).to.deep.equal([`/answers/${question}`]);
    }
    expect((await at.act('party-reviewer', body.id, 'REVIEW', 1)).body.faults).to.have.length(4);
    const village = await at.propose(await due('funds', '2026-Q3'), { audience: 'public' });
    const short = await at.act('party-reviewer', village.body.id, 'REVIEW', 1, { answers: SOUND });
    expect(short.body.faults.map((f) => f.pointer)).to.deep.equal(['/answers/supervision']);
  });

  it('is never reviewed or approved by its author', async () => {
    const grant = await read()('grants').where({ org_id: BRANCH, role: 'party-secretary' }).first();
    const write = house.service.deps.db.write;
    for (const role of ['party-reviewer', 'party-approver'])
      await write('grants').insert({ ...grant, id: `own-${role}`, role });
    const { body } = await at.propose(await occasion('自己审自己'));
    const own = await at.act('secretary', body.id, 'REVIEW', 1, { answers: SOUND });
    expect(own.body.code).to.equal('record.not_yours');
    await at.act('party-reviewer', body.id, 'REVIEW', 1, { answers: SOUND });
    expect((await at.act('secretary', body.id, 'APPROVE', 2)).body.code).to.equal('record.not_yours');
    await write('grants').whereIn('id', ['own-party-reviewer', 'own-party-approver']).del();
  });

  it('is returned, changed and proposed again, and reviewed anew', async () => {
    const { body } = await at.propose(await occasion('退回'));
    await at.act('party-reviewer', body.id, 'REVIEW', 1, { answers: SOUND });
    expect((await at.act('party-approver', body.id, 'RETURN', 2)).body.faults[0]?.pointer).to.equal(
      '/reason',
    );
    expect((await at.act('party-approver', body.id, 'RETURN', 2, { reason: '数字不对' })).status).to.equal(
      200,
    );
    const secretary = await house.as('secretary');
    const again = await secretary.post<Moved>(`/api/disclosures/${body.id}/proposal`, {
      version: 3,
      audience: 'subtree',
      title: '换届选举结果',
      text: '改好了。',
      grid: null,
    });
    expect(again.body.version).to.equal(4);
    expect((await at.act('party-approver', body.id, 'APPROVE', 4)).body.code).to.equal('record.not_possible');
  });

  it('is reported upwards, and not decided by whoever reported it', async () => {
    const { body } = await at.propose(await occasion('报上级'));
    await at.act('party-reviewer', body.id, 'REVIEW', 1, { answers: SOUND });
    await at.act('party-approver', body.id, 'DEFER', 2, { reason: '拿不准' });
    expect((await at.act('party-approver', body.id, 'APPROVE', 3)).body.code).to.equal('record.not_yours');
    expect(
      (await at.act('party-approver', body.id, 'REJECT', 3, { reason: '不行', ground: 'other' })).body.code,
    ).to.equal('record.not_yours');
  });

  it('is no wider than the catalogue says, unless whoever approves widens it', async () => {
    const dueId = await occasion('放宽');
    const wide = await at.propose(dueId, { audience: 'public' });
    expect(wide.body.faults.map((f) => f.code)).to.deep.equal(['wider']);
    const { body } = await at.propose(dueId, { audience: 'members' });
    await at.act('party-reviewer', body.id, 'REVIEW', 1, { answers: SOUND });
    await at.act('party-approver', body.id, 'APPROVE', 2, { audience: 'public' });
    await at.act('secretary', body.id, 'PUBLISH', 3);
    expect((await house.stranger().get(`/api/disclosures/${body.id}`)).status).to.equal(200);
  });

  it('is due again once it is withdrawn, and an act sent twice is done once', async () => {
    const dueId = await occasion('撤下');
    const { id } = await at.publish(dueId);
    const approver = await house.as('party-approver');
    const body = { event: 'WITHDRAW', version: 4, reason: '有错' };
    const key = { 'Idempotency-Key': 'withdraw-1' };
    const first = await approver.post<Moved>(`/api/disclosures/${id}/acts`, body, key);
    const again = await approver.post<Moved>(`/api/disclosures/${id}/acts`, body, key);
    expect([first.status, again.status, again.body.version]).to.deep.equal([200, 200, 5]);
    expect((await (await house.as('member')).get(`/api/disclosures/${id}`)).status).to.equal(404);
    expect((await at.propose(dueId)).status).to.equal(201);
  });
});
