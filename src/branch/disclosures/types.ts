import type { LocalDate } from '../../kernel/types.ts';
import type { BranchRecord, Visibility } from '../records/index.ts';

export type Wing = 'party' | 'village';
/** Long-term, by the calendar, on an occasion, at somebody's request. */
export type Kind = 'long' | 'periodic' | 'occasion' | 'request';
export type Every = 'month' | 'quarter' | 'half' | 'year';
/** Who may be meant to read a disclosure. */
export type Audience = Exclude<Visibility, 'named'>;

export interface Days {
  days: number;
  unit: 'workday' | 'natural';
  /** Id of its source in the catalogue. */
  source: string;
}

export interface Timing extends Days {
  title: string;
  kind: Kind;
}

/** One line of the catalogue: what an organisation of its kind has to disclose. */
export interface CatalogueItem {
  id: string;
  wing: Wing;
  category: string;
  title: string;
  timing: string;
  every?: Every;
  /** Organisations whose turn comes each month instead. */
  monthlyAt?: string[];
  /** The widest audience that its author may choose. */
  scope: Audience;
  basis: string;
  /** The period is the county's own. */
  local?: true;
  /** Full names are what it is about. */
  names?: true;
  /** May never stay for good (branch 1.12). */
  sensitive?: 'discipline' | 'hardship';
  /** Days on display 公示期, the day of publication not counted. */
  expires?: Days;
}

/** Something an organisation has to disclose by a day. */
export interface Due {
  id: string;
  orgId: string;
  orgPath: string;
  item: string;
  period: string;
  /** What happened, where it was not the calendar that asked. */
  occasion: string;
  opensOn: LocalDate;
  dueOn: LocalDate;
  dueProvisional: boolean;
  metOn: LocalDate | null;
}

export interface Grid {
  columns: string[];
  rows: string[][];
}

/** What a disclosure says. Of a workbook nothing but this grid is ever kept. */
export interface Content {
  title: string;
  text: string;
  grid: Grid | null;
}

export type Question = 'secrecy' | 'necessity' | 'accuracy' | 'personal' | 'supervision';
export type Answers = Partial<Record<Question, { sound: boolean; note: string }>>;
export type Ground = 'secret' | 'personal' | 'outside' | 'wrong' | 'other';

export interface Disclosure {
  record: BranchRecord;
  dueId: string;
  item: string;
  audience: Audience;
  content: Content;
  answers: Answers | null;
  reviewedBy: string | null;
  deferredBy: string | null;
  ground: Ground | null;
  publishedOn: LocalDate | null;
  expiresOn: LocalDate | null;
}

/** What a reader said to a disclosure, and what was answered. */
export interface Objection {
  id: string;
  disclosureId: string;
  text: string;
  contact: string | null;
  raisedOn: LocalDate;
  dueOn: LocalDate;
  dueProvisional: boolean;
  answer: string | null;
  answeredOn: LocalDate | null;
  shown: boolean;
}
