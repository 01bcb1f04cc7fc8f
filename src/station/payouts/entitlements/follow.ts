/** What was granted follows the events of its case. Every part may run twice: an effect is tried again after a crash. */
import { localDate } from '../../../kernel/time.ts';
import type { Instant, LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { EventName } from '../../../workflow/types.ts';
import { deathsAmong } from '../../deaths.ts';
import { cancelFound, findOverpaid } from '../debts/found.ts';
import { isLeftBehind, lastPeriod } from '../rules/claims.ts';
import { comparePeriods, earlierEnd, nextPeriod } from '../rules/periods.ts';
import { spanOf } from '../rules/schemes.ts';
import { schemeOf } from '../schemes.ts';
import type { Entitlement, GrantedCase, Payee, Period } from '../types.ts';
import { type Change, change, resumed, suspended } from './change.ts';
import { type Deps, grantClaims, payeeOf, payeeOfRow, scopeOf } from './grant.ts';
import { listOfCase, listOfPerson } from './store.ts';

/** Why a claim is suspended when a review was not made in time; a review made later takes back only this. */
const LAPSED = '逾期没有完成认证或者复核，暂停发放';
const REPLACED = '已有新的核定，以新的核定为准';

type Follow = (trx: Trx, deps: Deps, given: GrantedCase, e: Entitlement) => Promise<void>;

/** Events that say whether it is paid on; the latest of them counts. */
const STANDS: Partial<Record<EventName, Follow>> = {
  END: (trx, deps, { event }, e) => end(trx, deps, e, event.at, '已决定终止'),
  WAIT_LAPSED: lapse,
  GAP_LAPSED: lapse,
  CANCELLED_ELSEWHERE: (trx, deps, { event }, e) => end(trx, deps, e, event.at, String(event.data.says)),
  REVIEW_LAPSED: async (trx, deps, { event }, e) => {
    if (e.state === 'active') await suspended(trx, deps, e, LAPSED, event.at);
  },
  CONFIRM: async (trx, deps, { event }, e) => {
    if (e.state === 'suspended' && e.reason === LAPSED) await resumed(trx, deps, e, event.at);
  },
  RESTORED_ELSEWHERE: restore,
};

/** A file handed in anew after the bank sent money back gives another account; the latest of them counts. */
const PUTS_RIGHT: Partial<Record<EventName, Follow>> = { RESUBMIT: readdress };

/**
 * Make the claims a case has come to, and let them follow its event: ended by the case or by another, halted and
 * confirmed again, restored, sent to another account. An event that a later one has overtaken changes nothing.
 */
export async function followStanding(trx: Trx, deps: Deps, given: GrantedCase): Promise<void> {
  for (const e of await grantClaims(trx, deps, given)) await replaceOlder(trx, deps, e, given.event.at);
  for (const follows of [STANDS, PUTS_RIGHT]) {
    const follow = follows[given.event.type];
    if (!follow || given.later.some((type) => follows[type] !== undefined)) continue;
    for (const e of await listOfCase(trx, deps.vault, given.caseId))
      if (!isLeftBehind(e)) await follow(trx, deps, given, e);
  }
}

/** Something was not brought in time: the case may have ended over it, or gone on. */
async function lapse(trx: Trx, deps: Deps, { event, outcome }: GrantedCase, e: Entitlement): Promise<void> {
  if (outcome !== null && outcome !== 'granted')
    await end(trx, deps, e, event.at, '逾期没有补交或者办理，已终止');
}

/** Claims of the same person that go on by the period: a newer decision takes the place of an older one. */
async function replaceOlder(trx: Trx, deps: Deps, newer: Entitlement, at: Instant): Promise<void> {
  if (newer.rhythm === 'once') return;
  for (const older of await listOfPerson(trx, deps.vault, newer)) {
    if (older.caseId === newer.caseId || older.rhythm !== newer.rhythm || older.createdAt > newer.createdAt)
      continue;
    const until = earlierEnd(older.until, nextPeriod(newer.from, -1));
    if (older.state === 'ended' && until === older.until) continue;
    const reason = older.state === 'ended' ? older.reason : REPLACED;
    await ended(trx, deps, older, { until, reason }, at);
  }
}

/** Ended from a day: of the death, when one was registered, else of the event. */
async function end(trx: Trx, deps: Deps, e: Entitlement, at: Instant, reason: string): Promise<void> {
  const stoppedOn = await dayOfEnd(trx, deps, e, localDate(at));
  const { stopsFrom } = schemeOf(e.scheme);
  const until =
    e.rhythm === 'once' ? e.until : earlierEnd(e.until, lastPeriod(e.rhythm, stopsFrom, stoppedOn));
  if (e.state === 'ended' && until === e.until) return;
  await ended(trx, deps, e, { until, reason: e.state === 'ended' ? e.reason : reason }, at);
}

async function dayOfEnd(trx: Trx, deps: Deps, { person }: Entitlement, on: LocalDate): Promise<LocalDate> {
  const death = (await deathsAmong(trx, deps.vault, [person])).get(person);
  return death && death.diedOn < on ? death.diedOn : on;
}

/** Write an end down, and claim back what was paid beyond it. */
export async function ended(
  trx: Trx,
  deps: Deps,
  e: Entitlement,
  { until, reason }: Pick<Entitlement, 'until' | 'reason'>,
  at: Instant,
): Promise<void> {
  const next: Change = { state: 'ended', until, reason };
  await change(trx, deps, e, next, at);
  await findOverpaid(trx, deps, { ...e, ...next }, at);
}

/** The cancellation was wrong: the claim goes on as it was granted, and everything it missed is paid later. */
async function restore(trx: Trx, deps: Deps, given: GrantedCase, e: Entitlement): Promise<void> {
  const { decision, cancelledFor, event } = given;
  if (e.state !== 'ended' || e.reason === null || !cancelledFor.includes(e.reason) || !decision) return;
  const scheme = schemeOf(e.scheme);
  const granted = e.rhythm === 'once' ? null : spanOf(scheme, scopeOf(deps, given, decision)).until;
  const until = earlierEnd(granted, await endByNewer(trx, deps, e));
  await change(trx, deps, e, { state: 'active', until, reason: null }, event.at);
  await cancelFound(trx, deps, e, event.at);
}

/** The last period before a newer claim of the same person begins. */
async function endByNewer(trx: Trx, deps: Deps, e: Entitlement): Promise<Period | null> {
  if (e.rhythm === 'once') return null;
  const newer = (await listOfPerson(trx, deps.vault, e)).filter(
    (o) => o.caseId !== e.caseId && o.rhythm === e.rhythm && o.createdAt > e.createdAt,
  );
  const first = newer.map((o) => o.from).sort(comparePeriods)[0];
  return first === undefined ? null : nextPeriod(first, -1);
}

async function readdress(trx: Trx, deps: Deps, given: GrantedCase, e: Entitlement): Promise<void> {
  const payee = payeeNow(deps, given, e);
  if (payee === null) return;
  if (e.accountFault === null && JSON.stringify(payee) === JSON.stringify(e.payee)) return;
  await change(trx, deps, e, { payee, accountFault: null }, given.event.at);
}

function payeeNow(deps: Deps, given: GrantedCase, e: Entitlement): Payee | null {
  const rows = given.payments.find((p) => p.rows && e.lineKey.startsWith(`${p.step}:`))?.rows;
  const row = rows?.find((r) => e.lineKey.endsWith(`:${r.row}`));
  if (row) return payeeOfRow(row);
  return rows || !given.decision ? null : payeeOf(schemeOf(e.scheme), scopeOf(deps, given, given.decision));
}
