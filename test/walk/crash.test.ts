import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/platform/db/index.ts';
import { loadDefinitions } from '../../src/platform/definitions/index.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { ended, startProgram } from '../support/program.ts';
import { Client } from '../support/service.ts';

const BURST = 40;

onEachDatabase('kill -9 during a burst of filings', (engine) => {
  let opened: Opened;
  let dataDir: string;
  before(async () => {
    opened = await engine.open();
    dataDir = mkdtempSync(join(tmpdir(), 'cunban-crash-'));
  });
  after(async () => {
    await opened.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('every acknowledged filing is there once', async () => {
    const env = { DATA_DIR: dataDir, ...(opened.url !== null && { DATABASE_URL: opened.url }) };
    const first = await startProgram(env);
    const clerk = new Client(first.url);
    const { body } = await clerk.post<{ csrf: string }>('/api/session', {
      login: 'village',
      password: 'cunban-demo-2026',
    });
    clerk.csrf = body.csrf;
    const form = loadDefinitions().get('WJ-01').formFor('pregnancy').examples?.[0];
    const acknowledged: string[] = [];
    const burst = Array.from({ length: BURST }, async (_, i) => {
      const answer = await clerk.post<{ number: string }>(
        '/api/cases',
        { item: 'WJ-01', form, file: true },
        { 'idempotency-key': `burst-${i}` },
      );
      if (answer.status === 201) acknowledged.push(answer.body.number);
      if (acknowledged.length === BURST / 4) first.child.kill('SIGKILL');
    });
    const gone = ended(first.child);
    await Promise.allSettled(burst);
    await gone;
    expect(acknowledged.length).to.be.at.least(BURST / 4);

    const second = await startProgram(env);
    try {
      const db =
        opened.url === null
          ? await openDatabase({ databaseUrl: null, file: join(dataDir, 'cunban.sqlite') })
          : opened.db;
      const numbers: string[] = await db.read('cases').whereNotNull('number').pluck('number');
      if (db !== opened.db) await db.close();
      expect(new Set(numbers).size).to.equal(numbers.length);
      expect(numbers).to.include.members(acknowledged);
      expect(numbers.length).to.be.at.most(BURST);
    } finally {
      const stopped = ended(second.child);
      second.child.kill('SIGTERM');
      await stopped;
      expect(second.child.exitCode).to.equal(0);
    }
  }).timeout(300_000);
});
