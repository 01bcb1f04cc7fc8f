import type { LocalDate } from '../../kernel/types.ts';
import type { BranchRecord } from '../records/index.ts';

export const KINDS = { study: '学习', work: '工作', discipline: '自律', service: '服务' } as const;
export type Kind = keyof typeof KINDS;

/** Whose it is: a member's, a secretary's, the organisation's own. */
export const HOLDERS = { member: '党员', leader: '书记', organisation: '组织' } as const;
export type HolderKind = keyof typeof HOLDERS;

export const OUTCOMES = { fulfilled: '已兑现', partly: '部分兑现', not: '未兑现' } as const;
export type Outcome = keyof typeof OUTCOMES;

export interface CommitmentText {
  kind: Kind;
  text: string;
  beneficiary: string;
  promisedOn: LocalDate;
}

/** What the branch meeting found. */
export interface Review {
  metOn: LocalDate;
  /** How many were there. */
  present: number;
  outcome: Outcome;
  remark: string;
}

export interface Commitment extends CommitmentText {
  record: BranchRecord;
  of: HolderKind;
  evidence: string | null;
  reviews: Review[];
}
