import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createCalendar, parseHolidays } from '../../src/kernel/calendar.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { recountTerms } from '../../src/station/cases/index.ts';
import { brokenAt, listEvents } from '../../src/station/cases/log.ts';
import { findCase } from '../../src/station/cases/store.ts';
import { fold } from '../../src/workflow/replay.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { type House, openHouse } from '../support/service.ts';
import { openCase, visit, type Walker } from './case.ts';

onEachDatabase('clocks and the log', (engine) => {
  let opened: Opened;
  let house: House;
  beforeEach(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-24T10:00:00+08:00');
  });
  afterEach(async () => {
    await house.close();
    await opened.drop();
  });

  const rows = (table: string, walk: Walker) => house.service.deps.db.read(table).where({ case_id: walk.id });
  const papers = async (walk: Walker): Promise<string[]> =>
    (await rows('papers', walk).orderBy('event_seq')).map((p: { kind: string }) => p.kind);

  it('B1-5: five working days of silence accept, from the day the file came in, and the citizen is told', async () => {
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await house.at('2026-10-09T23:59:00+08:00');
    expect((await walk.reload('village')).state).to.equal('acceptance.pending');
    await house.at('2026-10-10T00:00:00+08:00');
    const view = await walk.reload('village');
    expect(view.state).to.equal('verification.pending');
    expect(view.dates).to.include({ accepted: '2026-09-24', deemed: true });
    expect(view.clocks.find((c) => c.name === 'statutory')?.due).to.equal('2026-11-12');
    expect(await papers(walk)).to.deep.equal(['receipt', 'acceptance']);
  });

  it('B1-7: a correction nobody brings lapses, and the case ends with a paper', async () => {
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'REQUEST_CORRECTION', {
      faults: [{ target: '/form/applicant/phone', reason: '号码打不通' }],
    });
    await house.at('2026-10-20T09:00:00+08:00');
    expect(await walk.reload('village')).to.include({ phase: 'closed', outcome: 'lapsed' });
    expect(await papers(walk)).to.deep.equal(['receipt', 'correction', 'termination']);
  });

  it('escalates each rung of each clock once, however often the ticker looks', async () => {
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
    for (const day of ['2026-11-20', '2026-12-21', '2026-12-22']) await house.at(`${day}T09:00:00+08:00`);
    const told = (await rows('escalations', walk)).map(
      (e: { clock: string; rung: string }) => `${e.clock} ${e.rung}`,
    );
    expect(told).to.have.members([
      'statutory yellow',
      'statutory due',
      'promised yellow',
      'promised due',
      'step:verification yellow',
      'step:verification due',
    ]);
    expect(new Set(told).size).to.equal(told.length);
    const view = await walk.reload('mz-officer');
    expect(view.clocks.find((c) => c.name === 'statutory')).to.include({ light: 'red' });
  });

  it('B2-3, B2-6: extended once, and stopped for a special procedure', async () => {
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    const due = (name: string) => walk.view.clocks.find((c) => c.name === name)?.due;
    expect(due('statutory')).to.equal('2026-10-29');
    await walk.act('ny-officer', 'EXTEND', { reason: '情况复杂', approvedBy: '周国栋' });
    expect(due('statutory')).to.equal('2026-11-12');
    expect(walk.view.possible.map((p) => p.event)).to.not.include('EXTEND');
    await walk.act('ny-officer', 'SUSPEND', {
      procedure: '鉴定',
      reason: '需要鉴定',
      expectedEnd: '2026-10-15',
    });
    expect(due('statutory')).to.equal(null);
    await house.at('2026-10-15T09:00:00+08:00');
    await walk.act('ny-officer', 'RESUME', { opinion: '鉴定完成' });
    expect(due('statutory')).to.equal('2026-11-26');
    expect(await papers(walk)).to.deep.equal(['receipt', 'acceptance', 'extension', 'special-procedure']);
  });

  it('an objection that is sustained sends the case back and the notice is posted anew', async () => {
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
    await walk.act('mz-officer', 'FORWARD', { opinion: '无异常' });
    await walk.act('town-mz', 'RECORD_VISIT', visit('2026-09-24'));
    await walk.act('town-leader', 'FORWARD', { opinion: '同意' });
    await walk.act('committee', 'POST');
    const [first] = await rows('notices', walk);
    await house
      .stranger()
      .post(`/api/notices/${first.id}/objections`, { text: '他家有两辆货车。', name: '农某' });
    const [objection] = await rows('objections', walk);
    expect(JSON.stringify(objection)).to.not.contain('货车');
    await walk.act('town-mz', 'SUSTAIN_OBJECTION', {
      objectionId: objection.id,
      officers: visit('').officers,
      finding: '属实',
      reply: '经核实属实，将重新调查。',
    });
    expect(walk.view.state).to.equal('visit.pending');
    await walk.act('town-mz', 'RECORD_VISIT', visit('2026-09-24'));
    await walk.act('town-leader', 'FORWARD', { opinion: '同意再次公示' });
    await walk.act('committee', 'POST');
    const states = (await rows('notices', walk).orderBy('event_seq')).map((n: { state: string }) => n.state);
    expect(states).to.deep.equal(['closed', 'open']);
    await house.at('2026-10-12T09:00:00+08:00');
    expect((await walk.reload('mz-officer')).state).to.equal('county-review.pending');
  });

  it('a term that runs into an unannounced year is provisional; its table moves it and tells whom it affects', async () => {
    await house.at('2026-12-25T10:00:00+08:00');
    const walk = await openCase(house, 'MZ-01');
    const filed = await walk.act('village', 'FILE');
    expect(filed.clocks.find((c) => c.name === 'acceptance')).to.include({
      due: '2027-01-04',
      provisional: true,
    });
    const firesAt = async () =>
      (await rows('deadlines', walk).where({ clock: 'acceptance', rung: 'due' }))[0].fires_at;
    expect(await firesAt()).to.equal('2027-01-04T16:00:00.000Z');

    const invented =
      'date,kind,name\n2027-01-01,off,元旦\n2027-01-04,off,元旦\n2027-01-03,work,元旦\n2027-05-01,off,劳动节\n';
    const tables = [readFileSync(join(projectRoot, 'data', 'china-holidays.csv'), 'utf8'), invented];
    const announced = createCalendar(tables.map(parseHolidays));
    const { deps } = house.service;
    const moved = await recountTerms({ ...deps, calendar: () => announced });
    expect(moved).to.deep.equal([
      { id: walk.id, number: filed.number, from: '2027-01-04', to: '2027-01-03' },
    ]);
    expect(await firesAt()).to.equal('2027-01-03T16:00:00.000Z');
    expect(await recountTerms({ ...deps, calendar: () => announced })).to.deep.equal([]);
  });

  it('the stored state is the log folded, and the log is a chain that shows any change', async () => {
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await house.at('2026-10-12T09:00:00+08:00');
    await walk.act('mz-officer', 'SUSPEND', {
      procedure: '鉴定',
      reason: '伤残鉴定',
      expectedEnd: '2026-10-20',
    });
    const { db, vault, definitions } = house.service.deps;
    const row = await findCase(db.read, vault, walk.id);
    const log = await listEvents(db.read, vault, walk.id);
    expect(log.map((e) => e.type)).to.deep.equal(['FILE', 'ACCEPTANCE_DEEMED', 'SUSPEND']);
    const { machine } = definitions.pinned(row?.definitionSha ?? '');
    expect(row?.snapshot).to.deep.equal(
      JSON.parse(JSON.stringify(fold(() => machine, '', row?.situation ?? '', log))),
    );
    expect(brokenAt(walk.id, log)).to.equal(null);
    const forged = structuredClone(log);
    if (forged[1]) forged[1].at = '2026-10-08T16:00:00.000Z';
    expect(brokenAt(walk.id, forged)).to.equal(2);
  });
});
