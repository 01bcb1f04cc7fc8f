/** Until when a served decision can be fought (B.3; 民诉法 85, 民法典 201–203), and the light of one that waits (B2-8). */
import { expect } from 'chai';
import { listUnserved, recountServices } from '../../../src/station/papers/index.ts';
import { definitionsWith, type ItemFile } from '../../rules/definitions.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { open } from '../pages/browser.ts';
import { served, serving } from './serving.ts';

const reviewFirst = (item: ItemFile): ItemFile =>
  item.code === 'NY-04' ? { ...item, remedies: 'review-first' } : item;

onEachDatabase('terms of remedies', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let on: ReturnType<typeof serving>;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, {}, '2026-08-03T09:00:00+08:00');
    on = serving(house);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('B.3: the sixtieth day in the National Day holiday moves to the next working day', async () => {
    const days: [string, string, string][] = [
      // Day of service, sixtieth day and where it moves, six months and where they move.
      ['2026-08-03', '2026-10-08', '2027-02-03'],
      ['2026-08-04', '2026-10-08', '2027-02-04'],
      ['2026-08-10', '2026-10-09', '2027-02-10'],
      // 10 October is a Saturday worked for the holiday, 11 October a Sunday.
      ['2026-08-11', '2026-10-10', '2027-02-11'],
      ['2026-08-12', '2026-10-12', '2027-02-12'],
      // Six months from 31 August end on the last day of February, a Sunday.
      ['2026-08-31', '2026-10-30', '2027-03-01'],
    ];
    for (const [day, reviewUntil, sueUntil] of days) {
      await house.at(`${day}T10:00:00+08:00`);
      const paper = await on.refused();
      const { body } = await on.serve(paper.id, served(day).直接送达);
      expect([body.servedOn, body.reviewUntil, body.sueUntil]).to.deep.equal([day, reviewUntil, sueUntil]);
    }
  });

  it('民诉法 95: thirty days of an announcement that end in the holiday end after it', async () => {
    await house.at('2026-09-01T09:00:00+08:00');
    const paper = await on.refused();
    await on.attempt(paper.id, { way: '邮寄送达', triedOn: '2026-09-01', reason: '查无此人，退回' });
    const { body } = await on.serve(paper.id, served('2026-09-01').公告送达);
    expect(body.servedOn).to.equal('2026-10-08');
    expect(body.reviewUntil).to.equal('2026-12-07');
  });

  it('B2-8: a decision waits ten working days, green, then yellow, then red; served, it waits no more', async () => {
    await house.at('2026-09-07T09:00:00+08:00');
    const paper = await on.refused();
    const waits = async () => (await on.paperOf(paper.caseId, 'refusal')).waiting;
    const clerk = await house.as('village');
    const page = async () => (await open(clerk, `/cases/${paper.caseId}`)).html;
    expect(await waits()).to.deep.equal({ due: '2026-09-20', light: 'green', overdue: 0 });
    await house.at('2026-09-18T09:00:00+08:00');
    expect(await waits()).to.include({ light: 'yellow' });
    expect(await page())
      .to.include('待送达，最迟2026年9月20日')
      .and.include(`/papers/${paper.id}/serve`);
    await house.at('2026-09-21T09:00:00+08:00');
    expect(await waits()).to.deep.equal({ due: '2026-09-20', light: 'red', overdue: 1 });

    const { deps } = house.service;
    const mine = async () =>
      (await listUnserved(deps, '532628103201')).filter((u) => u.caseId === paper.caseId);
    const [row, ...more] = await mine();
    expect(more).to.deep.equal([]);
    const { body } = await clerk.get<{ number: string; applicant: { name: string } }>(
      `/api/cases/${paper.caseId}`,
    );
    expect(row).to.deep.equal({
      paperId: paper.id,
      caseId: paper.caseId,
      number: body.number,
      applicantName: body.applicant.name,
      title: '不予受理决定书',
      paperNumber: paper.number,
      madeOn: '2026-09-07',
      dueOn: '2026-09-20',
      overdue: true,
    });
    expect(await listUnserved(deps, '532628205201')).to.deep.equal([]);

    await on.attempt(paper.id, { way: '直接送达', triedOn: '2026-09-21', reason: '家中无人' });
    expect(await mine(), 'an attempt is no service').to.have.length(1);
    await on.serve(paper.id, served('2026-09-21').直接送达);
    expect(await mine()).to.deep.equal([]);
    expect(await page())
      .to.include('2026年9月21日直接送达，申请复议到2026年11月20日，起诉到2027年3月22日')
      .and.not.include('待送达');
  });

  it('another holiday table counts the days again, and tells which moved', async () => {
    await house.at('2026-09-21T10:00:00+08:00');
    const paper = await on.refused();
    const { body } = await on.serve(paper.id, served('2026-09-21').直接送达);
    expect(body).to.include({ reviewUntil: '2026-11-20', sueUntil: '2027-03-22' });
    const { deps } = house.service;
    expect(await recountServices(deps), 'the same table moves nothing').to.deep.equal([]);
    const known = deps.calendar();
    const other = { ...known, isWorkday: (d: string) => d !== '2026-11-20' && known.isWorkday(d) };
    const moved = await recountServices({ ...deps, calendar: () => other });
    const mine = moved.find((m) => m.paperId === paper.id);
    expect(mine).to.include({
      from: '2026-09-21 2026-11-20 2027-03-22',
      to: '2026-09-21 2026-11-23 2027-03-22',
    });
    expect((await on.paperOf(paper.caseId, 'refusal')).service).to.include({ reviewUntil: '2026-11-23' });
    await recountServices(deps);
    expect((await on.paperOf(paper.caseId, 'refusal')).service).to.include({ reviewUntil: '2026-11-20' });
  });

  it('a notice that decides nothing is not waited for', async () => {
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    const unserved = await listUnserved(house.service.deps, '532628103201');
    expect(unserved.filter((u) => u.caseId === walk.id)).to.deep.equal([]);
    expect((await open(await house.as('village'), `/cases/${walk.id}`)).html).to.not.include('待送达');
  });
});

onEachDatabase('terms where review comes first', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, { CUNBAN_DEFINITIONS: definitionsWith(reviewFirst) });
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('B.3: review has its sixty days, and court none before it', async () => {
    const on = serving(house);
    const paper = await on.refused();
    const { body } = await on.serve(paper.id, served('2026-09-01').直接送达);
    expect(body).to.include({ reviewUntil: '2026-11-02', sueUntil: null });
    expect(await on.record(body.recordId))
      .to.include('复议')
      .and.not.include('提起诉讼截止日');
  });
});
