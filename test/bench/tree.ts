/**
 * What the tree of the whole prefecture costs: 11,913 organisations, 122,060 members, on SQLite and on PostgreSQL, each
 * beside the bare query, with the limit it must keep. Exits 1 when one is missed. A measurement, never a test.
 * `npm run bench:tree [-- sqlite|postgres]`
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollUp } from '../../src/branch/members/index.ts';
import { partsAt } from '../../src/branch/records/index.ts';
import { moveOrg } from '../../src/people/orgs/index.ts';
import { planOrgs, readOrgData } from '../../src/people/orgs/seed.ts';
import { insertOrgs } from '../../src/people/orgs/store.ts';
import { beginsWith, migrate, openDatabase, transact } from '../../src/platform/db/index.ts';
import { type Engine, engines } from '../support/databases.ts';
import { fillMembers, planPrefecture } from '../support/prefecture.ts';
import { beginRun, endRun, postgresUrl } from '../support/run.ts';
import { openHouse, type TestHouse } from '../support/service.ts';

const ONLY = process.argv[2];
const COUNTY = 'P532628';
const TOWN = 'P532628103';
const ROUNDS = 30;
const FROM = '2026-01-01';

interface Figure {
  name: string;
  limit: number;
  of: 'median' | 'p95';
  ours(): Promise<unknown> | unknown;
  bare(): Promise<unknown> | unknown;
  rounds?: number;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;

async function timed(work: () => unknown, rounds = ROUNDS): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < rounds + 2; i++) {
    const began = performance.now();
    await work();
    if (i >= 2) took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b);
}

async function openPrefecture(engine: Engine): Promise<{ house: TestHouse; drop(): Promise<void> }> {
  const opened = await engine.open();
  const dataDir = mkdtempSync(join(tmpdir(), 'cunban-tree-'));
  const db0 = await openDatabase({ databaseUrl: opened.url, file: join(dataDir, 'rehearsal.sqlite') });
  await migrate(db0, `${FROM}T00:00:00.000Z`);
  const data = await readOrgData();
  const party = planPrefecture(data);
  await transact(db0, (trx) => insertOrgs(trx, [...planOrgs(data), ...party], FROM));
  await db0.close();
  const house = await openHouse(opened, { DATA_DIR: dataDir });
  const { db, vault, clock } = house.service.deps;
  await transact(db, async (trx) => {
    for (const table of ['memberships', 'members']) await trx(table).delete();
    const branches = party.filter((o) => o.kind === 'branch');
    await fillMembers(trx, vault, branches, { from: FROM, at: clock.now() });
  });
  return {
    house,
    async drop() {
      await house.close();
      rmSync(dataDir, { recursive: true, force: true });
      await opened.drop();
    },
  };
}

async function figures(house: TestHouse): Promise<Figure[]> {
  const { deps } = house.service;
  const { orgs, db } = deps;
  const leader = await house.as('party-approver');
  const who = {
    grants: Array.from({ length: 5 }, (_, i) => ({
      role: i === 4 ? 'party-secretary' : 'party-editor',
      org: i === 4 ? COUNTY : 'P532627',
      subtree: true,
      from: FROM,
      to: null,
    })),
  };
  const branch = orgs.within(COUNTY).find((o) => o.kind === 'branch')?.id ?? '';
  const { path } = orgs.get(COUNTY);
  const counted = (prefix: string) =>
    db
      .read('orgs as o')
      .join('memberships as s', 's.org_id', 'o.id')
      .where(beginsWith(db.read, 'o.path', prefix))
      .whereNull('s.to_on')
      .groupBy('s.org_id')
      .select('s.org_id')
      .count('* as n');
  const towns = ['P532627', COUNTY];
  let turn = 0;
  const move = () => {
    const parent = towns[turn++ % 2] as string;
    return moveOrg(
      deps,
      { accountId: 'console', mayManage: () => true },
      { org: TOWN, parent, on: '2026-09-01' },
    );
  };
  const subtree = () =>
    db
      .read('orgs')
      .where(beginsWith(db.read, 'path', path))
      .pluck('id');
  return [
    {
      name: 'scope check',
      limit: 1,
      of: 'median',
      ours: () => partsAt(who, branch, orgs),
      bare: () => db.read.raw('select 1'),
    },
    { name: 'subtree of a county', limit: 5, of: 'median', ours: () => orgs.within(COUNTY), bare: subtree },
    {
      name: 'numbers of a county over HTTP',
      limit: 100,
      of: 'p95',
      ours: () => leader.get(`/api/branch/coverage?org=${COUNTY}`),
      bare: () => counted(path),
    },
    {
      name: 'roll-up of the prefecture',
      limit: 200,
      of: 'median',
      ours: () => rollUp(deps, 'P532600'),
      bare: () => counted('/P532600/'),
    },
    {
      name: `move of a township (${orgs.within(TOWN).length} organisations)`,
      limit: 250,
      of: 'median',
      rounds: 8,
      ours: move,
      bare: () => db.read('orgs').where(beginsWith(db.read, 'path', orgs.get(TOWN).path)),
    },
  ];
}

async function measure(engine: Engine): Promise<boolean> {
  const { house, drop } = await openPrefecture(engine);
  const { db } = house.service.deps;
  const [orgs] = await db.read('orgs').where('id', 'like', 'P%').count('* as n');
  const [members] = await db.read('memberships').whereNull('to_on').count('* as n');
  console.log(`${engine.name}: ${orgs?.n} organisations, ${members?.n} members`);
  let met = true;
  for (const { name, limit, of, ours, bare, rounds } of await figures(house)) {
    const share = of === 'p95' ? 0.95 : 0.5;
    const took = at(await timed(ours, rounds), share);
    const query = at(await timed(bare, rounds), share);
    const kept = took <= limit;
    met &&= kept;
    const said = `${took.toFixed(2)} ms (${of}; bare query ${query.toFixed(2)} ms; limit ${limit} ms)`;
    console.log(`  ${name}: ${said} ${kept ? 'met' : 'MISSED'}`);
  }
  await drop();
  return met;
}

await beginRun();
let met = true;
for (const engine of engines)
  if (ONLY === undefined || ONLY === engine.name) {
    if (engine.name === 'postgres' && postgresUrl() === undefined) console.log('postgres: did not start');
    else met = (await measure(engine)) && met;
  }
await endRun();
process.exit(met ? 0 : 1);
