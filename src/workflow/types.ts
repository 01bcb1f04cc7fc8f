/** Every noun of the workflow in one place, long because a reader wants to see them side by side. */
import type { Budget, Ledger } from '../kernel/deadline.ts';
import type { Instant, LocalDate } from '../kernel/types.ts';

/** Government levels a desk can stand at. */
export type Level = 'village' | 'township' | 'county';

/**
 * Case-work roles: clerk 代办员 (V1), committee 村民委员会 (V2), window 便民服务窗口 (T0/C0),
 * officer 承办人 (T1/C1), reviewer 股室负责人 (C2), leader 分管领导 (T2/C3).
 */
export type Role = 'clerk' | 'committee' | 'window' | 'officer' | 'reviewer' | 'leader';

/** Where a case lies. `office` is a department code; absent = the government's own desk at that level. */
export interface Desk {
  at: Level;
  role: Role;
  office?: string;
}

export type StepKind = 'intake' | 'accept' | 'review' | 'inspect' | 'post' | 'decide' | 'issue' | 'collect';

/** People's acts, in the imperative. */
export const ACTS = [
  'FILE',
  'FORWARD',
  'ACCEPT',
  'REQUEST_CORRECTION',
  'RESUBMIT',
  'REFUSE',
  'RECORD_VISIT',
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
  'COLLECT',
  'WITHDRAW',
] as const;

/** Facts, in the past tense: only the actor `system` reports them. */
export const FACTS = ['NOTICE_CLOSED', 'CORRECTION_LAPSED', 'ACCEPTANCE_DEEMED'] as const;

export type ActName = (typeof ACTS)[number];
export type FactName = (typeof FACTS)[number];
export type EventName = ActName | FactName;

/** How a material may be spared: the paper is not asked for, and why (在线政务服务规定 art. 7, 10). */
export interface Waiver {
  way: 'shared' | 'e-licence' | 'commitment' | 'internal' | 'generated';
  /** The library, register or note that replaces the paper. */
  source: string;
}

export interface Material {
  id: string;
  title: string;
  form: 'original' | 'copy' | 'electronic';
  copies: number;
  waiver?: Waiver;
  /** FEEL over the rule facts; absent = always asked for. */
  when?: string;
  /** Situations it belongs to; absent = all. */
  situations?: string[];
  help?: string;
}

export interface Rule {
  /** Catalogue id, e.g. `R2`. */
  id: string;
  /** FEEL expression: true means the rule strikes. */
  when: string;
  effect: 'block' | 'warn' | 'route';
  /** The sentence the clerk reads (Chinese). */
  says: string;
  /** JSON pointer of the form field it is about. */
  field?: string;
}

export interface Situation {
  id: string;
  title: string;
  form?: string;
  terms?: Partial<Terms>;
  /** Steps left out in this situation. */
  without?: string[];
}

export interface Terms {
  statutory: Budget | null;
  promised: Budget;
  /** Which day starts the terms. */
  from: 'acceptance' | 'receipt';
  /** Extension once, by the head of the office (rule B2-3 or the item's own law). */
  extension?: { days: number; basis: string };
}

interface StepBase {
  id: string;
  title?: string;
  at?: Level;
  role?: Role;
  office?: string;
  /** The office's own term for this step. */
  days?: number;
  unit?: 'workday' | 'natural';
  /** Id of a `route` rule: the step is taken only when the rule struck. */
  when?: string;
}
export interface IntakeStep extends StepBase {
  kind: 'intake';
  /** 即办: a complete file is accepted on receipt. */
  accepts?: boolean;
}
export interface AcceptStep extends StepBase {
  kind: 'accept';
}
export interface ReviewStep extends StepBase {
  kind: 'review';
  /** Step a RETURN goes to; default: the desk before. */
  returnTo?: string;
}
export interface InspectStep extends StepBase {
  kind: 'inspect';
  /** Least number of officers (rule B2-1). */
  officers: number;
  returnTo?: string;
}
export interface PostStep extends StepBase {
  kind: 'post';
  /** Where the notice hangs. */
  board: 'village' | 'township' | 'county';
  days: number;
  /** Does the statutory term run on while the notice hangs (rule B2-7)? */
  clock: 'runs' | 'stops';
  /** Form fields (JSON pointers) shown on the notice; nothing else leaves the case (B.5). */
  show: string[];
  /** Step the case goes back to when an objection is sustained. */
  onSustained: string;
  basis: string;
}
export interface DecideStep extends StepBase {
  kind: 'decide';
  returnTo?: string;
  /** Certificate whose number the decision reserves. */
  certificate?: string;
  /** The decision grants money: its amount must be named. */
  pays?: boolean;
}
export interface IssueStep extends StepBase {
  kind: 'issue';
  certificate: string;
  /** true: issued by the system together with the decision (electronic voucher). */
  auto?: boolean;
}
export interface CollectStep extends StepBase {
  kind: 'collect';
}
export type Step =
  | IntakeStep
  | AcceptStep
  | ReviewStep
  | InspectStep
  | PostStep
  | DecideStep
  | IssueStep
  | CollectStep;

