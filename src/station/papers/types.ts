import type { Instant } from '../../kernel/types.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { PaperKind } from '../../workflow/types.ts';

export type PaperDeps = Pick<PlatformDeps, 'db' | 'clock' | 'random' | 'calendar' | 'vault' | 'files'> & {
  /** Where the public reaches this service, e.g. `https://cunban.example`; printed in QR codes. */
  publicUrl: string;
};

/** A paper of a case: prepared once, frozen, printed any number of times with the same bytes. */
export interface Paper {
  id: string;
  caseId: string;
  eventSeq: number;
  kind: PaperKind;
  title: string;
  /** 文号, e.g. `富民受〔2026〕12号`; a receipt carries the case number. */
  number: string;
  verifyCode: string;
  createdAt: Instant;
}

/** What anybody holding the paper may learn from its code. */
export interface PaperVerdict {
  title: string;
  number: string;
  applicant: string;
  itemTitle: string;
  organ: string;
  madeOn: string;
}
