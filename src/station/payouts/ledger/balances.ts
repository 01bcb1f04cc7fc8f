import type { Knex } from 'knex';
import type { Fen } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Account } from '../types.ts';

export const ACCOUNTS: readonly Account[] = ['fund', 'bank', 'paid', 'cash', 'receivable', 'written-off'];

export type Balances = Record<Account, Fen>;

const nought = (): Balances => ({ fund: 0, bank: 0, paid: 0, cash: 0, receivable: 0, 'written-off': 0 });

/** What each account of each scheme comes to. */
export async function balancesByScheme(db: Trx | Knex, scheme?: string): Promise<Map<string, Balances>> {
  const rows = db('payout_entries').groupBy('scheme', 'account').orderBy('scheme');
  if (scheme !== undefined) rows.where({ scheme });
  const found: { scheme: string; account: Account; fen: Fen }[] = await rows
    .select('scheme', 'account')
    .sum({ fen: 'fen' });
  const all = new Map<string, Balances>();
  for (const { scheme: of, account, fen } of found) {
    const balances = all.get(of) ?? nought();
    balances[account] = fen;
    all.set(of, balances);
  }
  return all;
}

/** What an account of a scheme comes to, of one village where it is told. */
export async function balanceOf(
  db: Trx | Knex,
  account: Account,
  { scheme, villageId }: { scheme?: string; villageId?: string },
): Promise<Fen> {
  const rows = db('payout_entries').where({ account });
  if (scheme !== undefined) rows.where({ scheme });
  if (villageId !== undefined) rows.where({ village_id: villageId });
  const [found] = await rows.sum({ fen: 'fen' });
  return found?.fen ?? 0;
}
