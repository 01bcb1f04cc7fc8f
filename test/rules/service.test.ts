/** How the stations serve (B.6): vouching instead of papers, papers that follow, agents, and duties kept apart. */
import { expect } from 'chai';
import { createAccount, type Grant } from '../../src/people/accounts/index.ts';
import type { CaseView } from '../../src/station/cases/index.ts';
import type { EventName } from '../../src/workflow/types.ts';
import { bringMaterials, openCase, type Walker } from '../walk/case.ts';
import { changed, clockOf, dueOf, type Form, Ground, kindsOf, type Problem } from './ground.ts';

const FAMILY = { kind: '近亲属代办', name: '陆大山', idNumber: '532628196611159910', relation: '侄子' };

describe('vouching instead of papers (B.6 告知承诺)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  it('B.6 告知承诺: what may be vouched for needs no paper; that it was stands in the log and on the receipt', async () => {
    const walk = await openCase(ground.house, 'MZ-01', { commitments: ['income-proof'] });
    expect(walk.view.materials.find((m) => m.id === 'income-proof')?.way).to.equal('committed');
    await walk.act('village', 'FILE');
    expect((await ground.log(walk))[0]?.data.commitments).to.deep.equal(['income-proof']);
    expect((await ground.paper(walk, 'receipt')).text).to.include('告知承诺');
  });

  it('B.6 告知承诺: whoever does not want to vouch brings the paper, and nothing is recorded', async () => {
    const walk = await ground.filed('MZ-01');
    expect(walk.view.materials.find((m) => m.id === 'income-proof')?.way).to.equal('uploaded');
    expect((await ground.log(walk))[0]?.data.commitments).to.deep.equal([]);
  });

  it('B.6 告知承诺: nothing else can be vouched for, in any item', async () => {
    const clerk = await ground.house.as('village');
    let asked = 0;
    for (const { code, materials } of ground.items()) {
      const commitments = materials.filter((m) => m.waiver?.way !== 'commitment').map((m) => m.id);
      const body = { item: code, form: ground.form(code), commitments, draft: true };
      const { materials: told } = (await clerk.post<CaseView>('/api/cases', body)).body;
      for (const { id, way } of told) {
        if (!commitments.includes(id)) continue;
        asked++;
        expect(way, `${code} ${id}`).to.not.equal('committed');
      }
    }
    expect(asked).to.be.greaterThan(100);
    const vouched = ['authorisation', 'income-proof'];
    const opened = await clerk.post<CaseView>('/api/cases', {
      item: 'MZ-01',
      form: ground.form('MZ-01'),
      commitments: vouched,
    });
    const sent = { event: 'FILE', version: 1, data: {} };
    const path = `/api/cases/${opened.body.id}`;
    const refused = await clerk.post<Problem>(`${path}/events`, sent);
    expect(refused.status).to.equal(422);
    expect(refused.body.faults?.map((f) => f.pointer)).to.include('/materials/authorisation');
    await bringMaterials(clerk, (await clerk.get<CaseView>(path)).body);
    expect((await clerk.post(`${path}/events`, sent)).status).to.equal(200);
    const [filed] = await ground.log({ id: opened.body.id } as Walker);
    expect(filed?.data.commitments).to.deep.equal(['income-proof']);
  }).timeout(120_000);
});

