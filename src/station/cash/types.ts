import type { Fen, Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { Period, Posting } from '../payouts/index.ts';

export type CashDeps = PlatformDeps & { orgs: OrgTree; publicUrl: string };

/** Who did something, and when. */
export interface Done {
  by: string;
  name: string;
  at: Instant;
}

/** On its way to the village; counted by one of its people, received when another confirmed. */
export type BagState = 'packed' | 'sent' | 'counted' | 'received' | 'cancelled';

/** 款袋: what a township or county hands a village for its people. */
export interface Bag {
  id: string;
  number: string;
  villageId: string;
  fromOrg: string;
  count: number;
  total: Fen;
  state: BagState;
  packed: Done;
  sent: Done | null;
  counted: Done | null;
  received: Done | null;
  /** Why it was cancelled. */
  reason: string | null;
}

/** In a bag, in the village's box, with the citizen, paid once that day is confirmed, or on its way back. */
export type CashLineState = 'bagged' | 'box' | 'handed' | 'paid' | 'returning' | 'unclaimed';

/** One citizen's money. `idNumber` is sealed at rest. */
export interface CashLine {
  lineId: string;
  bagId: string;
  seq: number;
  villageId: string;
  state: CashLineState;
  net: Fen;
  scheme: string;
  schemeTitle: string;
  itemTitle: string;
  caseId: string;
  caseNumber: string;
  runNumber: string;
  periods: Period[];
  name: string;
  /** Keyed hash of the identity number. */
  person: string;
  idNumber: string;
  /** Day it came into the box. */
  boxedOn: LocalDate | null;
  returnId: string | null;
}

/** A line of a run that waits to be put in a bag. */
export interface WaitingLine extends Omit<CashLine, 'bagId' | 'seq' | 'state' | 'boxedOn' | 'returnId'> {
  department: string;
}

/** What was written down at the counter. */
export interface HandOutDetails {
  collector: '本人' | '代领';
  name: string;
  idNumber: string;
  relation?: string;
  idChecked: true;
  signedBy: '屏幕手写' | '纸质签名或者按指印';
  signature?: string;
  witness: string;
  witnessSignature?: string;
}

export type HandOutState = 'done' | 'undoing' | 'undone';

export interface HandOut {
  id: string;
  lineId: string;
  villageId: string;
  day: LocalDate;
  number: string;
  verifyCode: string;
  amount: Fen;
  state: HandOutState;
  handed: Done;
  undoAsked: Done | null;
  undone: Done | null;
  reason: string | null;
  details: HandOutDetails;
  /** A photograph of the fingerprint. */
  photoHash: string | null;
  printSealed: string;
  fileHash: string | null;
}

export type ReturnState = 'prepared' | 'sent' | 'received' | 'cancelled';

/** 退款单: money nobody came for, on its way back to where it came from. */
export interface Return {
  id: string;
  number: string;
  villageId: string;
  toOrg: string;
  count: number;
  total: Fen;
  state: ReturnState;
  prepared: Done;
  sent: Done | null;
  received: Done | null;
  reason: string | null;
}

/** Pieces by denomination: `n10000: 3` is three notes of 100 yuan. */
export type Pieces = Record<string, number>;

export type DayState = 'open' | 'counted' | 'closed';

/** 日清: one day of a village's box; there is none for a day on which nothing moved. */
export interface Day {
  villageId: string;
  day: LocalDate;
  state: DayState;
  pieces: Pieces | null;
  counted: Fen | null;
  closed: Done | null;
  confirmed: Done | null;
  /** Why the committee sent it back. */
  reason: string | null;
}

export type MoveKind = 'receive' | 'hand-out' | 'undo' | 'return';

/** One movement of the box; never changed. */
export interface Move {
  id: string;
  villageId: string;
  day: LocalDate;
  kind: MoveKind;
  /** Into the box positive, out of it negative. */
  fen: Fen;
  about: string;
  memo: string;
  at: Instant;
  by: { id: string; name: string };
}

/** Counted something else than there should be; open until it is cleared. */
export interface Difference {
  id: string;
  about: string;
  expected: Fen;
  counted: Fen;
  found: Done;
  cleared: Done | null;
  explanation: string | null;
}

/** What cash needs of the money that is paid out. */
export interface CashMoney {
  /** Lines of runs that are to be handed out, in one village or everywhere, whether they are in a bag or not. */
  waiting(villageId?: string): Promise<WaitingLine[]>;
  post(trx: Trx, ...postings: Posting[]): Promise<void>;
  /** Tell citizens that their money lies in the village, and how long. */
  tellReady(trx: Trx, lineIds: readonly string[], until: LocalDate): Promise<void>;
  /** The end of a line: the ledger, its case and its citizen are told. */
  settle(trx: Trx, lineId: string, result: 'paid' | 'unclaimed', done: Done): Promise<void>;
}
