import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { CaseFacts } from '../facts.ts';
import type { PaperDeps } from '../papers/index.ts';

export type NoticeDeps = PaperDeps;

export interface OpenNotice {
  facts: CaseFacts;
  /** Step id of the item. */
  step: string;
  boardOrg: { id: string; name: string };
  title: string;
  shown: { label: string; value: string }[];
  until: LocalDate;
  basis: string;
}

export interface Notice {
  id: string;
  caseId: string;
  step: string;
  board: { id: string; name: string };
  title: string;
  shown: { label: string; value: string }[];
  basis: string;
  openedAt: Instant;
  until: LocalDate;
  closedAt: Instant | null;
  state: 'open' | 'closed';
  result: string | null;
}

export interface Objection {
  id: string;
  noticeId: string;
  caseId: string;
  /** What the objector keeps, to ask for the answer. */
  receiptCode: string;
  at: Instant;
  anonymous: boolean;
  state: 'open' | 'sustained' | 'dismissed';
  reply: string | null;
}

/** What the board's routes and pages stand on. */
export type BoardDeps = NoticeDeps & { orgs: OrgTree; mode: 'service' | 'rehearsal' };

/** Where an objection goes once it is written down: into its case. */
export interface ObjectionSink {
  onObjection(caseId: string, objectionId: string): Promise<void>;
}
