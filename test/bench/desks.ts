/**
 * What the pages of staff cost on the server with many open cases in an SQLite database, over HTTP, beside an empty
 * page of the same run. Exits 1 when the median of a page is above the limit. A measurement, never a test.
 * `npm run bench:desks [-- CASES [PART-OF-A-NAME]]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { startService } from '../../src/service.ts';
import { type House, houseOf } from '../support/service.ts';
import { fill } from './desks-base.ts';

const CASES = Number(process.argv[2] ?? 100_000);
const ONLY = process.argv[3] ?? '';
const REQUESTS = 60;
const WARM = 3;
const LIMIT_MS = 50;
const DEEP = 200;

interface Look {
  name: string;
  as: string;
  path: string;
}
const EMPTY: Look = { name: 'an empty page', as: 'village', path: '/help' };

/** Somebody who sits at each kind of desk. */
const DESKS = ['village', 'town-window', 'mz-officer', 'mz-leader'];
/** Lists of the other nouns, by who has them. */
const OTHERS: [string, string][] = [
  ['/certificates', 'mz-officer'],
  ['/certificates', 'village'],
  ['/payouts', 'mz-officer'],
  ['/desk', 'village'],
  ['/cash', 'village'],
  ['/filing', 'village'],
  ['/board', 'inspector'],
  ['/board?period=year', 'inspector'],
  ['/board', 'mz-leader'],
  ['/board', 'town-leader'],
  ['/board/charts/departments.svg', 'inspector'],
  ['/board/charts/townships.svg', 'inspector'],
  ['/board/charts/days-items.svg', 'inspector'],
];

/** The key of the first line of a page of an inbox or list, by walking there; null when it is not that long. */
async function keyOf(house: House, as: string, path: string, page: number): Promise<string | null> {
  const client = await house.as(as);
  let key: string | null = null;
  for (let lines = 0; lines < (page - 1) * 20; lines += 100) {
    const left = Math.min(100, (page - 1) * 20 - lines);
    const at: string = `/api${path}?limit=${left}${key === null ? '' : `&after=${encodeURIComponent(key)}`}`;
    const { body } = await client.get<{ next: string | null }>(at);
    key = body.next;
    if (key === null) return null;
  }
  return key;
}

async function looks(house: House): Promise<Look[]> {
  const found: Look[] = [];
  const pages = async (as: string, path: string) => {
    found.push({ name: path, as, path });
    for (const page of [2, DEEP]) {
      const key = await keyOf(house, as, path, page);
      if (key)
        found.push({ name: `${path} page ${page}`, as, path: `${path}?after=${encodeURIComponent(key)}` });
    }
  };
  for (const as of DESKS) await pages(as, '/inbox');
  for (const as of [...DESKS, 'inspector']) {
    await pages(as, '/cases');
    for (const [name, query] of FILTERS) found.push({ name: `/cases ${name}`, as, path: `/cases?${query}` });
  }
  for (const as of DESKS)
    for (const [name, query] of FILTERS) found.push({ name: `/inbox ${name}`, as, path: `/inbox?${query}` });
  for (const as of ['town-window', 'mz-officer']) {
    const client = await house.as(as);
    const { body } = await client.get<{ cases: { id: string; state: string }[] }>('/api/inbox?limit=100');
    for (const one of body.cases.slice(0, 1))
      found.push({ name: '/cases/:id', as, path: `/cases/${one.id}` });
    const pending = body.cases.find((c) => c.state.startsWith('acceptance'));
    if (pending) found.push({ name: '/cases/:id/act/ACCEPT', as, path: `/cases/${pending.id}/act/ACCEPT` });
  }
  for (const [path, as] of OTHERS) found.push({ name: path, as, path });
  return found;
}

const FILTERS: [string, string][] = [
  ['item', 'item=MZ-01'],
  ['phase', 'phase=correction'],
  ['item+phase', 'item=ZR-02&phase=open'],
  ['surname', `text=${encodeURIComponent('李')}`],
  ['name', `text=${encodeURIComponent('李国')}`],
  ['part of name', `text=${encodeURIComponent('国华')}`],
  ['nobody', `text=${encodeURIComponent('没有这人')}`],
  ['number', 'text=532628103201-2026'],
  ['overdue', 'due=overdue'],
  ['by received', 'sort=received'],
  ['by village', 'sort=village'],
];

/** Processor time tells what a page costs where the machine has other work too; the one who asks is in it. */
interface Times {
  sorted: number[];
  processor: number;
}

/** Milliseconds of each of many requests, one after the other; null when the page is not there. */
async function times(house: House, look: Look): Promise<Times | null> {
  const { cookie } = await house.as(look.as);
  const taken: number[] = [];
  let cpu = process.cpuUsage();
  for (let i = 0; i < REQUESTS + WARM; i += 1) {
    if (i === WARM) cpu = process.cpuUsage();
    const before = performance.now();
    const answer = await fetch(house.url + look.path, {
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
    });
    await answer.arrayBuffer();
    if (answer.status === 404 || answer.status === 403) return null;
    if (answer.status !== 200) throw new Error(`${look.path} as ${look.as}: ${answer.status}`);
    taken.push(performance.now() - before);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { sorted: taken.slice(WARM).sort((a, b) => a - b), processor: (user + system) / 1000 / REQUESTS };
}

const at = (sorted: number[], share: number): number => sorted[Math.floor(sorted.length * share)] as number;

async function measureAll(house: House): Promise<boolean> {
  const empty = at(((await times(house, EMPTY)) as Times).sorted, 0.5);
  process.stdout.write(
    `${'page'.padEnd(30)}${'as'.padEnd(13)}${'median ms'.padStart(10)}${'p95 ms'.padStart(9)}${'cpu ms'.padStart(9)}  / empty page (${empty.toFixed(1)} ms)\n`,
  );
  let isMet = true;
  for (const look of (await looks(house)).filter((l) => l.name.includes(ONLY))) {
    const got = await times(house, look);
    if (!got) continue;
    const { sorted, processor } = got;
    const median = at(sorted, 0.5);
    isMet &&= median <= LIMIT_MS;
    process.stdout.write(
      `${look.name.padEnd(30)}${look.as.padEnd(13)}${median.toFixed(1).padStart(10)}${at(sorted, 0.95).toFixed(1).padStart(9)}${processor.toFixed(1).padStart(9)}${(median / empty).toFixed(2).padStart(8)}${median > LIMIT_MS ? '  TOO SLOW' : ''}\n`,
    );
  }
  return isMet;
}

const dataDir = mkdtempSync(join(tmpdir(), 'cunban-desks-'));
const config = readConfig({ PORT: '0', DATA_DIR: dataDir, CUNBAN_MODE: 'rehearsal', LOG_LEVEL: 'error' });
const house = houseOf(await startService(config, createLog(config.logLevel)));
try {
  const before = performance.now();
  await fill(house, CASES);
  process.stdout.write(`${CASES} open cases in ${((performance.now() - before) / 1000).toFixed(0)} s\n`);
  const isMet = await measureAll(house);
  process.stdout.write(`every median within ${LIMIT_MS} ms: ${isMet ? 'met' : 'MISSED'}\n`);
  process.exitCode = isMet ? 0 : 1;
} finally {
  await house.close();
  rmSync(dataDir, { recursive: true, force: true });
}
