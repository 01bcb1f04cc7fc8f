export { createAccount, type NewAccount } from './accounts.ts';
export type { AccountManager, ManageDeps } from './authority.ts';
export type { AccountDeps } from './deps.ts';
export { agreeToGrant, giveGrant, withdrawGrant } from './grants.ts';
export { disableAccount, enableAccount, endSessions, resetPassword, unlockAccount } from './keep.ts';
export { changePassword } from './password.ts';
export { findSession, type SignedIn, signIn, signOut } from './session.ts';
export {
  type Applicant,
  applicantFaults,
  MOST_AT_ONCE,
  type Opened,
  openAccounts,
  withLogins,
} from './several.ts';
export {
  type EndedGrant,
  endPartyGrants,
  enterVouched,
  grantInCourse,
  reviveGrants,
  type Vouched,
} from './vouched.ts';
