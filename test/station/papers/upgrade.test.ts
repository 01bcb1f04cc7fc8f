/** A database of before papers were served: its papers are kept, each with its occasion, and what waits is known. */
import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { type Database, migrate, openDatabase, transact } from '../../../src/platform/db/index.ts';
import { migrations } from '../../../src/platform/db/migrations/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { refusal } from '../../support/refusal.ts';

const AT = '2026-09-28T01:40:00.000Z';
const BEFORE = 11;

onEachDatabase('papers of an older database', (engine) => {
  let opened: Opened;
  let db: Database;
  const file = () => `${opened.file}-old`;
  before(async () => {
    opened = await engine.open();
    if (opened.url !== null)
      await transact(opened.db, (trx) => trx.raw('drop schema public cascade; create schema public'));
    db = await openDatabase({ databaseUrl: opened.url, file: file() });
    await transact(db, async (trx) => {
      await trx.schema.createTable('schema_migrations', (t) => {
        t.integer('number').primary();
        t.text('name').notNullable();
        t.text('applied_at').notNullable();
      });
      for (const [i, { name, up }] of migrations.slice(0, BEFORE).entries()) {
        await up(trx);
        await trx('schema_migrations').insert({ number: i + 1, name, applied_at: AT });
      }
      await trx('orgs').insert({
        id: 'v',
        kind: 'village',
        name: '村',
        short: '村',
        path: '/v/',
        departments: '[]',
      });
      for (const id of ['waiting', 'collected']) await trx('cases').insert(caseRow(id));
      await trx('papers').insert([
        paperRow('a', 'waiting', 3, 'approval'),
        paperRow('b', 'waiting', 1, 'receipt'),
        paperRow('c', 'waiting', 5, 'termination', '批准失效告知书'),
        paperRow('d', 'waiting', 6, 'termination', '终止办理告知书'),
        paperRow('e', 'collected', 3, 'approval'),
        paperRow('f', 'collected', 4, 'delivery'),
      ]);
    });
    await migrate(db, AT);
  });
  after(async () => {
    await db.close();
    for (const end of ['', '-wal', '-shm']) rmSync(file() + end, { force: true });
    await opened.drop();
  });

  it('every paper has its event for an occasion; decisions wait unless they were collected', async () => {
    const rows = await db.read('papers').orderBy('id').select('id', 'occasion', 'decides');
    expect(rows.map((r) => [r.id, r.occasion, r.decides])).to.deep.equal([
      ['a', 'event:3', 1],
      ['b', 'event:1', 0],
      ['c', 'event:5', 1],
      ['d', 'event:6', 0],
      ['e', 'event:3', 0],
      ['f', 'event:4', 0],
    ]);
  });

  it('the occasion makes a paper one of its kind, the event no longer does; a paper is served once', async () => {
    const insert = (row: object) => transact(db, (trx) => trx('papers').insert(row));
    await insert({ ...paperRow('g', 'waiting', 3, 'approval'), occasion: 'certificate:x:1', decides: 0 });
    const again = { ...paperRow('h', 'waiting', 9, 'approval'), occasion: 'certificate:x:1', decides: 0 };
    expect((await refusal(insert(again))).message).to.match(/unique/i);
    const service = (id: string, outcome: string) => ({
      id,
      paper_id: 'a',
      way: '直接送达',
      outcome,
      tried_on: '2026-09-28',
      by_account: 'x',
      by_name: '农秀兰',
      recorded_at: AT,
      details_sealed: '',
    });
    const serve = (id: string, outcome: string) =>
      transact(db, (trx) => trx('paper_services').insert(service(id, outcome)));
    await serve('1', 'failed');
    await serve('2', 'failed');
    await serve('3', 'served');
    expect((await refusal(serve('4', 'served'))).message).to.match(/unique/i);
  });
});

const caseRow = (id: string) => ({
  id,
  number: id,
  item_code: 'NY-04',
  item_title: '农药经营许可',
  department: 'NY',
  definition_sha: '',
  situation: 'new',
  village_id: 'v',
  applicant_name: '农建国',
  form_sealed: '',
  commitments: '[]',
  state: 'closed',
  phase: 'closed',
  snapshot: '{}',
  version: 1,
  opened_by: 'x',
  opened_at: AT,
  updated_at: AT,
});

const paperRow = (id: string, caseId: string, seq: number, kind: string, title = '文书') => ({
  id,
  case_id: caseId,
  event_seq: seq,
  kind,
  title,
  number: `富农〔2026〕${id}号`,
  verify_code: id,
  print_sealed: '',
  verdict_sealed: '',
  created_at: AT,
});
