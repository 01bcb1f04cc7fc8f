/** The pages of disclosures: the boards for everybody, the desk for those who work on them. */
import type Router from '@koa/router';
import type { VNode } from 'preact';
import type { BranchDeps, Who } from '../../records/index.ts';
import { boardOf } from '../queries.ts';
import { type CaseNotices, DisclosureTable, mountBoard } from './board.tsx';
import { mountCompose } from './compose.tsx';
import { mountHome } from './home.tsx';
import { mountWork } from './work.tsx';

export type { CaseNotices };

export function disclosurePages(router: Router, deps: BranchDeps, cases: CaseNotices): void {
  mountBoard(router, deps, cases);
  mountHome(router, deps);
  mountCompose(router, deps);
  mountWork(router, deps);
}

/** What the branch of a village discloses, to stand on the village's board; null where none stands behind it. */
export async function disclosuresBeside(
  deps: BranchDeps,
  who: Who | null,
  villageId: string,
): Promise<VNode | null> {
  const branch = deps.orgs.find(`P${villageId}`);
  if (!branch) return null;
  return <DisclosureTable board={await boardOf(deps, who, { org: branch.id })} caption="党务、村务公开" />;
}
