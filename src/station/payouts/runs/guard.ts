import { conflict } from '../../../errors.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { UNDER_WAY } from './known.ts';

/**
 * Is nothing that a case granted under way in a run? Asked before a desk pays it by hand.
 * @throws conflict `payout.in_run` with the number of the run
 */
export async function requireNotInRun(trx: Trx, caseId: string): Promise<void> {
  const found = await trx('payout_lines as l')
    .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
    .join('payout_runs as r', 'r.id', 'l.run_id')
    .where('e.case_id', caseId)
    .whereIn('l.state', UNDER_WAY)
    .first('r.number');
  if (found) throw conflict('payout.in_run', { number: found.number });
}
