/** What becomes of lines, of the periods they pay for and of the accounts they went to. */
import type { Instant } from '../../../kernel/types.ts';
import { inChunks, type Trx } from '../../../platform/db/index.ts';
import type { LineState, Way } from '../types.ts';

/** What becomes of lines. */
export interface Outcome {
  state: LineState;
  reason?: string;
  settledAt?: Instant;
}

const changed = ({ state, reason, settledAt }: Outcome) => ({
  state,
  ...(reason !== undefined && { reason }),
  ...(settledAt !== undefined && { settled_at: settledAt }),
});

/** Every planned line of a run that goes this way. */
export async function sendLines(trx: Trx, runId: string, way: Way, state: 'sent' | 'cash'): Promise<void> {
  await trx('payout_lines').where({ run_id: runId, way, state: 'planned' }).update({ state });
}

/**
 * Accounts the bank refused: nothing goes there until they are put right.
 * @returns the claims whose account it still was
 */
export async function faultAccounts(
  trx: Trx,
  refused: readonly { entitlementId: string; payeeSealed: string }[],
  fault: string,
  at: Instant,
): Promise<string[]> {
  const faulty = await inChunks(refused, (some) =>
    trx('payout_entitlements')
      .whereIn(
        'id',
        some.map((l) => l.entitlementId),
      )
      .whereIn(
        'payee_sealed',
        some.map((l) => l.payeeSealed),
      )
      .update({ account_fault: fault, updated_at: at, version: trx.raw('version + 1') })
      .returning('id'),
  );
  return faulty.flat().map(({ id }) => id);
}

/**
 * Those of these claims that are ended, held until the transaction ends: one that ends at the same moment is seen
 * here, or sees there what became of the lines.
 */
export async function holdEnded(trx: Trx, entitlementIds: readonly string[]): Promise<Set<string>> {
  const held = await inChunks(entitlementIds, (some) =>
    trx('payout_entitlements').whereIn('id', some).orderBy('id').forUpdate().select('id', 'state'),
  );
  return new Set(held.flat().flatMap(({ id, state }) => (state === 'ended' ? [id] : [])));
}

/** Accounts that money arrived at after all. */
export async function clearFaults(trx: Trx, entitlementIds: readonly string[], at: Instant): Promise<void> {
  await inChunks(entitlementIds, (some) =>
    trx('payout_entitlements')
      .whereIn('id', some)
      .whereNotNull('account_fault')
      .update({ account_fault: null, updated_at: at, version: trx.raw('version + 1') }),
  );
}

/** Lines that came to an end; what was not paid is due again. */
export async function endLines(trx: Trx, ids: readonly string[], outcome: Outcome): Promise<void> {
  await inChunks(ids, async (some) => {
    await trx('payout_lines').whereIn('id', some).update(changed(outcome));
    if (outcome.state !== 'paid')
      await trx('payout_periods').whereIn('line_id', some).update({ live_key: null });
  });
}

/** Every planned line of a run, which will not be paid. @returns their ids */
export async function voidPlanned(trx: Trx, runId: string, settledAt: Instant): Promise<string[]> {
  const ids: string[] = await trx('payout_lines').where({ run_id: runId, state: 'planned' }).pluck('id');
  await endLines(trx, ids, { state: 'void', settledAt });
  return ids;
}
