import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { BranchDeps } from '../records/index.ts';

/** 正式党员, 预备党员 */
export type MemberKind = 'full' | 'probationary';

/** In the branch; 停止党籍; 失联; left the prefecture's lists; dead. Only the first three belong to a branch. */
export type MemberState = 'standing' | 'suspended' | 'unreachable' | 'left' | 'dead';

export interface Member {
  id: string;
  name: string;
  idNumber: string;
  phone: string | null;
  sharedPhone: boolean;
  phoneVerifiedAt: Instant | null;
  kind: MemberKind;
  state: MemberState;
  accountId: string | null;
  activatedAt: Instant | null;
  version: number;
}

/** How somebody came into a branch. */
export type MembershipKind = 'listed' | 'developed' | 'transferred' | 'merged' | 'split' | 'other';

/** A member in a branch, from a day up to but not including another. */
export interface Membership {
  id: string;
  memberId: string;
  orgId: string;
  from: LocalDate;
  to: LocalDate | null;
  kind: MembershipKind;
  reason: string;
}

/** A member with the branch that lists him; null when none does. */
export interface Listed extends Member {
  orgId: string | null;
  /** A code is on its way. */
  invitedAt: Instant | null;
}

/** A message to a member, by a template of data/messages.json: never with anything personal in it. */
export interface Message {
  to: string;
  template: 'party-activation' | 'party-transfer';
  words: Record<string, string>;
}

/** Beside the wing's own: the channel by which members are told. */
export type MemberDeps = BranchDeps & { send: (trx: Trx, message: Message) => Promise<void> };

export type Who = Pick<SignedIn, 'accountId' | 'grants'>;
