/** How many members are listed and how many have an account: by committee and county, never in an order by it. */
import { notAllowed } from '../../../errors.ts';
import { type BranchDeps, partsAt } from '../../records/index.ts';
import { addUp, type Coverage } from '../rules.ts';
import { countByBranch } from '../store.ts';
import type { Who } from '../types.ts';

/** For an organisation and each one directly beneath it, in the order of their ids. @throws AppError 403; 404 */
export async function coverageOf(
  deps: BranchDeps,
  who: Who,
  orgId: string,
): Promise<{ whole: Coverage; parts: Coverage[] }> {
  const org = deps.orgs.get(orgId);
  if (partsAt(who, org.id, deps.orgs).size === 0) throw notAllowed();
  return rollUp(deps, orgId);
}

/** The numbers themselves. */
export async function rollUp(
  deps: Pick<BranchDeps, 'db' | 'orgs'>,
  orgId: string,
): Promise<{ whole: Coverage; parts: Coverage[] }> {
  const { path } = deps.orgs.get(orgId);
  const counts = await countByBranch(deps.db.read, path);
  const heads = [orgId, ...deps.orgs.children(orgId).map((o) => o.id)];
  const [whole, ...parts] = addUp(counts, deps.orgs, heads);
  return { whole: whole as Coverage, parts };
}
