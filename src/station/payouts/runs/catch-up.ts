import { localDate } from '../../../kernel/time.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { GrantedCase, PayoutPorts } from '../types.ts';

/**
 * A case that comes back from its correction may have been paid meanwhile, to an account that was put right in the
 * claim itself: it is told what the run did. No run would tell it later, and no desk has anything left to pay.
 */
export async function catchUp(
  trx: Trx,
  { cases }: Pick<PayoutPorts, 'cases'>,
  { caseId, event, payments }: GrantedCase,
): Promise<void> {
  const scheme = payments.find((p) => p.step === event.step && p.rows === null)?.scheme;
  if (event.type !== 'RESUBMIT' || scheme === undefined) return;
  const line = await trx('payout_lines as l')
    .join('payout_entitlements as e', 'e.id', 'l.entitlement_id')
    .join('payout_runs as r', 'r.id', 'l.run_id')
    .where({ 'e.case_id': caseId, 'e.scheme': scheme, 'e.line_key': '', 'r.kind': 'regular' })
    .whereIn('l.state', ['sent', 'cash', 'paid'])
    .orderBy('l.id', 'desc')
    .first('r.number', 'r.exported_at', 'l.net', 'l.state', 'l.settled_at');
  if (!line) return;
  const paid = { batch: line.number, paidOn: localDate(line.exported_at), amount: line.net / 100 };
  if ((await cases.ready(trx, 'PAY', [caseId])).size === 0) return;
  await cases.act(trx, caseId, 'PAY', paid);
  if (line.state === 'paid')
    await cases.act(trx, caseId, 'SETTLE', { arrivedOn: localDate(line.settled_at) });
}
