import { expect } from 'chai';
import type { CaseView } from '../../src/station/cases/index.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { exampleForm, type House, openHouse } from '../support/service.ts';
import { collection, openCase, visit } from './case.ts';

interface Papers {
  papers: { id: string; kind: string; number: string }[];
}

onEachDatabase('the four items, from the counter to the hand-over', (engine) => {
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const applicantOf = (item: string) =>
    exampleForm(house.service, item).applicant as { name: string; idNumber: string };

  const kindsOf = async (id: string) => {
    const { body } = await (await house.as('village')).get<Papers>(`/api/cases/${id}/papers`);
    return body.papers.map((p) => p.kind);
  };

  const clockOf = (view: CaseView, name: string) => view.clocks.find((c) => c.name === name);

  it('WJ-01 生育登记: done at once at the township, voucher handed over in the village', async () => {
    const walk = await openCase(house, 'WJ-01');
    const filed = await walk.act('village', 'FILE');
    expect(filed.state).to.equal('verification.pending');
    expect(filed.dates.accepted).to.equal('2026-11-30');
    expect(clockOf(filed, 'promised')?.due).to.equal('2026-12-01');
    expect((await walk.act('town-wj', 'APPROVE', { opinion: '信息一致' })).state).to.equal(
      'handover.pending',
    );
    const { name, idNumber } = applicantOf('WJ-01');
    const done = await walk.act('village', 'COLLECT', collection(name, idNumber));
    expect(done).to.include({ state: 'done', phase: 'closed', outcome: 'granted' });
    expect(await kindsOf(walk.id)).to.have.members(['receipt', 'approval', 'delivery']);
  });

  it('NY-04 农药经营许可: examined, inspected by two, decided, valid five years', async () => {
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    const accepted = await walk.act('county-window', 'ACCEPT');
    expect(clockOf(accepted, 'statutory')?.due).to.equal('2026-12-28');
    expect(clockOf(accepted, 'promised')?.due).to.equal('2026-12-14');
    await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-11-30'));
    await walk.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
    await walk.act('ny-leader', 'APPROVE', { opinion: '准予许可' });
    await walk.act('county-window', 'ISSUE');
    const { name, idNumber } = applicantOf('NY-04');
    expect((await walk.act('village', 'COLLECT', collection(name, idNumber))).state).to.equal('done');
    const [row] = await house.service.deps.db.read('certificates').where({ case_id: walk.id });
    expect(row).to.include({
      state: 'valid',
      custody: 'collected',
      issued_on: '2026-11-30',
      expires_on: '2031-11-29',
    });
    expect(await kindsOf(walk.id)).to.have.members([
      'receipt',
      'acceptance',
      'visit',
      'approval',
      'delivery',
    ]);
  });

  it('ZR-02 首次登记: the announcement stops the clock; a dismissed objection only delays it', async () => {
    const walk = await openCase(house, 'ZR-02');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
    await walk.act('town-zr', 'RECORD_VISIT', visit('2026-11-30'));
    await walk.act('zr-officer', 'FORWARD', { opinion: '权属来源清楚' });
    const posted = await walk.act('zr-officer', 'POST');
    expect(posted.phase).to.equal('notice');
    expect(clockOf(posted, 'statutory')?.light).to.equal('paused');
    expect(clockOf(posted, 'posting')?.due).to.equal('2026-12-21');
    const board = await house.stranger().get<{ notices: { id: string }[] }>('/api/notices');
    const notice = board.body.notices[0]?.id;
    const objected = await house
      .stranger()
      .post<{ receiptCode: string }>(`/api/notices/${notice}/objections`, { text: '我家的地界没有量清楚。' });
    expect(objected.status).to.equal(201);
    const disputed = await walk.reload('zr-officer');
    expect(disputed.state).to.equal('announcement.objected');
    const log = await (await house.as('zr-officer')).get<{
      events: { type: string; data: { objectionId: string } }[];
    }>(`/api/cases/${walk.id}/events`);
    const objectionId = log.body.events.find((e) => e.type === 'OBJECT')?.data.objectionId ?? '';
    await walk.act('zr-officer', 'DISMISS_OBJECTION', {
      objectionId,
      officers: visit('').officers,
      finding: '复测，界址无误。',
      reply: '经复测，界址与指界书一致，异议不成立。',
    });
    await house.at('2026-12-22T09:00:00+08:00');
    const closed = await walk.reload('zr-reviewer');
    expect(closed.state).to.equal('second-review.pending');
    expect(clockOf(closed, 'statutory')?.light).to.not.equal('paused');
    await walk.act('zr-reviewer', 'FORWARD', { opinion: '同意登簿' });
    await walk.act('zr-leader', 'APPROVE', { opinion: '准予登记' });
    await walk.act('zr-officer', 'ISSUE');
    const { name, idNumber } = applicantOf('ZR-02');
    expect((await walk.act('village', 'COLLECT', collection(name, idNumber))).state).to.equal('done');
  });

  it('MZ-01 最低生活保障: corrected once, posted, decided, collected, paid, and goes on', async () => {
    await house.at('2027-01-04T09:00:00+08:00');
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    const asked = await walk.act('town-window', 'REQUEST_CORRECTION', {
      faults: [
        { target: '/form/applicant/phone', reason: '号码打不通', example: '13800000000' },
        { target: '/materials/authorisation', reason: '缺一名成年家庭成员签名' },
      ],
    });
    expect(asked.phase).to.equal('correction');
    expect(asked.faults.map((f) => f.pointer)).to.deep.equal([
      '/form/applicant/phone',
      '/materials/authorisation',
    ]);
    expect((await walk.act('village', 'RESUBMIT')).state).to.equal('acceptance.pending');
    const accepted = await walk.act('town-window', 'ACCEPT');
    expect(clockOf(accepted, 'statutory')?.provisional).to.equal(true);
    await walk.act('mz-officer', 'FORWARD', { opinion: '核对无异常' });
    await walk.act('town-mz', 'RECORD_VISIT', visit('2027-01-04'));
    await walk.act('town-leader', 'FORWARD', { opinion: '同意公示' });
    await walk.act('committee', 'POST');
    await house.at('2027-01-20T09:00:00+08:00');
    expect((await walk.reload('mz-officer')).state).to.equal('county-review.pending');
    await walk.act('mz-officer', 'FORWARD', { opinion: '符合条件' });
    const decided = await walk.act('mz-leader', 'APPROVE', { opinion: '给予低保', amount: 860 });
    expect(decided.phase).to.equal('decided');
    await walk.act('mz-officer', 'ISSUE');
    const { name, idNumber } = applicantOf('MZ-01');
    expect((await walk.act('village', 'COLLECT', collection(name, idNumber))).state).to.equal(
      'payment.pending',
    );
    await walk.act('mz-officer', 'PAY', { batch: '2027年2月低保金', paidOn: '2027-01-20', amount: 860 });
    const kept = await walk.act('mz-officer', 'SETTLE', { arrivedOn: '2027-01-21' });
    expect(kept).to.include({ state: 'regular-review.current', phase: 'kept', outcome: 'granted' });
    expect(await kindsOf(walk.id)).to.have.members([
      'receipt',
      'correction',
      'acceptance',
      'visit',
      'notice',
      'notice-result',
      'approval',
      'delivery',
    ]);
    expect(await house.service.deps.db.read('outbox').whereNot({ state: 'done' })).to.deep.equal([]);
  });
});
