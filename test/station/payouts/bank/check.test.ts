import { expect } from 'chai';
import {
  checkReturn,
  type Outcome,
  readReturn,
  type Sent,
  writeBankText,
} from '../../../../src/station/payouts/bank/index.ts';
import { type Answer, type Misbehaviour, type Order, simulateReturn } from '../../../support/bank.ts';
import { BATCH, told } from './sample.ts';

const SENT: Sent = { run: BATCH.run, rows: BATCH.rows, settled: new Map() };
const exported = writeBankText(BATCH).bytes;
const allPaid = (): Answer => '0000';

/** Faults of a return, by reading it or else by comparing it with what was sent. */
async function answer(
  sent: Partial<Sent>,
  decide: (row: Order) => Answer = allPaid,
  misbehave?: Misbehaviour,
): Promise<string[]> {
  const read = await readReturn(simulateReturn(exported, decide, misbehave ? { misbehave } : {}));
  return read.ok
    ? checkReturn(read.file, { ...SENT, ...sent }).map((f) => `${told([f])} ${f.message}`)
    : told(read.faults);
}

const other = (change: Partial<(typeof BATCH.rows)[0]>): Partial<Sent> => ({
  rows: BATCH.rows.map((r) => (r.seq === 2 ? { ...r, ...change } : r)),
});

describe('bank: a return against what was sent', () => {
  it('may answer all, or some', async () => {
    expect(await answer({})).to.deep.equal([]);
    expect(await answer({}, ({ seq }) => (seq === 2 ? '1001' : undefined))).to.deep.equal([]);
  });

  it('must be of the run', async () => {
    expect(await answer({ run: '富农补〔2026〕12-2' })).to.deep.equal([
      '1 other_run 这是批次 富农补〔2026〕12-1 的回盘，不是 富农补〔2026〕12-2 的',
    ]);
  });

  it('must answer what was asked: number, reference, account, amount', async () => {
    expect(await answer({ rows: BATCH.rows.slice(0, 2) })).to.deep.equal([
      '4 foreign_row 序号 3 不在本批次中',
    ]);
    expect(await answer(other({ reference: 'R-9' }))).to.deep.equal([
      '3 foreign_row 明细编号 532628103201-20260928-NY01-000122 不是序号 2 的 R-9',
    ]);
    expect(await answer(other({ account: '6231900000000000345', amount: 200 }))).to.deep.equal([
      '3 account 账号 ***************0125 与发出的 ***************0345 不同',
      '3 amount 金额 0.01 元与发出的 2.00 元不同',
    ]);
  });

  it('may settle a payment once', async () => {
    const settled = new Map<number, Outcome>([
      [1, 'paid'],
      [3, 'refused'],
    ]);
    expect(await answer({ settled })).to.deep.equal([
      '2 settled 序号 1 此前已记为已付',
      '4 settled 序号 3 此前已记为已退回',
    ]);
    expect(await answer({ settled }, ({ seq }) => (seq === 2 ? '0000' : undefined))).to.deep.equal([]);
  });

  it('must have paid to the holder, however the bank writes the dot and the width of letters', async () => {
    const holders = ['阿依•买买提', '阿依・买买提', '阿依･买买提', '阿依 · 买买提', '阿依·买买提'];
    for (const holder of holders)
      expect(
        await answer({}, ({ seq }) => (seq === 1 ? { code: '0000', holder } : undefined)),
        holder,
      ).to.deep.equal([]);
    const wide = { code: '0000', holder: 'ＮＧＵＹＥＮ　ＶＡＮ（Ａ）' };
    expect(
      await answer(other({ holder: 'NGUYEN VAN(A)' }), ({ seq }) => (seq === 2 ? wide : undefined)),
    ).to.deep.equal([]);
    expect(
      await answer({}, ({ seq }) => (seq === 2 ? { code: '0000', holder: '吉小妹' } : undefined)),
    ).to.deep.equal(['2 holder 已付给“吉小妹”，发出的户名是“𠮷小妹”']);
    expect(
      await answer({}, ({ seq }) => (seq === 2 ? { code: '1003', holder: '吉小妹' } : undefined)),
    ).to.deep.equal([]);
  });

  const WAYS: [Misbehaviour, string[]][] = [
    ['wrong_total', ['5 paid_total']],
    ['wrong_checksum', ['5 checksum']],
    ['doubled_row', ['5 doubled']],
    ['wrong_encoding', ['1 encoding']],
    ['truncated', ['3 cut_off']],
    ['trailing', ['6 cut_off']],
    ['foreign_row', ['5 foreign_row 序号 999999 不在本批次中']],
    ['other_amount', ['2 amount 金额 1,234.51 元与发出的 1,234.50 元不同']],
  ];
  for (const [way, faults] of WAYS)
    it(`is refused from a bank that misbehaves: ${way}`, async () => {
      expect(await answer({}, allPaid, way)).to.deep.equal(faults);
    });
});
