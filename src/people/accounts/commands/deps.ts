import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { PlatformDeps } from '../../../platform/deps.ts';

/** What the account commands stand on. */
export type AccountDeps = Pick<PlatformDeps, 'db' | 'clock' | 'random' | 'vault'> & {
  /** The day by which grants and leaves hold, where it is not the clock's own: sessions live on when a rehearsal moves. */
  today?: () => LocalDate;
};

export const todayOf = ({ today, clock }: Pick<AccountDeps, 'today' | 'clock'>): LocalDate =>
  today ? today() : localDate(clock.now());

/** 32 random bytes in base64url: a session token or a CSRF proof. */
export const newCode = (deps: Pick<AccountDeps, 'random'>): string =>
  Buffer.from(deps.random(32)).toString('base64url');
