/** What a list of cases is asked for, and what it holds. Pure. */
import type { LocalDate } from '../../../kernel/types.ts';
import type { Outcome } from '../../../workflow/types.ts';
import type { Phase } from '../store.ts';

/** One line of an inbox or a list: no personal data beyond the applicant's name. */
export interface CaseLine {
  id: string;
  number: string | null;
  itemCode: string;
  itemTitle: string;
  villageId: string;
  applicantName: string;
  state: string;
  phase: Phase;
  deskOrg: string | null;
  deskRole: string | null;
  nextDue: LocalDate | null;
  receivedAt: string | null;
  updatedAt: string;
  definitionSha: string;
  snapshot: string;
}

/** Villages and, when given, departments whose cases somebody may see. */
export interface Place {
  villages: readonly string[];
  departments?: readonly string[];
}

/** A desk: one role at these organisations. */
export interface DeskFilter {
  role: string;
  orgs: readonly string[];
}

/** Shanghai days, both included. */
export interface Days {
  from: LocalDate;
  to: LocalDate;
}

export type Sort = 'due' | 'received' | 'village';

export interface Query {
  /** What may be seen by place and department. */
  places: readonly Place[];
  /** Desks whose cases are seen besides; the only ones when there is no place. */
  desks: readonly DeskFilter[];
  item?: string;
  phase?: Phase;
  village?: string;
  /** Only of these villages. */
  within?: readonly string[];
  department?: string;
  /** Handed in and not at its end: what somebody still has to do with. */
  isInHand?: boolean;
  decided?: Days;
  closed?: Days;
  outcome?: Outcome;
  /** Decided cases of which it is known how long they took; `late`: longer than was promised. */
  timed?: 'known' | 'late';
  /** Sent back or turned down for this, on these days. */
  reason?: { kind: string; target: string; said: Days };
  /** Due from and up to these days, both included. */
  due?: { from?: LocalDate; to?: LocalDate };
  /** Claimed by this account; `handed`: given to it by a colleague; `free`: by nobody. */
  claim?: { by: string; handed?: boolean } | 'free';
  /** Beginning of a case number or of the applicant's name, or a part of either (see `SCANNED`). */
  text?: string;
  sort?: Sort;
  /** Key of the line before the page, or behind it. */
  after?: string;
  before?: string;
  limit: number;
}

export interface Found {
  lines: CaseLine[];
  next: string | null;
  prev: string | null;
  /** The text was looked for inside names and numbers of the first `SCANNED` cases only. */
  isPartial: boolean;
}

/** So many cases are looked through for a part of a name or a number. */
export const SCANNED = 1_000;

/** The key of a line, in the order of the list; the last column tells equal ones apart. */
export const ORDERS: Record<Sort, readonly string[]> = {
  due: ['due', 'id'],
  received: ['received', 'id'],
  village: ['village_id', 'due', 'id'],
};
