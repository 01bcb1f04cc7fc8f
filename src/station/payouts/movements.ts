import type { Knex } from 'knex';
import { endOfDay, startOfDay } from '../../kernel/time.ts';
import type { Fen, LocalDate } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { maySeeTotals } from './policy.ts';
import { listSchemes } from './schemes.ts';
import type { Account, PayoutDeps } from './types.ts';

/** What went into an account and out of it. */
export interface Movement {
  account: Account;
  up: Fen;
  down: Fen;
}

/** What moved in the ledger of the schemes whose sums somebody may see, both Shanghai days included; by scheme. */
export async function movementsFor(
  { db, orgs }: Pick<PayoutDeps, 'db' | 'orgs'>,
  who: SignedIn,
  { scheme, from, to }: { scheme?: string; from?: LocalDate; to?: LocalDate },
): Promise<Map<string, Movement[]>> {
  const schemes = listSchemes()
    .filter((s) => scheme === undefined || s.code === scheme)
    .filter((s) => maySeeTotals(who, orgs, s))
    .map((s) => s.code);
  const side = (sign: '>' | '<'): Promise<{ scheme: string; account: Account; fen: Fen }[]> => {
    const rows: Knex.QueryBuilder = db
      .read('payout_entries')
      .whereIn('scheme', schemes)
      .where('fen', sign, 0)
      .groupBy('scheme', 'account')
      .select('scheme', 'account')
      .sum({ fen: 'fen' });
    if (from !== undefined) rows.where('at', '>=', startOfDay(from));
    if (to !== undefined) rows.where('at', '<', endOfDay(to));
    return rows as unknown as Promise<{ scheme: string; account: Account; fen: Fen }[]>;
  };
  const found = new Map<string, Movement[]>();
  const of = (code: string, account: Account): Movement => {
    const all = found.get(code) ?? [];
    found.set(code, all);
    const known = all.find((m) => m.account === account);
    if (known) return known;
    const fresh = { account, up: 0, down: 0 };
    all.push(fresh);
    return fresh;
  };
  for (const row of await side('>')) of(row.scheme, row.account).up = row.fen;
  for (const row of await side('<')) of(row.scheme, row.account).down = -row.fen;
  return found;
}
