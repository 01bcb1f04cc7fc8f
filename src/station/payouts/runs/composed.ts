import { localDate } from '../../../kernel/time.ts';
import type { Instant, LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { deathsAmong } from '../../deaths.ts';
import { lastDay, periodTitle } from '../rules/periods.ts';
import type { Scheme } from '../rules/schemes.ts';
import type { PayoutDeps, Period } from '../types.ts';
import { debtsToOffset, listClaims, livePeriods, livePersons, movingCases, type Scope } from './known.ts';
import { type Composed, compose, type Planned, withoutUnwritable } from './rules.ts';

/** What a run is about. */
export interface About {
  number: string;
  scheme: Scheme;
  period: Period;
  caseId: string | null;
  /** The run itself when it is looked at again. */
  runId: string | null;
}

/** What is paid for, as the bank's file and messages say it: `最低生活保障金 2026年10月`. */
export const purposeOf = ({ scheme, period }: Pick<About, 'scheme' | 'period'>): string =>
  `${scheme.title} ${periodTitle(period)}`;

/** The organ that pays for a village. */
export const organOf = (
  { orgs }: Pick<PayoutDeps, 'orgs'>,
  { department }: Scheme,
  villageId: string,
): string => orgs.deskOrg({ at: 'county', role: 'officer' }, villageId, department).name;

/** Lines and held claims of a run as they stand now, in the order of villages and names. */
export async function composeRun(trx: Trx, deps: PayoutDeps, about: About, now: Instant): Promise<Composed> {
  const { scheme } = about;
  const composed = await composeClaims(trx, deps, about, now);
  return withoutUnwritable({ ...composed, lines: composed.lines.sort(inPlace) }, (villageId) => ({
    run: about.number,
    scheme: scheme.title,
    organ: organOf(deps, scheme, villageId),
    date: localDate(now),
    purpose: purposeOf(about),
  }));
}

/** The same by the claims alone, oldest first; whether the bank's file can carry them is not asked. */
export async function composeClaims(
  trx: Trx,
  deps: PayoutDeps,
  { scheme, period, caseId, runId }: Omit<About, 'number'>,
  now: Instant,
): Promise<Composed> {
  const scope: Scope = { scheme: scheme.code, caseId, exceptRun: runId };
  const claims = await listClaims(trx, deps.vault, scope);
  const persons = claims.map((c) => c.person);
  return compose(claims, {
    upTo: lastDay(period),
    live: await livePeriods(trx, claims, scope),
    others: await livePersons(trx, scope),
    moving: await movingCases(trx),
    deaths: await deathsAmong(trx, deps.vault, persons),
    debts: await debtsToOffset(trx, scope),
    offsetShare: offsetShare(deps, localDate(now)),
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By village and name; by code units, so that every database and computer gives the same order. */
const inPlace = ({ claim: a }: Planned, { claim: b }: Planned): number =>
  compare(a.villageId, b.villageId) || compare(a.name, b.name) || compare(a.id, b.id);

/** @throws Error when the parameter is missing: nothing is kept back by a guess */
function offsetShare({ definitions }: PayoutDeps, on: LocalDate): number {
  const share = definitions.params(on).payoutOffsetShare;
  if (typeof share !== 'number') throw new Error('parameter payoutOffsetShare is missing');
  return share;
}
