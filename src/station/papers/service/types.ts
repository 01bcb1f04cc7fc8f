import type { Instant, LocalDate } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { OrgTree } from '../../../people/orgs/index.ts';
import type { CaseFacts } from '../../facts.ts';
import type { PaperDeps } from '../types.ts';

export const WAYS = ['直接送达', '代收送达', '留置送达', '电子送达', '邮寄送达', '公告送达'] as const;
export type Way = (typeof WAYS)[number];

export type ServiceDeps = PaperDeps & { orgs: OrgTree };

/** What services need to know of the case a paper belongs to. */
export interface PaperCases {
  /** The case as of an event. @throws notFound for whoever may not see it */
  factsFor(who: SignedIn, caseId: string, seq: number): Promise<CaseFacts>;
}

/** What was written down of a service or an attempt; which fields there are depends on the way. */
export interface Details {
  place?: string;
  deliveredOn?: LocalDate;
  signedBy?: '屏幕手写' | '纸质签名或者按指印';
  signature?: string;
  receiver?: string;
  receiverName?: string;
  relation?: string;
  receiverId?: string;
  idChecked?: true;
  refusal?: string;
  witnesses?: { name: string; post: string }[];
  consent?: true;
  consentedOn?: LocalDate;
  channel?: string;
  address?: string;
  arrivedOn?: LocalDate;
  carrier?: string;
  trackingNumber?: string;
  sentOn?: LocalDate;
  receivedOn?: LocalDate;
  because?: string;
  publishedOn?: LocalDate;
  board?: string;
  /** Of an attempt: why it came to nothing. */
  reason?: string;
}

export interface Evidence {
  id: string;
  name: string;
  mime: string;
  size: number;
}

/** One service of a paper, or one attempt. */
export interface Service {
  id: string;
  paperId: string;
  way: Way;
  outcome: 'served' | 'failed';
  /** The day of the act itself: signed, left, arrived, published; or tried in vain. */
  triedOn: LocalDate;
  /** 送达日 (TS): the terms run from it. An announcement serves when its time is over. */
  servedOn: LocalDate | null;
  /** Last day to ask for a review; null where the paper tells of none. */
  reviewUntil: LocalDate | null;
  /** Last day to go to court; null where review comes first, and where the paper tells of none. */
  sueUntil: LocalDate | null;
  /** The 送达回证 made of it. */
  recordId: string | null;
  by: { account: string; name: string };
  recordedAt: Instant;
  details: Details;
  evidence: Evidence[];
}
