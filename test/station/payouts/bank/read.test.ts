import { expect } from 'chai';
import iconv from 'iconv-lite';
import { readReturn, writeBankText } from '../../../../src/station/payouts/bank/index.ts';
import { fileOf, linesOf, returnCells, simulateReturn, trailer } from '../../../support/bank.ts';
import { type Cell, workbook, zip } from '../../rosters/workbook.ts';
import { BATCH, told } from './sample.ts';

const ANSWERS: Record<number, string | { code: string; reason: string }> = {
  1: '0000',
  2: '1003',
  3: { code: '9999', reason: '系统维护' },
};

const GOOD = simulateReturn(writeBankText(BATCH).bytes, ({ seq }) => ANSWERS[seq]);
/** Header and details; the trailer is worked out anew, so that only the planted fault is one. */
const LINES = linesOf(GOOD).slice(0, -1);
const TRAILER = linesOf(GOOD).at(-1) as Buffer;

/** Byte at which each field of a return begins. */
const AT = { seq: 1, account: 7, holder: 39, amount: 159, reference: 171, code: 219, reason: 223 };

const gb = (text: string | Buffer): Buffer =>
  typeof text === 'string' ? iconv.encode(text, 'gb18030') : text;

/** `line` (from 1) with other bytes from `at` on. */
function patched(line: number, at: number, text: string | Buffer): Buffer[] {
  return LINES.map((l, i) => {
    if (i + 1 !== line) return l;
    const bytes = gb(text);
    return Buffer.concat([l.subarray(0, at), bytes, l.subarray(at + bytes.length)]);
  });
}

/** Lines as a file whose sums and checksum are right. */
const closed = (lines: readonly Buffer[]): Buffer => fileOf([...lines, trailer(lines)]);
const changed = (line: number, at: number, text: string | Buffer): Buffer => closed(patched(line, at, text));
const retailed = (at: number, text: string): Buffer =>
  fileOf([...LINES, Buffer.concat([TRAILER.subarray(0, at), gb(text), TRAILER.subarray(at + text.length)])]);

const head = LINES[0] as Buffer;
const first = LINES[1] as Buffer;
const utf8 = Buffer.from(iconv.decode(GOOD, 'gb18030'));

