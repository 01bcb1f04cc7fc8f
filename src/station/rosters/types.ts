import type { SignedIn } from '../../people/accounts/index.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { EventName } from '../../workflow/types.ts';
import type { CaseView, FullCase } from '../cases/index.ts';
import type { Form } from './rules/table.ts';

export type RosterDeps = PlatformDeps & { orgs: OrgTree };

/** An event of a case with the step it came in. */
export interface Act {
  step: string;
  type: EventName;
  data: Record<string, unknown>;
}

/** What a roster needs of its case; the cases are handed in, they stand above. */
export interface RosterCases {
  /** @throws notFound `case.not_found` also for a foreign village */
  get(who: SignedIn, id: string): Promise<FullCase>;
  /** The same, when its form is open and this clerk may fill it in. @throws notAllowed, conflict */
  getEditable(who: SignedIn, id: string): Promise<FullCase>;
  /** A case the house itself looks at. */
  getAny(id: string): Promise<FullCase>;
  save(who: SignedIn, id: string, input: { version?: number; form: Form }): Promise<CaseView>;
  acts(full: FullCase): Act[];
}
