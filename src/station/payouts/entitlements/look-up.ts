import { notAllowed } from '../../../errors.ts';
import { doesCaseWork, type SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import { personKey } from '../../persons.ts';
import type { PayoutDeps } from '../types.ts';
import { type EntitlementView, entitlementView } from './present.ts';
import { isVisible } from './queries.ts';
import { toEntitlement } from './store.ts';

/**
 * Claims of one person, masked, newest first, as far as somebody may see them; that it was asked is written down.
 * @param idNumber the whole number, as `normaliseId` writes it
 * @throws notAllowed for who does no case work
 */
export async function lookUpEntitlements(
  deps: PayoutDeps,
  who: SignedIn,
  idNumber: string,
): Promise<EntitlementView[]> {
  if (!doesCaseWork(who)) throw notAllowed();
  const person = personKey(deps.vault, idNumber);
  const rows = await deps.db.read('payout_entitlements').where({ person }).orderBy('id', 'desc');
  const claims = rows.map((r) => toEntitlement(deps.vault, r)).filter((e) => isVisible(deps, who, e));
  await auditAlone(deps, who, 'payout.look-up', null, { found: claims.length });
  return claims.map((e) => entitlementView(deps, e));
}
