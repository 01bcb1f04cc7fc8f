import type { Calendar } from '../kernel/calendar.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db/index.ts';
import type { Definitions } from './definitions/index.ts';
import type { FileStore } from './files/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Signing } from './keys/index.ts';
import type { Logger } from './log.ts';
import type { Vault } from './vault/index.ts';

/** What every noun may stand on. Time and randomness come from here and nowhere else. */
export interface PlatformDeps {
  db: Database;
  clock: Clock;
  random: (n: number) => Uint8Array;
  /** Working days as known now; a new table makes a new calendar. */
  calendar: () => Calendar;
  definitions: Definitions;
  vault: Vault;
  /** Signatures of organs on prints, and of the house on QR codes. */
  signing: Signing;
  files: FileStore;
  log: Logger;
  mode: 'service' | 'rehearsal';
  jobs: Jobs;
}
