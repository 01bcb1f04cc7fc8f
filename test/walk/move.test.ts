/** A new version of an item: running cases finish on theirs, or are moved by an explicit map that their log keeps. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AppError } from '../../src/errors.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { type CaseView, type MoveMap, moveCases } from '../../src/station/cases/index.ts';
import { brokenAt, listEvents } from '../../src/station/cases/log.ts';
import { fold } from '../../src/workflow/replay.ts';
import type { EventName } from '../../src/workflow/types.ts';
import { definitionsCopy, type ItemFile, readItem, writeItem } from '../rules/definitions.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { refusal } from '../support/refusal.ts';
import { openHouse, type TestHouse } from '../support/service.ts';
import { openCase, type Walker } from './case.ts';
import { county, type Traveller } from './county.ts';

const CODE = 'NY-04';

/** The next version: its second look is called otherwise, and a leader of the office reads the file before the decision. */
function revised(item: ItemFile): ItemFile {
  const steps = item.steps.map((s: ItemFile) => (s.id === 'check' ? { ...s, id: 'second', days: 4 } : s));
  return { ...item, version: item.version + 1, title: `${item.title}（修订）`, steps };
}

onEachDatabase('moving running cases to another version', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let folder: string;
  let first: number;
  const cases: Record<string, Walker> = {};

  before(async () => {
    folder = definitionsCopy();
    opened = await engine.open();
    house = await openHouse(opened, { CUNBAN_DEFINITIONS: folder });
    await house.at('2026-09-28T09:40:00+08:00');
    first = readItem(folder, CODE).version;
    for (const name of ['stays', 'named', 'checked', 'visited', 'examined']) cases[name] = await filed();
    await until('FORWARD', 'named', 'examined');
    await until('RECORD_VISIT', 'visited', 'checked', 'stays');
    for (const name of ['checked', 'stays']) await county(house).take(of(name), { event: 'RECORD_VISIT' });
    writeItem(folder, revised(readItem(folder, CODE)));
    house = await house.restart();
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const of = (name: string) => cases[name] as Walker;
  const filed = async () => {
    const walk = await openCase(house, CODE);
    await walk.act('village', 'FILE');
    return walk;
  };
  const work = async (travellers: Traveller[]) => {
    await county(house).work(travellers);
    expect(travellers.flatMap((t) => (t.failed ? [`${t.label}: ${t.failed}`] : []))).to.deep.equal([]);
  };
  const until = (event: EventName, ...names: string[]) =>
    work(names.map((label) => ({ label, walk: of(label), until: event })));
  const rowOf = async (name: string) => (await county(house).rowOf(of(name))).row;
  const look = async (name: string, login: string) =>
    (await (await house.as(login)).get<CaseView>(`/api/cases/${of(name).id}`)).body;
  const number = async (name: string) => (await rowOf(name)).number as string;
  const versionOf = async (name: string) => {
    const { definitions } = house.service.deps;
    return definitions.pinned((await rowOf(name)).definitionSha).definition.version;
  };
  const logOf = (name: string) => {
    const { db, vault } = house.service.deps;
    return listEvents(db.read, vault, of(name).id);
  };
  const map = (over: Partial<MoveMap> = {}): MoveMap => ({
    item: CODE,
    from: first,
    to: first + 1,
    reason: '复核环节改名',
    states: { 'examination.pending': 'examination.pending', 'check.pending': 'second.pending' },
    ...over,
  });
  const moves = (over: Partial<MoveMap> = {}, dryRun = false) =>
    moveCases(house.service.deps, '系统管理员', map(over), dryRun);

  /** `cunban move` as an administrator types it. */
  function command(given: MoveMap, ...more: string[]) {
    const file = join(folder, 'map.json');
    writeFileSync(file, JSON.stringify(given));
    const args = ['--import', 'tsx', join(projectRoot, 'src', 'cli.ts'), 'move', '--map', file, ...more];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...house.settings },
    });
    rmSync(file);
    return { status, said: stdout + stderr };
  }

  it('a new version is for new cases; what runs stays on its own', async () => {
    expect(await versionOf('stays')).to.equal(first);
    cases.fresh = await filed();
    expect(await versionOf('fresh')).to.equal(first + 1);
    expect((await look('fresh', 'village')).itemTitle).to.include('修订');
    expect((await look('stays', 'village')).itemTitle).to.not.include('修订');
  });

  it('states that one of the versions does not have are refused, all of them named, and nothing moves', async () => {
    const states = { 'check.pending': 'nowhere.pending', 'attic.pending': 'second.pending' };
    const { faults = [] } = (await refusal(moves({ states }))) as AppError;
    expect(faults.map((f) => f.pointer)).to.deep.equal(['/states/check.pending', '/states/attic.pending']);
    const { status, said } = command(map({ states }));
    expect(status).to.equal(1);
    expect(said).to.include('nowhere.pending').and.include('attic.pending');
    expect(await versionOf('checked')).to.equal(first);
    expect(((await refusal(moves({ to: 99 }))) as AppError).code).to.equal('item.not_found');
  });

  it('a dry run tells what would happen and writes nothing', async () => {
    const rows = async () => house.service.deps.db.read('case_events').where({ type: 'MOVED' });
    const only = { cases: [await number('named'), await number('visited')] };
    const told = await moves(only, true);
    expect(told.moved).to.deep.equal([await number('named')]);
    const { status, said } = command(map(only), '--dry-run');
    expect(status).to.equal(1);
    expect(said)
      .to.include(`would move ${await number('named')}`)
      .and.include('1 moved, 1 left');
    expect(await rows()).to.deep.equal([]);
    expect(await versionOf('named')).to.equal(first);
  });

  it('only the cases that are named move; what cannot is left, with the reason', async () => {
    const wanted = [await number('named'), await number('visited'), '532628000000-20260101-NY04-000001'];
    const { moved, left } = await moves({ cases: wanted });
    expect(moved).to.deep.equal([wanted[0]]);
    expect(left).to.deep.include({ case: wanted[1], reason: '状态 visit.pending 没有列入对应表' });
    expect(left).to.deep.include({ case: wanted[2], reason: '没有这个办件编号' });
    expect(await versionOf('named')).to.equal(first + 1);
    for (const name of ['checked', 'visited', 'examined']) expect(await versionOf(name)).to.equal(first);
    const again = await moves({ cases: [wanted[0] as string] });
    expect(again.left).to.deep.equal([{ case: wanted[0], reason: `不在第 ${first} 版上办理` }]);
  });

  it('a moved case keeps its terms; the clock of its step goes along; its log says who moved it and why', async () => {
    const before = await look('checked', 'ny-reviewer');
    const dues = (view: typeof before) =>
      view.clocks.filter((c) => c.light !== 'done').map((c) => [c.name.replace('check', 'second'), c.due]);
    await moves({ cases: [await number('checked')] });
    const after = await look('checked', 'ny-reviewer');
    expect(after.state).to.equal('second.pending');
    expect(dues(after)).to.deep.equal(dues(before));
    expect(after.possible.map((p) => p.event)).to.include('FORWARD');
    const last = (await logOf('checked')).at(-1);
    expect(last).to.include({ type: 'MOVED' });
    expect(last?.by.name).to.equal('系统管理员');
    expect(last?.data).to.include({ fromVersion: first, toVersion: first + 1, reason: '复核环节改名' });
    const told = await (await house.as('ny-reviewer')).get<{ events: { title: string }[] }>(
      `/api/cases/${of('checked').id}/events`,
    );
    expect(told.body.events.at(-1)?.title).to.equal('转入新版事项办理');
  });

  it('every case goes on to its end on the version it is on, with every paper; every log folds', async () => {
    await work(Object.entries(cases).map(([label, walk]) => ({ label, walk })));
    expect(await county(house).stuck()).to.deep.equal([]);
    expect(await versionOf('stays')).to.equal(first);
    const { db, definitions } = house.service.deps;
    for (const [name, walk] of Object.entries(cases)) {
      const row = await rowOf(name);
      const log = await logOf(name);
      expect(brokenAt(walk.id, log), name).to.equal(null);
      const folded = fold((sha) => definitions.pinned(sha).machine, row.definitionSha, row.situation, log);
      expect(folded, name).to.deep.equal(row.snapshot);
      expect(row, name).to.include({ state: 'done', outcome: 'granted' });
      const kinds = (await db.read('papers').where({ case_id: walk.id })).map(
        (p: { kind: string }) => p.kind,
      );
      expect(kinds, name).to.have.members(['receipt', 'acceptance', 'visit', 'approval', 'delivery']);
      const page = await (await house.as('ny-officer')).send<string>('GET', `/cases/${walk.id}`, undefined, {
        accept: 'text/html',
      });
      expect(page.status, name).to.equal(200);
    }
  }).timeout(120_000);
});
