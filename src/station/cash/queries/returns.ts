/** Money on its way back. */
import type { SignedIn } from '../../../people/accounts/index.ts';
import { returnSeen } from '../commands/returns.ts';
import { mayBook, mayConfirm, maySend, villagesOf } from '../policy.ts';
import { type LineView, lineView, type ReturnView, returnView } from '../present.ts';
import * as bags from '../store/bags.ts';
import * as lines from '../store/lines.ts';
import * as returns from '../store/returns.ts';
import type { CashDeps, CashLine, Difference } from '../types.ts';
import { officesOf, PAGE } from './scope.ts';

export interface ReturnDetail extends ReturnView {
  lines: LineView<CashLine>[];
  differences: Difference[];
  possible: { send: boolean; cancel: boolean; receive: boolean };
}

/** @throws notFound `cash.return_not_found` */
export async function returnDetail(deps: CashDeps, who: SignedIn, id: string): Promise<ReturnDetail> {
  const db = deps.db.read;
  const found = await returnSeen(db, deps, who, id);
  const books = mayBook(who, deps.orgs, found.villageId);
  const confirms = mayConfirm(who, deps.orgs, found.villageId);
  return {
    ...returnView(deps.orgs, found),
    lines: (await lines.listLines(db, deps.vault, { returnId: id })).map(lineView),
    differences: await bags.listDifferences(db, id),
    possible: {
      send: found.state === 'prepared' && confirms && found.prepared.by !== who.accountId,
      cancel: found.state === 'prepared' && (books || confirms),
      receive: found.state === 'sent' && maySend(who, deps.orgs, found.toOrg),
    },
  };
}

/** Returns from and to this account's desks, the latest first. */
export const listReturnsOf = async (deps: CashDeps, who: SignedIn): Promise<ReturnView[]> =>
  (
    await returns.listReturns(deps.db.read, {
      villages: villagesOf(who, deps.orgs),
      offices: officesOf(who),
      limit: PAGE,
    })
  ).map((r) => returnView(deps.orgs, r));
