import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { addDays } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { nextNumber, type Trx, transact } from '../../../platform/db/index.ts';
import { mayBook, mayConfirm, maySeeBag, maySend } from '../policy.ts';
import { type Db, findBag } from '../store/bags.ts';
import * as lines from '../store/lines.ts';
import * as store from '../store/returns.ts';
import type { CashDeps, CashLine, CashMoney, Return } from '../types.ts';
import {
  audited,
  book,
  doneBy,
  holdToday,
  requireAnother,
  requireMoved,
  today,
  unclaimedDays,
} from './common.ts';
import { type CountInput, countMoney } from './counting.ts';

/** Money of a village's box that nobody called for in time. */
export const listUnclaimed = (db: Db, deps: CashDeps, villageId: string): Promise<CashLine[]> =>
  lines.listLines(db, deps.vault, {
    villages: [villageId],
    states: ['box'],
    boxedBy: addDays(today(deps), -unclaimedDays(deps) - 1),
  });

/** @throws notFound `cash.return_not_found`, also when it is there but not this account's to see */
export async function returnSeen(
  db: Db,
  deps: Pick<CashDeps, 'orgs'>,
  who: SignedIn,
  id: string,
): Promise<Return> {
  const found = await store.findReturn(db, id);
  if (!found || !maySeeBag(who, deps.orgs, { villageId: found.villageId, fromOrg: found.toOrg }))
    throw notFound('cash.return_not_found');
  return found;
}

/**
 * The clerk takes out what nobody called for: one return for each office the money came from. It cannot be handed
 * out any more, unless the return is cancelled.
 * @throws notAllowed, conflict `cash.nothing`, invalid for a line whose time is not over
 */
export async function prepareReturns(
  deps: CashDeps,
  who: SignedIn,
  villageId: string,
  chosen?: string[],
): Promise<Return[]> {
  if (!mayBook(who, deps.orgs, villageId)) throw notAllowed();
  return transact(deps.db, async (trx) => {
    const late = await listUnclaimed(trx, deps, villageId);
    const taken = chosen ? late.filter((l) => chosen.includes(l.lineId)) : late;
    if (chosen && taken.length < chosen.length)
      throw invalid([
        { pointer: '/lines', message: '有的款项还没有到退回的日期，或者已经领走', code: 'lines' },
      ]);
    if (taken.length === 0) throw conflict('cash.nothing');
    const made: Return[] = [];
    for (const [toOrg, group] of await byOffice(trx, taken))
      made.push(await prepare(trx, deps, who, { villageId, toOrg, group }));
    return made;
  });
}

async function byOffice(trx: Trx, taken: readonly CashLine[]): Promise<Map<string, CashLine[]>> {
  const groups = new Map<string, CashLine[]>();
  for (const line of taken) {
    const office = (await findBag(trx, line.bagId))?.fromOrg as string;
    groups.set(office, [...(groups.get(office) ?? []), line]);
  }
  return groups;
}

async function prepare(
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  { villageId, toOrg, group }: { villageId: string; toOrg: string; group: CashLine[] },
): Promise<Return> {
  const prepared = doneBy(deps, who);
  const year = today(deps).slice(0, 4);
  const running = await nextNumber(trx, `cash-return:${villageId}`, Number(year));
  const made: Return = {
    id: newId(prepared.at, deps.random),
    number: `退款-${villageId}-${year}-${String(running).padStart(3, '0')}`,
    villageId,
    toOrg,
    count: group.length,
    total: group.reduce((sum, l) => sum + l.net, 0),
    state: 'prepared',
    prepared,
    sent: null,
    received: null,
    reason: null,
  };
  await store.insertReturn(trx, made);
  const ids = group.map((l) => l.lineId);
  if ((await lines.takeForReturn(trx, ids, made.id)) < ids.length)
    throw conflict('cash.not_possible', { says: '有的款项刚刚领走了。' });
  await audited(trx, deps, who, 'return.prepare', made.id, { number: made.number, total: made.total });
  return made;
}

/** The committee confirms, and the money leaves the box. */
export async function sendReturn(deps: CashDeps, who: SignedIn, id: string): Promise<Return> {
  return transact(deps.db, async (trx) => {
    const found = await returnSeen(trx, deps, who, id);
    if (!mayConfirm(who, deps.orgs, found.villageId)) throw notAllowed();
    requireAnother(who, (h) => mayConfirm(h, deps.orgs, found.villageId), found.prepared);
    const day = await holdToday(trx, deps, found.villageId);
    const sent = doneBy(deps, who);
    requireMoved(await store.moveReturn(trx, id, 'prepared', { state: 'sent', sent }), found);
    await book(trx, deps, who, {
      villageId: found.villageId,
      day,
      kind: 'return',
      fen: -found.total,
      about: id,
      memo: `${found.number} 退回`,
    });
    await audited(trx, deps, who, 'return.send', id, { total: found.total });
    return { ...found, state: 'sent', sent };
  });
}

/** A return that was not sent is given up: the money lies in the box as before. */
export async function cancelReturn(
  deps: CashDeps,
  who: SignedIn,
  id: string,
  reason: string,
): Promise<Return> {
  return transact(deps.db, async (trx) => {
    const found = await returnSeen(trx, deps, who, id);
    if (!mayBook(who, deps.orgs, found.villageId) && !mayConfirm(who, deps.orgs, found.villageId))
      throw notAllowed();
    requireMoved(await store.moveReturn(trx, id, 'prepared', { state: 'cancelled', reason }), found);
    await lines.moveLines(trx, { return_id: id }, 'returning', { state: 'box', return_id: null });
    await audited(trx, deps, who, 'return.cancel', id, { reason });
    return { ...found, state: 'cancelled', reason };
  });
}

/**
 * The office counts what came back: the lines are unclaimed, their periods are due again.
 * @throws as `countMoney`; notAllowed, conflict `cash.not_possible`
 */
export const receiveReturn = (
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  id: string,
  count: CountInput,
): Promise<Return> =>
  countMoney(deps, who, count, async (trx) => {
    const found = await returnSeen(trx, deps, who, id);
    if (!maySend(who, deps.orgs, found.toOrg)) throw notAllowed();
    requireAnother(who, (h) => maySend(h, deps.orgs, found.toOrg), found.prepared, found.sent);
    if (found.state !== 'sent') throw conflict('cash.not_possible', { state: found.state });
    return { about: id, total: found.total, take: () => received(trx, deps, money, who, found) };
  });

async function received(
  trx: Trx,
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  found: Return,
): Promise<Return> {
  const { id, total } = found;
  const done = doneBy(deps, who);
  requireMoved(await store.moveReturn(trx, id, 'sent', { state: 'received', received: done }), found);
  for (const line of await lines.listLines(trx, deps.vault, { returnId: id }))
    await money.settle(trx, line.lineId, 'unclaimed', done);
  await lines.moveLines(trx, { return_id: id }, 'returning', { state: 'unclaimed' });
  await audited(trx, deps, who, 'return.receive', id, { total });
  return { ...found, state: 'received', received: done };
}
