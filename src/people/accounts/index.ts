/** Accounts: who signs in, with which roles where, and for how long. */

export { assertNoDemoAccounts, type DemoLogin, seedDemo } from './commands/demo.ts';
export {
  type AccountDeps,
  changePassword,
  createAccount,
  disableAccount,
  findSession,
  type NewAccount,
  type SignedIn,
  signIn,
  signOut,
} from './commands/index.ts';
export { checkCsrf, requireSession, sessionMiddleware } from './middleware.ts';
export { accountPages, pageUser } from './page-routes.tsx';
export {
  type Absent,
  type AdminRole,
  type CaseScope,
  deskOrgs,
  doesCaseWork,
  type Grant,
  type Holder,
  holds,
  maySee,
  type RoleId,
  seatOf,
  visibleScopes,
} from './policy.ts';
export { accountRoutes } from './routes.ts';
export {
  accountNames,
  type Colleague,
  deskOf,
  findColleague,
  listColleagues,
  type Seat,
} from './seats.ts';
