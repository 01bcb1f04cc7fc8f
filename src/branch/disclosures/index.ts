/** Disclosures of the party and of villages 党务公开、村务公开: the catalogue, what is due, review, the board. */
import type { LocalDate } from '../../kernel/types.ts';
import type { BranchDeps } from '../records/index.ts';
import { takeDownExpired } from './commands/decide.ts';
import { makeDues } from './commands/dues.ts';

export { disclosurePages, disclosuresBeside } from './pages/index.tsx';
export { disclosureRoutes } from './routes.ts';

/** On a new Shanghai day: what falls due, what is taken down. May be called again. */
export async function disclosuresOnNewDay(deps: BranchDeps, today: LocalDate): Promise<void> {
  await makeDues(deps, today);
  await takeDownExpired(deps, today);
}
