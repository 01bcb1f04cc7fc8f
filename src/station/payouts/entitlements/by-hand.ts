/** What people change of a claim: each with a reason, each written down. */
import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { holds, type SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { mayPrepare } from '../policy.ts';
import { lastPeriod } from '../rules/claims.ts';
import { earlierEnd } from '../rules/periods.ts';
import { schemeOf } from '../schemes.ts';
import type { Entitlement, EntitlementState, PayoutDeps, Way } from '../types.ts';
import { change, resumed, suspended } from './change.ts';
import { ended } from './follow.ts';
import { isVisible } from './queries.ts';
import { findEntitlement, tailOf } from './store.ts';

/** The version that was seen, why it is changed, and the id by which a repeat is known. */
export interface ByHand {
  version: number;
  reason: string;
  requestId?: string | undefined;
}

interface Act {
  act: string;
  /** States in which it can be done. */
  from: readonly EntitlementState[];
  may: (e: Entitlement) => boolean;
}

/** One change by hand: seen, allowed, possible, done and written down. */
async function byHand(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  { requestId, ...given }: ByHand,
  { act, from, may }: Act,
  work: (trx: Trx, e: Entitlement) => Promise<Record<string, unknown>>,
): Promise<void> {
  const { version, reason } = given;
  await writeOnce(deps, who, requestId, { act, id, ...given }, async (trx) => {
    const e = await findEntitlement(trx, deps.vault, id);
    if (!e || !isVisible(deps, who, e)) throw notFound('claim.not_found');
    if (!may(e)) throw notAllowed();
    if (e.version !== version) throw conflict('claim.stale', { version: e.version });
    if (!from.includes(e.state)) throw conflict('claim.not_possible', { state: e.state });
    const detail = await work(trx, e);
    await auditBy(trx, deps, who, act, id, { reason, ...detail });
    return null;
  });
}

const byOfficer = (deps: PayoutDeps, who: SignedIn) => (e: Entitlement) =>
  mayPrepare(who, deps.orgs, schemeOf(e.scheme));

/**
 * Stop a claim from a day on, today or earlier; what was paid beyond it becomes a debt.
 * @throws invalid for a day to come
 */
export async function stopEntitlement(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  given: ByHand & { stoppedOn: LocalDate },
): Promise<void> {
  const now = deps.clock.now();
  if (given.stoppedOn > localDate(now))
    throw invalid([{ pointer: '/stoppedOn', message: '停发的日子不能晚于今天', code: 'claim' }]);
  const what: Act = { act: 'claim.stop', from: ['active', 'suspended'], may: byOfficer(deps, who) };
  await byHand(deps, who, id, given, what, async (trx, e) => {
    const last = lastPeriod(e.rhythm, schemeOf(e.scheme).stopsFrom, given.stoppedOn);
    const until = e.rhythm === 'once' ? e.until : earlierEnd(e.until, last);
    await ended(trx, deps, e, { until, reason: given.reason }, now);
    return { stoppedOn: given.stoppedOn, until };
  });
}

export const suspendEntitlement = (
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  given: ByHand,
): Promise<void> =>
  byHand(
    deps,
    who,
    id,
    given,
    { act: 'claim.suspend', from: ['active'], may: byOfficer(deps, who) },
    async (trx, e) => {
      await suspended(trx, deps, e, given.reason, deps.clock.now());
      return {};
    },
  );

export const resumeEntitlement = (
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  given: ByHand,
): Promise<void> =>
  byHand(
    deps,
    who,
    id,
    given,
    { act: 'claim.resume', from: ['suspended'], may: byOfficer(deps, who) },
    async (trx, e) => {
      await resumed(trx, deps, e, deps.clock.now());
      return { suspendedFor: e.reason };
    },
  );

export interface NewAccount {
  holder: string;
  bank: string;
  number: string;
}

/** Put an account right: the clerk of the village, or an officer. Of the old one only the tail is written down. */
export const correctAccount = (
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  given: ByHand & { account: NewAccount },
): Promise<void> => {
  const { holder, bank, number } = given.account;
  const may = (e: Entitlement) => holds(who, 'clerk', e.villageId, deps.orgs) || byOfficer(deps, who)(e);
  return byHand(
    deps,
    who,
    id,
    given,
    { act: 'claim.correct-account', from: ['active', 'suspended', 'ended'], may },
    async (trx, e) => {
      const payee = { ...e.payee, holder, bank, account: number };
      await change(trx, deps, e, { payee, accountFault: null }, deps.clock.now());
      return { from: tailOf(e.payee.account), to: tailOf(number) };
    },
  );
};

/**
 * Pay through the bank, or in cash at the village.
 * @throws invalid where the scheme does not pay that way, or there is no account to pay to
 */
export const setWay = (
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  given: ByHand & { way: Way },
): Promise<void> =>
  byHand(
    deps,
    who,
    id,
    given,
    { act: 'claim.set-way', from: ['active', 'suspended', 'ended'], may: byOfficer(deps, who) },
    async (trx, e) => {
      const { way } = given;
      if (!schemeOf(e.scheme).ways.includes(way))
        throw invalid([{ pointer: '/way', message: '这个项目不用这种方式发放', code: 'claim' }]);
      if (way === 'bank' && e.payee.account === '')
        throw invalid([{ pointer: '/way', message: '还没有收款账户，请先填写账户', code: 'claim' }]);
      await change(trx, deps, e, { way }, deps.clock.now());
      return { from: e.way, to: way };
    },
  );
