import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { nextNumber, type Trx, transact, writeOnce } from '../../../platform/db/index.ts';
import type { Posting } from '../../payouts/index.ts';
import { mayBook, mayConfirm, maySeeBag, maySend, packers } from '../policy.ts';
import * as store from '../store/bags.ts';
import * as lines from '../store/lines.ts';
import type { Bag, CashDeps, CashLine, CashMoney, WaitingLine } from '../types.ts';
import { audited, doneBy, requireMoved, today } from './common.ts';

export interface PackInput {
  village: string;
  /** The office that packs; without it the one the account sits in. */
  office?: string;
  /** Some of the lines; without them all. */
  lines?: string[];
}

/** @throws notFound `cash.bag_not_found`, also when it is there but not this account's to see */
export async function bagSeen(
  db: store.Db,
  deps: Pick<CashDeps, 'orgs'>,
  who: SignedIn,
  id: string,
): Promise<Bag> {
  const bag = await store.findBag(db, id);
  if (!bag || !maySeeBag(who, deps.orgs, bag)) throw notFound('cash.bag_not_found');
  return bag;
}

/** Lines that one of the account's offices may pack for a village now. */
export async function packable(
  db: store.Db,
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  { village, office }: Omit<PackInput, 'lines'>,
): Promise<{ org: string; free: WaitingLine[] }> {
  const own = packers(who, deps.orgs, village).find((p) => office === undefined || p.org === office);
  if (!own) throw notAllowed();
  const waiting = (await money.waiting(village)).filter((l) => own.departments.includes(l.department));
  return { org: own.org, free: await notBagged(db, waiting) };
}

/** Those of these lines that lie in no bag. */
export async function notBagged(db: store.Db, waiting: readonly WaitingLine[]): Promise<WaitingLine[]> {
  const bagged = new Set(
    await lines.listBagged(
      db,
      waiting.map((l) => l.lineId),
    ),
  );
  return waiting.filter((l) => !bagged.has(l.lineId));
}

/**
 * Pack a bag for a village from its lines in state `cash`: numbered, with its list and sum.
 * @throws notAllowed, conflict `cash.nothing` / `cash.not_possible`, invalid for a line that is not there to be packed
 */
export async function packBag(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  input: PackInput,
  requestId?: string,
): Promise<Bag> {
  if (deps.orgs.find(input.village)?.kind !== 'village') throw notFound('org.not_found');
  const { org, free } = await packable(deps.db.read, deps, money, who, input);
  const chosen = input.lines ? free.filter((l) => input.lines?.includes(l.lineId)) : free;
  if (input.lines && chosen.length < input.lines.length)
    throw invalid([{ pointer: '/lines', message: '有的款项不在待装袋之列，或者已经装袋', code: 'lines' }]);
  if (chosen.length === 0) throw conflict('cash.nothing');
  return writeOnce(deps, who, requestId, { pack: input }, async (trx) => {
    const packed = doneBy(deps, who);
    const year = today(deps).slice(0, 4);
    const running = await nextNumber(trx, `cash-bag:${input.village}`, Number(year));
    const bag: Bag = {
      id: newId(packed.at, deps.random),
      number: `款袋-${input.village}-${year}-${String(running).padStart(3, '0')}`,
      villageId: input.village,
      fromOrg: org,
      count: chosen.length,
      total: chosen.reduce((sum, l) => sum + l.net, 0),
      state: 'packed',
      packed,
      sent: null,
      counted: null,
      received: null,
      reason: null,
    };
    await store.insertBag(trx, bag);
    const placed = await lines.insertLines(
      trx,
      deps.vault,
      chosen.map((line, i) => inBag(line, bag.id, i + 1)),
    );
    if (placed < chosen.length) throw conflict('cash.not_possible', { says: '有的款项刚刚装进了别的款袋。' });
    await audited(trx, deps, who, 'pack', bag.id, { number: bag.number, count: bag.count, total: bag.total });
    return bag;
  });
}

const inBag = ({ department: _, ...line }: WaitingLine, bagId: string, seq: number): CashLine => ({
  ...line,
  bagId,
  seq,
  state: 'bagged',
  boxedOn: null,
  returnId: null,
});

/** A bag somebody acts on; the acts are compare-and-set, so two at once cannot both. */
export async function acted(
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  id: string,
  may: 'send' | 'book' | 'confirm',
) {
  const bag = await bagSeen(trx, deps, who, id);
  const allowed =
    may === 'send'
      ? maySend(who, deps.orgs, bag.fromOrg)
      : (may === 'book' ? mayBook : mayConfirm)(who, deps.orgs, bag.villageId);
  if (!allowed) throw notAllowed();
  return bag;
}

/** Send a bag: from now on its money is the village's in the books, so that none is lost on the way. */
export async function sendBag(
  deps: CashDeps,
  money: CashMoney,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<Bag> {
  return writeOnce(deps, who, requestId, { send: id }, async (trx) => {
    const bag = await acted(trx, deps, who, id, 'send');
    const sent = doneBy(deps, who);
    requireMoved(await store.moveBag(trx, id, 'packed', 'sent', { act: 'sent', done: sent }), bag);
    await money.post(trx, ...postingsOf(bag, await lines.listLines(trx, deps.vault, { bagId: id }), sent.at));
    await audited(trx, deps, who, 'send', id, { total: bag.total });
    return { ...bag, state: 'sent', sent };
  });
}

/** One posting for each scheme in the bag. */
function postingsOf({ number, villageId }: Bag, inside: readonly CashLine[], at: string): Posting[] {
  const sums = new Map<string, number>();
  for (const { scheme, net } of inside) sums.set(scheme, (sums.get(scheme) ?? 0) + net);
  return [...sums].map(([scheme, sum]) => ({
    scheme,
    memo: `${number} 送往村里`,
    at,
    entries: [
      { account: 'fund', fen: -sum },
      { account: 'cash', fen: sum, villageId },
    ],
  }));
}

/** Unpack a bag that was not sent. */
export async function cancelBag(deps: CashDeps, who: SignedIn, id: string, reason: string): Promise<Bag> {
  return transact(deps.db, async (trx) => {
    const bag = await acted(trx, deps, who, id, 'send');
    requireMoved(await store.moveBag(trx, id, 'packed', 'cancelled', { done: null, reason }), bag);
    await lines.freeLines(trx, id);
    await audited(trx, deps, who, 'cancel', id, { reason });
    return { ...bag, state: 'cancelled', reason };
  });
}
