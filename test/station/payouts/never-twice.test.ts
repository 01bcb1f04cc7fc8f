import { expect } from 'chai';
import type { RunView } from '../../../src/station/payouts/runs/view.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, dumpMoney, enrol, losePower, type PayDesk, payDesk } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { audited } from '../rosters/people.ts';

const CLICKS = 8;
const clicks = <T>(click: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: CLICKS }, (_, n) => click(n)));

/** How often each status came. */
const tally = (answers: { status: number }[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

onEachDatabase('money: nothing is paid twice', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let desk: PayDesk;
  let run: RunView;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened, { LOG_LEVEL: 'silent' });
    await house.at('2026-10-12T09:00:00+08:00');
    desk = payDesk(house, 'MZ');
    await enrol(house, { scheme: 'dibao', count: 12 });
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const count = async (table: string, where: object = {}): Promise<number> =>
    Number((await house.service.deps.db.read(table).where(where).count({ n: '*' }).first())?.n);

  it('many clicks prepare one run', async () => {
    const answers = await clicks(() => desk.tryPrepare('dibao', '2026-10'));
    expect(tally(answers)).to.deep.equal({ 201: 1, 409: CLICKS - 1 });
    const refused = answers.filter((a) => a.status === 409).map((a) => a.body);
    for (const { code, number } of refused)
      expect({ code, number }).to.deep.equal({ code: 'payout.draft_open', number: 'DIBAO-2026-10-1' });
    run = answers.find((a) => a.status === 201)?.body as RunView;
    expect(await count('payout_runs')).to.equal(1);
    expect(await count('payout_lines')).to.equal(12);
    expect((await desk.tryPrepare('dibao', '2026-10')).body.code).to.equal('payout.draft_open');
  });

  it('a request sent again gets its first answer, and its key serves nothing else', async () => {
    await desk.step('discard', run);
    const key = { 'idempotency-key': 'prepare-once' };
    const answers = await clicks(() => desk.tryPrepare('dibao', '2026-10', {}, key));
    expect(tally(answers)).to.deep.equal({ 201: CLICKS });
    expect(new Set(answers.map((a) => a.body.id)).size).to.equal(1);
    run = answers[0]?.body as RunView;
    expect((await desk.tryPrepare('dibao', '2026-09', {}, key)).body.code).to.equal('request.reused');
    expect(await count('payout_runs', { state: 'draft' })).to.equal(1);
  });

  it('many clicks approve once', async () => {
    const answers = await clicks(() => desk.step('approve', run));
    expect(tally(answers)).to.deep.equal({ 200: CLICKS });
    run = answers[0]?.body as RunView;
    expect(run).to.include({ state: 'approved', version: 2 });
    expect(await audited(house, 'payout.approve')).to.have.length(1);
  });

  it('a crash while the files are written changes nothing', async () => {
    const { files } = house.service.deps;
    const { put } = files;
    const before = await dumpMoney(house);
    let kept = 0;
    files.put = async (bytes) => {
      if (++kept === 2) throw new Error('the disk is full');
      return put(bytes);
    };
    expect((await desk.step('export', run)).status).to.equal(500);
    files.put = put;
    expect(await dumpMoney(house)).to.equal(before);
  });

  it('a crash between the files and the mark changes nothing; the repeat gives the same bytes, posted once', async () => {
    const { files } = house.service.deps;
    const { put } = files;
    const written: string[] = [];
    files.put = async (bytes) => {
      const kept = await put(bytes);
      written.push(kept.hash);
      return kept;
    };
    const before = await dumpMoney(house);
    const powerBack = losePower(house, () => written.length === 2);
    expect((await desk.step('export', run)).status).to.equal(500);
    powerBack();
    expect(written).to.have.length(2);
    expect(await dumpMoney(house)).to.equal(before);
    // Another second: nothing of the files may hang on when they were made.
    await house.at('2026-10-12T09:10:00+08:00');
    const [done] = await Promise.all([desk.step('export', run), desk.step('export', run)]);
    expect(done?.status).to.equal(200);
    files.put = put;
    expect(written).to.have.length.at.least(4);
    expect(new Set(written).size).to.equal(2);
    const book = await desk.file(run, 'workbook');
    expect(book.readUInt32LE(10), 'day and time of the first part: 1 January 1980').to.equal(0x00210000);
    run = await desk.view(run);
    expect(await count('payout_entries', { run_id: run.id })).to.equal(2);
    await balanced(house);
  });

  it('many clicks send off once', async () => {
    const before = await dumpMoney(house);
    const bytes = await desk.file(run);
    const answers = await clicks(() => desk.step('export', { ...run, version: 2 }));
    expect(tally(answers)).to.deep.equal({ 200: CLICKS });
    expect(await dumpMoney(house)).to.equal(before);
    expect((await desk.file(run)).equals(bytes)).to.equal(true);
  });

  it('many clicks that race for the first time send off once', async () => {
    await enrol(house, { scheme: 'elder-allowance', count: 9, first: 100 });
    const other = await desk.approve(await desk.prepare('elder-allowance', '2026-10'));
    const answers = await clicks(() => desk.step('export', other));
    expect(tally(answers)).to.deep.equal({ 200: CLICKS });
    expect(await count('payout_entries', { run_id: other.id })).to.equal(2);
    expect(await audited(house, 'payout.export')).to.have.length(2);
    await balanced(house);
  });

  it('what is on its way is not due', async () => {
    expect((await desk.tryPrepare('dibao', '2026-10')).body.code).to.equal('payout.nothing_due');
  });

  it('the same return, sent many times at once and again later, is read once', async () => {
    const bytes = await desk.answer(run, (r) => (r.seq === 3 ? '1003' : r.seq < 8 ? '0000' : undefined));
    const answers = await clicks(() => desk.upload(run, bytes));
    expect(tally(answers)).to.deep.equal({ 200: 1, 409: CLICKS - 1 });
    const after = await dumpMoney(house);
    const again = await desk.upload(run, bytes, '换个名字.txt');
    expect([again.status, again.body.code]).to.deep.equal([409, 'payout.file_known']);
    expect(again.body).to.include({ run: run.number, paid: 6, refused: 1 });
    expect(again.body.importedAt).to.match(/^2026-10-12T/);
    expect(await dumpMoney(house)).to.equal(after);
    await balanced(house);
  });

  it('another file about the same lines is refused, by each of its lines', async () => {
    const before = await dumpMoney(house);
    const { status, body } = await desk.upload(run, await desk.answer(run, () => '0000'));
    expect([status, body.code]).to.deep.equal([422, 'payout.return_faults']);
    expect(body.faults).to.have.length(7);
    expect(body.faults?.[2]).to.deep.equal({
      pointer: '/file/lines/4',
      message: '第 4 行：序号 3 此前已记为已退回',
      code: 'settled',
    });
    expect(await dumpMoney(house)).to.equal(before);
  });

  it('two files about the same lines at once: one is read', async () => {
    const rest = (r: { seq: number }) => (r.seq >= 8 ? '0000' : undefined);
    const files = await Promise.all([1, 2, 3].map(() => desk.answer(run, rest)));
    const answers = await Promise.all(files.map((bytes) => desk.upload(run, bytes)));
    expect(answers.filter((a) => a.status === 200)).to.have.length(1);
    for (const { status, body } of answers)
      if (status !== 200) expect(['payout.stale', 'payout.return_faults']).to.include(body.code);
    expect((await desk.view(run)).state).to.equal('settled');
    const { schemes } = await balanced(house);
    expect(schemes.find((s) => s.scheme === 'dibao')?.balances).to.include({ bank: 0 });
  });

  it('the line that was refused is paid by the next run alone, the others by none', async () => {
    const { db } = house.service.deps;
    await db.write('payout_entitlements').update({ account_fault: null });
    const retry = await desk.pay('dibao', '2026-10');
    expect(retry).to.include({ count: 1, state: 'settled', number: 'DIBAO-2026-10-3' });
    const twice = await db
      .read('payout_periods as p')
      .join('payout_lines as l', 'l.id', 'p.line_id')
      .where('l.state', 'paid')
      .groupBy('p.entitlement_id', 'p.period')
      .havingRaw('count(*) > 1')
      .select('p.entitlement_id');
    expect(twice).to.deep.equal([]);
    expect(await count('payout_lines', { state: 'paid' })).to.equal(12);
    await balanced(house);
  });

  it('a person with two claims on a scheme gets one of them; the other is held and told', async () => {
    await house.at('2026-11-10T09:00:00+08:00');
    await enrol(house, { scheme: 'dibao', count: 1 });
    const draft = await desk.prepare('dibao', '2026-11');
    expect(draft.count).to.equal(12);
    expect(draft.held?.map((h) => h.reason)).to.deep.equal(['duplicate']);
    await desk.export(await desk.approve(draft));
    expect((await desk.tryPrepare('dibao', '2026-11')).body).to.deep.include({
      code: 'payout.nothing_due',
      held: { duplicate: 1 },
    });
  });
});
