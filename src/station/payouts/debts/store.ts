import type { Knex } from 'knex';
import type { Fen } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Debt } from '../types.ts';

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

/** What lines on their way keep back from a person already. */
export async function pendingOffset(
  db: Db,
  { person, scheme }: Pick<Debt, 'person' | 'scheme'>,
): Promise<Fen> {
  const [row] = await db('payout_lines as l')
    .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
    .where({ 'e.scheme': scheme, 'e.person': person })
    .whereIn('l.state', PENDING)
    .sum({ fen: 'l.offset' });
  return row?.fen ?? 0;
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
