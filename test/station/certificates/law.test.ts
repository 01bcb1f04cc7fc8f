/** What a certificate is worth: acts of the organ by two people, what cases do to it, and what time does. */
import { expect } from 'chai';
import { certificateWorld } from '../../../src/effects.ts';
import { sweepCertificates } from '../../../src/station/certificates/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, openHouse, type TestHouse } from '../../support/service.ts';
import type { Walker } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';
import { granted, register } from './licences.ts';

type Form = Record<string, unknown>;
type Blocks = Record<string, Form>;
const LONG = 300_000;

onEachDatabase('acts of the issuing organ', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let r: ReturnType<typeof register>;
  let id: string;
  let walk: Walker;
  let other: string;
  let third: string;
  const basis = '行政许可法第六十九条第一款';
  const refused = async (login: string, path: string, body: unknown = {}) => {
    const answer = await r.act(login, id, path, body);
    return [answer.status, answer.body.code];
  };
  const texts = async (template: string) => {
    const rows = await house.service.deps.db.read('messages').where({ template });
    return rows.map((m: { text_sealed: string }) => house.service.deps.vault.open(m.text_sealed));
  };
  const papers = () =>
    house.service.deps.db.read('papers').where({ kind: 'certificate-decision' }).orderBy('id');

  before(async function () {
    this.timeout(LONG);
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    r = register(house);
    walk = await granted(house, 'NY-04');
    id = (await r.of(walk)).id;
    other = (await r.of(await granted(house, 'NY-04'))).id;
    third = (await r.of(await granted(house, 'NY-04'))).id;
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('an officer proposes, with reason and basis; nothing happens until the leader agrees', async () => {
    const wanted = { act: 'SUSPEND', reason: '正在立案调查', basis };
    expect(await refused('village', 'proposal', wanted)).to.deep.equal([403, 'not_allowed']);
    expect(await refused('mz-officer', 'proposal', wanted)).to.deep.equal([404, 'certificate.not_found']);
    expect((await r.act('ny-officer', id, 'proposal', { act: 'SUSPEND', reason: 'x' })).status).to.equal(422);
    expect(await refused('ny-officer', 'proposal', { ...wanted, act: 'RESUME' })).to.deep.equal([
      409,
      'certificate.not_possible',
    ]);
    expect(await refused('ny-leader', 'proposal/confirm')).to.deep.equal([409, 'certificate.not_proposed']);
    const view = await r.done('ny-officer', id, 'proposal', { ...wanted, until: '2026-12-31' });
    expect(view).to.include({ state: 'valid' });
    expect(view.proposal).to.include({ act: 'SUSPEND', until: '2026-12-31' });
    expect(await refused('ny-officer', 'proposal', wanted)).to.deep.equal([409, 'certificate.proposed']);
    const waiting = await r.call<{ certificates: { id: string }[] }>(
      'ny-leader',
      '/api/certificates?proposed=1',
    );
    expect(waiting.body.certificates.map((c) => c.id)).to.deep.equal([id]);
  });

  it('not by its proposer, not by the leader of another organ', async () => {
    expect(await refused('ny-officer', 'proposal/confirm')).to.deep.equal([403, 'not_allowed']);
    expect(await refused('mz-leader', 'proposal/confirm')).to.deep.equal([404, 'certificate.not_found']);
    expect(await refused('town-leader', 'proposal/confirm')).to.deep.equal([403, 'not_allowed']);
    // Somebody who holds both roles still needs a second person.
    const { db } = house.service.deps;
    const officer = await db.read('accounts').where({ login: 'ny-officer' }).first();
    await db.write('grants').insert({
      id: 'both',
      account_id: officer.id,
      role: 'leader',
      org_id: '532628-NY',
      subtree: 0,
      valid_from: '2026-01-01',
    });
    expect(await refused('ny-officer', 'proposal/confirm')).to.deep.equal([403, 'certificate.second_person']);
    await db.write('grants').where({ id: 'both' }).delete();
  });

  it('confirmed it takes effect: the paper is made, the holder is told, the public learns it', async () => {
    const view = await r.done('ny-leader', id, 'proposal/confirm');
    expect(view).to.include({ state: 'suspended', proposal: null });
    expect(view.story.at(-1)).to.include({ act: 'SUSPEND', by: '周国栋' });
    expect(view.story.at(-1)?.says).to.deep.include({ label: '提出人', value: '岑立新' });
    expect(view.story.at(-2)).to.include({ title: '提出暂停使用', by: '岑立新' });
    const [paper, ...more] = await papers();
    expect(more).to.deep.equal([]);
    expect(paper).to.include({ case_id: walk.id, id: view.story.at(-1)?.paperId });
    expect(paper.number).to.match(/^富农/);
    const [text] = await texts('certificate-suspend');
    expect(text).to.include('农药经营许可证').and.include('暂停使用').and.not.include('532628196');
    expect(await r.verdict((await r.of(walk)).verify_code)).to.equal('suspended');
  });

  it('suspended a second time after it was resumed: told and written again', async () => {
    for (const act of ['RESUME', 'SUSPEND', 'RESUME']) {
      await r.done('ny-officer', id, 'proposal', { act, reason: '调查有了新情况', basis });
      await r.done('ny-leader', id, 'proposal/confirm');
    }
    expect((await r.see('ny-officer', id)).state).to.equal('valid');
    expect(await texts('certificate-suspend')).to.have.lengthOf(2);
    expect(await texts('certificate-resume')).to.have.lengthOf(2);
    expect(await papers()).to.have.lengthOf(4);
  });

  it('not agreed to: why is kept, and it may be proposed anew', async () => {
    await r.done('ny-officer', id, 'proposal', { act: 'ANNUL', reason: '主体终止', basis });
    expect((await r.act('ny-leader', id, 'proposal/decline', {})).status).to.equal(422);
    const view = await r.done('ny-leader', id, 'proposal/decline', { reason: '尚未办理注销登记' });
    expect(view).to.include({ state: 'valid', proposal: null });
    expect(view.story.at(-1)?.says).to.deep.include({ label: '理由', value: '尚未办理注销登记' });
  });

  it('revoked, withdrawn with compensation, annulled: each for good, each on the register and for the public', async () => {
    const ends = async (which: string, body: { act: string } & Record<string, string>) => {
      await r.done('ny-officer', which, 'proposal', { reason: '查证属实', basis, ...body });
      return (await r.done('ny-leader', which, 'proposal/confirm')).state;
    };
    const withdrawal = await r.act('ny-officer', other, 'proposal', {
      act: 'WITHDRAW',
      reason: '公共利益',
      basis,
    });
    expect([withdrawal.status, withdrawal.body.code]).to.deep.equal([422, 'request.invalid']);
    expect(await ends(id, { act: 'REVOKE' })).to.equal('revoked');
    expect(await ends(other, { act: 'WITHDRAW', compensation: '补偿停业损失' })).to.equal('withdrawn');
    expect(await ends(third, { act: 'ANNUL' })).to.equal('cancelled');
    const { db } = house.service.deps;
    const rows = await db.read('certificates').whereIn('id', [id, other, third]).orderBy('id');
    const verdicts = [];
    for (const row of rows) verdicts.push(await r.verdict(row.verify_code));
    expect(verdicts).to.deep.equal(['revoked', 'withdrawn', 'cancelled']);
    for (const state of ['revoked', 'withdrawn', 'cancelled']) {
      const found = await r.call<{ certificates: { stateTitle: string }[] }>(
        'ny-officer',
        `/api/certificates?state=${state}`,
      );
      expect(found.body.certificates, state).to.have.lengthOf(1);
    }
    for (const act of ['SUSPEND', 'RESUME', 'REVOKE', 'WITHDRAW', 'ANNUL'])
      expect(
        await refused('ny-officer', 'proposal', { act, reason: '再次', basis, compensation: '无' }),
        act,
      ).to.deep.equal([409, 'certificate.not_possible']);
    await r.expectFolded();
  });
});

onEachDatabase('certificates follow cases', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let r: ReturnType<typeof register>;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    r = register(house);
  });
  after(async () => {
    await r.expectFolded();
    await house.close();
    await opened.drop();
  });
  const example = (item: string, index: number, situation?: string) =>
    exampleForm(house.service, item, index, situation) as Blocks;
  const stateOf = async (walk: Walker) => (await r.of(walk)).state;
  const actsOf = async (walk: Walker, login: string) =>
    (await r.see(login, (await r.of(walk)).id)).story.map((l) => l.act);

  let assessment: Walker;
  it('a death cancels what the dead had, and its cancellation restores it', async () => {
    assessment = await granted(house, 'MZ-03', { until: null });
    expect(await stateOf(assessment)).to.equal('valid');
    const death = await granted(house, 'GA-01', {
      situation: 'death',
      form: example('GA-01', 1, 'death'),
      until: null,
    });
    // What a case does to another is carried out with the next round.
    await house.service.deps.jobs.tick();
    expect(await stateOf(assessment)).to.equal('cancelled');
    const last = (await r.see('village', (await r.of(assessment)).id)).story.at(-1);
    expect(last).to.include({ act: 'CANCEL' });
    expect(last?.says[0]?.label).to.equal('缘由');
    expect(await r.verdict((await r.of(assessment)).verify_code)).to.equal('cancelled');
    await granted(house, 'GA-01', {
      situation: 'restore',
      form: example('GA-01', 0, 'restore'),
      until: null,
    });
    await house.service.deps.jobs.tick();
    expect(await stateOf(assessment), death.id).to.equal('valid');
    expect(await actsOf(assessment, 'village')).to.deep.equal(['RESERVE', 'ISSUE', 'CANCEL', 'RESTORE']);
  }).timeout(LONG);

  it('the register shows when the next review is due; not done it is suspended, done later it is valid again', async () => {
    const { reviewDue } = await r.see('village', (await r.of(assessment)).id);
    expect(reviewDue).to.match(/^20\d\d-/);
    const { db } = house.service.deps;
    const rowOf = async () =>
      (await db.read('cases').where({ id: assessment.id }).first()) as { state: string };
    for (let i = 0; i < 3 && !(await rowOf()).state.endsWith('halted'); i++) {
      const { fires_at } = await db
        .read('deadlines')
        .where({ case_id: assessment.id, rung: 'due', fired_at: null })
        .whereNotNull('fires_at')
        .orderBy('fires_at')
        .first();
      await house.at(fires_at);
    }
    expect((await rowOf()).state).to.include('halted');
    expect(await stateOf(assessment)).to.equal('suspended');
    const traveller = { label: 'MZ-03', walk: assessment, moves: [{ event: 'CONFIRM' as const }] };
    await county(house).work([traveller]);
    expect((traveller as { failed?: string }).failed).to.equal(undefined);
    expect(await stateOf(assessment)).to.equal('valid');
    expect((await actsOf(assessment, 'village')).slice(-2)).to.deep.equal(['HALT', 'GO_ON']);
  }).timeout(LONG);

  it('a licence ends by the cancellation its holder asks for, and no other case of the item touches it', async () => {
    const kept = await granted(house, 'NY-04');
    const given = await granted(house, 'NY-04');
    const { number, id } = await r.of(given);
    const form = example('NY-04', 0, 'cancel');
    (form.licence as Form).number = number;
    await granted(house, 'NY-04', { situation: 'cancel', form, until: null });
    expect(await stateOf(given)).to.equal('cancelled');
    expect((await r.see('ny-officer', id)).story.at(-1)).to.include({ act: 'SURRENDER' });
    expect(await r.verdict((await r.of(given)).verify_code)).to.equal('cancelled');
    expect(await stateOf(kept)).to.equal('valid');
  }).timeout(LONG);

  it('renewed under a new number the earlier one is replaced and points to it; a kept number likewise', async () => {
    const given = await granted(house, 'NY-04');
    const { number, id } = await r.of(given);
    const form = example('NY-04', 0, 'replace');
    (form.licence as Form).number = number;
    const again = await granted(house, 'NY-04', { situation: 'replace', form });
    const next = await r.of(again);
    expect(next.number).to.not.equal(number);
    expect(await r.see('ny-officer', id)).to.deep.include({
      state: 'replaced',
      successor: { id: next.id, number: next.number },
    });
    const farm = await granted(house, 'XM-02', { situation: 'first' });
    const filing = await r.of(farm);
    const change = example('XM-02', 0, 'change');
    (change.filing as Form).code = filing.number;
    const changed = await r.of(await granted(house, 'XM-02', { situation: 'change', form: change }));
    expect(changed.number).to.equal(filing.number);
    expect(await r.see('xm-officer', filing.id)).to.deep.include({
      state: 'replaced',
      successor: { id: changed.id, number: filing.number },
    });
  }).timeout(LONG);
});

