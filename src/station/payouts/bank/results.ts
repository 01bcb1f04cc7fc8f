import { maskNumbers } from '../../../kernel/mask.ts';

/** What the bank can answer about one payment. */
export type Outcome = 'paid' | 'refused';

export interface Result {
  code: string;
  outcome: Outcome;
  words: string;
}

/** The answer that tells nothing without a reason in words. */
export const OTHER = '9999';

export const RESULTS: readonly Result[] = [
  { code: '0000', outcome: 'paid', words: '已付' },
  { code: '1001', outcome: 'refused', words: '账号不存在' },
  { code: '1002', outcome: 'refused', words: '账户已销户' },
  { code: '1003', outcome: 'refused', words: '户名不符' },
  { code: '1004', outcome: 'refused', words: '账户被冻结' },
  { code: '1005', outcome: 'refused', words: '超过账户限额' },
  { code: OTHER, outcome: 'refused', words: '其他原因' },
];

export const findResult = (code: string): Result | undefined => RESULTS.find((r) => r.code === code);

/** `户名不符`, `其他原因：系统维护`; numbers that the bank wrote into its reason are masked. */
export const resultWords = ({ words }: Result, reason: string): string =>
  reason === '' ? words : `${words}：${maskNumbers(reason)}`;
