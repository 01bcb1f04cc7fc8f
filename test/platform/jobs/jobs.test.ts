import { expect } from 'chai';
import type { Instant } from '../../../src/kernel/types.ts';
import { openDatabase, transact } from '../../../src/platform/db/index.ts';
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

  it('whoever drains a case finds done what another round of the program had in hand', async () => {
    const done: string[] = [];
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const jobs = createJobs(deps(), {
      ...unused,
      effect: async (name) => {
        if (name === 'a') await held;
        done.push(name);
      },
    });
    await ask('c1', 'a', 'b');
    const round = jobs.tick();
    await until(async () => (await opened.db.read('outbox').whereNotNull('leased_by')).length === 1);
    const drained = jobs.drain('c1').then(() => done.push('drained'));
    release();
    await Promise.all([round, drained]);
    expect(done).to.deep.equal(['a', 'b', 'drained']);
  });

  it('whoever makes a round finds done the deadline another round had just leased', async () => {
    const done: string[] = [];
    const deadline = async (row: DeadlineRow) => {
      await transact(opened.db, (trx) => markFired(trx, row.id, now));
      done.push(row.clock);
    };
    const jobs = createJobs(deps(), { ...unused, deadline });
    await transact(opened.db, (trx) =>
      armDeadlines(trx, deps(), 'c1', [{ clock: 'acceptance', rung: 'due', firesAt: now }]),
    );
    await Promise.all([1, 2].map(() => jobs.tick().then(() => done.push('round over'))));
    expect(done).to.deep.equal(['acceptance', 'round over', 'round over']);
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

  it('a rung moved while a worker was about to act on it keeps silent', async () => {
    const dueAt = (firesAt: Instant) =>
      transact(opened.db, (trx) => armDeadlines(trx, deps(), 'c1', [{ clock: 'a', rung: 'due', firesAt }]));
    let claimed: boolean | undefined;
    const jobs = createJobs(deps(), {
      ...unused,
      deadline: async (row) => {
        await dueAt('2026-10-08T00:00:00.000Z');
        claimed = await transact(opened.db, (trx) => markFired(trx, row.id, now));
      },
    });
    await dueAt('2026-09-28T00:00:00.000Z');
    await jobs.tick();
    expect(claimed).to.equal(false);
  });

  it('a deadline that fails is never given up: a legal term does not lapse with our patience', async () => {
    let broken = true;
    const fired: string[] = [];
    const jobs = createJobs(deps(), {
      ...unused,
      deadline: async (row) => {
        if (broken) throw new Error('no such desk');
        await transact(opened.db, (trx) => markFired(trx, row.id, now));
        fired.push(row.rung);
      },
    });
    const rung = { clock: 'acceptance', rung: 'due', firesAt: now };
    await transact(opened.db, (trx) => armDeadlines(trx, deps(), 'c1', [rung]));
    for (let i = 0; i < 12; i++) {
      await jobs.tick();
      advanceBy(3_600_000);
    }
    broken = false;
    await jobs.tick();
    expect(fired).to.deep.equal(['due']);
  });

  it('an effect that kills its worker every time is parked without being tried again', async () => {
    await ask('c1', 'poison', 'after');
    for (let i = 1; i <= 8; i++) {
      const dies = createJobs(deps(), { ...unused, effect: () => new Promise(() => {}) });
      dies.drain().catch(() => {});
      await until(async () => (await opened.db.read('outbox').where({ attempts: i })).length === 1);
      advanceBy(61_000);
    }
    const done: string[] = [];
    await createJobs(deps(), { ...unused, effect: async (name) => void done.push(name) }).drain();
    expect(done).to.deep.equal(['after']);
  });

  it('two programs at once: each effect once, and the order of every case kept', async () => {
    const cases = ['c1', 'c2', 'c3', 'c4', 'c5'];
    const wordsOf = (id: string) => ['a', 'b', 'c', 'd'].map((word) => `${id} ${word}`);
    for (const id of cases) await ask(id, ...wordsOf(id));
    const other = await openDatabase({ databaseUrl: opened.url, file: opened.file });
    const done: string[] = [];
    const effect = async (name: string, payload: unknown) => {
      expect(payload).to.deep.equal({ effect: name });
      done.push(name);
    };
    await Promise.all([
      createJobs(deps(), { ...unused, effect }).drain(),
      createJobs({ ...deps(), db: other }, { ...unused, effect }).drain(),
    ]);
    await other.close();
    for (const id of cases) expect(done.filter((word) => word.startsWith(id))).to.deep.equal(wordsOf(id));
    const rows = await opened.db.read('outbox').orderBy(['case_id', 'ordinal']);
    expect(rows.map((row) => row.attempts)).to.deep.equal(rows.map(() => 1));
  });

  it('keeps what went wrong without the values of the statement', async () => {
    const jobs = createJobs(deps(), {
      ...unused,
      effect: () => transact(opened.db, (trx) => trx('nowhere').insert({ phone: '13812345678' })),
    });
    await ask('c1', 'a');
    await jobs.drain();
    const row = await opened.db.read('outbox').first();
    expect(row.error).to.contain('nowhere');
    expect(row.error).to.not.contain('138');
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
