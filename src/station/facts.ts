import type { Instant, LocalDate } from '../kernel/types.ts';
import type { ActorRef, Definition, EventName, Material, PayRhythm } from '../workflow/types.ts';

/**
 * What papers, certificates and notices need to know of a case. They never look into
 * station/cases: the caller (src/effects.ts) hands over everything as of the event that asked.
 * A missing fact is `null`, never a guess: a paper that needs it refuses to be made.
 */
export interface CaseFacts {
  caseId: string;
  /** 办件编号, e.g. `532628103201-20260928-NY01-000123`. */
  number: string;
  item: {
    code: string;
    title: string;
    department: string;
    kind: Definition['kind'];
    /** Articles the item rests on. */
    basis: string[];
    /** Fee in words, as in the guide. */
    fee: string;
  };
  situationTitle: string;
  village: { id: string; name: string };
  township: { id: string; name: string };
  applicant: { name: string; idNumber: string; phone?: string };
  form: Record<string, unknown>;
  receivedAt: Instant | null;
  /** The day the application counts from (B1-9): online after closing time, the next working day. */
  appliedOn: LocalDate | null;
  acceptedOn: LocalDate | null;
  deemed: boolean;
  /** null: the item has no statutory term, or the clock stands still. */
  statutoryDue: LocalDate | null;
  promisedDue: LocalDate | null;
  /** A due date reaches into a year without a holiday table. */
  provisional: boolean;
  /** The whole terms in words (`20 个工作日`), for when a due day cannot be told; null: there is none. */
  terms: { statutory: string | null; promised: string | null };
  /** Day until which a running correction may be handed in (clock `correction`). */
  correctionDue: LocalDate | null;
  /** Day until which the applicant may now answer: correct, put right, confirm, ask for a second appraisal. */
  answerBy: LocalDate | null;
  /** Day of the decision; an event after it, of a case still there, is about something granted. */
  decidedOn: LocalDate | null;
  /** The step in which the event came. */
  step: StepFacts;
  /** On SUSPEND, and on entering a step in which the terms stand still (B2-6, B2-7). */
  procedure: ProcedureFacts | null;
  /** Materials that are still owed (容缺). */
  gap: GapFacts | null;
  /** Rhythm of the money that a decision grants. */
  pays: PayRhythm | null;
  /** On RENEWAL_DEEMED: the end of the licence that was to be renewed, and the basis (B2-12). */
  renewal: { validTo: LocalDate; basis: string } | null;
  /** Procedures of this item that stop the clock, with their time: `公告：15个工作日`. Empty: none. */
  untimed: string[];
  /** Titles of form pointers and `/materials/<id>` that faults are about. */
  titles: Record<string, string>;
  /** On EXTEND: how long, on what ground, and the due dates before and after. */
  extension: { days: number; basis: string; from: LocalDate | null; to: LocalDate | null } | null;
  /** On POST and NOTICE_CLOSED. */
  notice: NoticeFacts | null;
  materials: MaterialFacts[];
  clerk: { name: string };
  issuingOrg: IssuingOrg;
  event: { seq: number; type: EventName; at: Instant; by: ActorRef; data: Record<string, unknown> };
  remedies: Definition['remedies'];
  /** What the steps so far have recorded, by step. */
  record: Record<string, Record<string, unknown>>;
  certificate: CertificateFacts | null;
}

/** What the item says of a step, as far as papers and messages name it. */
export interface StepFacts {
  id: string;
  title: string;
  /** appraise: 听证, 鉴定 … */
  procedure: string | null;
  /** appraise: working days in which a second appraisal may be asked for, when it now may. */
  again: number | null;
  /** joint: what the office that answered was asked about. */
  part: string | null;
  /** follow: what is confirmed, 生存认证 … */
  about: string | null;
  /** await: how long may be waited, in words. */
  limit: string | null;
  /** What the item's own fields of the step were answered with. */
  asked: { label: string; value: string }[];
}

/** A procedure whose time is not counted; `expectedEnd` null: nobody can say yet. */
export interface ProcedureFacts {
  name: string;
  reason: string;
  expectedEnd: LocalDate | null;
}

/** Materials that may follow within working days of the acceptance; `due` null before it. */
export interface GapFacts {
  titles: string[];
  days: number;
  due: LocalDate | null;
}

/** The certificate of the case; its `years` of validity run from the issue, null = no end. */
export interface CertificateFacts {
  title: string;
  number: string;
  years?: number | null;
  /** The last day, when the item tells it at the decision already. */
  until?: LocalDate;
  /** null before the issue, or without end. */
  expiresOn: LocalDate | null;
}

/** One material as handed in: `way` says how it came or what spared it. */
export interface MaterialFacts {
  title: string;
  form: Material['form'];
  copies: number;
  way: string;
}

/** The organ that signs: full name, character group of its document numbers (`富民`), enquiry telephone. */
export interface IssuingOrg {
  id: string;
  name: string;
  docWord: string | null;
  phone?: string;
}

/** What a public notice says; label and value only (B.5). */
export interface NoticeFacts {
  title: string;
  boardName: string;
  shown: { label: string; value: string }[];
  openedOn: LocalDate;
  until: LocalDate;
  basis: string;
  /** After closing: objections, and how they ended. */
  objections?: { sustained: number; dismissed: number };
}

/** A public notice's word for how its objections ended; shared by the paper and the board. */
export function noticeResult(objections: { sustained: number; dismissed: number }): string {
  const { sustained, dismissed } = objections;
  if (sustained + dismissed === 0) return '公示期内没有收到异议。';
  const parts = [
    ...(sustained > 0 ? [`${sustained} 件成立`] : []),
    ...(dismissed > 0 ? [`${dismissed} 件不成立，已书面答复`] : []),
  ];
  return `公示期内收到异议 ${sustained + dismissed} 件：${parts.join('，')}。`;
}

/** So many entries, each so short, are a list and no sentence. */
const LEAST_ENTRIES = 8;
const LONGEST_ENTRY = 60;

/** The entries of a value that lists many, such as the persons of a batch; null for anything else. */
export function entriesOf(value: string): string[] | null {
  const entries = value
    .split(value.includes('；') ? '；' : '、')
    .map((e) => e.trim())
    .filter((e) => e !== '');
  return entries.length >= LEAST_ENTRIES && entries.every((e) => e.length <= LONGEST_ENTRY) ? entries : null;
}

const NEVER_SHOWN = [
  /(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])/g,
];

/** A value as a public notice may show it: identity numbers, bank cards and mobile numbers are struck out (B.5). */
export const publicValue = (value: string): string =>
  NEVER_SHOWN.reduce((text, pattern) => text.replace(pattern, (found) => '*'.repeat(found.length)), value);
