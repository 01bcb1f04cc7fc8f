import type { RosterCases } from '../rosters/index.ts';
import { actsOf } from './acts.ts';
import { saveForm } from './commands/index.ts';
import type { CaseDeps } from './deps.ts';
import { getCase, getEditable } from './queries.ts';

/** What rosters need of their cases. */
export const rosterCases = (deps: CaseDeps): RosterCases => ({
  get: (who, id) => getCase(deps, { kind: 'account', who }, id),
  getEditable: (who, id) => getEditable(deps, who, id),
  getAny: (id) => getCase(deps, { kind: 'system' }, id),
  save: (who, id, input) => saveForm(deps, who, id, input),
  acts: ({ row, log }) => actsOf(deps, row, log),
});
