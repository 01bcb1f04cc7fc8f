import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readSheet } from 'read-excel-file/node';
import { sha256 } from '../../../../src/kernel/canonical.ts';
import {
  type BankBatch,
  type BankRow,
  batchFaults,
  checkReturn,
  layoutTables,
  RESULTS,
  readReturn,
  writeBankText,
  writeBankWorkbook,
} from '../../../../src/station/payouts/bank/index.ts';
import { linesOf, readOrders, simulateReturn } from '../../../support/bank.ts';
import { BATCH, told } from './sample.ts';

/** One, two and four bytes wide, and every dot that stands between parts of a name. */
const CHARACTERS = [...'韦陆𠮷㕑䶮龴㛃𬱖·•・ÀńḿAz09 .（）〇'];

/** Text that fits into `width` bytes, with no space at its ends. */
const textIn = (width: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: width / 4 })
    .map((chars) => chars.join('').trim())
    .filter((s) => s !== '');

const BATCHES: fc.Arbitrary<BankBatch> = fc.record({
  run: textIn(40),
  scheme: textIn(120),
  organ: textIn(120),
  date: fc.constantFrom('2026-09-28', '2024-02-29', '1999-12-31'),
  rows: fc
    .array(
      fc.record({
        account: fc.stringMatching(/^[0-9]{16,19}$/),
        holder: textIn(120),
        bank: fc.oneof(textIn(120), fc.constant('')),
        amount: fc.integer({ min: 1, max: 999_999_999_999 }),
        reference: textIn(48),
        purpose: textIn(60),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((rows) => rows.map((r, i): BankRow => ({ seq: i + 1, ...r }))),
});

const RUNS = { seed: 20_260_928, numRuns: 150 };

const withRow = (change: Partial<BankRow>): BankBatch => ({
  ...BATCH,
  rows: BATCH.rows.map((r, i) => (i === 1 ? { ...r, ...change } : r)),
});

describe('bank: the file that goes out', () => {
  it('is read by another program as it was meant, whatever the characters', () =>
    fc.assert(
      fc.property(BATCHES, (batch) => {
        const file = writeBankText(batch);
        const { count, total, checksum, date, ...read } = readOrders(file.bytes);
        expect(read).to.deep.equal({
          run: batch.run,
          scheme: batch.scheme,
          organ: batch.organ,
          rows: batch.rows,
        });
        expect(date).to.equal(batch.date.replaceAll('-', ''));
        expect([file.count, file.total, file.checksum]).to.deep.equal([count, total, checksum]);
        expect(linesOf(file.bytes).map((l) => l.length)).to.deep.equal([
          314,
          ...batch.rows.map(() => 399),
          86,
        ]);
      }),
      RUNS,
    ));

  it('comes back as it went, by way of the bank', () =>
    fc.assert(
      fc.asyncProperty(BATCHES, fc.nat(), async (batch, draw) => {
        const codes = RESULTS.map((r) => r.code);
        const codeOf = (seq: number): string => codes[(draw + seq) % codes.length] as string;
        const bytes = simulateReturn(writeBankText(batch).bytes, ({ seq }) => {
          const code = codeOf(seq);
          return code === '9999' ? { code, reason: '𠮷·系统维护' } : code;
        });
        const read = await readReturn(bytes);
        if (!read.ok) throw new Error(told(read.faults).join());
        expect(
          read.file.rows.map(({ seq, account, holder, amount, reference, code }) => [
            seq,
            account,
            holder,
            amount,
            reference,
            code,
          ]),
        ).to.deep.equal(
          batch.rows.map((r) => [r.seq, r.account, r.holder, r.amount, r.reference, codeOf(r.seq)]),
        );
        expect(checkReturn(read.file, { ...batch, settled: new Map() })).to.deep.equal([]);
      }),
      RUNS,
    ));

  it('tells everything that cannot be written, by its line, and writes nothing then', () => {
    const cases: [change: Partial<BankRow>, code: string][] = [
      [{ holder: '𠮷'.repeat(31) }, 'too_long'],
      [{ holder: `${'韦'.repeat(60)}A` }, 'too_long'],
      [{ purpose: '补'.repeat(31) }, 'too_long'],
      [{ account: '6'.repeat(33) }, 'too_long'],
      [{ amount: 1_000_000_000_000 }, 'too_long'],
      [{ seq: 1_000_000 }, 'too_long'],
      [{ holder: '' }, 'empty'],
      [{ reference: '' }, 'empty'],
      [{ holder: '韦\uD842' }, 'unencodable'],
      [{ holder: '韦\uE5E5' }, 'unencodable'],
      [{ holder: '韦\r\nT' }, 'unprintable'],
      [{ holder: '韦小妹\u3000' }, 'spaces'],
      [{ account: '6228 4805' }, 'not_code'],
      [{ account: '６２２８' }, 'not_code'],
      [{ amount: 0 }, 'too_small'],
      [{ seq: 0 }, 'too_small'],
      [{ amount: -5 }, 'not_whole'],
      [{ seq: 1 }, 'doubled'],
    ];
    for (const [change, code] of cases) {
      const batch = withRow(change);
      expect(
        told(batchFaults(batch)).filter((f) => f.startsWith('3 ')),
        code,
      ).to.deep.equal([`3 ${code}`]);
      expect(() => writeBankText(batch)).to.throw(RangeError);
    }
    expect(told(batchFaults(withRow({ amount: 1.5 })))).to.deep.equal([
      '1 not_whole',
      '3 not_whole',
      '5 not_whole',
    ]);
    expect(told(batchFaults({ ...BATCH, date: '2026-02-30' }))).to.deep.equal(['1 date']);
    expect(told(batchFaults({ ...BATCH, rows: [] }))).to.deep.equal(['1 too_small', '2 too_small']);
    expect(batchFaults(BATCH)).to.deep.equal([]);
  });

  it('fills a field to its last byte', () => {
    const holder = '𠮷'.repeat(30);
    expect(readOrders(writeBankText(withRow({ holder })).bytes).rows[1]?.holder).to.equal(holder);
  });
});

describe('bank: the workbook that goes out', () => {
  it('holds the same rows, sums, capitals, and the checksum of the text', async () => {
    const text = writeBankText(BATCH);
    const file = await writeBankWorkbook(BATCH);
    expect([file.count, file.total, file.checksum]).to.deep.equal([3, 10_123_450, text.checksum]);
    expect(text.checksum).to.equal(sha256(text.bytes.subarray(316, -88)));
    const rows: readonly (readonly unknown[])[] = await readSheet(file.bytes);
    expect(rows.map((r) => [...r])).to.deep.equal([
      ['批次号', '发放项目', '付款单位', '制单日期', '总笔数', '总金额（元）', null],
      [BATCH.run, BATCH.scheme, BATCH.organ, '2026-09-28', 3, 101_234.5, null],
      [null, null, null, null, null, null, null],
      ['序号', '账号', '户名', '开户行', '金额（元）', '明细编号', '用途'],
      ...BATCH.rows.map((r) => [
        r.seq,
        r.account,
        r.holder,
        r.bank || null,
        r.amount / 100,
        r.reference,
        r.purpose,
      ]),
      ['合计', null, null, null, 101_234.5, null, null],
      ['大写金额', '壹拾万壹仟贰佰叁拾肆元伍角', null, null, null, null, null],
      ['校验码', text.checksum, null, null, null, null, null],
    ]);
  });

  it('takes no formula for one, and is not written with faults', async () => {
    const rows: readonly (readonly unknown[])[] = await readSheet(
      (await writeBankWorkbook(withRow({ holder: '=1+1' }))).bytes,
    );
    expect(rows[5]?.[2]).to.equal('=1+1');
    const refusal = await writeBankWorkbook(withRow({ holder: '' })).catch((e: unknown) => e);
    expect(refusal).to.be.instanceOf(RangeError);
  });
});

describe('bank: the layout told', () => {
  it('says where each field of a real file stands', () => {
    const lines = linesOf(writeBankText(BATCH).bytes);
    const values = (table: number, line: Buffer) =>
      layoutTables()[table]?.fields.map((f) =>
        iconv.decode(line.subarray(f.from - 1, f.to), 'gb18030').trim(),
      );
    expect(values(0, lines[0] as Buffer)).to.deep.equal([
      'H',
      'CBP1',
      BATCH.run,
      BATCH.scheme,
      BATCH.organ,
      '20260928',
      '000003',
      '000000010123450',
    ]);
    expect(values(1, lines[2] as Buffer)).to.deep.equal([
      'D',
      '000002',
      '6228480590000000125',
      '𠮷小妹',
      '',
      '000000000001',
      BATCH.rows[1]?.reference,
      '耕地地力保护补贴',
    ]);
    expect(values(2, lines[4] as Buffer)?.slice(0, 3)).to.deep.equal(['T', '000003', '000000010123450']);
  });

  it('names every line with its width, and every field with what it may hold', () => {
    expect(layoutTables().map((t) => t.title)).to.deep.equal([
      '代发文件 H 行（文件头，一行，共 314 字节）',
      '代发文件 D 行（明细，每笔一行，共 399 字节）',
      '代发文件 T 行（文件尾，一行，共 86 字节）',
      '回盘文件 H 行（文件头，一行，共 73 字节）',
      '回盘文件 D 行（明细，每笔一行，共 343 字节）',
      '回盘文件 T 行（文件尾，一行，共 107 字节）',
    ]);
    expect(layoutTables()[4]?.fields.at(-1)).to.deep.equal({
      title: '原因',
      from: 224,
      to: 343,
      width: 120,
      kind: '文字，左对齐，后面补空格',
      note: '可以为空；已付的留空；结果码 9999 必填',
    });
  });
});
