import type { PlatformDeps } from '../../../platform/deps.ts';

/** What the account commands stand on. */
export type AccountDeps = Pick<PlatformDeps, 'db' | 'clock' | 'random' | 'vault'>;

/** 32 random bytes in base64url: a session token or a CSRF proof. */
export const newCode = (deps: Pick<AccountDeps, 'random'>): string =>
  Buffer.from(deps.random(32)).toString('base64url');