/** What a certificate says and how long it lives. */
export interface CertificateSpec {
  id: string;
  title: string;
  /** Number pattern: {year} {seq:4} {division} … e.g. `农经许〔{year}〕{seq:5}号`. */
  number: string;
  /** Printed fields: label and FEEL over form/case/decision. */
  fields: { label: string; value: string }[];
  /** Natural years; null = no end. */
  years: number | null;
  /** Days before expiry on which renewal must be asked for (B2-12). */
  renewBefore?: number;
}

/** An item of the catalogue, as it stands in `workflows/<dept>/<code>.json`. */
export interface Definition {
  code: string;
  version: number;
  title: string;
  department: string;
  kind: 'permit' | 'benefit' | 'confirmation' | 'service' | 'filing';
  /** Who decides, in words for the guide, e.g. 富宁县民政局. */
  authority: string;
  basis: string[];
  conditions: string[];
  quota: string;
  fee: string;
  situations: Situation[];
  form: string;
  materials: Material[];
  rules: Rule[];
  terms: Terms;
  steps: Step[];
  certificates?: CertificateSpec[];
  /** Which remedies sentence a refusal prints (B.3): review or court; review first; complaint. */
  remedies: 'review' | 'review-first' | 'complaint';
  followUp: string[];
}

/** Who acts: an account, the public (objector) or the house itself. */
export interface ActorRef {
  kind: 'account' | 'public' | 'system';
  id: string;
  name: string;
  /** The desk it acts from, for the log. */
  org?: string;
  role?: string;
}

export interface CaseEvent {
  type: EventName;
  at: Instant;
  by: ActorRef;
  data: Record<string, unknown>;
  /** Route rules that struck, evaluated outside (FEEL) when the form is handed in: FILE and RESUBMIT only. */
  routes?: Record<string, boolean>;
}

/** The few facts that steer a case; everything else is in the log. */
export interface CaseContext {
  situation: string;
  /** Route rules that struck, by id. */
  routes: Record<string, boolean>;
  receivedAt: Instant | null;
  /** Day on which the file last came in, complete as far as the citizen was told (FILE or RESUBMIT). */
  handedInOn: LocalDate | null;
  /** Acceptance day, retroactive when deemed (B1-5). */
  acceptedOn: LocalDate | null;
  deemed: boolean;
  decidedAt: Instant | null;
  closedAt: Instant | null;
  corrections: number;
  extensions: number;
  openObjections: number;
  postings: number;
  outcome: Outcome | null;
}
export type Outcome = 'granted' | 'rejected' | 'refused' | 'withdrawn' | 'lapsed';

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
  | 'notice'
  | 'notice-result'
  | 'approval'
  | 'rejection'
  | 'termination'
  | 'delivery';

/** What must happen after commit; `effects.ts` names the command of each. */
export type Effect =
  | { type: 'paper'; paper: PaperKind }
  | { type: 'notice.open'; step: string; board: 'village' | 'township' | 'county' }
  | { type: 'notice.close' }
  | { type: 'notice.objection'; outcome: 'sustained' | 'dismissed' }
  | { type: 'certificate.reserve'; certificate: string }
  | { type: 'certificate.issue'; certificate: string }
  | { type: 'certificate.collect' }
  | { type: 'message'; template: string };

/** Titles and holder of a leaf state, written into the compiled machine's `meta`. */
export interface StateMeta {
  step: string;
  kind: StepKind | 'end';
  title: string;
  /** null: nobody's desk (a notice hangs, the case is closed). */
  desk: Desk | null;
  /** Waiting for the applicant, not for an office. */
  applicant?: boolean;
}