describe('papers that follow (B.6 容缺)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');
  const OWED = 'cause-proof';
  const owing = async () => {
    const walk = await openCase(ground.house, 'MZ-02', { gaps: [OWED] });
    await walk.act('village', 'FILE');
    return walk;
  };

  it('B.6 容缺: only what the item calls minor may follow', async () => {
    const tolerable = ground
      .items()
      .flatMap(({ code, materials }) => materials.filter((m) => m.tolerable).map((m) => `${code} ${m.id}`));
    expect(tolerable).to.include(`MZ-02 ${OWED}`);
    const clerk = await ground.house.as('village');
    const form = ground.form('MZ-02');
    const body = { item: 'MZ-02', form, gaps: [OWED, 'authorisation'] };
    const opened = await clerk.post<CaseView>('/api/cases', body);
    const sent = { event: 'FILE', version: 1, data: {} };
    const refused = await clerk.post<Problem>(`/api/cases/${opened.body.id}/events`, sent);
    const missing = refused.body.faults?.map((f) => f.pointer);
    expect(missing).to.include('/materials/authorisation').and.not.include(`/materials/${OWED}`);
  });

  it('B.6 容缺: the acceptance day stays; ten working days; what comes in ends it', async () => {
    const walk = await owing();
    const day = ground.today();
    expect((await ground.paper(walk, 'receipt')).text).to.include('容缺后补');
    await ground.house.at(`${ground.workday(day, 2)}T09:00:00+08:00`);
    const accepted = await walk.act('town-window', 'ACCEPT');
    expect(accepted.dates.accepted).to.equal(ground.workday(day, 2));
    const { gapDays } = ground.deps.definitions.params(day) as { gapDays: number };
    expect(gapDays).to.be.at.most(10);
    expect(dueOf(accepted, 'gap')).to.equal(ground.workday(ground.today(), gapDays));
    const { faults } = await ground.refused(walk, 'village', 'SUPPLY', {}, 422);
    expect(faults?.map((f) => f.pointer)).to.deep.equal([`/materials/${OWED}`]);
    await bringMaterials(await ground.house.as('village'), await walk.reload('village'), ['owed']);
    const supplied = await walk.act('village', 'SUPPLY');
    expect(clockOf(supplied, 'gap')?.light).to.equal('done');
    expect(supplied.dates.accepted).to.equal(accepted.dates.accepted);
    expect(supplied.possible.map((p) => p.event)).to.not.include('SUPPLY');
    await ground.finish(walk);
    expect((await walk.reload('village')).outcome).to.equal('granted');
  });

  it('B.6 容缺: not brought in time the case ends: lapsed before the decision, revoked after it', async () => {
    const undecided = await owing();
    await undecided.act('town-window', 'ACCEPT');
    const granted = await owing();
    await ground.until(granted, 'APPROVE');
    await ground.take(granted, 'APPROVE');
    const due = dueOf(await granted.reload('village'), 'gap') as string;
    expect((await granted.reload('village')).outcome).to.equal('granted');
    await ground.house.at(`${ground.workday(due, 1)}T09:00:00+08:00`);
    expect(await undecided.reload('village')).to.include({ phase: 'closed', outcome: 'lapsed' });
    expect(kindsOf(await ground.papers(undecided)).at(-1)).to.equal('termination');
    expect(await granted.reload('village')).to.include({ phase: 'closed', outcome: 'ended' });
    expect((await ground.paper(granted, 'cancellation')).text)
      .to.include('撤销批准')
      .and.include('行政复议');
  });
});

describe('agents (B.6 代办)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  it('B.6 代办: a proxy paper with its five elements, whenever neither the citizen nor a guardian comes', async () => {
    const clerk = await ground.house.as('village');
    for (const { code, materials } of ground.items()) {
      const proxy = materials.find((m) => m.id === 'proxy');
      for (const element of ['姓名', '事项', '权限', '期限', '签名'])
        expect(proxy?.help, `${code} ${element}`).to.include(element);
      expect(proxy?.waiver, code).to.equal(undefined);
      const asked = async (agent: Form) => {
        const form = { ...ground.form(code), agent };
        const { body } = await clerk.post<CaseView>('/api/cases', { item: code, form, draft: true });
        return body.materials.find((m) => m.id === 'proxy')?.way;
      };
      expect(await asked(FAMILY), code).to.equal('missing');
      const clerkActs = { kind: '村代办员代办', name: '农秀兰', clerkNumber: '103201-01' };
      expect(await asked(clerkActs), code).to.equal('missing');
      expect(await asked({ kind: '本人到场' }), code).to.equal(undefined);
      expect(await asked({ ...FAMILY, kind: '法定代理人' }), code).to.equal(undefined);
    }
  }).timeout(120_000);

  it('B.6 代办: an agent is named, with number and relation, at the field', async () => {
    const clerk = await ground.house.as('village');
    const form = changed(ground.form('MZ-01'), { agent: { kind: '委托代理人' } });
    form.agent = { kind: '委托代理人' };
    const { status, body } = await clerk.post<Problem>('/api/cases', { item: 'MZ-01', form });
    expect(status).to.equal(422);
    for (const field of ['name', 'idNumber', 'relation'])
      expect(body.faults?.map((f) => f.pointer)).to.include(`/form/agent/${field}`);
  });
});

