import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';

/** What every noun of the branch wing may stand on. */
export type BranchDeps = PlatformDeps & { orgs: OrgTree };

/**
 * Who may look, from wide to narrow: everybody; whoever holds a post or a membership anywhere in the party tree; the
 * organisation with what lies beneath it and those above who see down to it; only whom the module names.
 */
export type Visibility = 'public' | 'members' | 'subtree' | 'named';

/** The modules of the wing: the charts under workflows/branch. */
export type ModuleId = string;

/** The part of a disclosure, a notice, a letter … that is the same for all. */
export interface BranchRecord {
  id: string;
  module: ModuleId;
  orgId: string;
  /** Where the organisation stood when the record was opened. */
  orgPath: string;
  authorId: string | null;
  visibility: Visibility;
  state: string;
  version: number;
  /** Last day of the present state (Shanghai date); null without a term. */
  dueOn: LocalDate | null;
  /** The day rests on a year whose holidays are not published yet. */
  dueProvisional: boolean;
  legalHold: boolean;
  createdAt: Instant;
  changedAt: Instant;
}

/** One act on a record, as kept for good. */
export interface BranchEvent {
  seq: number;
  at: Instant;
  event: string;
  fromState: string | null;
  toState: string;
  /** Null: the house itself, or somebody who is not to be known. */
  actorId: string | null;
  reason: string | null;
  contentHash: string | null;
}

/** Whoever acts on a record: an account with the parts it plays for it, the house, or somebody unknown. */
export interface RecordActor {
  /** Null for the house and for somebody who is not to be known. */
  accountId: string | null;
  parts: ReadonlySet<string>;
}

export const HOUSE: RecordActor = { accountId: null, parts: new Set(['system']) };

export type Who = Pick<SignedIn, 'accountId' | 'grants'>;
