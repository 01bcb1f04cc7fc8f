/**
 * Payouts 发放: what was granted in money (claims), what is paid out together (runs), the bank's files, the ledger in
 * double entry, and what was paid too much.
 */
export { followStanding } from './entitlements/index.ts';
export type { GrantedCase, GrantedRow } from './types.ts';
