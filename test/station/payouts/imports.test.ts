import { expect } from 'chai';
import writeXlsx from 'write-excel-file/node';
import type { RunView } from '../../../src/station/payouts/runs/view.ts';
import { type Misbehaviour, returnCells } from '../../support/bank.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, dumpMoney, enrol, type PayDesk, payDesk } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';

onEachDatabase('returns of the bank', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let desk: PayDesk;
  let run: RunView;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    desk = payDesk(house, 'MZ');
    await enrol(house, { scheme: 'dibao', count: 6 });
    await enrol(house, { scheme: 'elder-allowance', count: 2, first: 50 });
    run = await desk.sendOff('dibao', '2026-10');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const refused = async (bytes: Buffer, about = run) => {
    const before = await dumpMoney(house);
    const { status, body } = await desk.upload(about, bytes);
    expect([status, body.code], JSON.stringify(body)).to.deep.equal([422, 'payout.return_faults']);
    expect(body.title).to.include('整份没有入账');
    expect(body.faults?.length).to.be.greaterThan(0);
    for (const { pointer, message } of body.faults ?? []) {
      const line = /^\/file\/lines\/([1-9]\d*)$/.exec(pointer)?.[1];
      expect(message.startsWith(`第 ${line} 行：`), `${pointer} ${message}`).to.equal(true);
    }
    expect(await dumpMoney(house)).to.equal(before);
    await balanced(house);
    return body.faults?.map((f) => f.code);
  };

  /** What each way of misbehaving must be told as. */
  const TOLD: Record<Misbehaviour, string> = {
    wrong_total: 'paid_total',
    wrong_checksum: 'checksum',
    foreign_row: 'foreign_row',
    other_amount: 'amount',
    doubled_row: 'doubled',
    wrong_encoding: 'encoding',
    truncated: 'cut_off',
    trailing: 'cut_off',
  };
  for (const [misbehave, code] of Object.entries(TOLD) as [Misbehaviour, string][])
    it(`with ${misbehave} is refused whole, by its lines, and nothing of it is applied`, async () => {
      const faults = await refused(
        await desk.answer(run, (r) => (r.seq === 2 ? '1002' : '0000'), { misbehave }),
      );
      expect(faults).to.include(code);
    });

  it('with a good line and a bad one is refused whole', async () => {
    const bytes = await desk.answer(run, (r) => (r.seq === 5 ? { code: '0000', holder: '别人' } : '0000'));
    expect(await refused(bytes)).to.deep.equal(['holder']);
  });

  it('of another run, or of a day to come, is refused', async () => {
    const other = await desk.sendOff('elder-allowance', '2026-10');
    expect(await refused(await desk.answer(other, () => '0000'))).to.deep.equal(['other_run']);
    expect(await refused(await desk.answer(run, () => '0000', { date: '20261013' }))).to.deep.equal([
      'future',
    ]);
  });

  it("is nobody else's to read: another department, a township, a leader", async () => {
    const bytes = await desk.answer(run, () => '0000');
    for (const [login, status] of [
      ['ny-officer', 404],
      ['town-mz', 404],
      ['mz-leader', 403],
      ['inspector', 403],
    ] as const) {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)]), '回盘.txt');
      const client = await house.as(login);
      const answer = await client.post(`/api/payouts/runs/${run.id}/returns`, form);
      expect([login, answer.status]).to.deep.equal([login, status]);
    }
    const none = await (await desk.officer()).post<{ code: string }>(
      `/api/payouts/runs/${run.id}/returns`,
      new FormData(),
    );
    expect(none.body.code).to.equal('file.missing');
  });

  it('for a draft there is no answer', async () => {
    await house.at('2026-11-12T09:00:00+08:00');
    const sent = await desk.answer(run, () => '0000');
    const draft = await desk.prepare('dibao', '2026-11');
    const { status, body } = await desk.upload(draft, sent);
    expect([status, body.code]).to.deep.equal([409, 'payout.stale']);
    await desk.step('discard', draft);
  });

  it('may come in parts, one of them as a workbook; only an account at fault stops the claim', async () => {
    await desk.returned(run, (r) => (r.seq === 1 ? '0000' : undefined));
    const rest = await desk.answer(run, (r) => {
      if (r.seq === 2) return '1001';
      if (r.seq === 3) return { code: '9999', reason: '系统维护' };
      return r.seq === 1 ? undefined : '0000';
    });
    const book = await writeXlsx(
      returnCells(rest).map((row) =>
        row.map((cell) =>
          typeof cell === 'number' ? { value: cell, type: Number } : { value: cell, type: String },
        ),
      ) as never,
    ).toBuffer();
    const sent = await desk.upload(run, book, '回盘.xlsx');
    expect([sent.status, sent.body.paid, sent.body.refused], JSON.stringify(sent.body)).to.deep.equal([
      200, 3, 2,
    ]);
    const lines = await desk.lines(run);
    expect(lines.map((l) => [l.state, l.reason])).to.deep.equal([
      ['paid', null],
      ['refused', '账号不存在'],
      ['refused', '其他原因：系统维护'],
      ['paid', null],
      ['paid', null],
      ['paid', null],
    ]);
    const view = await desk.view(run);
    expect(view.state).to.equal('settled');
    expect(view.returns.map((r) => [r.name, r.paid, r.refused])).to.deep.equal([
      ['回盘.txt', 1, 0],
      ['回盘.xlsx', 3, 2],
    ]);
    const next = await desk.prepare('dibao', '2026-11');
    const again = (await desk.lines(next)).find((l) => l.name === lines[2]?.name);
    expect(again?.periods).to.equal('2026年10月、2026年11月');
    expect(next.held?.map((h) => [h.name, h.reason])).to.deep.equal([[lines[1]?.name, 'account']]);
    expect(next.differences?.gone.map((g) => [g.name, g.why])).to.deep.equal([
      [lines[1]?.name, '收款账户有误（账号不存在），更正后再发'],
    ]);
    expect(next.differences?.changed.map((c) => c.name)).to.deep.equal([lines[2]?.name]);
    await balanced(house);
  });
});
