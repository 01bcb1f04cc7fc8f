import type { Colleague, Holder, SignedIn } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';

export type RemarkDeps = Pick<PlatformDeps, 'db' | 'vault' | 'clock' | 'random' | 'log' | 'mode'> & {
  orgs: OrgMap;
};

/** All that remarks ask of the cases they are about. */
export interface CaseGate {
  /** @throws notFound `case.not_found` when this person may not see it */
  mayRead(who: SignedIn, caseId: string): Promise<void>;
  /** Who sits at the desks a case passes. */
  colleagues(who: SignedIn, caseId: string): Promise<Colleague[]>;
  maySee(holder: Holder, caseId: string): Promise<boolean>;
  /** What cases are called; those that this person may not see are left out. */
  titles(who: SignedIn, caseIds: readonly string[]): Promise<Map<string, string>>;
}

/** Something said about a case. */
export interface Remark {
  id: string;
  caseId: string;
  authorId: string;
  authorName: string;
  /** Where the author sat, in words. */
  authorDesk: string;
  text: string;
  at: string;
  struckAt: string | null;
  mentions: Mention[];
}

export interface Mention {
  accountId: string;
  name: string;
  readAt: string | null;
}
