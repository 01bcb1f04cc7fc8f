/** What goes to the bank, and what comes back. */
import type { Fen, LocalDate } from '../../../kernel/types.ts';
import type { Outcome } from './results.ts';

/** One run of payments of one scheme, by one paying organ. */
export interface BankBatch {
  run: string;
  scheme: string;
  organ: string;
  date: LocalDate;
  rows: BankRow[];
}

/** One payment. `seq` is its number in the run, from 1; `reference` is ours, the bank sends it back untouched. */
export interface BankRow {
  seq: number;
  account: string;
  holder: string;
  /** Where the account is held; empty where the account alone tells. */
  bank: string;
  amount: Fen;
  reference: string;
  purpose: string;
}

/** A file for the bank. `checksum`: SHA-256 of the detail lines of the text form, whichever form this is. */
export interface BankFile {
  bytes: Buffer;
  count: number;
  total: Fen;
  checksum: string;
}

/** What is wrong in a line of a file; lines, and rows of a workbook, count from 1. `message` is Chinese. */
export interface LineFault {
  line: number;
  message: string;
  code: string;
}

/** A return file that holds together in itself; whether it answers what was sent is for `checkReturn`. */
export interface ReturnFile {
  run: string;
  /** The bank's number of this return. */
  number: string;
  date: LocalDate;
  rows: ReturnRow[];
  paid: Sum;
  refused: Sum;
  checksum: string;
}

interface Sum {
  count: number;
  total: Fen;
}

/** What became of one payment; `words` is the code in Chinese, with the bank's reason where it gave one. */
export interface ReturnRow {
  line: number;
  seq: number;
  account: string;
  holder: string;
  amount: Fen;
  reference: string;
  code: string;
  reason: string;
  outcome: Outcome;
  words: string;
}
