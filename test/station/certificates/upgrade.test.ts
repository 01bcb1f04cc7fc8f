/** A database of before the register: its certificates keep what they are worth, and get the log they would have had. */
import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { type Database, migrate, openDatabase, transact } from '../../../src/platform/db/index.ts';
import { migrations } from '../../../src/platform/db/migrations/index.ts';
import { fold } from '../../../src/station/certificates/fold.ts';
import { listEvents } from '../../../src/station/certificates/store.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';

const AT = '2026-09-28T01:40:00.000Z';
const LATER = '2026-10-09T03:00:00.000Z';
const BEFORE = 13;

onEachDatabase('certificates of an older database', (engine) => {
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
      for (const id of ['1', '2', '3', '4']) await trx('cases').insert(caseRow(id));
      await trx('certificates').insert([
        certificateRow('1', { state: 'reserved' }),
        certificateRow('2', { state: 'void', issued_on: '2026-09-29', ...COLLECTED }),
        certificateRow('3', { state: 'issued', issued_on: '2026-10-10', number: '富证2号' }),
        certificateRow('4', { state: 'collected', issued_on: '2026-09-29', ...COLLECTED }),
      ]);
    });
    await migrate(db, AT);
  });
  after(async () => {
    await db.close();
    for (const end of ['', '-wal', '-shm']) rmSync(file() + end, { force: true });
    await opened.drop();
  });

  it('issued and collected are valid, void is replaced by the one that bears its number', async () => {
    const rows = await db.read('certificates').orderBy('id').select('id', 'state', 'custody', 'successor_id');
    expect(rows.map((r) => Object.values(r))).to.deep.equal([
      ['1', 'reserved', 'none', null],
      ['2', 'replaced', 'collected', '3'],
      ['3', 'valid', 'none', null],
      ['4', 'valid', 'collected', null],
    ]);
  });

  it('the log of each comes to what its columns say, and keeps who collected it', async () => {
    for (const row of await db.read('certificates')) {
      const events = await listEvents(db.read, row.id);
      const s = fold(events, () => 'village');
      expect(
        [s.state, s.custody, s.placeId, s.successorId, s.collectedAt, events.length],
        row.id,
      ).to.deep.equal([row.state, row.custody, row.place_id, row.successor_id, row.collected_at, row.seq]);
    }
    const collected = (await listEvents(db.read, '4')).at(-1);
    expect(collected).to.include({ act: 'COLLECT', at: LATER, detailSealed: 'who collected' });
  });
});

const COLLECTED = { collected_at: LATER, collection_sealed: 'who collected' };

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

const certificateRow = (id: string, over: object) => ({
  id,
  case_id: id,
  spec_id: 'licence',
  item_code: 'NY-04',
  title: '农药经营许可证',
  number: `富证${id}号`,
  holder_name: '农建国',
  organ_id: 'v',
  organ_name: '村',
  fields_sealed: '',
  verify_code: id,
  reserved_at: AT,
  ...over,
});
