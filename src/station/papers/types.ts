import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { PaperKind } from '../../workflow/types.ts';

export type PaperDeps = Pick<
  PlatformDeps,
  'db' | 'clock' | 'random' | 'calendar' | 'vault' | 'files' | 'signing'
> & {
  /** Where the public reaches this service, e.g. `https://cunban.example`; printed in QR codes. */
  publicUrl: string;
};

/** What an item may ask for, and what the station makes by itself. */
export type AnyPaperKind = PaperKind | 'certificate-decision' | 'service-record';

/** A paper of a case: prepared once, frozen, printed any number of times with the same bytes. */
export interface Paper {
  id: string;
  caseId: string;
  /** The last event of the case when it was made. */
  eventSeq: number;
  /** What it was made for, once: `event:3`, `certificate:<id>:2`. */
  occasion: string;
  kind: AnyPaperKind;
  title: string;
  /** 文号, e.g. `富民受〔2026〕12号`; a receipt carries the case number. */
  number: string;
  verifyCode: string;
  createdAt: Instant;
  /** Does it decide something, so that it carries remedies and must be served (B2-8, B.3)? */
  decides: boolean;
}

/** What anybody holding the paper may learn from its code. */
export interface PaperVerdict {
  title: string;
  number: string;
  applicant: string;
  itemTitle: string;
  organ: string;
  /** Whose signature the print carries; missing on papers made before organs signed. */
  organId?: string;
  madeOn: string;
}

/** An act on an entry of the register of certificates, of which a written decision is made (B2-12, B2-13). */
export interface CertificateDecision {
  /** Unique for the act: `certificate:<id>:<seq>`. */
  occasion: string;
  act: 'change' | 'withdraw' | 'revoke' | 'annul' | 'suspend' | 'resume';
  certificate: { title: string; number: string; issuedOn: LocalDate };
  reason: string;
  /** Articles it rests on. */
  basis: string;
  /** 补偿: needed when what was granted is withdrawn for the public good. */
  compensation?: string;
  /** Last day of a suspension, when it has one. */
  until?: LocalDate;
  at: Instant;
}
