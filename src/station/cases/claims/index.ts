/** 领办: who of a desk works on a case. */
export { claimCase, handCaseOver, releaseCase, requireUnclaimed } from './commands.ts';
export { type ClaimScene, type ClaimView, claimScene } from './queries.ts';
export { type Claim, claimsOf, desksOfCases, type LyingAt } from './store.ts';
