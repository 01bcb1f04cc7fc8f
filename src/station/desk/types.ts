import type { Fen, Instant, LocalDate } from '../../kernel/types.ts';
import type { CaseDeps } from '../cases/index.ts';
import type { PaperCases } from '../papers/index.ts';

export type DeskDeps = CaseDeps & { publicUrl: string };

/** What hand-overs ask of the house above: the case of a paper, for whoever may see it. */
export type DeskCases = PaperCases;

/**
 * `case`: everything its collection hands over, certificates too; `paper`: a decision to be served; `cash`: money in
 * the village's box; `certificate`: a piece that lies here although its case waits for no collection.
 */
export type ItemKind = 'case' | 'paper' | 'cash' | 'certificate';

/** One thing that lies ready. */
export interface DeskItem {
  kind: ItemKind;
  id: string;
  caseId: string;
  title: string;
  /** 证照编号, 文号 or 办件编号; empty for money, whose title says for when it is. */
  number: string;
  amount: Fen | null;
  /** Last day: to serve a paper, to call for money. */
  until: LocalDate | null;
  overdue: boolean;
}

/** Everything that lies ready for one person. */
export interface DeskPerson {
  /** Keyed hash of the identity number. */
  key: string;
  name: string;
  idNumber: string;
  items: DeskItem[];
}

/** One line of the list of a day. */
export interface ListLine {
  key: string;
  name: string;
  /** 村民小组, where the address of the case tells it. */
  group: string;
  title: string;
  number: string;
  amount: Fen | null;
  /** When it was handed over; null: it still waits. */
  at: Instant | null;
  /** How it was signed; null: to be signed here. */
  signed: string | null;
  /** The paper to print for it. */
  print: string | null;
}

/** Item of a hand-over, as it is chosen. */
export interface Chosen {
  kind: ItemKind;
  id: string;
}

export interface HandOverInput {
  items: Chosen[];
  data: Record<string, unknown>;
  /** Photograph of the fingerprint as a data URL. */
  photo?: string;
}

/** What became of each thing: what is handed over stays handed over, whatever happens to the next. */
export interface HandOverResult {
  done: DeskItem[];
  failed: { item: DeskItem; says: string }[];
}

export interface DeskView {
  village: { id: string; name: string };
  today: LocalDate;
  people: DeskPerson[];
  total: number;
  page: number;
  pages: number;
  mayHandOver: boolean;
}
