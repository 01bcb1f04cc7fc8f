import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { PaperDeps } from '../papers/index.ts';

export type CertificateDeps = PaperDeps;

/** What the caller asks for: the item's specification with its fields already evaluated. */
export interface CertificateOrder {
  /** Id of the specification in the item definition. */
  id: string;
  title: string;
  /** `{year}` `{seq:5}` `{county}` `{township}` and any text. */
  number: string;
  fields: { label: string; value: string }[];
  /** Natural years of validity; null = no end. */
  years: number | null;
  /** The last day, when it is no whole number of years. */
  until?: LocalDate | null;
  /** The number of the certificate that this one replaces. */
  keeps?: string;
  /** Days before expiry on which renewal must be asked for (B2-12). */
  renewBefore?: number;
}

export type CertificateState = 'reserved' | 'issued' | 'collected' | 'void';

export interface Certificate {
  id: string;
  caseId: string;
  specId: string;
  itemCode: string;
  title: string;
  number: string;
  holderName: string;
  organ: { id: string; name: string };
  issuedOn: LocalDate | null;
  expiresOn: LocalDate | null;
  /** Last day on which renewal may be asked for. */
  renewBy: LocalDate | null;
  state: CertificateState;
  verifyCode: string;
  collectedAt: Instant | null;
}
