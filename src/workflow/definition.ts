/** An item as it is written in `workflows/`: what each key means is told in `workflows/README.md`. */
import type { DayUnit, HourUnit } from '../kernel/types.ts';
import type { FormSchema } from './form-schema.ts';

/** A number, or the name of the parameter that holds it on the day a file comes in. */
export type Count = number | string;

/** A length of time as an item writes it. */
export type Term = { days: Count; unit: DayUnit } | { hours: Count; unit: HourUnit } | { months: Count };

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
  /** A minor paper that may follow later when the applicant signs for it (容缺, catalogue B.6). */
  tolerable?: boolean;
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
  /** `answer`: nothing needs to be filed, the sentence is handed out as a note (B1-4 ①). */
  effect: 'block' | 'warn' | 'route' | 'answer';
  /** The sentence the clerk reads (Chinese). */
  says: string;
  /** A route in a few words, as it stands in drawings: 占用农用地. */
  title?: string;
  /** JSON pointer of the form field it is about. */
  field?: string;
  /** Article an answer rests on. */
  basis?: string;
}

export interface Terms {
  statutory: Term | null;
  promised: Term;
  /** Which day starts the terms. */
  from: 'acceptance' | 'receipt';
  /** Extension once, by the head of the office (rule B2-3 or the item's own law), in working days. */
  extension?: { days: Count; basis: string };
}

export interface Situation {
  id: string;
  title: string;
  form?: string;
  terms?: Partial<Terms>;
  /** Steps left out in this situation. */
  without?: string[];
  /** Undecided on the day the licence ends (FEEL: a date text), it is deemed renewed (B2-12). */
  renews?: { validTo: string; basis: string };
}

/** Procedures whose time is left out of the term (行政许可法 art. 45, rule B2-6). */
export const SPECIAL_PROCEDURES = [
  '听证',
  '招标',
  '拍卖',
  '检验',
  '检测',
  '检疫',
  '鉴定',
  '专家评审',
] as const;
export type SpecialProcedure = (typeof SPECIAL_PROCEDURES)[number];

