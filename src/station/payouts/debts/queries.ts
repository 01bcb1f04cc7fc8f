import { notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { mayPay } from '../policy.ts';
import { listSchemes } from '../schemes.ts';
import type { Debt, DebtState, PayoutDeps } from '../types.ts';
import { listDebtRows } from './store.ts';

export interface DebtView extends Omit<Debt, 'person'> {
  schemeTitle: string;
  name: string;
  villageName: string;
}

/**
 * Debts of the schemes somebody pays, newest first.
 * @throws notFound `payout.scheme_not_found` for a scheme that is none, or another department's
 */
export async function listDebts(
  deps: Pick<PayoutDeps, 'db' | 'orgs'>,
  who: SignedIn,
  { scheme, state }: { scheme?: string; state?: DebtState },
): Promise<DebtView[]> {
  const mine = listSchemes().filter((s) => mayPay(who, deps.orgs, s));
  const wanted = mine.filter((s) => scheme === undefined || s.code === scheme);
  if (scheme !== undefined && wanted.length === 0) throw notFound('payout.scheme_not_found');
  const titles = new Map(wanted.map((s) => [s.code, s.title]));
  const rows = await listDebtRows(deps.db.read, [...titles.keys()], state);
  return rows.map(({ debt: { person: _, ...debt }, name, villageId }) => ({
    ...debt,
    schemeTitle: titles.get(debt.scheme) as string,
    name,
    villageName: deps.orgs.get(villageId).name,
  }));
}
