/** A database of before papers were served: its papers are kept, each with its occasion, and what waits is known. */
import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { refusal } from '../../support/refusal.ts';
import { OLD, oldCase, type Upgraded, upgraded } from '../../support/upgraded.ts';

const BEFORE = 11;

onEachDatabase('papers of an older database', (engine) => {
  let old: Upgraded;
  before(async () => {
    old = await upgraded(engine, BEFORE, async (trx) => {
      for (const id of ['waiting', 'collected']) await trx('cases').insert(oldCase(id));
      await trx('papers').insert([
        paperRow('a', 'waiting', 3, 'approval'),
        paperRow('b', 'waiting', 1, 'receipt'),
        paperRow('c', 'waiting', 5, 'termination', '批准失效告知书'),
        paperRow('d', 'waiting', 6, 'termination', '终止办理告知书'),
        paperRow('e', 'collected', 3, 'approval'),
        paperRow('f', 'collected', 4, 'delivery'),
      ]);
    });
  });
  after(() => old.drop());

  it('every paper has its event for an occasion; decisions wait unless they were collected', async () => {
    const rows = await old.db.read('papers').orderBy('id').select('id', 'occasion', 'decides');
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
    const insert = (row: object) => transact(old.db, (trx) => trx('papers').insert(row));
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
      recorded_at: OLD,
      details_sealed: '',
    });
    const serve = (id: string, outcome: string) =>
      transact(old.db, (trx) => trx('paper_services').insert(service(id, outcome)));
    await serve('1', 'failed');
    await serve('2', 'failed');
    await serve('3', 'served');
    expect((await refusal(serve('4', 'served'))).message).to.match(/unique/i);
  });
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
  created_at: OLD,
});
