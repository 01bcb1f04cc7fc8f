import type { BranchRecord } from '../records/index.ts';

export interface ThoughtReport {
  record: BranchRecord;
  addresseeId: string;
  /** Null once it is withdrawn or its time is over. */
  text: string | null;
  answer: string | null;
}
