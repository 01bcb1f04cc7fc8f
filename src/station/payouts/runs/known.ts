/** Everything a run must know of a scheme's claims, read set-wise. */
import type { Knex } from 'knex';
import type { Fen } from '../../../kernel/types.ts';
import { inChunks, type Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import { toEntitlement } from '../entitlements/store.ts';
import { ONCE, periodsBetween } from '../rules/periods.ts';
import type { LineState, Period } from '../types.ts';
import type { Claim } from './rules.ts';

/** What is looked at: a scheme, or only what one case granted; lines of the run that is looked at again do not count. */
export interface Scope {
  scheme: string;
  caseId: string | null;
  exceptRun: string | null;
}

const ofOtherRuns = (rows: Knex.QueryBuilder, { exceptRun }: Scope): Knex.QueryBuilder =>
  exceptRun === null
    ? rows
    : rows.whereNotIn('p.line_id', (lines) =>
        lines.select('id').from('payout_lines').where({ run_id: exceptRun }),
      );

/** Claims that may be due, oldest first; single sums that were paid are left out at once. */
export async function listClaims(trx: Trx, vault: Vault, scope: Scope): Promise<Claim[]> {
  const rows = trx('payout_entitlements as e').where('e.scheme', scope.scheme).orderBy('e.id');
  if (scope.caseId !== null) rows.where('e.case_id', scope.caseId);
  rows.where((any) =>
    any
      .whereNot('e.rhythm', ONCE)
      .orWhereNotExists((paid: Knex.QueryBuilder) =>
        ofOtherRuns(
          paid
            .from('payout_periods as p')
            .select('p.line_id')
            .whereRaw('p.entitlement_id = e.id')
            .whereNotNull('p.live_key'),
          scope,
        ),
      ),
  );
  const found = await rows;
  return found.map((r) => ({
    ...toEntitlement(vault, r),
    payeeSealed: r.payee_sealed,
    accountTail: r.account_tail,
  }));
}

/** Periods that are, may be or were paid, from the first of each claim. Counted: only claims with gaps are read whole. */
export async function livePeriods(
  trx: Trx,
  claims: readonly Claim[],
  scope: Scope,
): Promise<Map<string, Set<Period>>> {
  const counted: { id: string; count: number; last: Period }[] = await ofOtherRuns(
    trx('payout_periods as p')
      .join('payout_entitlements as e', 'e.id', 'p.entitlement_id')
      .where('e.scheme', scope.scheme)
      .whereNotNull('p.live_key')
      .whereRaw('p.period >= e.from_period')
      .groupBy('p.entitlement_id')
      .select('p.entitlement_id as id')
      .count({ count: '*' })
      .max({ last: 'p.period' }),
    scope,
  );
  const byId = new Map(counted.map((c) => [c.id, c]));
  const live = new Map<string, Set<Period>>();
  const gaps: string[] = [];
  for (const { id, from } of claims) {
    const found = byId.get(id);
    if (!found) continue;
    const through = periodsBetween(from, found.last);
    if (through.length === found.count) live.set(id, new Set(through));
    else gaps.push(id);
  }
  const rows = await inChunks(gaps, (some) =>
    ofOtherRuns(
      trx('payout_periods as p')
        .whereNotNull('p.live_key')
        .whereIn('p.entitlement_id', some)
        .select('p.entitlement_id as id', 'p.period'),
      scope,
    ),
  );
  for (const { id, period } of rows.flat()) live.set(id, (live.get(id) ?? new Set()).add(period));
  return live;
}

/**
 * What persons with several claims in the scheme get through which of them: by person and period. What a claim was
 * paid beyond its end is owed back, and does not count.
 */
export async function livePersons(trx: Trx, scope: Scope): Promise<Map<string, Map<Period, string>>> {
  const rows: { person: string; period: Period; id: string }[] = await ofOtherRuns(
    trx('payout_periods as p')
      .join('payout_entitlements as e', 'e.id', 'p.entitlement_id')
      .where('e.scheme', scope.scheme)
      .whereNot('e.rhythm', ONCE)
      .whereNotNull('p.live_key')
      .whereRaw('(e.until_period is null or p.period <= e.until_period)')
      .whereIn('e.person', (several) =>
        several
          .select('person')
          .from('payout_entitlements')
          .where({ scheme: scope.scheme })
          .whereNot({ rhythm: ONCE })
          .groupBy('person')
          .havingRaw('count(*) > 1'),
      )
      .select('e.person', 'p.period', 'p.entitlement_id as id'),
    scope,
  );
  const persons = new Map<string, Map<Period, string>>();
  for (const { person, period, id } of rows)
    persons.set(person, (persons.get(person) ?? new Map()).set(period, id));
  return persons;
}

/** Cases in which something was done that money has not followed yet; what runs did themselves they know. */
export async function movingCases(trx: Trx): Promise<Set<string>> {
  const ids: string[] = await trx('outbox as o')
    .join('case_events as e', (on) => on.on('e.case_id', 'o.case_id').andOn('e.seq', 'o.event_seq'))
    .where({ 'o.effect': 'standing' })
    .whereIn('o.state', ['waiting', 'parked'])
    .whereNot((run) => run.where('e.actor_kind', 'system').whereIn('e.type', ['PAY', 'SETTLE', 'BOUNCE']))
    .distinct()
    .pluck('o.case_id');
  return new Set(ids);
}

/** Lines whose money may still go out. */
export const UNDER_WAY: readonly LineState[] = ['planned', 'sent', 'cash'];

/** What is owed and not to be kept back already by a line under way, by person. */
export async function debtsToOffset(trx: Trx, { scheme, exceptRun }: Scope): Promise<Map<string, Fen>> {
  const owed: { person: string; amount: Fen; recovered: Fen }[] = await trx('payout_debts')
    .where({ scheme, state: 'open' })
    .groupBy('person')
    .select('person')
    .sum({ amount: 'amount', recovered: 'recovered' });
  if (owed.length === 0) return new Map();
  const lines: Knex.QueryBuilder = trx('payout_lines as l')
    .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
    .where('e.scheme', scheme)
    .where('l.offset', '>', 0)
    .whereIn('l.state', UNDER_WAY)
    .groupBy('e.person')
    .select('e.person')
    .sum({ kept: 'l.offset' });
  if (exceptRun !== null) lines.whereNot('l.run_id', exceptRun);
  const found: { person: string; kept: Fen }[] = await lines;
  const kept = new Map(found.map((l) => [l.person, l.kept]));
  return new Map(owed.map((o) => [o.person, o.amount - o.recovered - (kept.get(o.person) ?? 0)]));
}
