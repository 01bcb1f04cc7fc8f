export { type AccountManager, createAccount, disableAccount, type NewAccount } from './accounts.ts';
export type { AccountDeps } from './deps.ts';
export { changePassword } from './password.ts';
export { findSession, type SignedIn, signIn, signOut } from './session.ts';
