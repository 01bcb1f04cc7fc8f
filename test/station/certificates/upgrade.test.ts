/** A database of before the register: its certificates keep what they are worth, and get the log they would have had. */
import { expect } from 'chai';
import { fold } from '../../../src/station/certificates/fold.ts';
import { listEvents } from '../../../src/station/certificates/store.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { OLD, oldCase, type Upgraded, upgraded } from '../../support/upgraded.ts';

const LATER = '2026-10-09T03:00:00.000Z';
const BEFORE = 13;

onEachDatabase('certificates of an older database', (engine) => {
  let old: Upgraded;
  before(async () => {
    old = await upgraded(engine, BEFORE, async (trx) => {
      for (const id of ['1', '2', '3', '4']) await trx('cases').insert(oldCase(id));
      await trx('certificates').insert([
        certificateRow('1', { state: 'reserved' }),
        certificateRow('2', { state: 'void', issued_on: '2026-09-29', ...COLLECTED }),
        certificateRow('3', { state: 'issued', issued_on: '2026-10-10', number: '富证2号' }),
        certificateRow('4', { state: 'collected', issued_on: '2026-09-29', ...COLLECTED }),
      ]);
    });
  });
  after(() => old.drop());

  it('issued and collected are valid, void is replaced by the one that bears its number', async () => {
    const rows = await old.db
      .read('certificates')
      .orderBy('id')
      .select('id', 'state', 'custody', 'successor_id');
    expect(rows.map((r) => Object.values(r))).to.deep.equal([
      ['1', 'reserved', 'none', null],
      ['2', 'replaced', 'collected', '3'],
      ['3', 'valid', 'none', null],
      ['4', 'valid', 'collected', null],
    ]);
  });

  it('the log of each comes to what its columns say, and keeps who collected it', async () => {
    for (const row of await old.db.read('certificates')) {
      const events = await listEvents(old.db.read, row.id);
      const s = fold(events, () => 'village');
      expect(
        [s.state, s.custody, s.placeId, s.successorId, s.collectedAt, events.length],
        row.id,
      ).to.deep.equal([row.state, row.custody, row.place_id, row.successor_id, row.collected_at, row.seq]);
    }
    const collected = (await listEvents(old.db.read, '4')).at(-1);
    expect(collected).to.include({ act: 'COLLECT', at: LATER, detailSealed: 'who collected' });
  });
});

const COLLECTED = { collected_at: LATER, collection_sealed: 'who collected' };

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
  reserved_at: OLD,
  ...over,
});
