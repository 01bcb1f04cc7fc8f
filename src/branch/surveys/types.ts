import type { LocalDate } from '../../kernel/types.ts';
import type { BranchRecord } from '../records/index.ts';

/** One question. Options are told apart by their place, from 0; on a scale 0 is the least. */
export type Question =
  | { kind: 'single' | 'multi' | 'ranking'; text: string; options: string[] }
  | { kind: 'scale'; text: string; least: string; most: string }
  | { kind: 'text'; text: string };

/** What somebody says to one question: a place, several, all in order of preference, words; nothing: left out. */
export type Answer = number | number[] | string | null;

/** How it came: the web, a message (never anonymous), a clerk's desk or kiosk. */
export const CHANNELS = ['web', 'sms', 'kiosk'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Mode = 'anonymous' | 'named';

/** What one person said, with the committee it is counted under: never an organisation as small as a branch. */
export interface Sheet {
  answers: Answer[];
  place: string;
}

/** How often each option was chosen, by how many; `ranks` is the sum of places in a ranking. */
export interface Count {
  n: number;
  counts: number[];
  ranks?: number[];
}

/** The same for some committees together, so many that nobody is told by it. */
export interface Cell extends Count {
  places: string[];
}

export interface QuestionResult {
  /** Null: fewer answered than may be told. */
  total: Count | null;
  /** By committee; empty where it would tell too much. */
  cells: Cell[];
}

export interface Results {
  /** How many took part; null: fewer than may be told. */
  answered: number | null;
  channels: Record<Channel, number> | null;
  questions: QuestionResult[];
}

/** What a survey is made of. */
export interface SurveyContent {
  title: string;
  purpose: string;
  mode: Mode;
  place: string;
  roles: string[];
  questions: Question[];
  until: LocalDate;
}

export interface Survey extends SurveyContent {
  record: BranchRecord;
  results: Results | null;
  closedOn: LocalDate | null;
  actions: string | null;
}

/** One opinion in words, cut off from whatever else its writer answered. */
export interface Opinion {
  id: string;
  question: number;
  text: string;
  isPublished: boolean | null;
}
