import type { Trx } from '../../platform/db/index.ts';
import { followStanding as followClaims } from './entitlements/index.ts';
import { catchUp } from './runs/catch-up.ts';
import { recordOutside } from './runs/outside.ts';
import type { GrantedCase, PayoutDeps, PayoutPorts } from './types.ts';

/** Money follows an event of a case: its claims, and what a desk paid by hand. May run twice for an event. */
export async function followStanding(
  trx: Trx,
  deps: PayoutDeps,
  ports: Pick<PayoutPorts, 'cases'>,
  given: GrantedCase,
): Promise<void> {
  await followClaims(trx, deps, given);
  await recordOutside(trx, deps, given);
  await catchUp(trx, ports, given);
}
