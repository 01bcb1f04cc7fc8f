/** Schemes at a glance: what is due, what is under way, who is not paid now. */
import type { Knex } from 'knex';
import type { SignedIn } from '../../people/accounts/index.ts';
import { maySeeTotals } from './policy.ts';
import { comparePeriods, isPeriod, ONCE } from './rules/periods.ts';
import { type RunSummary, runList } from './runs/view.ts';
import { type SchemeView, schemeList } from './scheme-view.ts';
import { schemeOf } from './schemes.ts';
import type { PayoutDeps, RunState } from './types.ts';

/** How many claims of a scheme stand how. */
interface People {
  active: number;
  suspended: number;
  /** Single sums that are, or will be, paid by a line already. */
  done: number;
  /** Not ended, with an account that must be put right. */
  faulty: number;
}

export interface SchemeOverview extends SchemeView {
  people: People;
  /** Runs that are not settled, newest first. */
  open: RunSummary[];
  /** Does nothing pay the period that runs now yet, and is there anybody to pay? */
  isDue: boolean;
}

const OPEN: readonly RunState[] = ['draft', 'approved', 'exported'];
/** More runs than a department can have open. */
const MOST = 200;

/** Every scheme whose sums somebody may see. */
export async function overview(deps: PayoutDeps, who: SignedIn): Promise<SchemeOverview[]> {
  const people = await peopleByScheme(deps.db.read);
  const covered = await lastPeriods(deps.db.read);
  const open: RunSummary[] = [];
  for (const state of OPEN) open.push(...(await runList(deps, who, { state, limit: MOST })).runs);
  return schemeList(deps, who)
    .filter(({ code }) => maySeeTotals(who, deps.orgs, schemeOf(code)))
    .map((scheme) => {
      const own = people.get(scheme.code) ?? nobody();
      const isPayable = own.active > own.done;
      const runs = open.filter((r) => r.scheme === scheme.code).sort((a, b) => (a.id < b.id ? 1 : -1));
      return { ...scheme, people: own, open: runs, isDue: isPayable && !isCovered(scheme, covered) };
    });
}

const nobody = (): People => ({ active: 0, suspended: 0, faulty: 0, done: 0 });

async function peopleByScheme(db: Knex): Promise<Map<string, People>> {
  const rows: { scheme: string; state: string; all: number; faulty: number }[] = await db(
    'payout_entitlements',
  )
    .groupBy('scheme', 'state')
    .select('scheme', 'state')
    .count({ all: '*', faulty: 'account_fault' });
  const singles: { scheme: string; done: number }[] = await db('payout_entitlements as e')
    .join('payout_periods as p', 'p.entitlement_id', 'e.id')
    .where({ 'e.state': 'active', 'e.rhythm': ONCE })
    .whereNotNull('p.live_key')
    .groupBy('e.scheme')
    .select('e.scheme')
    .count({ done: '*' });
  const found = new Map<string, People>();
  const of = (scheme: string): People => {
    const people = found.get(scheme) ?? nobody();
    found.set(scheme, people);
    return people;
  };
  for (const { scheme, state, all, faulty } of rows) {
    if (state !== 'ended') of(scheme).faulty += Number(faulty);
    if (state === 'active' || state === 'suspended') of(scheme)[state] = Number(all);
  }
  for (const { scheme, done } of singles) of(scheme).done = Number(done);
  return found;
}

/** The last period for which a run of a whole scheme was made. */
async function lastPeriods(db: Knex): Promise<Map<string, string>> {
  const rows: { scheme: string; last: string }[] = await db('payout_runs')
    .where({ kind: 'regular', case_id: null })
    .whereNot({ state: 'discarded' })
    .groupBy('scheme')
    .select('scheme')
    .max({ last: 'period' });
  return new Map(rows.map((r) => [r.scheme, r.last]));
}

function isCovered({ code, rhythm, period }: SchemeView, covered: ReadonlyMap<string, string>): boolean {
  const last = covered.get(code);
  return last !== undefined && isPeriod(rhythm, last) && comparePeriods(last, period) >= 0;
}
