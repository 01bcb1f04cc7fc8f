import { holds, type SignedIn } from '../../../people/accounts/index.ts';
import type { CaseDeps } from '../deps.ts';
import { colleaguesAt, isAway } from './commands.ts';
import { type Claim, claimsOf, desksOfCases, type LyingAt } from './store.ts';

/** Who works on a case, as somebody who may see it is told. */
export interface ClaimView extends Pick<Claim, 'name' | 'at' | 'fromName' | 'note'> {
  orgName: string;
  isMine: boolean;
  /** The one who claimed it does not sit there now: a colleague may take over. */
  isAway: boolean;
}

/** Everything the case page offers about claims. */
export interface ClaimScene {
  claims: ClaimView[];
  /** It lies on a desk of this person, and nobody works on it, or somebody who is away. */
  mayClaim: boolean;
  mayRelease: boolean;
  /** To whom it may be handed. */
  colleagues: { accountId: string; name: string }[];
}

/** What may be done about who works on a case. Notes are read by the desk alone. */
export async function claimScene(
  deps: CaseDeps,
  who: SignedIn,
  { id, phase }: { id: string; phase: string },
): Promise<ClaimScene> {
  const lying = phase === 'draft' ? [] : ((await desksOfCases(deps.db.read, [id])).get(id) ?? []);
  const desks = lying.filter((d) => holds(who, d.role, d.org, deps.orgs));
  const claims = await claimsOf(deps.db.read, deps.vault, [id]);
  const views = await Promise.all(claims.map((k) => viewOf(deps, who, desks, k)));
  const here = claims.map((k, i) => ({ k, view: views[i] as ClaimView })).filter(({ k }) => isHere(k, desks));
  const isFree = here.every(({ view }) => view.isMine || view.isAway);
  const [desk] = desks;
  const others = desk && isFree ? await colleaguesAt(deps, desk) : [];
  return {
    claims: views,
    mayClaim: desk !== undefined && isFree && !here.some(({ view }) => view.isMine),
    mayRelease: here.some(({ view }) => view.isMine),
    colleagues: others
      .filter((c) => c.accountId !== who.accountId)
      .map(({ accountId, name }) => ({ accountId, name })),
  };
}

const isHere = (claim: Claim, desks: LyingAt[]): boolean =>
  desks.some((d) => d.org === claim.org && d.role === claim.role);

async function viewOf(deps: CaseDeps, who: SignedIn, desks: LyingAt[], claim: Claim): Promise<ClaimView> {
  const { name, at, fromName, note } = claim;
  const isMine = claim.accountId === who.accountId;
  return {
    name,
    at,
    fromName,
    note: isHere(claim, desks) ? note : '',
    orgName: deps.orgs.get(claim.org).name,
    isMine,
    isAway: !isMine && (await isAway(deps, claim)),
  };
}