onEachDatabase('what time does to certificates', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let r: ReturnType<typeof register>;
  let licence: Walker;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    r = register(house);
    licence = await granted(house, 'NY-04');
  });
  after(async () => {
    await r.expectFolded();
    await house.close();
    await opened.drop();
  });
  const reminders = async () =>
    (await house.service.deps.db.read('messages').where({ template: 'certificate-renew' })).map(
      (m: { text_sealed: string }) => house.service.deps.vault.open(m.text_sealed),
    );
  const remindedOf = async () =>
    (await r.see('ny-officer', (await r.of(licence)).id)).story
      .filter((l) => l.act === 'REMIND')
      .map((l) => l.says[0]?.value);

  it('sixty and fifteen days before the last day for renewal its holder is told, each once', async () => {
    const { renew_by } = (await r.of(licence)) as unknown as { renew_by: string };
    expect(renew_by).to.equal('2031-08-31');
    await house.at('2031-07-01T23:00:00+08:00');
    expect(await reminders()).to.deep.equal([]);
    await house.at('2031-07-02T08:00:00+08:00');
    await house.at('2031-07-02T18:00:00+08:00');
    await house.at('2031-07-20T08:00:00+08:00');
    expect(await reminders()).to.have.lengthOf(1);
    expect((await reminders())[0]).to.include('2031年8月31日（含当日）前');
    await house.at('2031-08-16T08:00:00+08:00');
    await house.at('2031-08-25T08:00:00+08:00');
    expect(await reminders()).to.have.lengthOf(2);
    expect(await remindedOf()).to.deep.equal(['60', '15']);
  }).timeout(LONG);

  it('the village finds it among those to be renewed', async () => {
    const { body } = await r.call<{ certificates: { id: string }[] }>(
      'village',
      '/api/certificates?renewBy=2031-10-01',
    );
    expect(body.certificates.map((c) => c.id)).to.deep.equal([(await r.of(licence)).id]);
    const foreign = await r.call<{ certificates: unknown[] }>(
      'village2',
      '/api/certificates?renewBy=2031-10-01',
    );
    expect(foreign.body.certificates).to.deep.equal([]);
  });

  it('the day after its last day it lapses, once, however often the day is swept; then it can only be annulled', async () => {
    await house.at('2031-11-29T23:00:00+08:00');
    expect((await r.of(licence)).state).to.equal('valid');
    await house.at('2031-11-30T00:00:00+08:00');
    expect((await r.of(licence)).state).to.equal('lapsed');
    const { deps } = house.service;
    await sweepCertificates(deps, certificateWorld(deps), '2031-11-30');
    const { story, possible } = await r.see('ny-officer', (await r.of(licence)).id);
    expect(story.filter((l) => l.act === 'LAPSE')).to.have.lengthOf(1);
    expect(possible.propose).to.deep.equal(['ANNUL']);
    expect(await reminders()).to.have.lengthOf(2);
    const swept = await deps.db.read('meta').where({ key: 'jobs.day' }).first();
    expect(swept.value).to.equal('2031-11-30');
  });
});
