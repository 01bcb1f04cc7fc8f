import type { Knex } from 'knex';
import { inChunks, type Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import { comparePeriods } from '../rules/periods.ts';
import type { Entitlement, LineState, Payee, Period } from '../types.ts';

type Db = Trx | Knex;
type Row = Record<string, string | number | null>;

export function toEntitlement(vault: Vault, r: Row): Entitlement {
  return {
    id: r.id as string,
    scheme: r.scheme as string,
    caseId: r.case_id as string,
    lineKey: r.line_key as string,
    villageId: r.village_id as string,
    name: r.name as string,
    person: r.person as string,
    payee: JSON.parse(vault.open(r.payee_sealed as string)),
    way: r.way as Entitlement['way'],
    amount: r.amount as number,
    rhythm: r.rhythm as Entitlement['rhythm'],
    from: r.from_period as string,
    until: r.until_period as string | null,
    state: r.state as Entitlement['state'],
    reason: r.reason as string | null,
    accountFault: r.account_fault as string | null,
    createdAt: r.created_at as string,
    updatedAt: r.updated_at as string,
    version: r.version as number,
  };
}

/** The last four of an account, as lists and messages show it; empty when there is none. */
export const tailOf = (account: string): string => account.slice(-4);

const sealed = (vault: Vault, payee: Payee) => ({
  payee_sealed: vault.seal(JSON.stringify(payee)),
  account_tail: tailOf(payee.account),
});

/** Once for a case, scheme and line; what stands there already stays. */
export async function insertEntitlements(trx: Trx, vault: Vault, all: readonly Entitlement[]): Promise<void> {
  const rows = all.map((e) => ({
    id: e.id,
    scheme: e.scheme,
    case_id: e.caseId,
    line_key: e.lineKey,
    village_id: e.villageId,
    name: e.name,
    person: e.person,
    ...sealed(vault, e.payee),
    way: e.way,
    amount: e.amount,
    rhythm: e.rhythm,
    from_period: e.from,
    until_period: e.until,
    state: e.state,
    reason: e.reason,
    account_fault: e.accountFault,
    created_at: e.createdAt,
    updated_at: e.updatedAt,
    version: e.version,
  }));
  for (let i = 0; i < rows.length; i += 100)
    await trx('payout_entitlements')
      .insert(rows.slice(i, i + 100))
      .onConflict(['case_id', 'scheme', 'line_key'])
      .ignore();
}

/** Compare and set; false when another was faster. The payee is sealed anew only when it is given. */
export async function saveEntitlement(
  trx: Trx,
  vault: Vault,
  e: Entitlement,
  { payee }: { payee: boolean },
): Promise<boolean> {
  const changed = await trx('payout_entitlements')
    .where({ id: e.id, version: e.version })
    .update({
      ...(payee && sealed(vault, e.payee)),
      way: e.way,
      from_period: e.from,
      until_period: e.until,
      state: e.state,
      reason: e.reason,
      account_fault: e.accountFault,
      updated_at: e.updatedAt,
      version: e.version + 1,
    });
  return changed === 1;
}

export async function findEntitlement(db: Db, vault: Vault, id: string): Promise<Entitlement | undefined> {
  const row = await db('payout_entitlements').where({ id }).first();
  return row && toEntitlement(vault, row);
}

/** What a case granted, by line. */
export async function listOfCase(db: Db, vault: Vault, caseId: string): Promise<Entitlement[]> {
  const rows = await db('payout_entitlements').where({ case_id: caseId }).orderBy(['scheme', 'line_key']);
  return rows.map((r) => toEntitlement(vault, r));
}

/** Who is paid, still sealed, as it stands in the claims. */
export async function sealedPayees(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await inChunks(ids, (some) =>
    db('payout_entitlements').whereIn('id', some).select('id', 'payee_sealed'),
  );
  return new Map(found.flat().map((r) => [r.id, r.payee_sealed]));
}

/** Claims of a person on a scheme, oldest first. */
export async function listOfPerson(
  db: Db,
  vault: Vault,
  { person, scheme }: Pick<Entitlement, 'person' | 'scheme'>,
): Promise<Entitlement[]> {
  const rows = await db('payout_entitlements').where({ person, scheme }).orderBy(['created_at', 'id']);
  return rows.map((r) => toEntitlement(vault, r));
}

export interface LivePeriod {
  entitlementId: string;
  lineId: string;
  period: Period;
  amount: number;
  /** Did the money arrive? Else it is on its way. */
  paid: boolean;
}

/** Periods that are, may be or were paid, by entitlement and in their order. */
export async function listLive(db: Db, ids: readonly string[]): Promise<LivePeriod[]> {
  const found = await inChunks(ids, (some) =>
    db('payout_periods as p')
      .join('payout_lines as l', 'l.id', 'p.line_id')
      .whereNotNull('p.live_key')
      .whereIn('p.entitlement_id', some)
      .select('p.entitlement_id', 'p.line_id', 'p.period', 'p.amount', 'l.state'),
  );
  return found
    .flat()
    .map((r) => ({
      entitlementId: r.entitlement_id,
      lineId: r.line_id,
      period: r.period,
      amount: r.amount,
      paid: r.state === 'paid',
    }))
    .sort((a, b) =>
      a.entitlementId === b.entitlementId
        ? comparePeriods(a.period, b.period)
        : a.entitlementId < b.entitlementId
          ? -1
          : 1,
    );
}

/** Every line for a claim with each of its periods, newest first. */
export async function listPaidLines(db: Db, entitlementId: string) {
  const rows = await db('payout_lines as l')
    .join('payout_runs as r', 'r.id', 'l.run_id')
    .join('payout_periods as p', 'p.line_id', 'l.id')
    .where('l.entitlement_id', entitlementId)
    .orderBy([
      { column: 'l.id', order: 'desc' },
      { column: 'p.period', order: 'asc' },
    ])
    .select('l.*', 'r.number', 'p.period');
  return rows.map((r) => ({
    id: r.id as string,
    run: r.number as string,
    runId: r.run_id as string,
    period: r.period as Period,
    gross: r.gross as number,
    offset: r.offset as number,
    net: r.net as number,
    state: r.state as LineState,
    reason: r.reason as string | null,
    settledAt: r.settled_at as string | null,
  }));
}

/** What these lines pay for periods before the first that their claim is due for, and not after its end. */
export async function listPassed(
  db: Db,
  lineIds: readonly string[],
): Promise<{ lineId: string; entitlementId: string; amount: number }[]> {
  const found = await inChunks(lineIds, (some) =>
    db('payout_periods as p')
      .join('payout_entitlements as e', 'e.id', 'p.entitlement_id')
      .whereIn('p.line_id', some)
      .whereRaw('p.period < e.from_period')
      .whereRaw('(e.until_period is null or p.period <= e.until_period)')
      .groupBy('p.line_id', 'p.entitlement_id')
      .select('p.line_id as lineId', 'p.entitlement_id as entitlementId')
      .sum({ amount: 'p.amount' }),
  );
  return found.flat() as { lineId: string; entitlementId: string; amount: number }[];
}
