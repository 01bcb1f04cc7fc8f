/** A new item by data alone: one JSON file and one form copied, nothing under `src` touched, a restart. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../src/platform/paths.ts';
import { definitionsCopy, readItem, writeItem } from '../rules/definitions.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { openHouse, type TestHouse } from '../support/service.ts';
import { openCase, type Walker } from './case.ts';
import { county, type Traveller } from './county.ts';

const CODE = 'MZ-99';
const TITLE = '独居老人探访服务（演练事项）';

/** What an official does: copy an item and its form, give them a new code, title and department. */
function invent(folder: string): void {
  const item = JSON.parse(JSON.stringify(readItem(folder, 'RS-03')).replaceAll('RS-03', CODE));
  const steps = item.steps.map((s: { office?: string }) => (s.office ? { ...s, office: 'MZ' } : s));
  writeItem(folder, {
    ...item,
    title: TITLE,
    department: 'MZ',
    authority: '富宁县民政局',
    version: 1,
    steps,
  });
  const form = readFileSync(join(folder, 'forms', 'RS-03@1.json'), 'utf8');
  writeFileSync(join(folder, 'forms', `${CODE}@1.json`), form.replaceAll('RS-03', CODE));
}

onEachDatabase('a new item by data alone', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let folder: string;
  let walk: Walker;
  before(async () => {
    folder = definitionsCopy();
    opened = await engine.open();
    house = await openHouse(opened, { CUNBAN_DEFINITIONS: folder });
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const items = async () =>
    (await house.stranger().get<{ items: { code: string; title: string }[] }>('/api/items')).body.items;

  it('is not there before it is written', async () => {
    expect((await items()).map((i) => i.code)).to.not.include(CODE);
    expect((await house.stranger().get(`/api/items/${CODE}`)).status).to.equal(404);
  });

  it('passes the check of its folder', () => {
    invent(folder);
    const args = ['--import', 'tsx', join(projectRoot, 'src', 'cli.ts'), 'check', '--dir', folder];
    const said = execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });
    expect(said).to.match(/^34 items, .* nothing wrong/);
  });

  it('is offered after a restart, filed at the counter and carried to its end', async () => {
    house = await house.restart();
    expect((await items()).find((i) => i.code === CODE)?.title).to.equal(TITLE);
    walk = await openCase(house, CODE);
    const filed = await walk.act('village', 'FILE');
    expect(filed.number).to.include('MZ99');
    const travellers: Traveller[] = [{ label: CODE, walk }];
    await county(house).work(travellers);
    expect(travellers[0]?.failed).to.equal(undefined);
    expect(await county(house).stuck()).to.deep.equal([]);
    const view = await walk.reload('village');
    expect(view).to.include({ itemTitle: TITLE, outcome: 'granted' });
  });

  it('is still there after another restart, and its cases even when it is no longer offered', async () => {
    house = await house.restart();
    const path = `/api/cases/${walk.id}`;
    expect((await (await house.as('village')).get(path)).status).to.equal(200);
    house = await house.restart({});
    expect((await items()).map((i) => i.code)).to.not.include(CODE);
    const kept = await (await house.as('village')).get<{ itemTitle: string }>(path);
    expect([kept.status, kept.body.itemTitle]).to.deep.equal([200, TITLE]);
  });
});
