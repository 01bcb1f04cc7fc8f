import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';

export type RatingDeps = PlatformDeps & { orgs: OrgTree };

/** 1 非常满意 … 5 非常不满意; the last two are bad (差评). */
export type Level = 1 | 2 | 3 | 4 | 5;

/** By the citizen himself, or on the clerk's screen turned to him. */
export type Way = 'progress' | 'counter';

/** A case as a rating looks at it. */
export interface RatedCase {
  id: string;
  number: string;
  itemCode: string;
  itemTitle: string;
  villageId: string;
  department: string;
  applicantName: string;
  /** It is decided or closed. */
  isOver: boolean;
}

/** What ratings ask of the cases. */
export interface RatingGate {
  /** @throws notFound `case.not_found` unless both the number and the last four characters are right */
  byNumber(number: string, lastFour: string): Promise<RatedCase>;
  /** For the clerk at whose counter it was handed in. @throws notFound `case.not_found`, notAllowed `case.not_clerk` */
  byId(who: SignedIn, id: string): Promise<RatedCase>;
}

export interface Rating {
  id: string;
  caseId: string;
  villageId: string;
  itemCode: string;
  department: string;
  level: Level;
  comment: string | null;
  way: Way;
  day: LocalDate;
  at: Instant;
  /** What was said once more (追评). */
  supplement: { comment: string; at: Instant } | null;
}

/** What is done about a bad rating, in this order: the citizen is called, it is put right, he is asked again. */
export const STEPS = ['contact', 'remedy', 'visit'] as const;
export type FollowStep = (typeof STEPS)[number];

export interface Followup {
  step: FollowStep;
  text: string;
  byId: string;
  byName: string;
  day: LocalDate;
  at: Instant;
}
