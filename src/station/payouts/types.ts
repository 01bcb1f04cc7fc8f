import type { Fen, Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { ActorRef, EventName, Outcome } from '../../workflow/types.ts';

export type PayoutDeps = PlatformDeps & { orgs: OrgTree };

/** How often a claim falls due; `once`: a single sum. */
export type Rhythm = 'month' | 'quarter' | 'half' | 'term' | 'year' | 'once';

/** `2026-10`, `2026-Q4`, `2026-H2`, `2026-T1` (spring term) or `2026-T2` (autumn term), `2026`, `once`. */
export type Period = string;

/** Through the bank, or handed out in the village. */
export type Way = 'bank' | 'cash';

/** Who gets the money and where it goes: sealed at rest, masked in lists. */
export interface Payee {
  name: string;
  idNumber: string;
  phone: string | null;
  /** Name the account runs under. */
  holder: string;
  bank: string;
  account: string;
}

export type EntitlementState = 'active' | 'suspended' | 'ended';

/** One person's claim on one scheme, from one decided case or one row of a decided roster. */
export interface Entitlement {
  id: string;
  scheme: string;
  caseId: string;
  /**
   * Empty for a person of its own; `<step>:<row>` for a row of a roster; `+<what>:<which>` for a single sum that
   * the claim itself left behind: money that was taken back wrongly, arrears.
   */
  lineKey: string;
  villageId: string;
  name: string;
  /** Keyed hash of the identity number. */
  person: string;
  payee: Payee;
  way: Way;
  /** For one period. */
  amount: Fen;
  rhythm: Rhythm;
  from: Period;
  /** Last period; null: until it is ended. */
  until: Period | null;
  state: EntitlementState;
  reason: string | null;
  /** What the bank said of the account; nothing goes there until it is put right. */
  accountFault: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  version: number;
}

export type RunState = 'draft' | 'approved' | 'exported' | 'settled' | 'discarded';

/** All that is due and unpaid in a scheme up to a period; `outside`: paid by hand through another channel. */
export interface Run {
  id: string;
  /** `DIBAO-2026-10-1` */
  number: string;
  scheme: string;
  kind: 'regular' | 'outside';
  period: Period;
  /** Only what this case granted: a batch, or what was paid by hand. */
  caseId: string | null;
  state: RunState;
  count: number;
  total: Fen;
  prepared: { by: string | null; name: string; at: Instant };
  approved: { by: string; name: string; at: Instant } | null;
  exportedAt: Instant | null;
  /** Hashes of the two files for the bank, and the checksum of their rows. */
  textHash: string | null;
  workbookHash: string | null;
  checksum: string | null;
  settledAt: Instant | null;
  version: number;
}

export type LineState = 'planned' | 'sent' | 'paid' | 'refused' | 'cash' | 'unclaimed' | 'void';

/** What one run pays to one entitlement. */
export interface Line {
  id: string;
  runId: string;
  /** Number in the run, from 1. */
  seq: number;
  entitlementId: string;
  villageId: string;
  name: string;
  /** As it was when the run was prepared. */
  payee: Payee;
  way: Way;
  gross: Fen;
  /** Kept back for what was paid too much before. */
  offset: Fen;
  net: Fen;
  periods: { period: Period; amount: Fen }[];
  state: LineState;
  reason: string | null;
  settledAt: Instant | null;
}

/** Why a claim is not in a run. */
export interface Held {
  entitlementId: string;
  name: string;
  villageId: string;
  reason: 'suspended' | 'account' | 'duplicate' | 'death' | 'moving';
  says: string;
}

export type Account = 'fund' | 'bank' | 'paid' | 'cash' | 'receivable' | 'written-off';

/** Entries that sum to nought. */
export interface Posting {
  scheme: string;
  memo: string;
  at: Instant;
  runId?: string;
  lineId?: string;
  entries: { account: Account; fen: Fen; villageId?: string }[];
}

/** `cancelled`: there was nothing paid too much after all. */
export type DebtState = 'open' | 'recovered' | 'written-off' | 'cancelled';

/** What was paid too much, and how much of it came back. */
export interface Debt {
  id: string;
  entitlementId: string;
  scheme: string;
  person: string;
  amount: Fen;
  recovered: Fen;
  state: DebtState;
  reason: string;
  createdAt: Instant;
  updatedAt: Instant;
}

/** A row of a roster as it was decided. */
export interface GrantedRow {
  /** Number in the roster, from 1. */
  row: number;
  name: string;
  idNumber: string;
  holder: string;
  bank: string;
  account: string;
  amount: Fen;
}

/** A case as money looks at it after an event that changed how something granted stands. */
export interface GrantedCase {
  caseId: string;
  villageId: string;
  situation: string;
  /** As it was handed in last. */
  form: Record<string, unknown>;
  /** What the steps have recorded. */
  record: Record<string, unknown>;
  event: { type: EventName; step: string; at: Instant; by: ActorRef; data: Record<string, unknown> };
  /** Events that came after it. */
  later: EventName[];
  /** What came of the case so far: `granted` from the decision on, until it ends. */
  outcome: Outcome | null;
  /** null: it was not granted. */
  decision: { on: LocalDate; data: Record<string, unknown> } | null;
  /** What it was cancelled for by other cases, in their words. */
  cancelledFor: string[];
  /** Pay steps it has come to, with their rows when they pay by a roster. */
  payments: { step: string; scheme: string; rows: GrantedRow[] | null }[];
}

/** What money reports to a case. */
type PayEvent = 'PAY' | 'SETTLE' | 'BOUNCE';

interface PayData {
  batch?: string;
  paidOn?: LocalDate;
  /** In yuan; what a batch pays is what its pay-list says. */
  amount?: number;
  arrivedOn?: LocalDate;
  reason?: string;
}

/** What money needs of the cases; `effects.ts` hands it over. */
interface PayingCases {
  /** Those of the cases whose pay step takes the event now. */
  ready(trx: Trx, event: PayEvent, caseIds: readonly string[]): Promise<Set<string>>;
  /**
   * Do PAY, SETTLE or BOUNCE for the paying desk in the caller's transaction.
   * @returns false when the case is in no state that takes it
   */
  act(trx: Trx, caseId: string, event: PayEvent, data: PayData): Promise<boolean>;
}

/** A short message about a line; once for each line and template. */
export interface PayMessage {
  caseId: string;
  lineId: string;
  template: 'payout-paid' | 'payout-refused' | 'cash-ready' | 'cash-paid';
  to: string | null;
  words: Record<string, string>;
}

/** What money needs of the rest of the house, handed in from above. */
export interface PayoutPorts {
  cases: PayingCases;
  tell(trx: Trx, messages: readonly PayMessage[]): Promise<void>;
}
