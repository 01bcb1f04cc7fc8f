/** Accounts: who signs in, with which roles where, and for how long. */

export { assertNoDemoAccounts, type DemoLogin, seedDemo } from './commands/demo.ts';
export {
  type AccountDeps,
  type Applicant,
  agreeToGrant,
  applicantFaults,
  changePassword,
  createAccount,
  disableAccount,
  type EndedGrant,
  enableAccount,
  endPartyGrants,
  endSessions,
  enterVouched,
  findSession,
  giveGrant,
  grantInCourse,
  MOST_AT_ONCE,
  type NewAccount,
  type Opened,
  openAccounts,
  resetPassword,
  reviveGrants,
  type SignedIn,
  signIn,
  signOut,
  unlockAccount,
  withdrawGrant,
  withLogins,
} from './commands/index.ts';
export { oneTimePassword } from './commands/keep.ts';
export { endLeave } from './deputies/commands.ts';
export { LeaveForm, type LeaveParts, LeaveTable, tryLeave } from './deputies/pages.tsx';
export { listCandidates, listDeputies } from './deputies/queries.ts';
export { findKeptGrant as findGrant, type Holding, type KeptGrant, listHoldings } from './grants-store.ts';
export { admitSignedIn, checkCsrf, requireSession, sessionMiddleware } from './middleware.ts';
export { accountPages, pageUser } from './page-routes.tsx';
export { fitsPassword, hashPassword, passwordFaults } from './password.ts';
export {
  type Absent,
  type AdminRole,
  type CaseScope,
  deskOrgs,
  doesCaseWork,
  type Grant,
  type Holder,
  holds,
  mayManageAccounts,
  mayManageOrgs,
  maySee,
  nameActing,
  personsActing,
  type RoleId,
  seatOf,
  visibleScopes,
} from './policy.ts';
export { grantTitle } from './present.ts';
export {
  type AccountSearch,
  type AccountState,
  getKeptAccount,
  type KeptAccount,
  type ListedAccount,
  searchAccounts,
} from './register.ts';
export { listRoles, type RoleInfo, roleTitle } from './roles.ts';
export { accountRoutes } from './routes.ts';
export {
  accountNames,
  type Colleague,
  deskOf,
  findColleague,
  listColleagues,
  type Seat,
} from './seats.ts';
