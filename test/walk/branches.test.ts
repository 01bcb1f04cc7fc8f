/**
 * Every kind of branch over HTTP: of all items together, each event in each state of each step kind once, by
 * whoever sits at its desk or by the moved clock. (In memory `cunban rehearse --all` walks every branch there is.)
 */
import { expect } from 'chai';
import { stageOf } from '../../src/cli/rehearse/runs.ts';
import { metaOf } from '../../src/workflow/advance.ts';
import { type Branch, branches } from '../../src/workflow/branches.ts';
import { eventNeeds } from '../../src/workflow/events.ts';
import { sampleData } from '../../src/workflow/samples.ts';
import { engines, type Opened } from '../support/databases.ts';
import { exampleForm, type House, openHouse } from '../support/service.ts';
import { openCase } from './case.ts';
import { county, type Traveller } from './county.ts';

/** A Monday before the long autumn holiday: what the examples are written for. */
const OPENING = '2026-09-28T01:40:00.000Z';
/** Reported by other items; `test/walk/links.test.ts` walks them. */
const FROM_OUTSIDE = ['CANCELLED_ELSEWHERE', 'RESTORED_ELSEWHERE', 'REVIEW_CALLED'];

describe('every kind of branch over HTTP', function () {
  this.timeout(600_000);
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  /** The branches of one situation, told apart by the kind of step, not by its name. */
  function searched(code: string, situation: string, known: Set<string>): Branch[] {
    const { definitions } = house.service.deps;
    const pinned = definitions.get(code);
    const stage = stageOf(definitions, pinned, situation, exampleForm(house.service, code, 0, situation));
    const found = branches(stage, OPENING, (event, state) =>
      sampleData(event, eventNeeds(pinned.definition, metaOf(pinned.machine, state), event), '2026-09-28'),
    );
    return found.filter(({ state, move, path }) => {
      const [step = '', leaf] = state.split('.');
      const kind = pinned.definition.steps.find((s) => s.id === step)?.kind;
      const key = `${kind}.${leaf} ${move.event} ${JSON.stringify(move.says ?? {})}`;
      if (known.has(key) || path.some((m) => FROM_OUTSIDE.includes(m.event))) return false;
      known.add(key);
      return true;
    });
  }

  it('each is possible, and every effect of it is carried out', async () => {
    const travellers: Traveller[] = [];
    const known = new Set<string>();
    for (const { code, situations } of house.service.deps.definitions.list())
      for (const { id: situation } of situations)
        for (const { path, state, move } of searched(code, situation, known)) {
          const walk = await openCase(house, code, { situation });
          travellers.push({ label: `${code} ${situation} ${state} ${move.event}`, walk, moves: [...path] });
        }
    expect(travellers.length).to.be.greaterThan(80);
    await county(house).work(travellers);
    expect(travellers.flatMap((t) => (t.failed ? [`${t.label}: ${t.failed}`] : []))).to.deep.equal([]);
    expect(await county(house).stuck()).to.deep.equal([]);
  });
});
