import { expect } from 'chai';
import type { Instant } from '../../../src/kernel/types.ts';
import { transact } from '../../../src/platform/db/index.ts';
import {
  armDeadlines,
  createJobs,
  type DeadlineRow,
  enqueue,
  type Handlers,
  markFired,
  recordEscalation,
} from '../../../src/platform/jobs/index.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createVault } from '../../../src/platform/vault/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));
const vault = createVault(random(32), random);
const log = createLog('silent');

onEachDatabase('outbox and deadlines', (engine) => {
  let opened: Opened;
  let now: Instant;
  const clock = { now: () => now };
  const deps = () => ({ db: opened.db, clock, random, vault, log });
  const unused: Handlers = {
    effect: async () => {},
    deadline: async () => {},
  };
  const ask = (caseId: string, ...words: string[]) =>
    transact(opened.db, (trx) =>
      enqueue(
        trx,
        deps(),
        words.map((effect, ordinal) => ({ effect, payload: { effect }, caseId, eventSeq: 1, ordinal })),
      ),
    );
  const advanceBy = (ms: number) => {
    now = new Date(Date.parse(now) + ms).toISOString();
  };

  beforeEach(async () => {
    now = '2026-09-28T01:40:00.000Z';
    opened = await engine.open();
  });
  afterEach(() => opened.drop());

  it('carries out the effects of a case in their order, each once', async () => {
    const done: string[] = [];
    const jobs = createJobs(deps(), { ...unused, effect: async (name) => void done.push(name) });
    await ask('c1', 'a', 'b', 'c');
    expect(await jobs.drain('c1')).to.equal(3);
    expect(await jobs.drain('c1')).to.equal(0);
    expect(done).to.deep.equal(['a', 'b', 'c']);
  });

  it('a rolled-back transaction leaves no effect behind', async () => {
    const jobs = createJobs(deps(), unused);
    await transact(opened.db, async (trx) => {
      await enqueue(trx, deps(), [{ effect: 'a', payload: {}, caseId: 'c1', eventSeq: 1, ordinal: 0 }]);
      throw new Error('stop');
    }).catch(() => {});
    expect(await jobs.drain()).to.equal(0);
  });

  it('a failing effect holds back its own case and no other, is tried later and parked in the end', async () => {
    const done: string[] = [];
    let tries = 0;
    const jobs = createJobs(deps(), {
      ...unused,
      effect: async (name) => {
        if (name === 'bad') {
          tries++;
          throw new Error('no paper');
        }
        done.push(name);
      },
    });
    await ask('c1', 'bad', 'after');
    await ask('c2', 'other');
    await jobs.drain();
    expect(done).to.deep.equal(['other']);
    expect(await jobs.drain()).to.equal(0);
    for (let i = 0; i < 20; i++) {
      advanceBy(3_600_000);
      await jobs.drain();
    }
    expect(tries).to.equal(8);
    const rows = await opened.db.read('outbox').where({ effect: 'bad' });
    expect(rows[0]).to.include({ state: 'parked', error: 'no paper' });
    expect(JSON.stringify(rows)).to.not.contain('"effect":"bad","payload"');
  });

  it('what a worker left half-done is taken up when its lease has run out', async () => {
    const died = createJobs(deps(), { ...unused, effect: () => new Promise(() => {}) });
    await ask('c1', 'a');
    died.drain().catch(() => {});
    await until(async () => (await opened.db.read('outbox').whereNotNull('leased_by')).length === 1);
    const done: string[] = [];
    const jobs = createJobs(deps(), { ...unused, effect: async (name) => void done.push(name) });
    expect(await jobs.drain()).to.equal(0);
    advanceBy(61_000);
    expect(await jobs.drain()).to.equal(1);
    expect(done).to.deep.equal(['a']);
  });

  it('a deadline speaks when its moment has come, once, whatever workers there are', async () => {
    const fired: string[] = [];
    const deadline = async (row: DeadlineRow) => {
      await transact(opened.db, async (trx) => {
        if (await markFired(trx, row.id, now)) fired.push(`${row.clock} ${row.rung}`);
      });
    };
    const workers = [1, 2, 3].map(() => createJobs(deps(), { ...unused, deadline }));
    const arm = (firesAt: Instant) =>
      transact(opened.db, (trx) =>
        armDeadlines(trx, deps(), 'c1', [{ clock: 'acceptance', rung: 'due', firesAt }]),
      );
    await arm('2026-09-29T00:00:00.000Z');
    await Promise.all(workers.map((w) => w.tick()));
    expect(fired).to.deep.equal([]);
    now = '2026-09-29T00:00:00.000Z';
    await Promise.all(workers.map((w) => w.tick()));
    expect(fired).to.deep.equal(['acceptance due']);
    await arm('2026-09-30T00:00:00.000Z');
    now = '2026-10-01T00:00:00.000Z';
    await Promise.all(workers.map((w) => w.tick()));
    expect(fired).to.deep.equal(['acceptance due']);
  });

  it('a rung that is not armed any more keeps silent', async () => {
    const fired: string[] = [];
    const jobs = createJobs(deps(), {
      ...unused,
      deadline: async (row) => {
        fired.push(row.clock);
        await transact(opened.db, (trx) => markFired(trx, row.id, now));
      },
    });
    const rung = (clockName: string) => ({
      clock: clockName,
      rung: 'due',
      firesAt: '2026-09-29T00:00:00.000Z',
    });
    await transact(opened.db, (trx) => armDeadlines(trx, deps(), 'c1', [rung('a'), rung('b')]));
    await transact(opened.db, (trx) => armDeadlines(trx, deps(), 'c1', [rung('b')]));
    await transact(opened.db, (trx) => armDeadlines(trx, deps(), 'c2', [rung('c')]));
    now = '2026-09-30T00:00:00.000Z';
    await jobs.tick();
    expect(fired.sort()).to.deep.equal(['b', 'c']);
  });

  it('one escalation row per rung, never two', async () => {
    const row = {
      caseId: 'c1',
      clock: 'statutory',
      rung: 'due',
      at: now,
      told: [{ org: 'o', role: 'leader' }],
    };
    for (const id of ['e1', 'e2']) await transact(opened.db, (trx) => recordEscalation(trx, { id, ...row }));
    expect(await opened.db.read('escalations')).to.have.length(1);
  });
});

/** Wait for something another task does, without sleeping. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