interface StepBase {
  id: string;
  title?: string;
  at?: Level;
  role?: Role;
  office?: string;
  /** The office's own term for this step. */
  days?: Count;
  hours?: Count;
  unit?: 'workday' | 'natural' | 'office';
  /** Id of a `route` rule: the step is taken only when the rule struck. */
  when?: string;
  /** Id of a `route` rule: the step is taken only when the rule did not strike. */
  unless?: string;
  /** Situations the step belongs to; absent = all that do not leave it out. */
  situations?: string[];
  /** Further fields of the step's main act; `record.<step>.<field>` in later expressions. */
  asks?: Record<string, FormSchema>;
}
/** A step in which the terms may stand still; the text is the legal basis (B2-6, B2-7). */
interface Untimed {
  untimed?: string;
}
export interface IntakeStep extends StepBase {
  kind: 'intake';
  /** 即办: a complete file is accepted on receipt. */
  accepts?: boolean;
}
export interface AcceptStep extends StepBase {
  kind: 'accept';
}
export interface DeliberateStep extends StepBase {
  kind: 'deliberate';
  /** FEEL over `meeting` {eligible, present, favour} and `params`: did the meeting pass it? */
  passes: string;
}
export interface ReviewStep extends StepBase {
  kind: 'review';
  /** Step a RETURN goes to; default: the desk before. */
  returnTo?: string;
}
export interface InspectStep extends StepBase, Untimed {
  kind: 'inspect';
  /** Least number of officers (rule B2-1). */
  officers: number;
  /** Working days for putting right what was found (整改); the terms wait for the applicant. */
  rectify?: Count;
  returnTo?: string;
}
export interface CheckStep extends StepBase, Untimed {
  kind: 'check';
  /** Names of the registers the file is held against. */
  registers: string[];
  /** The house compares the roster: death, duplicates, accounts. */
  roster?: boolean;
  returnTo?: string;
}
/** One office of a joint review, with its own clock. */
export interface JointPart {
  office: string;
  title: string;
  at?: 'township' | 'county';
  role?: Role;
  days?: Count;
  when?: string;
}
export interface JointStep extends StepBase, Untimed {
  kind: 'joint';
  parts: JointPart[];
  /** Basis on which silence counts as no objection. */
  deemed: string;
}
export interface AppraiseStep extends StepBase {
  kind: 'appraise';
  procedure: SpecialProcedure;
  basis: string;
  /** Working days in which a second appraisal may be asked for, once. */
  again?: Count;
}
export interface AwaitStep extends StepBase, Untimed {
  kind: 'await';
  for: 'applicant' | 'authority';
  lapse?: Term;
  onLapse?: 'end' | 'onward';
}
export interface AllotStep extends StepBase {
  kind: 'allot';
  /** Id in `data/quotas.json`. */
  quota: string;
  /** FEEL over the rule facts and `record`. */
  amount: string;
  /** Who goes first: by acceptance (B2-15), or by `score`. */
  order: 'received' | 'score';
  score?: string;
}
export interface PostStep extends StepBase {
  kind: 'post';
  /** Where the notice hangs. */
  board: Level;
  /** Further boards it hangs on. */
  also?: Level[];
  days: Count;
  /** Does the statutory term run on while the notice hangs (rule B2-7)? */
  clock: 'runs' | 'stops';
  /** Form fields (JSON pointers) shown on the notice; nothing else leaves the case (B.5). */
  show: string[];
  /** Step the case goes back to when an objection is sustained. */
  onSustained: string;
  basis: string;
}
export type PayRhythm = 'month' | 'quarter' | 'term' | 'year' | 'once';
export interface DecideStep extends StepBase {
  kind: 'decide';
  returnTo?: string;
  /** Certificate whose number the decision reserves. */
  certificate?: string;
  /** The decision grants money in this rhythm: its amount must be named. */
  pays?: PayRhythm;
}
export interface IssueStep extends StepBase {
  kind: 'issue';
  certificate: string;
  /** true: issued by the system together with the decision (electronic voucher). */
  auto?: boolean;
}
export interface PayStep extends StepBase {
  kind: 'pay';
  scheme: string;
  /** A pay-list of the roster instead of one amount. */
  roster?: boolean;
}
export interface CollectStep extends StepBase {
  kind: 'collect';
}
export interface FollowStep extends StepBase {
  kind: 'follow';
  /** How often what was granted must be confirmed. */
  every: Term;
  /** How long a confirmation may take before the benefit is halted. */
  grace: Term;
  /** What is confirmed: 生存认证, 年审 … */
  about: string;
}
export type Step =
  | IntakeStep
  | AcceptStep
  | DeliberateStep
  | ReviewStep
  | InspectStep
  | CheckStep
  | JointStep
  | AppraiseStep
  | AwaitStep
  | AllotStep
  | PostStep
  | DecideStep
  | IssueStep
  | PayStep
  | CollectStep
  | FollowStep;
export type StepKind = Step['kind'];

/** What a certificate says and how long it lives. */
export interface CertificateSpec {
  id: string;
  title: string;
  /** Number pattern: {year} {seq:4} {division} … e.g. `农经许〔{year}〕{seq:5}号`. */
  number: string;
  /** Printed fields: label and FEEL over form, decision and record. */
  fields: { label: string; value: string }[];
  /** Natural years; null = no end, or the end that `until` gives. */
  years: number | null;
  /** FEEL giving the last day as a date text, for a life of no whole years. */
  until?: string;
  /** Situations in which an earlier certificate's number and end stay. */
  keeps?: { situations: string[]; number: string; until?: string };
  /** Situations in which it takes an earlier certificate's place under a number of its own. */
  replaces?: { situations: string[]; number: string };
  /** Situations, issuing none, that end an earlier certificate when they are granted (注销, B2-13). */
  ends?: { situations: string[]; number: string };
  /** Days before expiry on which renewal must be asked for (B2-12). */
  renewBefore?: number;
}

export type ReachAct = 'cancel' | 'restore' | 'review';
/** Other items touched when this one is granted: a death ends the pension. */
export interface Reach {
  situations: string[];
  /** FEEL giving the identity number of the person it is about. */
  person: string;
  says: string;
  basis: string;
  items: { code: string; act: ReachAct }[];
}

/** Which columns of a batch's table say who, where the money goes and how much. */
export interface Roster {
  situations: string[];
  /** JSON pointer of the table in the form. */
  field: string;
  /** JSON pointer of the year (or school year) the batch is for; also in the forms of single applications. */
  year: string;
  name: string;
  person: string;
  account?: string;
  holder?: string;
  amount?: string;
  /** Column that says what was paid the year before: filled in when last year's rows are taken over. */
  last?: string;
  /** Columns that together may occur once per item and year. */
  unique: string[];
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
  /** FEEL for the identity number of the person it is about; absent = the applicant. */
  subject?: string;
  reaches?: Reach[];
  roster?: Roster;
}
