/** What a clerk writes down about his station: its page, and its hours. */
import { type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { Org } from '../../../people/orgs/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { writeOnce } from '../../../platform/db/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { isStation, mayKeep } from '../policy.ts';
import { DAY_WORDS, FACTS, HOURS, isOpen, type SentHours } from '../schema.ts';
import * as store from '../store/facts.ts';
import {
  type DayKind,
  type Facts,
  NOTHING_KNOWN,
  type OwnHours,
  type StationDeps,
  type Written,
} from '../types.ts';

/** @throws notFound `org.not_found`, also for an organisation that is no station */
export function stationOf(deps: Pick<StationDeps, 'orgs'>, id: string): Org {
  const org = deps.orgs.find(id);
  if (!org || !isStation(org)) throw notFound('org.not_found');
  return org;
}

/** @throws notAllowed for whoever does not sit at its counter */
export function keptStation(deps: Pick<StationDeps, 'orgs'>, who: SignedIn, id: string): Org {
  const org = stationOf(deps, id);
  if (!mayKeep(who, deps.orgs, org)) throw notAllowed();
  return org;
}

const writtenBy = (deps: StationDeps, who: SignedIn): Written => ({
  at: deps.clock.now(),
  by: who.accountId,
  name: who.name,
});

/** A new version of the page; the earlier ones stay as its history. @throws invalid, notAllowed */
export async function saveFacts(
  deps: StationDeps,
  who: SignedIn,
  orgId: string,
  entered: Partial<Facts>,
  requestId?: string,
): Promise<void> {
  const { id: org } = keptStation(deps, who, orgId);
  const facts: Facts = { ...NOTHING_KNOWN, ...entered };
  const faults = checkAgainst(FACTS, facts, { today: localDate(deps.clock.now()) });
  if (faults.length > 0) throw invalid(faults);
  await writeOnce(deps, who, requestId, { facts, org }, async (trx) => {
    const by = writtenBy(deps, who);
    await store.insertVersion(trx, { id: newId(by.at, deps.random), org, facts, ...by });
    await auditBy(trx, deps, who, 'station.facts', org);
    return {};
  });
}

/** @throws invalid with what is wrong, notAllowed */
export async function addHours(
  deps: StationDeps,
  who: SignedIn,
  orgId: string,
  sent: SentHours,
  requestId?: string,
): Promise<void> {
  const { id: org } = keptStation(deps, who, orgId);
  const shape = checkAgainst(HOURS, sent, { today: localDate(deps.clock.now()) });
  const faults = shape.length > 0 ? shape : hoursFaults(sent);
  if (faults.length > 0) throw invalid(faults);
  await writeOnce(deps, who, requestId, { hours: sent, org }, async (trx) => {
    const by = writtenBy(deps, who);
    const hours = hoursFrom(sent, newId(by.at, deps.random));
    await store.insertHours(trx, org, hours, by);
    await auditBy(trx, deps, who, 'station.hours', org, { from: hours.from, to: hours.to, days: hours.days });
    return {};
  });
}

const hoursFrom = (sent: SentHours, id: string): OwnHours => ({
  id,
  from: sent.from,
  to: sent.to ?? null,
  days: (Object.keys(DAY_WORDS) as DayKind[]).find((k) => DAY_WORDS[k] === sent.days) as DayKind,
  spans: isOpen(sent) ? (sent.spans ?? []).map(({ opens, closes }) => [opens, closes] as const) : [],
  note: sent.note ?? null,
});

/** What a schema cannot say: days in order, spans in order. */
function hoursFaults(sent: SentHours): Fault[] {
  const faults: Fault[] = [];
  if (sent.to !== undefined && sent.to < sent.from)
    faults.push({ pointer: '/to', message: '结束的日子不能早于开始的日子' });
  if (!isOpen(sent)) return faults;
  const spans = sent.spans ?? [];
  if (spans.length === 0) faults.push({ pointer: '/spans', message: '开放的，至少写一段时间' });
  spans.forEach(({ opens, closes }, i) => {
    const before = spans[i - 1]?.closes;
    if (closes <= opens) faults.push({ pointer: `/spans/${i}/closes`, message: '关门要晚于开门' });
    if (before !== undefined && opens < before)
      faults.push({ pointer: `/spans/${i}/opens`, message: '不能早于上一段的关门时间' });
  });
  return faults;
}

/** Take back hours that do not hold any longer; they stay in the history. @throws notFound `station.hours_gone` */
export async function removeHours(
  deps: StationDeps,
  who: SignedIn,
  orgId: string,
  id: string,
  requestId?: string,
): Promise<void> {
  const { id: org } = keptStation(deps, who, orgId);
  await writeOnce(deps, who, requestId, { remove: id, org }, async (trx) => {
    const removed = await store.removeHours(trx, org, id, writtenBy(deps, who));
    if (removed === 0) throw notFound('station.hours_gone');
    await auditBy(trx, deps, who, 'station.hours-removed', org, { id });
    return {};
  });
}
