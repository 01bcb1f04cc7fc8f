/** Every noun of a running case in one place; the nouns of a definition stand in `definition.ts`. */
import type { Ledger } from '../kernel/deadline.ts';
import type { Instant, LocalDate } from '../kernel/types.ts';
import type { Desk, Level, StepKind } from './definition.ts';

export type * from './definition.ts';

/** People's acts, in the imperative. */
export const ACTS = [
  'FILE',
  'FORWARD',
  'ACCEPT',
  'REQUEST_CORRECTION',
  'EXTEND_CORRECTION',
  'RESUBMIT',
  'SUPPLY',
  'REFUSE',
  'RECORD_MEETING',
  'RECORD_VISIT',
  'REQUEST_RECTIFICATION',
  'RECORD_CHECK',
  'GIVE_OPINION',
  'RECORD_RESULT',
  'REAPPRAISE',
  'REPORT',
  'ALLOT',
  'RESERVE',
  'POST',
  'OBJECT',
  'SUSTAIN_OBJECTION',
  'DISMISS_OBJECTION',
  'APPROVE',
  'RETURN',
  'REJECT',
  'SUSPEND',
  'RESUME',
  'EXTEND',
  'ISSUE',
  'PAY',
  'SETTLE',
  'BOUNCE',
  'COLLECT',
  'CONFIRM',
  'END',
  'WITHDRAW',
] as const;

/** Facts, in the past tense: only the actor `system` reports them. */
export const FACTS = [
  'NOTICE_CLOSED',
  'CORRECTION_LAPSED',
  'ACCEPTANCE_DEEMED',
  'OPINION_DEEMED',
  'RECTIFICATION_LAPSED',
  'RESULT_STOOD',
  'WAIT_LAPSED',
  'GAP_LAPSED',
  'RENEWAL_DEEMED',
  'REVIEW_DUE',
  'REVIEW_LAPSED',
  'CANCELLED_ELSEWHERE',
  'RESTORED_ELSEWHERE',
  'REVIEW_CALLED',
  'MOVED',
] as const;

export type ActName = (typeof ACTS)[number];
export type FactName = (typeof FACTS)[number];
export type EventName = ActName | FactName;

/** Who acts: an account, the public (objector) or the house itself. */
export interface ActorRef {
  kind: 'account' | 'public' | 'system';
  id: string;
  name: string;
  /** The account it stands in for, as a deputy during leave; `name` names both. */
  for?: string;
  /** The desk it acts from, for the log. */
  org?: string;
  role?: string;
}

/** What the form and the calendar say when a file is handed in; worked out outside the machine. */
export interface Findings {
  /** The day the file counts as come in (B1-9). */
  countsFrom: LocalDate;
  /** Materials that may follow later (容缺). */
  gaps: string[];
  /** Lengths of time that parameters give, as they are on that day. */
  counts: Record<string, number>;
  /** The day the licence to be renewed ends (B2-12). */
  validTo: LocalDate | null;
}

export interface CaseEvent {
  type: EventName;
  at: Instant;
  by: ActorRef;
  data: Record<string, unknown>;
  /** FILE and RESUBMIT only: route rules that struck, evaluated outside (FEEL). */
  routes?: Record<string, boolean>;
  /** FILE and RESUBMIT only. */
  findings?: Findings;
}

/** How an office of a joint review stands; `deemed`: it kept silent. */
export type PartStanding = 'open' | 'agreed' | 'objected' | 'deemed';

/** The few facts that steer a case; everything else is in the log. */
export interface CaseContext {
  situation: string;
  /** Route rules that struck, by id. */
  routes: Record<string, boolean>;
  receivedAt: Instant | null;
  /** Day on which the file last came in, complete as far as the citizen was told (FILE or RESUBMIT). */
  handedInOn: LocalDate | null;
  /** The moment it did, for terms of hours. */
  handedInAt: Instant | null;
  /** Acceptance day, retroactive when deemed (B1-5). */
  acceptedOn: LocalDate | null;
  deemed: boolean;
  decidedAt: Instant | null;
  closedAt: Instant | null;
  corrections: number;
  correctionExtensions: number;
  extensions: number;
  openObjections: number;
  postings: number;
  appraisals: number;
  /** Offices asked in the joint review that is going on, or was the last. */
  parts: Record<string, PartStanding>;
  /** Materials still owed (容缺). */
  gaps: string[];
  /** Lengths of time that parameters gave when the file came in. */
  counts: Record<string, number>;
  /** End of the licence to be renewed. */
  validTo: LocalDate | null;
  outcome: Outcome | null;
}
export type Outcome =
  | 'granted'
  | 'rejected'
  | 'refused'
  | 'withdrawn'
  | 'lapsed'
  /** What was granted was not used in time. */
  | 'expired'
  /** What was granted ended: a death, an end by the office, a file that stayed incomplete. */
  | 'ended';

/** A case as the pure core sees it: XState value, context, and every clock ever started. */
export interface CaseState {
  value: Record<string, string> | string;
  context: CaseContext;
  clocks: Ledger[];
}

export type PaperKind =
  | 'receipt'
  | 'acceptance'
  | 'correction'
  | 'refusal'
  | 'special-procedure'
  | 'extension'
  | 'visit'
  | 'meeting'
  | 'opinion'
  | 'appraisal'
  | 'rectification'
  | 'notice'
  | 'notice-result'
  | 'approval'
  | 'rejection'
  | 'termination'
  | 'cancellation'
  | 'delivery';

/** What must happen after commit; `effects.ts` names the command of each. */
export type Effect =
  | { type: 'paper'; paper: PaperKind }
  | { type: 'notice.open'; step: string; boards: Level[] }
  | { type: 'notice.close' }
  | { type: 'notice.objection'; outcome: 'sustained' | 'dismissed' }
  | { type: 'certificate.reserve'; certificate: string }
  | { type: 'certificate.issue'; certificate: string }
  | { type: 'certificate.collect' }
  | { type: 'quota.claim'; step: string }
  | { type: 'roster.check'; step: string }
  | { type: 'reach' }
  /** Not of the machine: the station asks for it after events that change how something granted stands. */
  | { type: 'standing' }
  | { type: 'closed'; outcome: Outcome }
  | { type: 'message'; template: string };

/** Titles and holder of a leaf state, written into the compiled machine's `meta`. */
export interface StateMeta {
  step: string;
  kind: StepKind | 'end';
  title: string;
  /** null: nobody's desk (a notice hangs, the case is closed). */
  desk: Desk | null;
  /** Offices asked at the same time, by part; the case lies on each desk whose part is open. */
  parts?: Record<string, Desk>;
  /** What each office is asked about. */
  partTitles?: Record<string, string>;
  /** Who may end what goes on: ending is a decision, and no village makes one (B1-10). */
  ender?: Desk;
  /** Waiting for the applicant, not for an office. */
  applicant?: boolean;
  /** Granted and going on: nothing to be done until the next review. */
  kept?: boolean;
}