describe('duties kept apart (B.6 职责分离)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  /** Somebody who sits at several desks at once. */
  async function hire(login: string, desks: [role: string, org: string][]) {
    const grants: Grant[] = desks.map(([role, org]) => ({
      role,
      org,
      subtree: false,
      from: '2026-01-01',
      to: null,
    }));
    const password = 'cunban-demo-2026';
    await createAccount(ground.deps, 'console', { login, name: `兼岗${login}`, password, grants });
  }
  const VILLAGE = '532628103201';
  const barred = async (walk: Walker, login: string, event: EventName, data: Form = {}) =>
    expect((await ground.refused(walk, login, event, data, 403)).code).to.equal('case.second_person');

  it('B.6 职责分离: who filed for the citizen neither accepts nor examines', async () => {
    await hire('all', [
      ['clerk', VILLAGE],
      ['window', '532628'],
      ['officer', '532628-NY'],
      ['leader', '532628-NY'],
    ]);
    const walk = await openCase(ground.house, 'NY-04', { login: 'all' });
    await walk.act('all', 'FILE');
    expect((await walk.reload('all')).possible.find((p) => p.event === 'ACCEPT')?.allowed).to.equal(false);
    await barred(walk, 'all', 'ACCEPT');
    await barred(walk, 'all', 'REQUEST_CORRECTION');
    await walk.act('county-window', 'ACCEPT');
    await barred(walk, 'all', 'FORWARD', { opinion: '同意' });
    await ground.until(walk, 'APPROVE');
    await barred(walk, 'all', 'APPROVE', { opinion: '准予' });
    await walk.act('ny-leader', 'APPROVE', { opinion: '准予许可' });
  });

  it('B.6 职责分离: who examined does not decide, whatever the examination was', async () => {
    await hire('half', [
      ['officer', '532628-NY'],
      ['leader', '532628-NY'],
    ]);
    const permit = await ground.filed('NY-04');
    await permit.act('county-window', 'ACCEPT');
    await permit.act('half', 'FORWARD', { opinion: '材料齐全' });
    await ground.until(permit, 'APPROVE');
    for (const event of ['APPROVE', 'REJECT'] as const) await barred(permit, 'half', event);

    const checked = await ground.filed('NY-03');
    await ground.until(checked, 'RECORD_CHECK');
    const step = ground.deps.definitions.get('NY-03').definition.steps.find((s) => s.id === 'comparison');
    const registers = step?.kind === 'check' ? step.registers : [];
    const results = registers.map((register) => ({ register, result: '一致' }));
    await checked.act('half', 'RECORD_CHECK', { results, opinion: '比对一致' });
    await ground.until(checked, 'APPROVE');
    await barred(checked, 'half', 'APPROVE', { opinion: '同意', amount: 1000 });
  });

  it('B.6 职责分离: the village clerk’s own check of what was filed is the village’s, not an office’s', async () => {
    const walk = await ground.filed('JY-02');
    expect(walk.view.state).to.equal('village-check.pending');
    expect((await walk.act('village', 'FORWARD', { opinion: '情况属实' })).state).to.equal(
      'acceptance.pending',
    );
  });
});
