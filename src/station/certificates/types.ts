import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { CaseFacts } from '../facts.ts';
import type { PaperDeps } from '../papers/index.ts';

export type CertificateDeps = PaperDeps & { orgs: OrgTree };

/** What the register asks of the cases and of the channels; `effects.ts` hands it over. */
export interface CertificateWorld {
  /** The case as it stands now. */
  factsOf(caseId: string): Promise<CaseFacts>;
  /** A short message to the holder; once for each occasion. */
  tell(trx: Trx, facts: CaseFacts, order: MessageToHolder): Promise<void>;
}

interface MessageToHolder {
  template: string;
  occasion: string;
  words: Record<string, string>;
}

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
  /** The number of an earlier certificate whose place this one takes under a new number. */
  replaces?: string;
  /** Days before expiry on which renewal must be asked for (B2-12). */
  renewBefore?: number;
}

/** What a certificate is worth in law. */
export type CertificateState =
  | 'reserved'
  | 'valid'
  | 'suspended'
  | 'lapsed'
  | 'revoked'
  | 'withdrawn'
  | 'cancelled'
  | 'replaced';

/** Where its printed piece is; `printed`, `returned`: at the place that is named. */
export type Custody =
  | 'none'
  | 'printed'
  | 'in-transit'
  | 'at-township'
  | 'at-village'
  | 'collected'
  | 'returned';

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
  custody: Custody;
  /** Organisation at which the piece lies, or to which it is on its way. */
  placeId: string | null;
  /** The certificate that took its place. */
  successorId: string | null;
  verifyCode: string;
  collectedAt: Instant | null;
}

/** Legal acts of the issuing organ: proposed by one, confirmed by another. */
export const LEGAL_ACTS = ['SUSPEND', 'RESUME', 'REVOKE', 'WITHDRAW', 'ANNUL'] as const;
export type LegalAct = (typeof LEGAL_ACTS)[number];

/** Everything that can happen to a certificate. */
export type CertificateAct =
  | 'RESERVE'
  | 'ISSUE'
  | 'PRINT'
  | 'SEND'
  | 'RECALL'
  | 'RECEIVE'
  | 'MISS'
  | 'COLLECT'
  | 'ATTACH'
  | 'TURN_BACK'
  | 'HALT'
  | 'GO_ON'
  | 'CANCEL'
  | 'SURRENDER'
  | 'RESTORE'
  | 'REPLACE'
  | 'LAPSE'
  | 'REMIND'
  | 'PROPOSE'
  | 'DECLINE'
  | LegalAct;

/** One line of a certificate's log; what it says in words and pictures is sealed beside it. */
export interface CertificateEvent {
  seq: number;
  act: CertificateAct;
  at: Instant;
  by: { id: string; name: string };
  fromOrg: string | null;
  toOrg: string | null;
  successorId: string | null;
  cause: string | null;
}
