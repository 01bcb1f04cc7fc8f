import type { Knex } from 'knex';
import type { Fen } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Debt } from '../types.ts';
import { restOf } from './rules.ts';

type Db = Trx | Knex;

interface Row {
  id: string;
  entitlement_id: string;
  scheme: string;
  person: string;
  amount: number;
  recovered: number;
  state: Debt['state'];
  reason: string;
  created_at: string;
  updated_at: string;
}

const toDebt = (r: Row): Debt => ({
  id: r.id,
  entitlementId: r.entitlement_id,
  scheme: r.scheme,
  person: r.person,
  amount: r.amount,
  recovered: r.recovered,
  state: r.state,
  reason: r.reason,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
});

export async function insertDebt(trx: Trx, d: Debt): Promise<void> {
  await trx('payout_debts').insert({
    id: d.id,
    entitlement_id: d.entitlementId,
    scheme: d.scheme,
    person: d.person,
    amount: d.amount,
    recovered: d.recovered,
    state: d.state,
    reason: d.reason,
    created_at: d.createdAt,
    updated_at: d.updatedAt,
  });
}

/** Compare and set by what had been recovered; false when another was faster. */
export async function saveDebt(trx: Trx, d: Debt, before: Debt): Promise<boolean> {
  const changed = await trx('payout_debts')
    .where({ id: d.id, recovered: before.recovered, state: before.state })
    .update({ amount: d.amount, recovered: d.recovered, state: d.state, updated_at: d.updatedAt });
  return changed === 1;
}

export async function findDebt(db: Db, id: string): Promise<Debt | undefined> {
  const row = await db('payout_debts').where({ id }).first();
  return row && toDebt(row);
}

export async function listOfEntitlement(db: Db, entitlementId: string): Promise<Debt[]> {
  const rows: Row[] = await db('payout_debts')
    .where({ entitlement_id: entitlementId })
    .orderBy(['created_at', 'id']);
  return rows.map(toDebt);
}

/** What a person still owes a scheme, oldest first. */
export async function listOpen(db: Db, { person, scheme }: Pick<Debt, 'person' | 'scheme'>): Promise<Debt[]> {
  const rows: Row[] = await db('payout_debts')
    .where({ person, scheme, state: 'open' })
    .orderBy(['created_at', 'id']);
  return rows.map(toDebt);
}

/** Lines that keep something back and are neither paid yet nor came to nothing. */
const PENDING = ['planned', 'sent', 'cash'];

const keeping = (db: Db, scheme: string) =>
  db('payout_lines as l')
    .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
    .where({ 'e.scheme': scheme })
    .where('l.offset', '>', 0)
    .whereIn('l.state', PENDING);

/** What lines on their way keep back from a person already. */
export async function pendingOffset(
  db: Db,
  { person, scheme }: Pick<Debt, 'person' | 'scheme'>,
): Promise<Fen> {
  const [row] = await keeping(db, scheme).where({ 'e.person': person }).sum({ fen: 'l.offset' });
  return row?.fen ?? 0;
}

/**
 * What is owed and not kept back yet, by person of a scheme.
 * @param exceptRun a run whose lines do not count: it is looked at again
 */
export async function openByPerson(
  db: Db,
  scheme: string,
  exceptRun: string | null = null,
): Promise<Map<string, Fen>> {
  const debts: Row[] = await db('payout_debts').where({ scheme, state: 'open' });
  const lines = keeping(db, scheme).groupBy('e.person').select('e.person').sum({ fen: 'l.offset' });
  if (exceptRun !== null) lines.whereNot('l.run_id', exceptRun);
  const kept = (debts.length === 0 ? [] : await lines) as { person: string; fen: Fen }[];
  const owed = new Map<string, Fen>();
  for (const debt of debts.map(toDebt)) owed.set(debt.person, (owed.get(debt.person) ?? 0) + restOf(debt));
  for (const { person, fen } of kept) owed.set(person, (owed.get(person) ?? 0) - fen);
  return owed;
}

/** Debts with whose they are, newest first. */
export async function listDebtRows(
  db: Db,
  schemes: readonly string[],
  state: Debt['state'] | undefined,
): Promise<{ debt: Debt; name: string; villageId: string }[]> {
  const rows = db('payout_debts as d')
    .join('payout_entitlements as e', 'e.id', 'd.entitlement_id')
    .whereIn('d.scheme', [...schemes])
    .orderBy([
      { column: 'd.created_at', order: 'desc' },
      { column: 'd.id', order: 'desc' },
    ])
    .select('d.*', 'e.name', 'e.village_id');
  if (state !== undefined) rows.where('d.state', state);
  return (await rows).map((r) => ({ debt: toDebt(r), name: r.name, villageId: r.village_id }));
}

/** Who proposed something last, as it is written down. */
export async function findProposer(db: Db, act: string, subject: string): Promise<string | undefined> {
  const row = await db('audit').where({ act, subject }).orderBy('id', 'desc').first('actor_id');
  return row?.actor_id;
}
