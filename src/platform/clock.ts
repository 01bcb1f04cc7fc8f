import type { Instant } from '../kernel/types.ts';

/** The one home of "now". */
export interface Clock {
  now(): Instant;
}

export const wallClock: Clock = { now: () => new Date().toISOString() };

/** A clock that runs like the wall clock but at another time, for rehearsals. */
export interface MovableClock extends Clock {
  /** Milliseconds ahead of the wall clock; negative when it is behind. */
  readonly ahead: number;
  moveTo(at: Instant): void;
}

export function movableClock(ahead = 0): MovableClock {
  let offset = ahead;
  return {
    now: () => new Date(Date.now() + offset).toISOString(),
    get ahead() {
      return offset;
    },
    moveTo(at) {
      offset = Date.parse(at) - Date.now();
    },
  };
}
