import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';

export type AnswerDeps = Pick<PlatformDeps, 'db' | 'clock' | 'random' | 'vault'> & { orgs: OrgTree };
/** What printing an answer needs besides: a place for files, signatures, and the address of QR codes. */
export type AnswerPrintDeps = AnswerDeps & Pick<PlatformDeps, 'files' | 'signing'> & { publicUrl: string };

/** The note that stays when nothing was filed. */
export interface AnswerNote {
  id: string;
  /** Village, year and running number: `532628103201告〔2026〕3号`. */
  number: string;
  itemCode: string;
  itemTitle: string;
  department: string;
  villageId: string;
  rule: string;
  says: string;
  basis: string | null;
  applicantName: string;
  /** First six and last two characters; null on notes given before it was kept. */
  personMasked: string | null;
  givenBy: string;
  /** Name of the clerk; null as above. */
  givenName: string | null;
  givenOn: LocalDate;
  givenAt: Instant;
}

/** What was asked, by whom, and what the rule says. */
export interface AnswerGiven {
  item: { code: string; title: string; department: string };
  villageId: string;
  rule: string;
  says: string;
  basis: string | null;
  applicant: { name: string; idNumber: string };
}
