/** What waits to be packed, and bags on their way. */
import { notFound } from '../../../errors.ts';
import type { Fen } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { bagSeen, notBagged, packable } from '../commands/bags.ts';
import { mayBook, mayConfirm, maySend, packers, villagesOf, villagesServed } from '../policy.ts';
import { type BagView, bagView, type LineView, lineView } from '../present.ts';
import * as bags from '../store/bags.ts';
import * as lines from '../store/lines.ts';
import type { CashDeps, CashLine, CashMoney, Difference, WaitingLine } from '../types.ts';
import { officesOf, PAGE } from './scope.ts';

/** Villages with money that waits to be packed by this account. */
export async function waitingVillages(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
): Promise<{ id: string; name: string; count: number; total: Fen }[]> {
  const served = new Set(villagesServed(who, deps.orgs));
  const waiting = await notBagged(deps.db.read, await money.waiting());
  const found = new Map<string, { id: string; name: string; count: number; total: Fen }>();
  for (const { villageId: id, department, net } of waiting) {
    const mine =
      served.has(id) && packers(who, deps.orgs, id).some((p) => p.departments.includes(department));
    if (!mine) continue;
    const known = found.get(id) ?? { id, name: deps.orgs.get(id).name, count: 0, total: 0 };
    found.set(id, { ...known, count: known.count + 1, total: known.total + net });
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Lines that this account could pack for a village now. @throws notAllowed */
export async function waitingLines(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  village: string,
): Promise<LineView<WaitingLine>[]> {
  if (deps.orgs.find(village)?.kind !== 'village') throw notFound('org.not_found');
  const { free } = await packable(deps.db.read, deps, money, who, { village });
  return free.map(lineView);
}

/** Bags from and to this account's desks, the latest first. */
export async function listBags(
  deps: CashDeps,
  who: SignedIn,
  { after }: { after?: string } = {},
): Promise<{ bags: BagView[]; next: string | null }> {
  const rows = await bags.listBags(deps.db.read, {
    villages: villagesOf(who, deps.orgs),
    offices: officesOf(who),
    ...(after !== undefined && { after }),
    limit: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  return {
    bags: page.map((b) => bagView(deps.orgs, b)),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}

export interface BagDetail extends BagView {
  lines: LineView<CashLine>[];
  differences: Difference[];
  possible: { send: boolean; cancel: boolean; count: boolean; receive: boolean };
}

/** @throws notFound `cash.bag_not_found` */
export async function bagDetail(deps: CashDeps, who: SignedIn, id: string): Promise<BagDetail> {
  const db = deps.db.read;
  const bag = await bagSeen(db, deps, who, id);
  const sends = maySend(who, deps.orgs, bag.fromOrg);
  return {
    ...bagView(deps.orgs, bag),
    lines: (await lines.listLines(db, deps.vault, { bagId: id })).map(lineView),
    differences: await bags.listDifferences(db, id),
    possible: {
      send: sends && bag.state === 'packed',
      cancel: sends && bag.state === 'packed',
      count: bag.state === 'sent' && mayBook(who, deps.orgs, bag.villageId),
      receive:
        bag.state === 'counted' &&
        mayConfirm(who, deps.orgs, bag.villageId) &&
        bag.counted?.by !== who.accountId,
    },
  };
}

/** Bags on their way to a village. */
export const listIncomingBags = async (deps: CashDeps, villageId: string): Promise<BagView[]> =>
  (await bags.listBags(deps.db.read, { villages: [villageId], states: ['sent', 'counted'], limit: 100 })).map(
    (b) => bagView(deps.orgs, b),
  );
