import { expect } from 'chai';
import { brokenAt, listEvents } from '../../src/station/cases/log.ts';
import { stateName } from '../../src/workflow/advance.ts';
import { fold } from '../../src/workflow/replay.ts';
import { popplerOrSkip } from '../station/papers/pdf.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { exampleForm, type House, openHouse } from '../support/service.ts';
import { openCase } from './case.ts';
import { county, type Traveller } from './county.ts';
import { faultsOf, printsOf } from './prints.ts';

onEachDatabase('all 33 items, every situation and example, in one season of the county', (engine) => {
  let opened: Opened;
  let house: House;
  const travellers: Traveller[] = [];
  const LONG = 600_000;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('each is filed at the counter from its example', async () => {
    const refused: string[] = [];
    for (const { code, situations } of house.service.deps.definitions.list())
      for (const { id: situation } of situations) {
        const examples = house.service.deps.definitions.get(code).formFor(situation).examples ?? [];
        for (const i of examples.keys()) {
          const label = `${code} ${situation} ${i + 1}`;
          try {
            const form = exampleForm(house.service, code, i, situation);
            travellers.push({ label, walk: await openCase(house, code, { situation, form }) });
          } catch (error) {
            refused.push(`${label}: ${(error as Error).message}`);
          }
        }
      }
    expect(refused).to.deep.equal([]);
    expect(new Set(travellers.map((t) => t.label.slice(0, 5))).size).to.equal(33);
  }).timeout(LONG);

  it('each comes to its end, or is granted and goes on', async () => {
    await county(house).work(travellers);
    expect(travellers.flatMap((t) => (t.failed ? [`${t.label}: ${t.failed}`] : []))).to.deep.equal([]);
  }).timeout(LONG);

  it('every effect was carried out', async () => {
    expect(await county(house).stuck()).to.deep.equal([]);
  });

  it('every paper and certificate of theirs says all that it must, in embedded subsets of its typefaces', async function () {
    popplerOrSkip(this);
    // A print is made of what the database keeps, the same on both.
    if (engine.name !== 'sqlite') return;
    const prints = await printsOf(house);
    expect(await faultsOf(await house.as('village'), prints)).to.deep.equal([]);
    expect(new Set(prints.map((p) => p.label.slice(0, 5))).size).to.equal(33);
  }).timeout(LONG);

  it('every log holds, and folds into the state that is stored', async () => {
    const { db, vault } = house.service.deps;
    for (const { label, walk } of travellers) {
      const { row, pinned } = await county(house).rowOf(walk);
      const log = await listEvents(db.read, vault, row.id);
      expect(brokenAt(row.id, log), label).to.equal(null);
      const folded = fold(() => pinned.machine, '', row.situation, log);
      expect(folded, label).to.deep.equal(row.snapshot);
      expect(stateName(folded), label).to.equal(row.state);
    }
  });
});
