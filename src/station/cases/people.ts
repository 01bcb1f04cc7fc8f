/** Who else has to do with a case: people at the desks it passes, and what remarks may ask of it. */
import { type Holder, listColleagues, type SignedIn } from '../../people/accounts/index.ts';
import type { CaseGate } from '../remarks/index.ts';
import { allDesks, isVisibleTo, type Loaded, loadCase, sitsAt, today } from './access.ts';
import type { CaseDeps } from './deps.ts';
import { listBriefs } from './store.ts';

/** Everybody who sits at a desk that cases like this pass. */
export const colleaguesOf = (deps: CaseDeps, { row, pinned }: Loaded) =>
  listColleagues(
    deps.db.read,
    deps.orgs,
    allDesks(pinned).map((desk) => ({
      role: desk.role,
      org: deps.orgs.deskOrg(desk, row.villageId, row.department).id,
    })),
    today(deps),
  );

/** May somebody know who looked? Whoever works at a desk of the case, leaders and inspectors. */
export const mayKnowLooks = (deps: CaseDeps, who: SignedIn, { row, pinned }: Loaded): boolean =>
  who.grants.some((g) => g.role === 'leader' || g.role === 'inspector') ||
  allDesks(pinned).some((desk) => sitsAt(deps, { kind: 'account', who }, row, desk));

/** What remarks ask of the cases. */
export const caseGate = (deps: CaseDeps): CaseGate => ({
  async mayRead(who, id) {
    await loadCase(deps.db.read, deps, { kind: 'account', who }, id);
  },
  async colleagues(who, id) {
    return colleaguesOf(deps, await loadCase(deps.db.read, deps, { kind: 'account', who }, id));
  },
  async maySee(holder, id) {
    return (await titles(deps, holder, [id])).size > 0;
  },
  titles: (who, ids) => titles(deps, who, ids),
});

async function titles(deps: CaseDeps, who: Holder, ids: readonly string[]): Promise<Map<string, string>> {
  const briefs = await listBriefs(deps.db.read, ids);
  return new Map(
    briefs
      .filter((b) => isVisibleTo(deps, who, b, deps.definitions.pinned(b.definitionSha)))
      .map((b) => [b.id, `${b.applicantName} · ${b.itemTitle}`]),
  );
}
