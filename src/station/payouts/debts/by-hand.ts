/** What people do about money that was paid too much: enter it, take it back, and let it go between two persons. */
import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { yuan } from '../../../kernel/money.ts';
import type { Fen } from '../../../kernel/types.ts';
import { personsActing, type SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { findEntitlement } from '../entitlements/store.ts';
import { post } from '../ledger/index.ts';
import { mayApprove, mayPrepare } from '../policy.ts';
import { schemeOf } from '../schemes.ts';
import type { Account, Debt, PayoutDeps } from '../types.ts';
import { openFound, reduce } from './found.ts';
import { restOf } from './rules.ts';
import { findDebt, findProposer, pendingOffset, saveDebt } from './store.ts';

/**
 * Enter what was paid too much, found by a person.
 * @param requestId the id its sender gave it: a repeat opens nothing more
 * @returns its id
 * @throws notFound, notAllowed for anybody but an officer of the department
 */
export function openDebt(
  deps: PayoutDeps,
  who: SignedIn,
  given: { entitlementId: string; amount: Fen; reason: string },
  requestId?: string,
): Promise<{ id: string }> {
  const { entitlementId, amount, reason } = given;
  return writeOnce(deps, who, requestId, given, async (trx) => {
    const e = await findEntitlement(trx, deps.vault, entitlementId);
    if (!e) throw notFound('claim.not_found');
    if (!mayPrepare(who, deps.orgs, schemeOf(e.scheme))) throw notAllowed();
    const at = deps.clock.now();
    const id = newId(at, deps.random);
    await openFound(trx, deps, e, { id, amount, reason, at });
    await auditBy(trx, deps, who, 'debt.open', id, { entitlement: e.id, amount, reason });
    return { id };
  });
}

/** An open debt of a scheme this person works for, of which this much is still owed. */
async function requireOpen(
  trx: Trx,
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  may: typeof mayPrepare,
): Promise<Debt> {
  const debt = await findDebt(trx, id);
  if (!debt) throw notFound('debt.not_found');
  if (!may(who, deps.orgs, schemeOf(debt.scheme))) throw notAllowed();
  if (debt.state !== 'open') throw conflict('debt.not_open', { state: debt.state });
  return debt;
}

/** @throws conflict `debt.kept_back` while a line on its way keeps back what the person owes */
async function requireFree(trx: Trx, debt: Debt): Promise<void> {
  const kept = await pendingOffset(trx, debt);
  if (kept > 0) throw conflict('debt.kept_back', { kept });
}

/** The receivable of a debt goes to another account. */
const clear = (
  trx: Trx,
  deps: PayoutDeps,
  { scheme }: Debt,
  { memo, fen, to }: { memo: string; fen: Fen; to: Account },
): Promise<void> =>
  post(trx, deps, {
    scheme,
    memo,
    at: deps.clock.now(),
    entries: [
      { account: 'receivable', fen: -fen },
      { account: to, fen },
    ],
  });

/**
 * Money that came back.
 * @param given `rest`: what was still owed when this was entered; a click too many finds another rest
 * @throws conflict `debt.not_open`, `debt.kept_back`, `claim.stale`; invalid for more than is owed
 */
export function repayDebt(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  { requestId, ...given }: { amount: Fen; rest: Fen; receipt: string; requestId?: string | undefined },
): Promise<null> {
  const { amount, rest, receipt } = given;
  return writeOnce(deps, who, requestId, { repay: id, ...given }, async (trx) => {
    const debt = await requireOpen(trx, deps, who, id, mayPrepare);
    if (restOf(debt) !== rest) throw conflict('claim.stale', { rest: restOf(debt) });
    if (amount > rest)
      throw invalid([{ pointer: '/amount', message: `只欠 ${yuan(rest)} 元，不能多收`, code: 'debt' }]);
    await requireFree(trx, debt);
    await reduce(trx, debt, amount, deps.clock.now());
    await clear(trx, deps, debt, { memo: `收回多发（${receipt}）`, fen: amount, to: 'fund' });
    await auditBy(trx, deps, who, 'debt.repay', id, { amount, receipt });
    return null;
  });
}

/** The first of two persons: an officer proposes to write a debt off. */
export function proposeWriteOff(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  { reason, requestId }: { reason: string; requestId?: string | undefined },
): Promise<null> {
  return writeOnce(deps, who, requestId, { proposeWriteOff: id, reason }, async (trx) => {
    await requireOpen(trx, deps, who, id, mayPrepare);
    await auditBy(trx, deps, who, PROPOSED, id, { reason });
    return null;
  });
}

const PROPOSED = 'debt.propose-write-off';

/**
 * The second: a leader, another person, writes off what is still owed.
 * @throws conflict `debt.not_proposed`, `debt.second_person`, `debt.kept_back`
 */
export function writeOff(deps: PayoutDeps, who: SignedIn, id: string, requestId?: string): Promise<null> {
  return writeOnce(deps, who, requestId, { writeOff: id }, async (trx) => {
    const debt = await requireOpen(trx, deps, who, id, mayApprove);
    const proposer = await findProposer(trx, PROPOSED, id);
    if (proposer === undefined) throw conflict('debt.not_proposed');
    const persons = personsActing(who, (h) => mayApprove(h, deps.orgs, schemeOf(debt.scheme)));
    if (persons.includes(proposer)) throw conflict('debt.second_person');
    await requireFree(trx, debt);
    const next = { ...debt, state: 'written-off', updatedAt: deps.clock.now() } as const;
    if (!(await saveDebt(trx, next, debt))) throw conflict('claim.stale', {});
    await clear(trx, deps, debt, { memo: '核销多发', fen: restOf(debt), to: 'written-off' });
    await auditBy(trx, deps, who, 'debt.write-off', id, { amount: restOf(debt), proposedBy: proposer });
    return null;
  });
}
