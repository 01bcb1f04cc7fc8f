/** Every branch of every item over HTTP: each act by whoever sits at its desk, each fact by the moved clock. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { addDays, startOfDay } from '../../src/kernel/time.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { findCase } from '../../src/station/cases/store.ts';
import { metaOf } from '../../src/workflow/advance.ts';
import { deskFor, isFact } from '../../src/workflow/desks.ts';
import { eventNeeds } from '../../src/workflow/events.ts';
import { sampleData } from '../../src/workflow/samples.ts';
import { type Branch, branches, type Stage } from '../../src/workflow/simulate.ts';
import type { ActName, Desk } from '../../src/workflow/types.ts';
import { engines, type Opened } from '../support/databases.ts';
import { type House, openHouse } from '../support/service.ts';
import { openCase, type Walker } from './case.ts';

interface Demo {
  login: string;
  role: string;
  org: string;
}
const { accounts } = JSON.parse(readFileSync(join(projectRoot, 'data', 'demo-accounts.json'), 'utf8')) as {
  accounts: Demo[];
};

describe('every branch of every item', function () {
  this.timeout(240_000);
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const row = async (walk: Walker) => {
    const { db, vault } = house.service.deps;
    const found = await findCase(db.read, vault, walk.id);
    if (!found) throw new Error(`case ${walk.id} is gone`);
    return found;
  };

  const loginAt = (desk: Desk, villageId: string, department: string): string => {
    const org = house.service.deps.orgs.deskOrg(desk, villageId, department);
    const found = accounts.find((a) => a.role === desk.role && a.org === org.id);
    if (!found) throw new Error(`nobody sits at ${desk.role} of ${org.name}`);
    return found.login;
  };

  /** Move the clock to where the case's waiting clock reports its fact. */
  async function waitForFact(walk: Walker): Promise<void> {
    const view = await walk.reload('village');
    const { snapshot } = await row(walk);
    const waiting = snapshot.clocks.find((c) => c.onDue !== undefined && c.endedOn === undefined);
    const due = view.clocks.find((c) => c.name === waiting?.name)?.due;
    if (!due) throw new Error(`no clock of ${view.state} reports a fact`);
    await house.at(startOfDay(addDays(due, 1)));
  }

  async function take(walk: Walker, event: string): Promise<void> {
    if (isFact(event as never)) return waitForFact(walk);
    const { definitionSha, snapshot, villageId, department } = await row(walk);
    const { definition, machine } = house.service.deps.definitions.pinned(definitionSha);
    const { db } = house.service.deps;
    if (event === 'OBJECT') {
      const [notice] = await db.read('notices').where({ case_id: walk.id, state: 'open' });
      const sent = await house
        .stranger()
        .post(`/api/notices/${notice.id}/objections`, { text: '与事实不符。' });
      expect(sent.status, JSON.stringify(sent.body)).to.equal(201);
      return;
    }
    const meta = metaOf(machine, snapshot);
    const desk = deskFor(event as never, meta);
    if (!desk) throw new Error(`${event} belongs to nobody in ${meta.title}`);
    const [objection] = await db.read('objections').where({ case_id: walk.id, state: 'open' });
    const data = sampleData(event as never, eventNeeds(definition, meta), '2026-09-01');
    await walk.act(loginAt(desk, villageId, department), event as ActName, {
      ...data,
      ...('objectionId' in data && { objectionId: objection?.id }),
    });
  }

  const pathsOf = (code: string): Branch[] => {
    const { definitions, calendar } = house.service.deps;
    const { machine, definition } = definitions.get(code);
    const stage: Stage = {
      machine,
      calendar: calendar(),
      situation: definition.situations[0]?.id ?? '',
      routes: {},
    };
    return branches(stage, '2026-09-01T01:00:00.000Z', () => ({}));
  };

  for (const code of ['WJ-01', 'NY-04', 'MZ-01', 'ZR-02'])
    it(`${code}: each is possible over HTTP, and every effect of it is carried out`, async () => {
      const { db } = house.service.deps;
      for (const { path, state, event } of pathsOf(code)) {
        const walk = await openCase(house, code);
        for (const step of path) await take(walk, step);
        const stuck = await db.read('outbox').where({ case_id: walk.id }).whereNot({ state: 'done' });
        expect(
          stuck.map((o: { effect: string; error: string }) => `${o.effect}: ${o.error}`),
          `${code} ${state} ${event}`,
        ).to.deep.equal([]);
      }
    });
});