const BAD: [name: string, file: Buffer, faults: string[]][] = [
  ['nothing', Buffer.alloc(0), ['1 empty_file']],
  ['more than 32 MB', Buffer.alloc(33 * 1024 * 1024, 'D'), ['1 too_large']],
  ['UTF-8', utf8, ['1 encoding']],
  [
    'UTF-8, Chinese from the second line on',
    Buffer.from(utf8.toString().replace(/^.*/, 'H')),
    ['2 encoding'],
  ],
  ['UTF-8 with its mark', Buffer.concat([Buffer.from('EFBBBF', 'hex'), GOOD]), ['1 encoding']],
  ['UTF-16', Buffer.from(`\uFEFF${iconv.decode(GOOD, 'gb18030')}`, 'utf16le'), ['1 encoding']],
  ['our own file', writeBankText(BATCH).bytes, ['1 payment_file']],
  ['one line without any end', Buffer.from('%PDF-1.7'), ['1 cut_off']],
  [
    'line feeds alone',
    Buffer.from(GOOD.toString('latin1').replaceAll('\r', ''), 'latin1'),
    ['1 line_end', '2 line_end', '3 line_end', '4 line_end', '5 line_end'],
  ],
  ['one line feed alone', Buffer.concat([head, Buffer.from('\n'), GOOD.subarray(75)]), ['1 line_end']],
  ['cut off in a row', GOOD.subarray(0, 75 + 345 + 100), ['3 cut_off']],
  ['cut off between rows', GOOD.subarray(0, 75 + 345 * 2), ['3 no_trailer']],
  ['cut off in the trailer', GOOD.subarray(0, -30), ['5 cut_off']],
  ['the last line without its end', GOOD.subarray(0, -2), ['5 cut_off']],
  ['no header', closed(LINES.slice(1)), ['1 no_header']],
  ['a second header', closed([head, first, head]), ['3 second_header']],
  ['no rows', closed([head]), ['2 no_rows']],
  ['a row behind the trailer', Buffer.concat([GOOD, fileOf([first])]), ['6 after_trailer']],
  ['a second trailer', Buffer.concat([GOOD, fileOf([TRAILER])]), ['6 after_trailer']],
  ['an empty line behind the trailer', Buffer.concat([GOOD, Buffer.from('\r\n')]), ['6 after_trailer']],
  ['the end mark of old systems', Buffer.concat([GOOD, Buffer.from([0x1a])]), ['6 cut_off']],
  ['an unknown kind of line', changed(3, 0, 'X'), ['3 unknown_line']],
  ['a small letter', changed(3, 0, 'd'), ['3 unknown_line']],
  ['an empty line', closed([head, Buffer.alloc(0), first]), ['2 unknown_line']],
  ['a line too short', closed([head, first.subarray(0, -1)]), ['2 length']],
  ['a line too long', closed([head, first, Buffer.concat([first, Buffer.from(' ')])]), ['3 length']],
  ['bytes that are no character', changed(2, AT.holder, Buffer.from([0xff])), ['2 encoding']],
  ['a lone 80', changed(2, AT.holder, Buffer.from([0x80, 0x20])), ['2 encoding']],
  [
    'half a character at the end of a field',
    changed(3, AT.reason + 119, Buffer.from([0xce])),
    ['3 encoding'],
  ],
  ['a character across two fields', changed(4, AT.amount - 1, '韦'), ['4 encoding', '4 encoding']],
  ['another version', changed(1, 1, 'CBR2'), ['1 mark']],
  ['no run', changed(1, 5, ' '.repeat(40)), ['1 empty']],
  ['a day that does not exist', changed(1, 65, '20260230'), ['1 date']],
  ['a day that is none', changed(1, 65, '2026-9-1'), ['1 not_digits']],
  ['a number that is none', changed(2, AT.seq, '00000A'), ['2 not_digits']],
  ['a number with spaces before it', changed(2, AT.seq, '     1'), ['2 not_digits']],
  ['an amount with a sign', changed(2, AT.amount, '+00000123450'), ['2 not_digits']],
  ['an amount in full-width figures', changed(2, AT.amount, '１２３４５０'), ['2 not_digits']],
  ['a payment of nothing', changed(2, AT.amount, '0'.repeat(12)), ['2 too_small']],
  ['number 0', changed(2, AT.seq, '000000'), ['2 too_small']],
  ['no account', changed(2, AT.account, ' '.repeat(32)), ['2 empty']],
  ['an account in groups', changed(2, AT.account, '6217 0038 6000 0000 016'), ['2 not_code']],
  ['a holder moved to the right', changed(2, AT.holder, ' 韦小妹      '), ['2 spaces']],
  ['no holder', changed(4, AT.holder, ' '.repeat(120)), ['4 empty']],
  ['a tab in the reason', changed(4, AT.reason, '系\t\t'), ['4 unprintable']],
  ['a code that is not agreed', changed(3, AT.code, '1006'), ['3 unknown_code']],
  ['other, without a reason', changed(4, AT.reason, ' '.repeat(8)), ['4 no_reason']],
  ['paid, with a reason', changed(2, AT.reason, '账户冻结'), ['2 reason_of_paid']],
  ['the same payment twice', closed([...LINES, first]), ['5 doubled']],
  ['a wrong count of paid', retailed(1, '000002'), ['5 paid_count']],
  ['a wrong sum of paid', retailed(7, '000000000123451'), ['5 paid_total']],
  ['a wrong count of refused', retailed(22, '000001'), ['5 refused_count']],
  ['a wrong sum of refused', retailed(28, '000000009999999'), ['5 refused_total']],
  ['another checksum', retailed(43, '0'.repeat(64)), ['5 checksum']],
  [
    'a checksum in capitals',
    retailed(43, TRAILER.subarray(43).toString().toUpperCase()),
    ['5 checksum_form'],
  ],
  ['a row changed after the sums', fileOf([...patched(2, AT.holder, '韦某某某'), TRAILER]), ['5 checksum']],
  ['a header changed after the sums', fileOf([...patched(1, 45, 'R0002'), TRAILER]), ['5 checksum']],
  [
    'faults in several lines',
    closed([head, ...patched(2, AT.seq, 'A').slice(1, 2), ...patched(3, AT.code, '    ').slice(2)]),
    ['2 not_digits', '3 empty'],
  ],
  ['a broken workbook', Buffer.from('PK\x03\x04 and no more'), ['1 broken']],
  ['a zip that is no workbook', zip({ 'a.txt': 'a' }), ['1 broken']],
];

async function faultsOf(bytes: Buffer): Promise<string[]> {
  const read = await readReturn(bytes);
  return read.ok ? [] : told(read.faults);
}

