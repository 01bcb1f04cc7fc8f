/** Commitments as somebody may look at them. */
import { notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import { accountNames } from '../../people/accounts/index.ts';
import { type BranchDeps, partsAt, type Who } from '../records/index.ts';
import { getCommitment } from './commands.ts';
import { mayLook } from './policy.ts';
import { type CommitmentView, type Tally, tally, viewCommitment } from './present.ts';
import { listAt, listBy } from './store.ts';
import type { Commitment } from './types.ts';

async function viewsOf(
  deps: BranchDeps,
  who: Who | null,
  commitments: readonly Commitment[],
): Promise<CommitmentView[]> {
  const ids = commitments.flatMap((c) => c.record.authorId ?? []);
  const names = await accountNames(deps.db.read, [...new Set(ids)]);
  const today = localDate(deps.clock.now());
  return commitments.map((c) => viewCommitment(c, who, { orgs: deps.orgs, names, today }));
}

/** @throws AppError 404 */
export async function lookAtCommitment(
  deps: BranchDeps,
  who: Who | null,
  id: string,
): Promise<CommitmentView> {
  const [view] = await viewsOf(deps, who, [await getCommitment(deps, who, id)]);
  return view as CommitmentView;
}

/**
 * Of one organisation, in the order they were made, as far as the reader may see them; with the numbers of the whole for
 * those in it and above. @throws AppError 404 for an unknown organisation
 */
export async function commitmentsAt(
  deps: BranchDeps,
  who: Who | null,
  orgId: string,
): Promise<{ commitments: CommitmentView[]; tally: Tally | null }> {
  if (!deps.orgs.find(orgId)) throw notFound('record.not_found');
  const all = await listAt(deps.db.read, orgId);
  const seen = all.filter((c) => mayLook(who, c, deps.orgs));
  const isInside = who !== null && partsAt(who, orgId, deps.orgs).size > 0;
  return {
    commitments: await viewsOf(deps, who, seen),
    tally: isInside ? tally(all, localDate(deps.clock.now())) : null,
  };
}

/** One's own. */
export const ownCommitments = async (deps: BranchDeps, who: Who): Promise<CommitmentView[]> =>
  viewsOf(deps, who, await listBy(deps.db.read, who.accountId));
