/** 领办: who of a desk works on a case. */
export { claimCase, claimIn, handCaseOver, releaseCase, requireUnclaimed } from './commands.ts';
export { type ClaimScene, type ClaimView, claimScene } from './queries.ts';
export { type Claim, claimsOf, desksOfCases, endClaims, type LyingAt } from './store.ts';
