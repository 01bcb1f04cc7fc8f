/** The commands with their transactions: once for each request id of somebody who is signed in. */
import { type Trx, transact, writeOnce } from '../../platform/db/index.ts';
import type { BranchDeps, Sight, Who } from '../records/index.ts';
import * as decisions from './commands/decide.ts';
import * as dues from './commands/dues.ts';
import * as objections from './commands/objections.ts';
import * as proposals from './commands/propose.ts';

type Command<G, T> = (trx: Trx, deps: BranchDeps, who: Who, given: G) => Promise<T>;

const once =
  <G, T>(command: Command<G, T>) =>
  (deps: BranchDeps, who: Who, given: G, requestId?: string): Promise<T> =>
    writeOnce(deps, who, requestId, given, (trx) => command(trx, deps, who, given));

export const noteOccasion = once(dues.noteOccasion);
export const propose = once(proposals.propose);
export const proposeAgain = once(proposals.proposeAgain);
export const decide = once(decisions.decide);
export const answerObjection = once(objections.answerObjection);

/** Of a stranger no request is kept. */
export const object = (deps: BranchDeps, sight: Sight, given: Parameters<typeof objections.object>[3]) =>
  transact(deps.db, (trx) => objections.object(trx, deps, sight, given));