describe('bank: the file that comes back', () => {
  it('is read as the bank wrote it', async () => {
    const read = await readReturn(GOOD);
    if (!read.ok) throw new Error(told(read.faults).join());
    const { rows, ...file } = read.file;
    expect(file).to.deep.equal({
      run: BATCH.run,
      number: 'R0001',
      date: '2026-09-28',
      paid: { count: 1, total: 123_450 },
      refused: { count: 2, total: 10_000_000 },
      checksum: TRAILER.subarray(43).toString(),
    });
    expect(rows.map((r) => [r.line, r.holder, r.outcome, r.code, r.reason, r.words])).to.deep.equal([
      [2, '阿依·买买提', 'paid', '0000', '', '已付'],
      [3, '𠮷小妹', 'refused', '1003', '', '户名不符'],
      [4, '韦㕑䶮', 'refused', '9999', '系统维护', '其他原因：系统维护'],
    ]);
  });

  it('may hold names that UTF-8 would read too, though as no Chinese', async () => {
    const bytes = gb('媒');
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).to.have.length(1);
    const rows = BATCH.rows.slice(0, 1).map((r) => ({ ...r, holder: '媒' }));
    const exported = writeBankText({ ...BATCH, run: '1', rows }).bytes;
    expect(await faultsOf(simulateReturn(exported, () => '0000'))).to.deep.equal([]);
  });

  for (const [name, file, faults] of BAD)
    it(`is refused: ${name}`, async () => {
      expect(await faultsOf(file)).to.deep.equal(faults);
    });

  it('is refused with any single bit of it turned', async () => {
    const small = simulateReturn(
      writeBankText({ ...BATCH, rows: BATCH.rows.slice(0, 1) }).bytes,
      () => '0000',
    );
    const believed: string[] = [];
    for (let at = 0; at < small.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const bytes = Buffer.from(small);
        bytes[at] = (bytes[at] as number) ^ (1 << bit);
        if ((await readReturn(bytes)).ok) believed.push(`byte ${at} bit ${bit}`);
      }
    expect(believed).to.deep.equal([]);
  });

  it('is refused cut off after any byte', async () => {
    const believed: number[] = [];
    for (let length = 0; length < GOOD.length; length++)
      if ((await readReturn(GOOD.subarray(0, length))).ok) believed.push(length);
    expect(believed).to.deep.equal([]);
  });

  it('tells the first two hundred faults, and how many more', async () => {
    const read = await readReturn(Buffer.from('X\r\n'.repeat(1000)));
    const faults = read.ok ? [] : read.faults;
    expect(faults.length).to.equal(201);
    expect(faults.at(-1)?.code).to.equal('too_many');
  });

  it('stops at more lines than it could hold', async () => {
    const read = await readReturn(Buffer.alloc(31 * 1024 * 1024, 'D\r\n'));
    expect(read.ok ? [] : told(read.faults).slice(0, 1)).to.deep.equal(['1 length']);
  });
});

describe('bank: the workbook that comes back', () => {
  const HEADINGS: Cell[] = ['行标', '序号', '账号', '户名', '金额', '明细编号', '结果码', '原因'];
  const cells = (): Cell[][] => returnCells(GOOD);
  const set = (row: number, column: number, cell: Cell): Cell[][] =>
    cells().map((r, i) => (i === row ? Object.assign([...r], { [column]: cell }) : r));

  it('says what the text says, with headings and blank rows left aside', async () => {
    const [h, ...rest] = cells() as [Cell[], ...Cell[][]];
    const text = await readReturn(GOOD);
    const read = await readReturn(workbook([h, [null], HEADINGS, ...rest]));
    if (!read.ok || !text.ok) throw new Error('both are good');
    expect(read.file.rows.map((r) => r.line)).to.deep.equal([4, 5, 6]);
    expect({ ...read.file, rows: read.file.rows.map((r) => ({ ...r, line: r.line - 2 })) }).to.deep.equal(
      text.file,
    );
  });

  const REFUSED: [name: string, rows: () => Cell[][], faults: string[]][] = [
    ['an account as a number', () => set(1, 2, 6217003860000000), ['2 not_text']],
    ['a code that lost its zeros', () => set(1, 6, 0), ['2 not_text']],
    ['a thousandth of a yuan', () => set(1, 4, 1234.505), ['2 not_amount']],
    ['no amount', () => set(2, 4, null), ['3 empty']],
    ['a number with a fraction', () => set(2, 1, 2.5), ['3 not_digits']],
    ['a cell too many', () => set(3, 8, '？'), ['4 extra_cell']],
    ['an unknown kind of row', () => set(3, 0, 'X'), ['4 unknown_line']],
    ['a holder too long', () => set(1, 3, '韦'.repeat(61)), ['2 too_long']],
    ['another version', () => set(0, 1, 'CBP1'), ['1 mark']],
    ['a changed amount', () => set(1, 4, 1234.51), ['5 paid_total', '5 checksum']],
    ['no trailer', () => cells().slice(0, -1), ['4 no_trailer']],
    ['a row behind the trailer', () => [...cells(), cells()[1] as Cell[]], ['6 after_trailer']],
    ['nothing', () => [], ['1 no_header', '1 no_trailer']],
  ];
  for (const [name, rows, faults] of REFUSED)
    it(`is refused: ${name}`, async () => {
      expect(await faultsOf(workbook(rows()))).to.deep.equal(faults);
    });

  it('may have its day as a date, its figures as text', async () => {
    expect(await faultsOf(workbook(set(0, 4, { serial: 46_293 })))).to.deep.equal([]);
    expect(await faultsOf(workbook(set(1, 4, '1234.50')))).to.deep.equal([]);
    expect(await faultsOf(workbook(set(1, 1, '000001')))).to.deep.equal([]);
  });

  it('is refused when it unpacks to more than the machine should hold', async () => {
    expect(await faultsOf(zip({ 'xl/worksheets/sheet1.xml': ' '.repeat(65 * 1024 * 1024) }))).to.deep.equal([
      '1 too_large',
    ]);
  });
});
