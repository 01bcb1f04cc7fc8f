import type { Fen } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { isVisible } from './entitlements/queries.ts';
import { toEntitlement } from './entitlements/store.ts';
import { periodsTitle } from './rules/periods.ts';
import { listLines } from './runs/lines-store.ts';
import type { LineState, PayoutDeps } from './types.ts';

/** What a case brought in money, for its page. */
export interface CaseMoney {
  /** How many claims; of one alone, which. */
  claims: number;
  claimId: string;
  /** The last ones, newest first. */
  lines: { id: string; name: string; periods: string; net: Fen; state: LineState; reason: string | null }[];
  /** How many there are in all. */
  count: number;
}

const SHOWN = 3;

/** null: nothing was granted in money, or this is nobody who sees whom it goes to. */
export async function moneyOfCase(
  deps: Pick<PayoutDeps, 'db' | 'vault' | 'orgs'>,
  who: SignedIn,
  caseId: string,
): Promise<CaseMoney | null> {
  const { read } = deps.db;
  const rows = await read('payout_entitlements').where({ case_id: caseId }).orderBy('id');
  const [first] = rows;
  if (!first || !isVisible(deps, who, toEntitlement(deps.vault, first))) return null;
  const lines = await listLines(read, { caseId });
  return {
    claims: rows.length,
    claimId: first.id,
    count: lines.length,
    lines: lines
      .slice(-SHOWN)
      .reverse()
      .map(({ id, name, periods, net, state, reason }) => ({
        ...{ id, name, net, state, reason },
        periods: periodsTitle(periods.map((p) => p.period)),
      })),
  };
}
