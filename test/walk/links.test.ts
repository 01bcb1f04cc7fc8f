/** One item reaches others (P12): a death ends what ran for the dead, calls up what their household has, and can be taken back. */
import { expect } from 'chai';
import { brokenAt, listEvents } from '../../src/station/cases/log.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { exampleForm, openHouse, type TestHouse } from '../support/service.ts';
import { openCase, type Walker } from './case.ts';
import { county, type Traveller } from './county.ts';

type Form = Record<string, unknown>;
type Blocks = Record<string, Form>;

onEachDatabase('a death, and its cancellation', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  const kept: Record<string, Walker> = {};
  let death: Walker;
  const LONG = 300_000;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  /** 李老八, 82 years old: the applicant of some examples, put in the place of another in the rest. */
  const ELDER = { name: '李老八', idNumber: '532628194403019957' };
  const OTHER = { name: '黄梁氏', idNumber: '532628194802299925' };
  const example = (item: string, index: number, situation?: string): Blocks =>
    exampleForm(house.service, item, index, situation) as Blocks;
  /** An example with the one person put in the other's place, wherever it stands. */
  const asElder = (form: Blocks): Form =>
    JSON.parse(
      JSON.stringify(form)
        .replaceAll(OTHER.idNumber, ELDER.idNumber)
        .replaceAll(`"${OTHER.name}"`, `"${ELDER.name}"`),
    );
  const file = async (item: string, form: Form, situation?: string): Promise<Walker> => {
    const walk = await openCase(house, item, { form, ...(situation && { situation }) });
    await walk.act('village', 'FILE');
    return walk;
  };
  const toTheEnd = async (walks: Record<string, Walker>) => {
    const travellers = Object.entries(walks).map(([label, walk]): Traveller => ({ label, walk }));
    await county(house).work(travellers);
    expect(travellers.flatMap((t) => (t.failed ? [`${t.label}: ${t.failed}`] : []))).to.deep.equal([]);
  };
  const rowOf = async (walk: Walker) => (await county(house).rowOf(walk)).row;
  const states = async (): Promise<Record<string, string>> => {
    const all = await Promise.all(Object.entries(kept).map(async ([k, w]) => [k, (await rowOf(w)).state]));
    return Object.fromEntries(all);
  };
  const leafOf = async (code: string) => (await rowOf(kept[code] as Walker)).state.split('.').at(-1);
  const eventsOf = async (walk: Walker) =>
    (await listEvents(house.service.deps.db.read, house.service.deps.vault, walk.id)).map((e) => e.type);
  const papersOf = async (walk: Walker): Promise<string[]> =>
    (await house.service.deps.db.read('papers').where({ case_id: walk.id }).orderBy('event_seq')).map(
      (p: { kind: string }) => p.kind,
    );
  /** The effect as if the program had died before it wrote down that it was done. */
  const again = async (walk: Walker) => {
    const { db, jobs, clock } = house.service.deps;
    await db
      .write('outbox')
      .where({ case_id: walk.id, effect: 'reach' })
      .update({ state: 'waiting', next_at: clock.now(), leased_by: null, leased_until: null });
    await jobs.tick();
  };

  it('what runs for an old man: a pension, an allowance for his age, one for his disability, a household', async () => {
    kept['RS-02'] = await file('RS-02', asElder(example('RS-02', 2)));
    kept['MZ-03'] = await file('MZ-03', example('MZ-03', 0));
    kept['CL-02'] = await file('CL-02', asElder(example('CL-02', 0)));
    kept['MZ-01'] = await file('MZ-01', asElder(example('MZ-01', 0)));
    await toTheEnd(kept);
    expect(Object.values(await states()).map((s) => s.split('.').at(-1))).to.deep.equal([
      'current',
      'current',
      'current',
      'current',
    ]);
    kept['MZ-03 undecided'] = await file('MZ-03', example('MZ-03', 0));
  }).timeout(LONG);

  it('when one of them cannot be reached none is, and the whole is tried again', async () => {
    const { db } = house.service.deps;
    const { id } = kept['CL-02'] as Walker;
    const { definition_sha } = await db.read('cases').where({ id }).first();
    const spoilt = (sha: string) => db.write('cases').where({ id }).update({ definition_sha: sha });
    const before = await states();
    death = await file('GA-01', example('GA-01', 1, 'death'), 'death');
    await spoilt('0'.repeat(64));
    await county(house).take(death, { event: 'APPROVE' });
    const [effect] = await db.read('outbox').where({ case_id: death.id, effect: 'reach' });
    expect(effect.state).to.not.equal('done');
    await spoilt(definition_sha);
    expect(await states()).to.deep.equal(before);
    expect(await db.read('case_links').where({ from_case: death.id })).to.deep.equal([]);
    await house.at(new Date(Date.parse(house.service.deps.clock.now()) + 600_000).toISOString());
    expect((await db.read('outbox').where({ id: effect.id }).first()).state).to.equal('done');
  }).timeout(LONG);

  it('the benefits of the dead end, what is undecided ends, the household is looked at again', async () => {
    for (const code of ['RS-02', 'MZ-03', 'CL-02']) {
      expect(await leafOf(code), code).to.equal('cancelled');
      const papers = await papersOf(kept[code] as Walker);
      expect(papers.at(-1), code).to.equal('cancellation');
    }
    expect(await rowOf(kept['MZ-03 undecided'] as Walker)).to.include({ outcome: 'ended', phase: 'closed' });
    expect((await papersOf(kept['MZ-03 undecided'] as Walker)).at(-1)).to.equal('termination');
    expect(await leafOf('MZ-01')).to.equal('due');
    const links = await house.service.deps.db.read('case_links').where({ from_case: death.id });
    expect(links.map((l: { result: string }) => l.result)).to.deep.equal(links.map(() => 'done'));
    expect(links.map((l: { act: string }) => l.act).sort()).to.deep.equal([
      'cancel',
      'cancel',
      'cancel',
      'cancel',
      'review',
    ]);
  });

  it('an effect that is carried out again does nothing twice', async () => {
    const before = await Promise.all(Object.values(kept).map(eventsOf));
    await again(death);
    expect(await Promise.all(Object.values(kept).map(eventsOf))).to.deep.equal(before);
    expect(await county(house).stuck()).to.deep.equal([]);
  });

  it('the same death registered twice cancels nothing twice', async () => {
    const before = await states();
    const twice = await file('GA-01', example('GA-01', 1, 'death'), 'death');
    await county(house).take(twice, { event: 'APPROVE' });
    for (const code of ['RS-02', 'MZ-03', 'CL-02']) expect(await leafOf(code), code).to.equal('cancelled');
    expect(await states()).to.deep.equal(before);
  });

  it('a mistake taken back restores what that death had ended, and nothing else', async () => {
    const ended = kept['CL-02'] as Walker;
    const { 'MZ-03 undecided': closed } = kept;
    const restore = await file('GA-01', example('GA-01', 0, 'restore'), 'restore');
    await toTheEnd({ restore });
    for (const code of ['RS-02', 'MZ-03', 'CL-02']) expect(await leafOf(code), code).to.equal('current');
    expect(await rowOf(closed as Walker)).to.include({ phase: 'closed' });
    expect(await leafOf('MZ-01')).to.equal('due');
    expect((await eventsOf(ended)).at(-1)).to.equal('RESTORED_ELSEWHERE');
    const { db, vault } = house.service.deps;
    await again(death);
    for (const code of ['RS-02', 'MZ-03', 'CL-02']) expect(await leafOf(code), code).to.equal('current');
    for (const walk of Object.values(kept))
      expect(brokenAt(walk.id, await listEvents(db.read, vault, walk.id))).to.equal(null);
    expect(await county(house).stuck()).to.deep.equal([]);
  }).timeout(LONG);
});
