import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Level } from '../../workflow/types.ts';

/** A kind of quota as `data/quotas.json` describes it. */
export interface QuotaKind {
  id: string;
  title: string;
  unit: string;
  /** At which level it is handed out. */
  scope: Level;
  /** Demonstration values of the first start. */
  amounts: { org: string; year: number; total: number }[];
}

/** One quota: a kind, the organisation it was handed to, and the year. */
export interface Pool {
  quota: string;
  org: string;
  year: number;
}

export type ClaimState = 'waiting' | 'taken' | 'released';

/** What a case asks of a quota. */
export interface Claim extends Pool {
  caseId: string;
  step: string;
  amount: number;
  /** null: first come, first served (B2-15). */
  score: number | null;
  acceptedOn: LocalDate;
  claimedAt: Instant;
  state: ClaimState;
}
