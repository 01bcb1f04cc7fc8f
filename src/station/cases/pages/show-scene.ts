/** Everything the case page shows, read side by side. */
import { deskOf, doesCaseWork, type SignedIn } from '../../../people/accounts/index.ts';
import { listCertificates } from '../../certificates/index.ts';
import { listObjections } from '../../notices/index.ts';
import { mayServe, papersOfCase } from '../../papers/index.ts';
import { moneyOfCase } from '../../payouts/index.ts';
import { isUnread, listLooks, remarksOf } from '../../remarks/index.ts';
import { sitsAt } from '../access.ts';
import { claimScene } from '../claims/index.ts';
import type { CaseDeps } from '../deps.ts';
import { colleaguesOf, mayKnowLooks } from '../people.ts';
import type { FullCase } from '../queries.ts';
import { linksOf, shareOf } from './door.ts';
import { comparisonOf } from './handed-in.ts';
import { rosterFacts } from './roster-cards.tsx';
import { walkOf } from './story.ts';
import { titlesOf } from './targets.ts';

export type ShowScene = Awaited<ReturnType<typeof showScene>>;

export async function showScene(deps: CaseDeps, who: SignedIn, full: FullCase) {
  const actor = { kind: 'account', who } as const;
  const { view, row } = full;
  const { read } = deps.db;
  const [papers, certificates, objections, share, links, money, claims, remarks, colleagues, roster] =
    await Promise.all([
      papersOfCase(deps, view.id),
      listCertificates(read, view.id),
      doesCaseWork(who) ? listObjections(read, deps, view.id) : [],
      shareOf(deps, full),
      linksOf(deps, actor, view.id),
      moneyOfCase(deps, who, view.id),
      claimScene(deps, who, row),
      remarksOf(deps, view.id),
      colleaguesOf(deps, full),
      rosterFacts(deps, who, full),
    ]);
  const prints = new Map([...papers, ...certificates].map((p) => [p.id, p.title]));
  return {
    papers,
    certificates,
    objections,
    share,
    links,
    money,
    claims,
    remarks,
    unread: remarks.some((r) => isUnread(r, who)),
    roster,
    people: colleagues
      .filter((c) => c.accountId !== who.accountId)
      .map((c) => ({ accountId: c.accountId, name: c.name, desk: deskOf(c, deps.orgs) })),
    looks: mayKnowLooks(deps, who, full) ? await listLooks(read, view.id, prints) : null,
    walk: walkOf(deps, full, `${view.itemTitle}办理流程`),
    comparison: comparisonOf(full),
    titles: titlesOf(full),
    mayBring: sitsAt(deps, actor, row, { at: 'village', role: 'clerk' }),
    mayServe: mayServe(who, deps.orgs, row),
    mayReveal: doesCaseWork(who),
  };
}
