/** A run of payments for tests, and faults as short pairs. */
import type { BankBatch, BankRow, LineFault } from '../../../../src/station/payouts/bank/index.ts';

const row = (seq: number, holder: string, account: string, amount: number): BankRow => ({
  seq,
  account,
  holder,
  bank: seq === 2 ? '' : '富宁县农村信用合作联社剥隘信用社',
  amount,
  reference: `532628103201-20260928-NY01-00012${seq}`,
  purpose: '耕地地力保护补贴',
});

/** Three payments: a dotted name, a character of four bytes, an account without its bank. */
export const BATCH: BankBatch = {
  run: '富农补〔2026〕12-1',
  scheme: '2026年耕地地力保护补贴',
  organ: '富宁县农业农村局',
  date: '2026-09-28',
  rows: [
    row(1, '阿依·买买提', '6217003860000000016', 123_450),
    row(2, '𠮷小妹', '6228480590000000125', 1),
    row(3, '韦㕑䶮', '6231900000000000345', 9_999_999),
  ],
};

/** `2 too_long` for every fault. */
export const told = (faults: readonly LineFault[]): string[] => faults.map((f) => `${f.line} ${f.code}`);
