import { conflict } from '../../../errors.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { LineState } from '../types.ts';
import { UNDER_WAY } from './known.ts';

/**
 * Is nothing that a case granted under way in a run? Asked before a desk says by hand that it was paid, that it
 * arrived or that it came back; of what it paid by hand itself the desk may say so.
 * @throws conflict `payout.in_run` with the number of the run
 */
export async function requireNotInRun(
  trx: Trx,
  caseId: string,
  event: 'PAY' | 'SETTLE' | 'BOUNCE',
): Promise<void> {
  const found: { number: string; kind: string; state: LineState }[] = await trx('payout_lines as l')
    .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
    .join('payout_runs as r', 'r.id', 'l.run_id')
    .where('e.case_id', caseId)
    .whereIn('l.state', UNDER_WAY)
    .select('r.number', 'r.kind', 'l.state');
  if (event !== 'PAY' && found.some((l) => l.kind === 'outside')) return;
  const held = found.find((l) => event === 'PAY' || l.state !== 'planned');
  if (held) throw conflict('payout.in_run', { number: held.number });
}
