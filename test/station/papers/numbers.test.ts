/** 文号: every series runs from one without gap or double, whoever makes papers at the same moment, whatever dies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Database, openDatabase } from '../../../src/platform/db/index.ts';
import { loadDefinitions } from '../../../src/platform/definitions/index.ts';
import type { CaseView } from '../../../src/station/cases/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { ended, startProgram } from '../../support/program.ts';
import { Client, openHouse, type TestHouse } from '../../support/service.ts';
import { bringMaterials, openCase, type Walker } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';

/** The numbers given away in each series, in order; what the house will count on from. */
async function seriesOf(db: Database): Promise<Map<string, { given: number[]; last: number }>> {
  const numbers: string[] = await db.read('papers').pluck('number');
  const found = new Map<string, { given: number[]; last: number }>();
  for (const number of numbers) {
    const [, series, year, n] = /^(.+)〔(\d{4})〕(\d+)号$/.exec(number) ?? [];
    if (series === undefined) continue;
    const { last } = await db
      .read('number_series')
      .where({ series, year: Number(year) })
      .first();
    const known = found.get(series) ?? { given: [] as number[], last };
    known.given.push(Number(n));
    found.set(series, known);
  }
  for (const { given } of found.values()) given.sort((a, b) => a - b);
  return found;
}

/** Each series is exactly 1..n, and nothing was given away beyond it. */
function expectWhole(series: Map<string, { given: number[]; last: number }>): void {
  for (const [name, { given, last }] of series)
    expect({ name, given, last }).to.deep.equal({
      name,
      given: Array.from({ length: given.length }, (_, i) => i + 1),
      last: given.length,
    });
}

const EACH = 6;

onEachDatabase('numbers of papers', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  it('two departments and two townships, several series at once: each runs 1..n', async () => {
    const filed = async (item: string, login: string): Promise<Walker[]> => {
      const walks: Walker[] = [];
      for (let i = 0; i < EACH; i++) {
        const walk = await openCase(house, item, { login });
        await walk.act(login, 'FILE');
        walks.push(walk);
      }
      return walks;
    };
    const walks = [
      ...(await filed('NY-04', 'village')),
      ...(await filed('SW-01', 'village2')),
      ...(await filed('MZ-01', 'village')),
      ...(await filed('MZ-01', 'village2')),
    ];
    const { rowOf } = county(house);
    const act = async (walk: Walker, i: number): Promise<void> => {
      const { row } = await rowOf(walk);
      const desk = { role: row.deskRole, org: row.deskOrg };
      const login = DESKS[`${desk.role} ${desk.org}`];
      expect(login, JSON.stringify(desk)).to.not.equal(undefined);
      const client = await house.as(login as string);
      const [event, data] = ACTS[i % ACTS.length] as (typeof ACTS)[number];
      const body = { event, version: row.version, data };
      const answer = await client.post(`/api/cases/${walk.id}/events`, body);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    };
    await Promise.all(walks.map(act));
    const series = await seriesOf(house.service.deps.db);
    expectWhole(series);
    for (const organ of ['富农', '富水', '剥政', '洞政'])
      for (const word of ['受', '不受', '补'])
        expect(series.get(`${organ}${word}`)?.given, `${organ}${word}`).to.have.length(EACH / 3);
  });
});

/** Who sits where: the first desks of the three items. */
const DESKS: Record<string, string> = {
  'window 532628': 'county-window',
  'window 532628103': 'town-window',
  'window 532628205': 'town2-window',
};

const ACTS = [
  ['ACCEPT', {}],
  [
    'REFUSE',
    {
      branch: '依法不需要办理',
      reasons: [{ reason: '依法不需要办理。', basis: '《行政许可法》第三十二条' }],
    },
  ],
  ['REQUEST_CORRECTION', { faults: [{ target: '/form/applicant/phone', reason: '号码打不通' }] }],
] as const;

const BURST = 12;

onEachDatabase('numbers of papers when the program is killed half-way', (engine) => {
  let opened: Opened;
  let dataDir: string;
  before(async () => {
    opened = await engine.open();
    dataDir = mkdtempSync(join(tmpdir(), 'cunban-numbers-'));
  });
  after(async () => {
    await opened.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const signIn = async (url: string, login: string): Promise<Client> => {
    const client = new Client(url);
    const answer = await client.post<{ csrf: string }>('/api/session', {
      login,
      password: 'cunban-demo-2026',
    });
    client.csrf = answer.body.csrf;
    return client;
  };
  const looking = async <T>(look: (db: Database) => Promise<T>): Promise<T> => {
    if (opened.url !== null) return look(opened.db);
    const db = await openDatabase({ databaseUrl: null, file: join(dataDir, 'cunban.sqlite') });
    try {
      return await look(db);
    } finally {
      await db.close();
    }
  };

  it('no number is lost and none is given twice; the next program counts on', async () => {
    const env = { DATA_DIR: dataDir, ...(opened.url !== null && { DATABASE_URL: opened.url }) };
    const first = await startProgram(env);
    const clerk = await signIn(first.url, 'village');
    const form = loadDefinitions().get('MZ-03').formFor('new').examples?.[0];
    const file = async (): Promise<string> => {
      const draft = await clerk.post<CaseView>('/api/cases', { item: 'MZ-03', form });
      const { id } = draft.body;
      await bringMaterials(clerk, draft.body);
      const { version } = (await clerk.get<CaseView>(`/api/cases/${id}`)).body;
      const filed = await clerk.post(`/api/cases/${id}/events`, { event: 'FILE', version, data: {} });
      expect(filed.status, JSON.stringify(filed.body)).to.equal(200);
      return id;
    };
    const ids = await Promise.all(Array.from({ length: BURST }, file));
    const refuse = async (window: Client, id: string): Promise<number> => {
      const { version } = (await window.get<{ version: number }>(`/api/cases/${id}`)).body;
      const [event, data] = ACTS[1];
      return (await window.post(`/api/cases/${id}/events`, { event, version, data })).status;
    };
    const window = await signIn(first.url, 'town-window');
    let answered = 0;
    const gone = ended(first.child);
    const waiting = [...ids];
    const counter = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        if ((await refuse(window, id)) === 200) answered++;
        if (answered === BURST / 4) first.child.kill('SIGKILL');
      }
    };
    await Promise.allSettled([1, 2, 3, 4, 5].map(counter));
    await gone;
    const after = await looking(seriesOf);
    expectWhole(after);
    const made = after.get('剥政不受')?.given.length ?? 0;
    expect(made, 'some were made, and not all').to.be.within(BURST / 4, BURST - 1);

    const second = await startProgram(env);
    try {
      const again = await signIn(second.url, 'town-window');
      const statuses = await Promise.all(ids.map((id) => refuse(again, id)));
      expect(statuses.filter((s) => s === 200).length).to.be.greaterThan(0);
    } finally {
      const stopped = ended(second.child);
      second.child.kill('SIGTERM');
      await stopped;
    }
    const end = await looking(seriesOf);
    expectWhole(end);
    expect(end.get('剥政不受')?.given.length).to.be.greaterThan(made);
  }).timeout(300_000);
});
