import type { LocalDate } from '../../../kernel/types.ts';
import type { EndedGrant } from '../../../people/accounts/index.ts';
import type { NewBranch, OrgKind } from '../../../people/orgs/index.ts';

/** Where each member of a branch that is split goes. */
export type Assignment = Record<string, 'stays' | 'goes'>;

/** What is asked for. */
export type Plan =
  | { kind: 'merge'; org: string; sources: string[]; rehome: string[] }
  | { kind: 'split'; org: string; branch: NewBranch; assign: Assignment }
  | { kind: 'dissolve'; org: string }
  | { kind: 'retype'; org: string; to: 'general-branch'; branch: NewBranch }
  | { kind: 'retype'; org: string; to: 'branch' };

/** What an act did, as far as it can be taken back. */
export interface Undo {
  closed: string[];
  opened: string[];
  retyped: { id: string; from: OrgKind }[];
  moved: { id: string; from: string; to: string }[];
  grants: EndedGrant[];
  records: { id: string; from: string }[];
  transfers: { id: string; side: 'from_org' | 'to_org'; from: string }[];
}

export type ActState = 'asked' | 'done' | 'refused' | 'undone';

export interface OrgAct {
  id: string;
  plan: Plan;
  state: ActState;
  /** First day of the new order; before approval the day it was asked for. */
  on: LocalDate;
  documentNo: string;
  undo: Undo | null;
  askedBy: string;
}

/** What still lies at an organisation: nothing of it is lost, and somebody decides where it goes. */
export interface Report {
  orgId: string;
  members: number;
  /** Records that are not over, by module. */
  records: { module: string; count: number }[];
  transfers: number;
  grants: number;
  children: number;
}
