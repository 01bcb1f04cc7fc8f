/** Claims 待遇: who may have what, from when and until when, and what of it was paid too much. */
export {
  correctAccount,
  resumeEntitlement,
  setWay,
  stopEntitlement,
  suspendEntitlement,
} from './by-hand.ts';
export { followStanding } from './follow.ts';
export { lookUpEntitlements } from './look-up.ts';
export type { EntitlementDetail, EntitlementView } from './present.ts';
export { type ClaimQuery, entitlementDetail, listEntitlements, revealPayee } from './queries.ts';
export { claimRoutes } from './routes.ts';
